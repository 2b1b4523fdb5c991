"""Reading what waits for an answer: overdue proposals, and the conversation about them."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.events.details import EventStatus
from app.events.models import Event, EventNote, ThreadReading
from app.events.rules.approving import is_overdue
from app.people.models import Person

# What somebody has written, in contrast to steps of the event that stand in the same line of time.
_SAID = and_(EventNote.step.is_(None), EventNote.is_change.is_(False))


def overdue_proposals(now: datetime, *, limit: int = 500) -> list[int]:
    """Proposals that wait longer than their unit promises, and of which the unit above does not know yet."""
    query = (
        select(Event)
        .where(Event.status == EventStatus.SUBMITTED, Event.escalated_at.is_(None))
        .options(joinedload(Event.unit))
        .order_by(Event.submitted_at)
        .limit(limit)
    )
    return [
        event.id
        for event in db.session.scalars(query)
        if event.unit.parent_id is not None
        and event.submitted_at is not None
        and is_overdue(event.submitted_at, event.unit.answer_hours, now)
    ]


def writers_in_thread(event_id: int) -> list[Person]:
    """Everyone with a living account who has written in the conversation about an event."""
    query = (
        select(Person)
        .where(
            Person.id.in_(select(EventNote.by_id).where(EventNote.event_id == event_id, _SAID)),
            Person.deactivated_at.is_(None),
        )
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def read_up_to(event_id: int, person_id: int) -> int:
    """The id of the last note of an event that a person has read; 0 before the first."""
    row = db.session.get(ThreadReading, (event_id, person_id))
    return row.note_id if row is not None else 0


def unread_by(person_id: int, event_ids: list[int]) -> dict[int, int]:
    """How many messages of others a person has not read, by event; events without any are left out."""
    query = (
        select(EventNote.event_id, func.count())
        .outerjoin(
            ThreadReading,
            and_(ThreadReading.event_id == EventNote.event_id, ThreadReading.person_id == person_id),
        )
        .where(EventNote.event_id.in_(event_ids), _unread(person_id))
        .group_by(EventNote.event_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)} if event_ids else {}


def unanswered_for(
    person_id: int, unit_ids: frozenset[int], *, limit: int = 50
) -> list[tuple[Event, datetime]]:
    """Conversations in which the last word is another's and unread, with its moment, the longest wait first.

    A proposer sees what the station wrote; checkers of the units what the proposer wrote.
    """
    last = (
        select(EventNote.event_id, func.max(EventNote.id).label("id"))
        .where(_SAID)
        .group_by(EventNote.event_id)
        .subquery()
    )
    query = (
        select(Event, EventNote.at)
        .join(EventNote, EventNote.event_id == Event.id)
        .join(last, last.c.id == EventNote.id)
        .outerjoin(
            ThreadReading, and_(ThreadReading.event_id == Event.id, ThreadReading.person_id == person_id)
        )
        .where(
            _unread(person_id),
            or_(
                Event.proposer_id == person_id,
                and_(Event.unit_id.in_(unit_ids), EventNote.by_id == Event.proposer_id),
            ),
            Event.status.not_in((EventStatus.DRAFT, EventStatus.WITHDRAWN)),
        )
        .order_by(EventNote.at)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _unread(person_id: int) -> ColumnElement[bool]:
    by_another = or_(EventNote.by_id.is_(None), EventNote.by_id != person_id)
    return and_(_SAID, by_another, EventNote.id > func.coalesce(ThreadReading.note_id, 0))
