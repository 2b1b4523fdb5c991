"""A proposal that waits too long is laid before the unit above."""

from datetime import datetime

from app.core import audit
from app.core.database import db, transactional
from app.events.actions.steps import begin, tell_overdue
from app.events.details import EventStatus, EventTag
from app.events.models import Event
from app.events.permissions import EventPermission
from app.events.rules.approving import is_overdue
from app.people.queries import people_with


@transactional
def escalate(event_id: int, *, now: datetime) -> None:
    """Tell the checkers above, once for each time the proposal was handed in.

    They may act on it already: a role at a unit counts below it. Asked again under lock, for it may have been
    answered meanwhile.
    """
    event = begin(db.session.get_one(Event, event_id))
    unit = event.unit
    if (
        event.status is not EventStatus.SUBMITTED
        or event.escalated_at is not None
        or event.submitted_at is None
    ):
        return
    if unit.parent_id is None or not is_overdue(event.submitted_at, unit.answer_hours, now):
        return
    event.escalated_at = now
    people = people_with(EventPermission.CHECK, unit.parent_id)
    tell_overdue(event, people, now=now)
    audit.record(
        EventTag.ESCALATED,
        by=None,
        now=now,
        subject=event,
        name=event.title,
        after={"told": len(people), "answer_hours": unit.answer_hours},
    )
