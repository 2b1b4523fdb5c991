"""The desk as an application on the phone: its list, its queue, and what it needs to open without a network."""

from flask import Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.attendance import actions
from app.attendance.forms import read_lines
from app.attendance.messages.desk import list_for_phone, news_for_phone
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.text import clean_line
from app.web.assets import app_manifest, worker_script
from app.web.staff import permitted


@blueprint.get("/<int:event_id>/meja/daftar.json")
@permitted(AttendancePermission.DESK)
def desk_list(event_id: int) -> ResponseReturnValue:
    """The list for the phone: names, parties, the last three digits of numbers. Taking it along goes on record."""
    event = event_for(event_id, AttendancePermission.DESK)
    now = clock.now()
    body, mark = list_for_phone(event.id, digits=True, token=generate_csrf(), now=now)
    if not request.if_none_match.contains(mark):
        actions.note_list_taken(event, rows=len(body["rows"]), by=current_user.person, now=now)
    answer = jsonify(body)
    answer.set_etag(mark)
    return answer.make_conditional(request)


@blueprint.post("/<int:event_id>/meja/sinkron")
@permitted(AttendancePermission.DESK)
def sync_desk(event_id: int) -> ResponseReturnValue:
    """Take a piece of a phone's queue and tell what other desks have done since; safe to send again."""
    event_for(event_id, AttendancePermission.DESK)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("deeds", []), list):
        abort(400)
    now = clock.now()
    desk = clean_line(str(sent.get("desk", "")))[:40]
    lines = read_lines(sent, now)
    results = actions.apply_desk_deeds(event_id, lines, desk=desk, by=current_user.person, now=now)
    return jsonify(news_for_phone(event_id, sent, results, digits=True, now=now))


@blueprint.get("/<int:event_id>/meja/pekerja.js")
@permitted(AttendancePermission.DESK)
def desk_worker(event_id: int) -> Response:
    """The service worker of this desk alone; it opens the page when there is no network."""
    event_for(event_id, AttendancePermission.DESK)
    return worker_script("desk-worker", scope=url_for("staff.attendance.desk", event_id=event_id))


@blueprint.get("/<int:event_id>/meja/manifest.webmanifest")
@permitted(AttendancePermission.DESK)
def desk_manifest(event_id: int) -> Response:
    """What a phone needs to put this desk on its first screen."""
    event = event_for(event_id, AttendancePermission.DESK)
    address = url_for("staff.attendance.desk", event_id=event_id)
    return app_manifest(f"Meja · {event.title}", "Meja", address=address)
