"""What events do by themselves, and the work that is done after the change that caused it."""

import logging
from datetime import datetime
from typing import Any

from app.core.database import db, transactional
from app.core.jobs import DATABASE_AWAY
from app.events import actions, queries
from app.events.details import TableKind

log = logging.getLogger(__name__)
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


def send_reminders(now: datetime) -> None:
    """Plan what is not planned, send what is due, take back what has been overtaken by the event itself.

    One event whose reminder fails does not keep the others from theirs; it is tried again the next time.
    """
    for event_id in queries.events_without_reminders(now):
        actions.plan_missing_reminders(event_id, now=now)
    for event_id in queries.begun_since(now):
        actions.take_back_reminders(event_id)
    for event_id, which in queries.due_reminders(now):
        try:
            while actions.send_reminder(event_id, which, now=now):
                pass
        except DATABASE_AWAY:
            raise
        except Exception:
            db.session.rollback()
            log.exception("reminder %s of event %s failed", which, event_id)


def escalate_overdue(now: datetime) -> None:
    """Tell the unit above of proposals that have waited longer than their unit promises."""
    for event_id in queries.overdue_proposals(now):
        actions.escalate(event_id, now=now)
