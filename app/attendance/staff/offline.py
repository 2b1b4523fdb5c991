"""The desk as an application on the phone: its list, its queue, and what it needs to open without a network."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from flask import Response, abort, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.attendance import actions, queries
from app.attendance.details import DeskDeedDetails, DeskDeedKind, DeskOutcome, Need
from app.attendance.models import DeskDeed, Registration
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import clean_line
from app.web.assets import asset_url
from app.web.pages import label, words_for
from app.web.staff import permitted

# A phone sends its queue in pieces no longer than this.
MOST_AT_ONCE = 100
LONGEST_NAME, LARGEST_WALK_IN = 120, 100


@blueprint.get("/<int:event_id>/meja/daftar.json")
@permitted(AttendancePermission.DESK)
def desk_list(event_id: int) -> ResponseReturnValue:
    """The list for the phone: names, parties, the last three digits of numbers. Taking it along goes on record."""
    event = event_for(event_id, AttendancePermission.DESK)
    names = queries.names_by_registration(event.id)
    rows = [_row(row, names.get(row.id)) for row in queries.desk_list(event.id)]
    mark = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]
    body = {
        "rows": rows,
        "cursor": queries.desk_cursor(event.id),
        "counts": _counts(event.id),
        "now": clock.now().isoformat(),
        "token": generate_csrf(),
    }
    if not request.if_none_match.contains(mark):
        actions.note_list_taken(event, rows=len(rows), by=current_user.person, now=clock.now())
    answer = jsonify(body)
    answer.set_etag(mark)
    return answer.make_conditional(request)


@blueprint.post("/<int:event_id>/meja/sinkron")
@permitted(AttendancePermission.DESK)
def sync_desk(event_id: int) -> ResponseReturnValue:
    """Take a piece of a phone's queue and tell what other desks have done since; safe to send again."""
    event = event_for(event_id, AttendancePermission.DESK)
    sent = request.get_json(silent=True)
    now = clock.now()
    if not isinstance(sent, dict) or not isinstance(sent.get("deeds", []), list):
        abort(400)
    desk = clean_line(str(sent.get("desk", "")))[:40]
    results = []
    for line in sent.get("deeds", [])[:MOST_AT_ONCE]:
        details = _read(line, now)
        if details is None:
            client_id = str(line.get("id", "")) if isinstance(line, dict) else ""
            results.append({"id": client_id, "outcome": DeskOutcome.REFUSED, "reason": "code_unknown"})
            continue
        try:
            deed = actions.apply_desk_deed(event, details=details, desk=desk, by=current_user.person, now=now)
        except RuleBroken as broken:
            results.append({"id": details.client_id, "outcome": DeskOutcome.REFUSED, "reason": broken.code})
        else:
            results.append(_result(deed))
        event = event_for(event_id, AttendancePermission.DESK)
    for result in results:
        if result.get("reason") and result["outcome"] == DeskOutcome.REFUSED:
            result["words"] = words_for(RuleBroken(str(result["reason"]), party=""))
    cursor = sent.get("cursor")
    changed, cursor = queries.desk_news(event.id, cursor if isinstance(cursor, int) else 0)
    return jsonify(
        results=results,
        changes=[_row(row) for row in changed],
        cursor=cursor,
        counts=_counts(event.id),
        now=now.isoformat(),
    )


@blueprint.get("/<int:event_id>/meja/pekerja.js")
@permitted(AttendancePermission.DESK)
def desk_worker(event_id: int) -> ResponseReturnValue:
    """The service worker of this desk alone; it opens the page when there is no network."""
    event_for(event_id, AttendancePermission.DESK)
    by_name, by_address = current_app.extensions["assets"]
    response = Response(by_address[by_name["modules/desk-worker.js"]].plain, content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = url_for("staff.attendance.desk", event_id=event_id)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/<int:event_id>/meja/manifest.webmanifest")
@permitted(AttendancePermission.DESK)
def desk_manifest(event_id: int) -> ResponseReturnValue:
    """What a phone needs to put this desk on its first screen."""
    event = event_for(event_id, AttendancePermission.DESK)
    address = url_for("staff.attendance.desk", event_id=event_id)
    answer = jsonify(
        {
            "name": f"Meja · {event.title}",
            "short_name": "Meja",
            "lang": "id",
            "id": address,
            "start_url": address,
            "scope": address,
            "display": "standalone",
            "background_color": "#fbfaf6",
            "theme_color": "#0a4338",
            "icons": [
                {"src": asset_url("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": asset_url("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            ],
        }
    )
    answer.content_type = "application/manifest+json; charset=utf-8"
    return answer


def _row(row: Registration, names: list[str] | None = None) -> dict[str, Any]:
    """One line of the list; of the number only its last three digits leave the house.

    names: of a group's people, where the whole list is sent; news of a row leave them as the phone has them.
    """
    line: dict[str, Any] = {
        "code": row.check_code,
        "name": row.name,
        "party": row.party_size,
        "digits": row.phone_mask[-3:],
        "from": row.organisation_name,
        "status": row.status.value,
        "at": row.checked_in_at.isoformat() if row.checked_in_at else None,
        "count": row.checked_in_count,
        "desk": row.checked_in_desk,
        "outside": row.outside_capacity,
        "needs": [*(str(label(Need(need))) for need in row.needs), *filter(None, [row.needs_note])],
    }
    if names:
        line["names"] = names
    return line


def _counts(event_id: int) -> dict[str, int]:
    seats = queries.counts(event_id)
    if seats is None:
        return {"present": 0, "registered": 0, "waiting": 0}
    return {"present": seats.checked_in, "registered": seats.registered, "waiting": seats.waiting}


def _result(deed: DeskDeed) -> dict[str, Any]:
    return {
        "id": deed.client_id,
        "outcome": deed.outcome.value,
        "reason": deed.reason,
        "row": _row(deed.registration) if deed.registration else None,
    }


def _read(line: object, now: datetime) -> DeskDeedDetails | None:
    """A line of the queue; None when it is none. Its moment comes as its age, so a phone's wrong clock does no harm."""
    if not isinstance(line, dict):
        return None
    client_id, kind, age = line.get("id"), line.get("kind"), line.get("age_ms", 0)
    if not isinstance(client_id, str) or not 16 <= len(client_id) <= 64:
        return None
    if kind not in list(DeskDeedKind) or not isinstance(age, (int, float)) or not abs(age) < 1e12:
        return None

    def text(name: str, limit: int) -> str:
        value = line.get(name)
        return clean_line(value)[:limit] if isinstance(value, str) else ""

    count, party = line.get("count"), line.get("party", 1)
    walk_in = kind == DeskDeedKind.WALK_IN
    if walk_in and (
        not text("name", LONGEST_NAME) or type(party) is not int or not 1 <= party <= LARGEST_WALK_IN
    ):
        return None
    return DeskDeedDetails(
        client_id=client_id,
        kind=DeskDeedKind(kind),
        happened_at=now - timedelta(milliseconds=max(0, age)),
        code=text("code", 200),
        count=count if type(count) is int else None,
        of=text("of", 64),
        seen=text("seen", 40),
        name=text("name", LONGEST_NAME),
        party_size=party if walk_in else 1,
        organisation_name=text("from", 160),
    )
