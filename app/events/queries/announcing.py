"""What is announced of an event, and whom among people with accounts it concerns."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.core.database import db
from app.events.details import Announced, AnnouncedSession, EventDetails, SessionChange
from app.events.models import Event, ProgrammeItem, Venue
from app.events.queries.loading import details_of
from app.events.rules.sessions import own_rows, session_changes, session_starts
from app.events.rules.showing import has_no_date
from app.events.rules.timing import item_starts
from app.people.models import Person
from app.regions.queries import find_region


def place_line(venue: str, address: str, district: str) -> str:
    """Where an event is, in one line."""
    return ", ".join(part for part in (venue, address, district) if part)


def announced_of(event: Event) -> Announced:
    """What is announced of an event whose summary is loaded."""
    dated = not has_no_date(event)
    return Announced(
        title=event.title,
        starts_at=event.starts_at if dated else None,
        ends_at=event.ends_at if dated else None,
        place=place_line(event.venue.name, event.venue.address, event.district.name),
        capacity=event.capacity,
    )


def announced_in(details: EventDetails, event: Event) -> Announced:
    """What would be announced of an event once it is changed to `details`."""
    district = find_region(details.district_code)
    venue = find_venue(details.venue_name, details.district_code)
    # A postponed event stays without a date until it gets another start.
    dated = not has_no_date(event) or details.starts_at != event.starts_at
    address = details.venue_address or (venue.address if venue else "")
    return Announced(
        title=details.title,
        starts_at=details.starts_at if dated else None,
        ends_at=details.ends_at if dated else None,
        place=place_line(details.venue_name, address, district.name if district else ""),
        capacity=details.capacity,
    )


def sessions_announced(details: EventDetails, event: Event) -> tuple[AnnouncedSession, ...]:
    """Those of an event's sessions (loaded) that live on once it is changed to `details`, as they would be then."""
    begins = session_starts(details)
    rows = own_rows(event.sessions, details.sessions)
    return tuple(
        AnnouncedSession(row.id, given.title, begins.get(index), given.names_candidates)
        for index, (row, given) in enumerate(zip(rows, details.sessions, strict=True))
        if row is not None
    )


def changes_of_sessions(event: Event, details: EventDetails) -> tuple[SessionChange, ...]:
    """What changing an event (with everything loaded) would make of its sessions."""
    return session_changes(sessions_announced(details_of(event), event), sessions_announced(details, event))


def session_times(event: Event) -> dict[int, datetime]:
    """When each session with a line in the programme begins, or began; nothing while the event has no date."""
    if has_no_date(event):
        return {}
    query = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id).order_by(ProgrammeItem.position)
    programme = list(db.session.scalars(query))
    times: dict[int, datetime] = {}
    for item, starts_at in zip(programme, item_starts(event.starts_at, programme), strict=True):
        if item.session_id is not None:
            times.setdefault(item.session_id, starts_at)
    return times


def find_venue(name: str, district_code: str) -> Venue | None:
    """A venue by its exact name in a kecamatan."""
    return db.session.scalar(select(Venue).where(Venue.name == name, Venue.district_code == district_code))


def leaders_of(event: Event, session_ids: Collection[int] = ()) -> list[Person]:
    """The people with an account who lead a part of the programme, or of some of its sessions."""
    parts = [item for item in event.programme if not session_ids or item.session_id in session_ids]
    ids = {item.leader_id for item in parts if item.leader_id is not None}
    query = select(Person).where(Person.id.in_(ids), Person.deactivated_at.is_(None)).order_by(Person.id)
    return list(db.session.scalars(query)) if ids else []


def proposer_of(event: Event) -> Person | None:
    """Who proposed an event."""
    return db.session.get(Person, event.proposer_id) if event.proposer_id is not None else None
