"""What the public may see. Public or not is decided in one place: `public_events`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import next_stage_change, quiet_regions, quiet_stage
from app.core.database import db
from app.core.i18n import _
from app.core.slugs import subject_of_old_slug
from app.events.details import HIDDEN_STATES, EventKind, EventStatus
from app.events.models import Event, EventKindRow, EventSession, Venue
from app.events.queries.loading import with_everything, with_summary

PAGE = 20


FEED_PAST = timedelta(days=60)


FEED_LIMIT = 500


# Said by what it is not: an index over the states would gather nearly all events and sort them anew for each page.
_IS_PUBLIC = Event.status.not_in(HIDDEN_STATES)


def public_events(now: datetime) -> Select[Event]:
    """What the public may see at a moment; list, page, search, feed, sitemap, card and API all start here.

    While pairs are held back (masa tenang, voting day), an event that names them is left out, wherever that
    election is held; of a compound event only the sessions that name them are hidden (`rules.showing`).
    """
    query = select(Event).where(_IS_PUBLIC, Event.published_at <= now)
    regions = quiet_regions(now)
    return query.where(~_held_back(regions)) if regions else query


def _held_back(regions: Sequence[str | None]) -> ColumnElement[bool]:
    neutral = exists().where(EventSession.event_id == Event.id, ~EventSession.names_candidates)
    tagged = exists().where(EventSession.event_id == Event.id, EventSession.names_candidates)
    held: ColumnElement[bool] = and_(or_(Event.names_candidates, tagged), ~neutral)
    if None in regions:
        return held
    there = [
        or_(Event.district_code == code, Event.district_code.startswith(f"{code}.", autoescape=True))
        for code in regions
        if code is not None
    ]
    return and_(held, or_(*there))


def is_held_back(event: Event, now: datetime) -> bool:
    """Whether an event may not be named to the public at a moment: it names pairs, and pairs are held back."""
    regions = quiet_regions(now)
    if not regions:
        return False
    return db.session.scalar(select(Event.id).where(Event.id == event.id, _held_back(regions))) is not None


def title_to_say(event: Event, now: datetime) -> str:
    """What an event is called at a moment: by its place while its title names pairs that are held back."""
    return _("Acara di %(venue)s", venue=event.venue.name) if is_held_back(event, now) else event.title


def is_quiet_for(event: Event, now: datetime) -> bool:
    """Whether the parts of an event that name candidate pairs are hidden at a moment."""
    return quiet_stage(now, event.district_code) is not None


def is_public(event: Event, now: datetime) -> bool:
    """Whether the public may see an event at a moment."""
    query = public_events(now).where(Event.id == event.id).with_only_columns(Event.id)
    return db.session.scalar(query) is not None


def find_public_by_slug(slug: str, now: datetime) -> Event | None:
    """A public event with everything its page shows; two statements."""
    query = (
        public_events(now)
        .where(Event.slug == slug)
        .options(
            joinedload(Event.unit),
            joinedload(Event.venue),
            joinedload(Event.district),
            joinedload(Event.proposer),
            joinedload(Event.kind_rows),
            joinedload(Event.faith_rows),
            joinedload(Event.sessions),
            selectinload(Event.programme),
        )
    )
    return db.session.execute(query).unique().scalar_one_or_none()


def find_public_id(slug: str, now: datetime) -> int | None:
    """The id of a public event; for deeds that need no more of it."""
    return db.session.scalar(public_events(now).where(Event.slug == slug).with_only_columns(Event.id))


def find_withdrawn(slug: str, now: datetime) -> Event | None:
    """An event that was public under this slug and has been taken off the site."""
    query = select(Event).where(
        Event.slug == slug, Event.status == EventStatus.WITHDRAWN, Event.published_at <= now
    )
    return db.session.scalar(query)


def find_present_slug(old_slug: str, now: datetime) -> str | None:
    """Where a public event that once had this slug is now."""
    event_id = subject_of_old_slug(Event, old_slug)
    if event_id is None:
        return None
    return db.session.scalar(public_events(now).where(Event.id == event_id).with_only_columns(Event.slug))


def coming_events(now: datetime, *, limit: int = 6) -> list[Event]:
    """The next public events, soonest first; cancelled ones are left out."""
    query = with_summary(public_events(now)).where(
        Event.starts_at >= now, Event.status != EventStatus.CANCELLED
    )
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit)))


def other_dates(event: Event, now: datetime, *, limit: int = 6) -> list[Event]:
    """The coming public dates of the series of an event, without itself."""
    if event.series_id is None:
        return []
    query = public_events(now).where(
        Event.series_id == event.series_id,
        Event.id != event.id,
        Event.starts_at > now,
        Event.status != EventStatus.CANCELLED,
    )
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit)))


@dataclass(frozen=True)
class Filters:
    """What a visitor narrows the public list by; None and "" mean everything. Moments bound [since, until)."""

    district_code: str | None = None
    unit_id: int | None = None
    kind: EventKind | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


def _narrowed(query: Select[Event], filters: Filters) -> Select[Event]:
    if filters.district_code:
        query = query.where(Event.district_code == filters.district_code)
    if filters.unit_id:
        query = query.where(Event.unit_id == filters.unit_id)
    if filters.kind:
        has_kind = exists().where(EventKindRow.event_id == Event.id, EventKindRow.kind == filters.kind)
        query = query.where(has_kind)
    if filters.since:
        query = query.where(Event.starts_at >= filters.since)
    if filters.until:
        query = query.where(Event.starts_at < filters.until)
    for word in filters.words.split()[:6]:
        query = query.where(
            or_(
                func.lower(Event.title).contains(word.lower(), autoescape=True),
                func.lower(Event.theme).contains(word.lower(), autoescape=True),
                Event.venue.has(func.lower(Venue.name).contains(word.lower(), autoescape=True)),
            )
        )
    return query


def page_of_public(
    filters: Filters, now: datetime, *, page: int = 1, newest_first: bool = False, size: int = PAGE
) -> tuple[list[Event], bool]:
    """One page of the public list and whether another follows."""
    query = with_summary(_narrowed(public_events(now), filters))
    order = (
        (Event.starts_at.desc(), Event.id.desc()) if newest_first else (Event.starts_at.asc(), Event.id.asc())
    )
    rows = list(db.session.scalars(query.order_by(*order).limit(size + 1).offset((page - 1) * size)))
    return rows[:size], len(rows) > size


def feed_of(filters: Filters, now: datetime) -> list[Event]:
    """The events of a calendar feed: from two months ago on, with everything an entry says."""
    query = _narrowed(public_events(now), filters).where(Event.starts_at >= now - FEED_PAST)
    return list(
        db.session.scalars(with_everything(query).order_by(Event.starts_at, Event.id).limit(FEED_LIMIT))
    )


def first_uids_of_series(series_ids: set[int], now: datetime) -> dict[int, str]:
    """The calendar UID of the first public event of each series."""
    if not series_ids:
        return {}
    query = (
        public_events(now)
        .where(Event.series_id.in_(series_ids))
        .with_only_columns(Event.series_id, Event.uid)
        .order_by(Event.series_position.desc())
    )
    return {row.series_id: row.uid for row in db.session.execute(query)}


def next_change_of_list(now: datetime) -> datetime | None:
    """When time alone will change public lists: the next start or announcement, or the next election stage."""
    start = select(func.min(Event.starts_at)).where(_IS_PUBLIC, Event.starts_at > now).scalar_subquery()
    announced = (
        select(func.min(Event.published_at)).where(_IS_PUBLIC, Event.published_at > now).scalar_subquery()
    )
    first, second = db.session.execute(select(start, announced)).one()
    moments = [moment for moment in (first, second, next_stage_change(now)) if moment is not None]
    return min(moments, default=None)


def addresses_for_sitemap(now: datetime) -> list[tuple[str, datetime]]:
    """Slug and last change of every public event."""
    query = public_events(now).with_only_columns(Event.slug, Event.changed_at).order_by(Event.id.desc())
    return [(row.slug, row.changed_at) for row in db.session.execute(query.limit(40_000))]
