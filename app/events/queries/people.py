"""Whether what is kept of who must be where agrees with the programmes and duties it is derived from."""

from datetime import datetime

from sqlalchemy import select

from app.core.database import db
from app.events.models import Event, EventPerson, ProgrammeItem
from app.events.rules.guards import people_needed

# How many events are compared at a time: one after another would take long, all at once much memory.
STRETCH = 1000


def people_out_of_step() -> list[str]:
    """For `rukun check`: every event whose `event_people` are not those its programme and its officers name."""
    problems = []
    after = 0
    while events := _stretch(after):
        after = max(events)
        stored = _stored(after, at_least=min(events))
        for event_id, derived in _derived(events).items():
            if derived != stored.get(event_id, set()):
                problems.append(f"event_people {event_id}: differ from programme and officers")
    return problems


def _stretch(after: int) -> dict[int, tuple[datetime, list[str]]]:
    """Start and officers of the next events behind an id."""
    query = select(Event.id, Event.starts_at, Event.officers).where(Event.id > after)
    rows = db.session.execute(query.order_by(Event.id).limit(STRETCH))
    return {row.id: (row.starts_at, row.officers) for row in rows}


def _derived(events: dict[int, tuple[datetime, list[str]]]) -> dict[int, set[tuple[str, datetime]]]:
    led: dict[int, list[ProgrammeItem]] = {}
    for item in db.session.scalars(
        select(ProgrammeItem).where(ProgrammeItem.event_id.between(min(events), max(events)))
    ):
        led.setdefault(item.event_id, []).append(item)
    return {
        event_id: {
            (folded, starts_at) for folded, _name in people_needed(led.get(event_id, ()), officers) if folded
        }
        for event_id, (starts_at, officers) in events.items()
    }


def _stored(until: int, *, at_least: int) -> dict[int, set[tuple[str, datetime]]]:
    query = select(EventPerson.event_id, EventPerson.folded, EventPerson.starts_at)
    found: dict[int, set[tuple[str, datetime]]] = {}
    for row in db.session.execute(query.where(EventPerson.event_id.between(at_least, until))):
        found.setdefault(row.event_id, set()).add((row.folded, row.starts_at))
    return found
