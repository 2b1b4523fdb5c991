"""Reading events. Public or not is decided in one place: `public_events`."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.database import db
from app.events.details import PUBLIC_STATES
from app.events.models import Event, EventNote, GuardOverride
from app.regions.models import Unit


def public_events(now: datetime) -> Select[tuple[Event]]:
    """What the public may see at a moment; list, page, search, feed, sitemap, card and API all start here."""
    return select(Event).where(Event.status.in_(PUBLIC_STATES), Event.published_at <= now)


def with_summary(query: Select[tuple[Event]]) -> Select[tuple[Event]]:
    """Load what rows of a list show."""
    return query.options(
        joinedload(Event.unit),
        joinedload(Event.venue),
        joinedload(Event.district),
        selectinload(Event.kind_rows),
    )


def with_everything(query: Select[tuple[Event]]) -> Select[tuple[Event]]:
    """Load what an event's own page shows."""
    return with_summary(query).options(
        selectinload(Event.faith_rows),
        selectinload(Event.sessions),
        selectinload(Event.programme),
        joinedload(Event.proposer),
    )


def find_public_by_slug(slug: str, now: datetime) -> Event | None:
    """A public event with everything its page shows."""
    return db.session.scalar(with_everything(public_events(now).where(Event.slug == slug)))


def find_in_units(event_id: int, unit_ids: frozenset[int], *, proposer_id: int | None = None) -> Event | None:
    """An event of one of the units, or proposed by a person, with everything staff see of it."""
    query = with_everything(select(Event).where(Event.id == event_id)).options(
        selectinload(Event.notes).joinedload(EventNote.by),
        selectinload(Event.overrides).joinedload(GuardOverride.by),
        joinedload(Event.unit).selectinload(Unit.districts),
    )
    own = Event.unit_id.in_(unit_ids)
    if proposer_id is not None:
        own = own | (Event.proposer_id == proposer_id)
    return db.session.scalar(query.where(own))


def coming_events(now: datetime, *, limit: int = 6) -> list[Event]:
    """The next public events, soonest first."""
    query = with_summary(public_events(now)).where(Event.starts_at >= now).order_by(Event.starts_at, Event.id)
    return list(db.session.scalars(query.limit(limit)))
