"""What the front page shows, in four statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.orm import aliased, joinedload

from app.almanac.details import StageKind
from app.almanac.models import ElectionStage
from app.attendance.models import SeatPool
from app.core.database import db
from app.events.details import EventStatus
from app.events.models import Event, ProgrammeItem
from app.news.details import ItemStatus
from app.news.models import Article
from app.pledges.details import PledgeCounts, PledgeStatus, SignWay
from app.pledges.models import Pledge
from app.pledges.queries import counted_rows, public_pledges
from app.regions.details import RegionLevel
from app.regions.models import Region

# An event without an end counts as running for this long.
OPEN_END = timedelta(hours=4)
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class ComingEvent:
    """An event of the front page. prayers: how many faiths lead a prayer; taken, capacity: of its seats."""

    event: Event
    prayers: int
    taken: int | None
    capacity: int | None
    seats_open: bool

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken is not None and self.taken >= self.capacity


def coming(
    visible: Select[Event], now: datetime, *, limit: int = 6, district_slug: str = ""
) -> list[ComingEvent]:
    """Events that run now or come next, soonest first, everywhere or in one kecamatan.

    visible: `public_events(now)`, which asks for quiet periods once for the whole page.
    Cancelled ones are left to the calendar.
    """
    prayers = (
        select(func.count(func.distinct(ProgrammeItem.faith)))
        .where(ProgrammeItem.event_id == Event.id, ProgrammeItem.faith.is_not(None))
        .scalar_subquery()
    )
    over = func.coalesce(Event.ends_at > now, Event.starts_at > now - OPEN_END)
    query = (
        visible.where(
            Event.starts_at > now - timedelta(days=14),
            over,
            Event.status.in_([EventStatus.PUBLISHED, EventStatus.POSTPONED]),
        )
        .options(joinedload(Event.unit), joinedload(Event.venue), joinedload(Event.district))
        .add_columns(prayers, SeatPool.taken, SeatPool.capacity, SeatPool.open)
        .outerjoin(SeatPool, and_(SeatPool.event_id == Event.id, SeatPool.session_id.is_(None)))
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )
    if district_slug:
        query = query.where(Event.district.has(Region.slug == district_slug))
    return [
        ComingEvent(event, prayers, taken, capacity, bool(is_open))
        for event, prayers, taken, capacity, is_open in db.session.execute(query)
    ]


@dataclass(frozen=True)
class DistrictTile:
    """A kecamatan with how many events stand in a span of time."""

    code: str
    name: str
    slug: str
    row: int | None
    column: int | None
    count: int


def district_counts(visible: Select[Event], *, since: datetime, until: datetime) -> list[DistrictTile]:
    """All kecamatan with how many visible events begin in [since, until); cancelled ones are not counted."""
    event = aliased(Event, visible.where(Event.starts_at >= since, Event.starts_at < until).subquery())
    query = (
        select(
            Region.code,
            Region.name,
            Region.slug,
            Region.tile_row,
            Region.tile_col,
            func.count(event.id),
        )
        .outerjoin(event, and_(event.district_code == Region.code, event.status != EventStatus.CANCELLED))
        .where(Region.level == RegionLevel.DISTRICT)
        .group_by(Region.code, Region.name, Region.slug, Region.tile_row, Region.tile_col)
        .order_by(Region.name)
    )
    return [DistrictTile(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class PledgeNow:
    """The pledge being signed, with its counts; and when time alone will next change the front page."""

    pledge: Pledge | None
    counts: PledgeCounts | None
    next_change: datetime | None


def pledge_now(now: datetime) -> PledgeNow:
    """The newest pledge that is being signed, in one statement with what makes the page old."""
    signing = (
        public_pledges(now)
        .where(
            Pledge.status == PledgeStatus.OPEN,
            Pledge.opens_at.is_(None) | (Pledge.opens_at <= now),
            Pledge.closes_at.is_(None) | (Pledge.closes_at > now),
        )
        .order_by(Pledge.on.desc(), Pledge.id.desc())
        .limit(1)
        .with_only_columns(Pledge.id)
        .scalar_subquery()
    )
    tallied = counted_rows(signing)
    counted = (
        select(tallied.c.pledge_id, tallied.c.way, func.sum(tallied.c.n).label("n"))
        .group_by(tallied.c.pledge_id, tallied.c.way)
        .subquery()
    )
    always = select(literal(1).label("one")).subquery()
    query = (
        select(*_coming_moments(now), Pledge, counted.c.way, counted.c.n)
        .select_from(always)
        .outerjoin(Pledge, Pledge.id == signing)
        .outerjoin(counted, counted.c.pledge_id == Pledge.id)
    )
    rows = db.session.execute(query).all()
    first = rows[0]
    moments = [moment for moment in first[:-3] if moment is not None]
    pledge: Pledge | None = first[-3]
    if pledge is None:
        return PledgeNow(None, None, min(moments, default=None))
    by_way = dict.fromkeys(SignWay, 0)
    for row in rows:
        if row.way is not None:
            by_way[SignWay(row.way)] = int(row.n)
    return PledgeNow(pledge, PledgeCounts(sum(by_way.values()), by_way, ()), min(moments, default=None))


def _coming_moments(now: datetime) -> list[Any]:
    """When events, articles, pledges and quiet periods next turn by time alone."""

    def first(column: Any, *conditions: Any) -> Any:
        return select(func.min(column)).where(column > now, *conditions).scalar_subquery()

    quiet = ElectionStage.kind == StageKind.MASA_TENANG
    return [
        first(Event.published_at),
        first(Event.starts_at, Event.status == EventStatus.PUBLISHED),
        first(Event.ends_at, Event.status == EventStatus.PUBLISHED),
        first(Article.published_at, Article.status == ItemStatus.PUBLISHED),
        first(Pledge.opens_at, Pledge.status == PledgeStatus.OPEN),
        first(Pledge.closes_at, Pledge.status == PledgeStatus.OPEN),
        first(ElectionStage.starts_at, quiet),
        first(ElectionStage.ends_at, quiet),
    ]


def next_change(now: datetime) -> datetime | None:
    """When time alone will next change what the public sees of events, articles and pledges."""
    row = db.session.execute(select(*_coming_moments(now))).one()
    return min((moment for moment in row if moment is not None), default=None)


def is_new_house() -> bool:
    """Whether nothing has been made here yet: not one event in any state."""
    return db.session.scalar(select(Event.id).limit(1)) is None
