"""Reading events. Public or not is decided in one place: `public_events`."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import quiet_stage
from app.core.database import db
from app.core.text import fold
from app.events.details import PUBLIC_STATES, EventKind, EventStatus
from app.events.models import Event, EventKindRow, EventNote, GuardOverride
from app.regions.models import Unit


def public_events(now: datetime) -> Select[Any]:
    """What the public may see at a moment; list, page, search, feed, sitemap, card and API all start here.

    In masa tenang and on voting day an event that names candidates is not among them. A compound event of
    which only some sessions name candidates stays; its page leaves those sessions out.
    """
    query = select(Event).where(Event.status.in_(PUBLIC_STATES), Event.published_at <= now)
    return query.where(Event.names_candidates.is_(False)) if quiet_stage(now) else query


def with_summary(query: Select[Any]) -> Select[Any]:
    """Load what rows of a list show."""
    return query.options(
        joinedload(Event.unit),
        joinedload(Event.venue),
        joinedload(Event.district),
        selectinload(Event.kind_rows),
    )


def with_everything(query: Select[Any]) -> Select[Any]:
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


def load_whole(event_id: int) -> Event:
    """The event with everything its page shows, read afresh within the running transaction."""
    query = with_everything(select(Event).where(Event.id == event_id))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def overridden(event_id: int) -> frozenset[str]:
    """Fingerprints of the guards that were set aside for an event."""
    query = select(GuardOverride.fingerprint).where(GuardOverride.event_id == event_id)
    return frozenset(db.session.scalars(query))


def find_withdrawn(slug: str) -> Event | None:
    """An event that was announced once and taken back: its address answers 410 with the reason."""
    return db.session.scalar(select(Event).where(Event.slug == slug, Event.status == EventStatus.WITHDRAWN))


def slug_of(event_id: int, now: datetime) -> str | None:
    """The present slug of a public event."""
    return db.session.scalar(public_events(now).where(Event.id == event_id).with_only_columns(Event.slug))


def _words_condition(words: str) -> list[ColumnElement[bool]]:
    """Every word must stand somewhere in title, theme or summary."""
    text = func.lower(Event.title + " " + Event.theme + " " + Event.summary)
    return [text.contains(word, autoescape=True) for word in fold(words).split()[:8]]


def page_of_public_events(
    now: datetime,
    *,
    district_code: str | None = None,
    kind: EventKind | None = None,
    between: tuple[datetime, datetime] | None = None,
    words: str = "",
    past: bool = False,
    page: int = 1,
    size: int = 20,
) -> tuple[list[Event], int]:
    """One page of the public list and how many there are: coming ones soonest first, past ones latest first.

    between: only those that start in [first, second).
    """
    query = public_events(now)
    if district_code:
        query = query.where(Event.district_code == district_code)
    if kind is not None:
        query = query.where(Event.id.in_(select(EventKindRow.event_id).where(EventKindRow.kind == kind)))
    if words:
        query = query.where(*_words_condition(words))
    if between is not None:
        query = query.where(Event.starts_at >= between[0], Event.starts_at < between[1])
        order = (Event.starts_at, Event.id)
    elif past:
        query = query.where(func.coalesce(Event.ends_at, Event.starts_at) < now)
        order = (Event.starts_at.desc(), Event.id.desc())  # type: ignore[assignment]
    else:
        query = query.where(func.coalesce(Event.ends_at, Event.starts_at) >= now)
        order = (Event.starts_at, Event.id)
    total = db.session.scalar(query.with_only_columns(func.count())) or 0
    rows = db.session.scalars(with_summary(query).order_by(*order).offset((page - 1) * size).limit(size))
    return list(rows), total


def public_events_between(
    now: datetime,
    start: datetime,
    end: datetime,
    *,
    district_code: str | None = None,
    unit_ids: frozenset[int] | None = None,
    kind: EventKind | None = None,
    limit: int = 500,
) -> list[Event]:
    """Public events that start in [start, end), for the month view and the calendar feeds."""
    query = with_summary(public_events(now)).where(Event.starts_at >= start, Event.starts_at < end)
    if district_code:
        query = query.where(Event.district_code == district_code)
    if unit_ids is not None:
        query = query.where(Event.unit_id.in_(unit_ids))
    if kind is not None:
        query = query.where(Event.id.in_(select(EventKindRow.event_id).where(EventKindRow.kind == kind)))
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit)))


def page_for_staff(
    unit_ids: frozenset[int],
    *,
    proposer_id: int,
    statuses: frozenset[EventStatus] | None = None,
    page: int = 1,
    size: int = 25,
) -> tuple[list[Event], int]:
    """Events of the units, and those the person proposed; what waits longest first, then by start."""
    query = select(Event).where(Event.unit_id.in_(unit_ids) | (Event.proposer_id == proposer_id))
    if statuses is not None:
        query = query.where(Event.status.in_(statuses))
    total = db.session.scalar(query.with_only_columns(func.count())) or 0
    order = (
        (Event.submitted_at,)
        if statuses == frozenset({EventStatus.SUBMITTED})
        else (Event.starts_at.desc(), Event.id)
    )
    rows = db.session.scalars(
        with_summary(query)
        .options(joinedload(Event.proposer))
        .order_by(*order)
        .offset((page - 1) * size)
        .limit(size)
    )
    return list(rows), total


def next_change(now: datetime) -> datetime | None:
    """When time alone will next change what is public: a scheduled publication, a start or an end."""
    query = select(func.min(Event.published_at)).where(
        Event.status.in_(PUBLIC_STATES), Event.published_at > now
    )
    start = select(func.min(Event.starts_at)).where(Event.status.in_(PUBLIC_STATES), Event.starts_at > now)
    end = select(func.min(Event.ends_at)).where(Event.status.in_(PUBLIC_STATES), Event.ends_at > now)
    moments = db.session.execute(
        select(query.scalar_subquery(), start.scalar_subquery(), end.scalar_subquery())
    ).one()
    return min((moment for moment in moments if moment is not None), default=None)
