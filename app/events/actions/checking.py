"""The station checks a proposal and announces it."""

from datetime import datetime

from app.core import audit, facts
from app.core.database import transactional
from app.core.errors import RuleBroken
from app.events.actions.barring import record_override
from app.events.actions.rechecking import settle
from app.events.actions.reminding import plan_reminders
from app.events.actions.steps import (
    begin,
    findings_of,
    refuse_standing,
    require,
    require_reason,
    step,
    tell,
)
from app.events.details import EventStatus, EventTag
from app.events.facts import EventPublished
from app.events.models import Event, GuardOverride
from app.events.queries import proposer_of
from app.events.rules.guards import standing
from app.events.rules.states import ANNOUNCED, OPEN_TO_CHECKER, may_approve, may_publish, may_return
from app.people.models import Person


@transactional
def return_with_note(event: Event, note: str, *, by: Person | None, now: datetime) -> Event:
    """Give a proposal back to its proposer, saying what to change."""
    event = begin(event)
    require(may_return(event))
    if not note.strip():
        raise RuleBroken("reason_needed", field="note")
    event.decided_at, event.decided_by_id = now, by.id if by else None
    step(event, EventTag.RETURNED, EventStatus.RETURNED, by=by, now=now, text=note)
    audit.record(EventTag.RETURNED, by=by, now=now, subject=event, name=event.title, reason=note)
    _tell_proposer(event, EventStatus.RETURNED, tag=EventTag.RETURNED, by=by, now=now, note=note)
    return event


@transactional
def approve(event: Event, *, by: Person | None, now: datetime, note: str = "", tells: bool = True) -> Event:
    """Agree to a proposal. What needs a reason must have one first (`guards_stand`).

    tells: False when the proposer hears of it otherwise, once for a whole series.
    """
    event = begin(event)
    require(may_approve(event))
    _refuse_standing(event, now)
    event.decided_at, event.decided_by_id = now, by.id if by else None
    step(event, EventTag.APPROVED, EventStatus.APPROVED, by=by, now=now, text=note)
    audit.record(EventTag.APPROVED, by=by, now=now, subject=event, name=event.title)
    if tells:
        _tell_proposer(event, EventStatus.APPROVED, tag=EventTag.APPROVED, by=by, now=now, note=note)
    return event


@transactional
def publish(
    event: Event, *, by: Person | None, now: datetime, at: datetime | None = None, tells: bool = True
) -> Event:
    """Announce an approved event, now or at a moment ahead. tells: as of `approve`."""
    event = begin(event)
    require(may_publish(event))
    if at is not None and at < now:
        raise RuleBroken("published_in_past", field="at")
    _refuse_standing(event, now, public_at=at or now)
    event.published_at = at or now
    step(event, EventTag.PUBLISHED, EventStatus.PUBLISHED, by=by, now=now)
    audit.record(
        EventTag.PUBLISHED,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={"published_at": event.published_at},
    )
    plan_reminders(event, now=now)
    facts.publish(EventPublished(event, by, now))
    if tells:
        _tell_proposer(event, EventStatus.PUBLISHED, tag=EventTag.PUBLISHED, by=by, now=now)
    return event


@transactional
def override_guard(
    event: Event, fingerprint: str, reason: str, *, by: Person, now: datetime
) -> GuardOverride:
    """Set a guard of grade "alasan" aside, in writing. It covers exactly this time and place."""
    event = begin(event)
    require(event.status in OPEN_TO_CHECKER | ANNOUNCED)
    require_reason(reason)
    found = next((one for one in findings_of(event, now) if one.fingerprint == fingerprint), None)
    if found is None:
        raise RuleBroken("guard_unknown")
    row = record_override(event, found, reason, by=by, now=now)
    settle(event, now)
    return row


def _refuse_standing(event: Event, now: datetime, *, public_at: datetime | None = None) -> None:
    overridden = {override.fingerprint for override in event.overrides}
    refuse_standing(
        "guards_stand", standing(findings_of(event, now, public_at=public_at), overridden), event.zone
    )


def _tell_proposer(
    event: Event, status: EventStatus, *, tag: EventTag, by: Person | None, now: datetime, note: str = ""
) -> None:
    proposer = proposer_of(event)
    if proposer is not None and (by is None or proposer.id != by.id):
        tell(event, [proposer], status, tag=tag, now=now, note=note)
