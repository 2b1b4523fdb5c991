"""Work of events that is done after the change that caused it."""

from datetime import datetime
from typing import Any

from app.core.database import transactional
from app.events import actions, queries
from app.events.details import TableKind

AT_ONCE = 200


def recheck(payload: dict[str, Any], *, now: datetime) -> None:
    """Ask the guards again about the events that a changed table concerns, some at a time."""
    cause = TableKind(payload["cause"])
    since, until = (_moment(payload[name]) for name in ("since", "until"))
    region_code, after = payload["region_code"], payload["after"]
    ids = queries.scheduled_ids(
        now, since=since, until=until, region_code=region_code, after=after, limit=AT_ONCE
    )
    for event_id in ids:
        actions.recheck(event_id, cause=cause, now=now)
    if len(ids) == AT_ONCE:
        transactional(actions.enqueue_recheck)(
            cause, since=since, until=until, region_code=region_code, after=ids[-1], now=now
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
