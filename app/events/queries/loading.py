"""An event with all that its pages and its deeds look at."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.database import db
from app.events.details import EventDetails, ProgrammeItemDetails, SessionDetails
from app.events.models import Event, EventNote, GuardOverride
from app.regions.models import Unit


def with_summary(query: Select[Event]) -> Select[Event]:
    """Load what rows of a list show."""
    return query.options(
        joinedload(Event.unit),
        joinedload(Event.venue),
        joinedload(Event.district),
        selectinload(Event.kind_rows),
    )


def with_everything(query: Select[Event]) -> Select[Event]:
    """Load what an event's own page shows."""
    return with_summary(query).options(
        selectinload(Event.faith_rows),
        selectinload(Event.sessions),
        selectinload(Event.programme),
        joinedload(Event.proposer),
    )


def find_in_units(event_id: int, unit_ids: frozenset[int], *, proposer_id: int | None = None) -> Event | None:
    """An event of one of the units, or proposed by a person, with everything staff see of it."""
    query = with_everything(select(Event).where(Event.id == event_id)).options(
        selectinload(Event.notes).joinedload(EventNote.by),
        selectinload(Event.overrides).joinedload(GuardOverride.by),
        joinedload(Event.unit).selectinload(Unit.districts),
    )
    mine = Event.proposer_id == (proposer_id or 0)
    return db.session.scalar(query.where(or_(Event.unit_id.in_(unit_ids), mine)))


def load_for_change(event: Event) -> Event:
    """The event as it stands in this write transaction, kept from others until commit."""
    query = with_everything(select(Event).where(Event.id == event.id)).options(
        selectinload(Event.notes), selectinload(Event.overrides)
    )
    locked = query.with_for_update(of=Event).execution_options(populate_existing=True)
    return db.session.execute(locked).scalar_one()


def details_of(event: Event) -> EventDetails:
    """A stored event (with everything loaded) as its proposer would say it."""
    positions = {session.id: index for index, session in enumerate(event.sessions)}
    return EventDetails(
        title=event.title,
        kinds=tuple(event.kinds),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        venue_name=event.venue.name,
        venue_kind=event.venue.kind,
        venue_address=event.venue.address,
        village_code=event.venue.village_code or "",
        district_code=event.district_code,
        theme=event.theme,
        summary=event.summary,
        audience=event.audience,
        capacity=event.capacity,
        expected_crowd=event.expected_crowd,
        dress=event.dress,
        contact_name=event.contact_name,
        contact_phone=event.contact_phone,
        order_number=event.order_number,
        officers=tuple(event.officers),
        faiths=tuple(event.faiths),
        names_candidates=event.names_candidates,
        sessions=tuple(
            SessionDetails(session.title, session.kind, session.names_candidates)
            for session in event.sessions
        ),
        programme=tuple(
            ProgrammeItemDetails(
                title=item.title,
                kind=item.kind,
                minutes=item.minutes,
                session=positions.get(item.session_id or 0, 0),
                faith=item.faith,
                leader_name=item.leader_name,
                leader_id=item.leader_id,
                represented_by=item.represented_by,
                absent_note=item.absent_note,
                start_after=item.start_after,
            )
            for item in event.programme
        ),
    )
