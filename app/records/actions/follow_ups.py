"""Finishing follow-ups, and reminding their owners."""

import hashlib
from datetime import date, datetime, timedelta

from app.core import audit
from app.core.clock import day_in, start_of
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.notify.actions import cancel_messages, queue_message
from app.people.models import Person
from app.records.messages import reminder_text
from app.records.models import FollowUp
from app.records.queries import due_for_reminding, reachable_owner, with_meeting
from app.records.rules.reminding import reminder_due, reminder_key
from app.regions.models import Unit

# Reminders leave when people are up.
MORNING = timedelta(hours=7)


@transactional
def finish_follow_up(
    follow_up: FollowUp, *, note: str, done_on: date | None = None, by: Person, now: datetime
) -> None:
    """Mark a follow-up as done on a day (today unless told). Reminders that wait are taken back."""
    lock(follow_up)
    today = day_in(now, db.session.get_one(Unit, follow_up.unit_id).zone)
    if follow_up.done_at is not None:
        raise RuleBroken("follow_up_done")
    if done_on is not None and done_on > today:
        raise RuleBroken("done_in_future", field="done_on")
    follow_up.done_at, follow_up.done_on = now, done_on or today
    follow_up.done_by_id, follow_up.done_note = by.id, note
    cancel_messages(reminder_key(follow_up.id))
    audit.record(
        "records:follow_up:done", by=by, now=now, subject=follow_up, name=follow_up.task, reason=note
    )


@transactional
def reopen_follow_up(follow_up: FollowUp, *, by: Person, now: datetime) -> None:
    """Undo a "done" that was a slip or did not last."""
    lock(follow_up)
    if follow_up.done_at is None:
        raise RuleBroken("follow_up_open")
    audit.record(
        "records:follow_up:reopened",
        by=by,
        now=now,
        subject=follow_up,
        name=follow_up.task,
        before={"done_on": follow_up.done_on, "note": follow_up.done_note},
    )
    follow_up.done_at = follow_up.done_on = follow_up.done_by_id = None
    follow_up.done_note = ""


def remind_owners(now: datetime) -> int:
    """Write the reminders that are due now; how many. Harmless when two do it at once."""
    rows = due_for_reminding(now)
    return sum(_remind(row, now=now) for row in rows)


@transactional
def _remind(row: FollowUp, *, now: datetime) -> bool:
    lock(row)
    row = with_meeting(row.id)
    unit = row.minutes.event.unit
    today = day_in(now, unit.zone)
    which = reminder_due(row.due_on, today, before=row.told_before_for, after=row.told_after_for)
    if not which or row.done_at is not None:
        return False
    if which == "before":
        row.told_before_for = row.due_on
    else:
        row.told_after_for = row.due_on
    owner_mark = hashlib.sha256(row.owner.encode()).hexdigest()[:8]
    subject, text = reminder_text(row, late=which == "after")
    queue_message(
        key=f"{reminder_key(row.id)}{which}:{row.due_on}:{owner_mark}",
        cause="follow_up_reminder",
        to=reachable_owner(row),
        subject=subject,
        text=text,
        unit_id=row.unit_id,
        now=now,
        due_at=max(now, start_of(today, unit.zone) + MORNING),
    )
    return True
