"""The conversation between proposer and checkers about an event."""

from datetime import datetime

from sqlalchemy import func, select

from app.core import audit
from app.core.database import db, insert_once, transactional
from app.core.errors import RuleBroken
from app.events.actions.steps import begin, checkers_of, tell
from app.events.details import EventStatus, EventTag
from app.events.models import Event, EventNote, ThreadReading
from app.events.queries import proposer_of, writers_in_thread
from app.people.models import Person


@transactional
def add_note(event: Event, text: str, *, by: Person | None, now: datetime) -> Event:
    """Say something in the conversation about an event, at any time of its life; the other side is told.

    The proposer's words go to the station's checkers, theirs to the proposer, and both to all who have written.
    """
    event = begin(event)
    if not text.strip():
        raise RuleBroken("reason_needed", field="text")
    db.session.add(EventNote(event_id=event.id, at=now, by_id=by.id if by else None, text=text))
    db.session.flush()
    audit.record(EventTag.NOTED, by=by, now=now, subject=event, name=event.title)
    tell(event, _other_side(event, by), EventStatus.DRAFT, tag=EventTag.NOTED, now=now, note=text)
    if by is not None:
        mark_thread_read(event, by=by)
    return event


def _other_side(event: Event, by: Person | None) -> list[Person]:
    """Everybody else in the conversation. A draft is nobody's business but its writer's."""
    proposer = proposer_of(event)
    people = [proposer] if proposer is not None else []
    if event.status is not EventStatus.DRAFT:
        people += writers_in_thread(event.id)
        if by is not None and by.id == event.proposer_id:
            people += checkers_of(event, but=by)
    return list({person.id: person for person in people if by is None or person.id != by.id}.values())


@transactional
def mark_thread_read(event: Event, *, by: Person) -> None:
    """Note how far somebody has read; no deed on the event, so not in the audit log."""
    last = db.session.scalar(select(func.max(EventNote.id)).where(EventNote.event_id == event.id)) or 0
    if not insert_once(ThreadReading, event_id=event.id, person_id=by.id, note_id=last):
        row = db.session.get_one(ThreadReading, (event.id, by.id), with_for_update=True)
        row.note_id = max(row.note_id, last)
