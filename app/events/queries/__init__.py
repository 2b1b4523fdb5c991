"""Reading events. Public or not is decided in one place: `public_events`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import (
    next_stage_change,
    quiet_regions,
    quiet_stage,
)
from app.core.database import db
from app.core.i18n import _
from app.core.slugs import subject_of_old_slug
from app.events.details import (
    HIDDEN_STATES,
    EventDetails,
    EventKind,
    EventStatus,
    ProgrammeItemDetails,
    SessionDetails,
)
from app.events.models import (
    Event,
    EventKindRow,
    EventNote,
    EventSession,
    GuardOverride,
    Venue,
)
from app.events.queries.announcing import announced_in as announced_in
from app.events.queries.announcing import announced_of as announced_of
from app.events.queries.announcing import find_venue as find_venue
from app.events.queries.announcing import leaders_of as leaders_of
from app.events.queries.announcing import place_line as place_line
from app.events.queries.announcing import proposer_of as proposer_of
from app.events.queries.approving import overdue_proposals as overdue_proposals
from app.events.queries.approving import read_up_to as read_up_to
from app.events.queries.approving import unanswered_for as unanswered_for
from app.events.queries.approving import unread_by as unread_by
from app.events.queries.approving import writers_in_thread as writers_in_thread
from app.events.queries.fairness import openings_before as openings_before
from app.events.queries.fairness import shares_between as shares_between
from app.events.queries.late import open_late_findings as open_late_findings
from app.events.queries.late import scheduled_ids as scheduled_ids
from app.events.queries.late import waiting_for_new_look as waiting_for_new_look
from app.events.queries.reminding import begun_since as begun_since
from app.events.queries.reminding import due_reminders as due_reminders
from app.events.queries.reminding import events_without_reminders as events_without_reminders
from app.events.queries.reminding import reminders_of as reminders_of
from app.events.queries.series import PlannedDate as PlannedDate
from app.events.queries.series import events_of_series as events_of_series
from app.events.queries.series import find_series as find_series
from app.events.queries.series import plan_series as plan_series
from app.events.queries.surroundings import LIVING as LIVING
from app.events.queries.surroundings import raised_grades as raised_grades
from app.events.queries.surroundings import surroundings_of as surroundings_of
from app.regions.models import Region, Unit

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


# What the tabs of the staff list gather.
GROUPS: dict[str, tuple[EventStatus, ...]] = {
    "menunggu": (EventStatus.SUBMITTED,),
    "disetujui": (EventStatus.APPROVED,),
    "terbit": (EventStatus.PUBLISHED, EventStatus.POSTPONED),
    "draf": (EventStatus.DRAFT, EventStatus.RETURNED),
    "arsip": (EventStatus.COMPLETED, EventStatus.CANCELLED, EventStatus.WITHDRAWN),
}


def _visible_to(unit_ids: frozenset[int], person_id: int) -> ColumnElement[bool]:
    """Own proposals, and those of the units; another person's draft is nobody's business until it is handed in.

    A draft whose writer has left belongs to the unit.
    """
    nobodys = Event.proposer_id.is_(None)
    of_units = and_(Event.unit_id.in_(unit_ids), or_(Event.status != EventStatus.DRAFT, nobodys))
    return or_(Event.proposer_id == person_id, of_units)


def page_of_staff(
    unit_ids: frozenset[int], person_id: int, group: str, *, page: int = 1
) -> tuple[list[Event], bool]:
    """One page of what a person may see of a group of states ("milik": own ones of every state)."""
    query = with_summary(select(Event)).options(joinedload(Event.proposer))
    if group in GROUPS:
        query = query.where(_visible_to(unit_ids, person_id), Event.status.in_(GROUPS[group]))
    else:
        query = query.where(Event.proposer_id == person_id)
    if group == "menunggu":
        query = query.order_by(Event.submitted_at, Event.id)  # the longest wait first
    elif group == "terbit":
        query = query.order_by(Event.starts_at, Event.id)
    else:
        query = query.order_by(Event.changed_at.desc(), Event.id.desc())
    rows = list(db.session.scalars(query.limit(PAGE + 1).offset((page - 1) * PAGE)))
    return rows[:PAGE], len(rows) > PAGE


def count_by_group(unit_ids: frozenset[int], person_id: int) -> dict[str, int]:
    """How many events of each group a person may see."""
    query = select(Event.status, func.count()).where(_visible_to(unit_ids, person_id)).group_by(Event.status)
    counts: dict[EventStatus, int] = {row[0]: row[1] for row in db.session.execute(query)}
    found = {group: sum(counts.get(status, 0) for status in states) for group, states in GROUPS.items()}
    own = select(func.count()).where(Event.proposer_id == person_id)
    return {**found, "milik": db.session.scalar(own) or 0}


def waiting_for_check(unit_ids: frozenset[int], *, limit: int = 50) -> list[Event]:
    """Proposals handed in at the units, the longest wait first."""
    query = select(Event).where(Event.unit_id.in_(unit_ids), Event.status == EventStatus.SUBMITTED)
    return list(db.session.scalars(query.order_by(Event.submitted_at, Event.id).limit(limit)))


def waiting_for_publishing(unit_ids: frozenset[int], *, limit: int = 50) -> list[Event]:
    """Approved proposals of the units that nobody has announced yet."""
    query = select(Event).where(Event.unit_id.in_(unit_ids), Event.status == EventStatus.APPROVED)
    return list(db.session.scalars(query.order_by(Event.decided_at, Event.id).limit(limit)))


def waiting_for_completion(unit_ids: frozenset[int], now: datetime, *, limit: int = 50) -> list[Event]:
    """Announced events of the units that are over and not marked as held."""
    query = select(Event).where(
        Event.unit_id.in_(unit_ids),
        Event.status.in_((EventStatus.PUBLISHED, EventStatus.POSTPONED)),
        func.coalesce(Event.ends_at, Event.starts_at) < now - timedelta(hours=12),
        or_(Event.postponed_from_at.is_(None), Event.postponed_from_at != Event.starts_at),
    )
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(limit)))


def returned_to(person_id: int, unit_ids: frozenset[int], *, limit: int = 50) -> list[Event]:
    """A person's proposals that came back with a note, and those of the units whose proposer has left."""
    mine = or_(Event.proposer_id == person_id, and_(Event.proposer_id.is_(None), Event.unit_id.in_(unit_ids)))
    query = select(Event).where(mine, Event.status == EventStatus.RETURNED)
    return list(db.session.scalars(query.order_by(Event.decided_at, Event.id).limit(limit)))


def units_for(unit_ids: frozenset[int]) -> list[Unit]:
    """Living units among the given, from the top down."""
    query = select(Unit).where(Unit.id.in_(unit_ids), Unit.closed_at.is_(None)).order_by(Unit.path)
    return list(db.session.scalars(query))


def venue_names(*, limit: int = 200) -> list[str]:
    """Names of known venues, for suggestions."""
    return list(db.session.scalars(select(Venue.name).distinct().order_by(Venue.name).limit(limit)))


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


def region_of(event: Event) -> Region:
    """The kecamatan of an event whose summary is loaded."""
    return event.district
