"""What the house tells a desk's phone: the list, what became of its queue, the news of other desks."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.attendance import queries
from app.attendance.details import DeskOutcome, Need
from app.attendance.models import DeskDeed, Registration
from app.core.errors import RuleBroken
from app.web.pages import label, words_for

# No desk's log is longer; a number beyond what a database holds is none.
MOST_DEEDS = 2**53


def list_for_phone(event_id: int, *, digits: bool, token: str, now: datetime) -> tuple[dict[str, Any], str]:
    """The list as a phone takes it along, and its mark. digits: with the last three of the numbers."""
    names = queries.names_by_registration(event_id)
    rows = [_row(row, digits=digits, names=names.get(row.id)) for row in queries.desk_list(event_id)]
    mark = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]
    body = {
        "rows": rows,
        "cursor": queries.desk_cursor(event_id),
        "counts": _counts(event_id),
        "now": now.isoformat(),
        "token": token,
    }
    return body, mark


def news_for_phone(
    event_id: int,
    sent: dict[str, Any],
    results: Sequence[tuple[str, DeskDeed | None, str]],
    *,
    digits: bool,
    now: datetime,
) -> dict[str, Any]:
    """What became of the queue, and what other desks have done since the phone last heard."""
    cursor = sent.get("cursor")
    if type(cursor) is not int or not 0 <= cursor < MOST_DEEDS:
        cursor = 0
    changed, cursor = queries.desk_news(event_id, cursor)
    return {
        "results": [_result(*result, digits=digits) for result in results],
        "changes": [_row(row, digits=digits) for row in changed],
        "cursor": cursor,
        "counts": _counts(event_id),
        "now": now.isoformat(),
    }


def _row(row: Registration, *, digits: bool, names: list[str] | None = None) -> dict[str, Any]:
    """One line of the list; of the number at most its last three digits leave the house.

    names: of a group's people, where the whole list is sent; news of a row leave them as the phone has them.
    """
    line: dict[str, Any] = {
        "code": row.check_code,
        "name": row.name,
        "party": row.party_size,
        "digits": row.phone_mask[-3:] if digits else "",
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


def _result(client_id: str, deed: DeskDeed | None, reason: str, *, digits: bool) -> dict[str, Any]:
    outcome = deed.outcome if deed else DeskOutcome.REFUSED
    answer: dict[str, Any] = {"id": client_id, "outcome": outcome.value, "reason": reason}
    answer["row"] = _row(deed.registration, digits=digits) if deed and deed.registration else None
    if reason and outcome is DeskOutcome.REFUSED:
        answer["words"] = words_for(RuleBroken(reason, party=""))
    return answer
