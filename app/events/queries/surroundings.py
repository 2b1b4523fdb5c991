"""What the guards must know around a plan: worship, elections, and the events beside it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.almanac.details import Place
from app.almanac.queries import all_stages, ballots_at, holy_days_between, place_of, regular_services
from app.core import cache
from app.core.database import db
from app.core.faiths import Faith
from app.events.details import PUBLIC_STATES, EventDetails, EventKind, EventStatus, Grade, Guard
from app.events.models import Event, EventKindRow, EventPerson, GuardGrade, ProgrammeItem, Venue
from app.events.rules.guards import DAYS_AHEAD, Neighbour, Plan, Surroundings
from app.events.rules.states import LONGEST
from app.events.rules.timing import end_of, usual_length
from app.regions.models import Region
from app.regions.queries import find_region

# Proposals that hold their place and time before they are public, and those that are.
LIVING = (EventStatus.SUBMITTED, EventStatus.APPROVED, EventStatus.PUBLISHED, EventStatus.POSTPONED)
Span = tuple[datetime, datetime]
# Travel, and whatever else of the days around a plan its guards look at.
NEAR = timedelta(days=2)

_kept: dict[str, tuple[int, dict[Guard, Grade]]] = {}


def surroundings_of(
    details: EventDetails, now: datetime, *, event_id: int | None = None, ahead: int = DAYS_AHEAD
) -> Surroundings | None:
    """Everything the guards must know about a plan.

    event_id: the event itself, which is no neighbour of its own. ahead: for how many days free times are sought.
    None when the kecamatan is unknown.
    """
    district = find_region(details.district_code)
    if district is None:
        return None
    place = place_of(district)
    spans = _spans(details, now, ahead)
    first = min(since for since, _until in spans).astimezone(place.zone).date()
    last = max(until for _since, until in spans).astimezone(place.zone).date()
    return Surroundings(
        place=place,
        place_name=district.name,
        services=regular_services(district.code),
        holy_days=holy_days_between(first, last, region_code=district.code),
        stages=tuple(stage for stage in all_stages() if stage.concerns(district.code)),
        ballots=ballots_at(now, district.code) or ballots_at(details.starts_at, district.code),
        neighbours=_neighbours(details, spans, event_id),
        opened_by=_opening_faiths(details.starts_at, event_id),
        raised=raised_grades(),
        known_venue_kind=db.session.scalar(
            select(Venue.kind).where(
                Venue.name == details.venue_name, Venue.district_code == details.district_code
            )
        ),
    )


def raised_grades() -> dict[Guard, Grade]:
    """The grades that an admin has set; read again only when something has changed."""
    version = cache.version()
    kept = _kept.get("grades")
    if kept is None or kept[0] != version:
        rows = db.session.execute(select(GuardGrade.guard, GuardGrade.grade))
        kept = version, {Guard(row.guard): row.grade for row in rows if row.guard in set(Guard)}
        _kept["grades"] = kept
    return kept[1]


def _spans(details: EventDetails, now: datetime, ahead: int) -> list[Span]:
    """The stretches of time that matter: the plan's own, and that in which free times are sought."""
    length = end_of(details) - details.starts_at
    spans = [(details.starts_at - NEAR, details.starts_at + length + NEAR)]
    if ahead:
        begin = max(details.starts_at, now)
        spans.append((begin - NEAR, begin + timedelta(days=ahead) + length + NEAR))
    return spans


def _neighbours(details: EventDetails, spans: list[Span], event_id: int | None) -> tuple[Neighbour, ...]:
    """The living events that could be in each other's way: in the same kecamatan, or needing the same people.

    An event may last for days, so those that began before count as well.
    """
    people = {folded for folded, _name in Plan(details, details.starts_at).people()}
    needed = _needed_at(people, spans)
    found = {row.id: row for row in _rows(Event.district_code == details.district_code, _begins_in(spans))}
    if elsewhere := needed.keys() - found.keys():
        found |= {row.id: row for row in _rows(Event.id.in_(elsewhere))}
    lengths = _open_lengths(row.id for row in found.values() if row.ends_at is None)
    return tuple(
        _neighbour(row, lengths.get(row.id), needed.get(row.id, set()))
        for row in sorted(found.values(), key=lambda row: (row.starts_at, row.id))
        if row.id != event_id
    )


def _begins_in(
    spans: list[Span], column: InstrumentedAttribute[datetime] = Event.starts_at
) -> ColumnElement[bool]:
    return or_(*(and_(column >= since - LONGEST, column < until) for since, until in spans))


def _needed_at(people: Collection[str], spans: list[Span]) -> dict[int, set[str]]:
    """Events that need some of the people, with whom."""
    found: dict[int, set[str]] = {}
    if people:
        query = select(EventPerson.event_id, EventPerson.folded).where(
            EventPerson.folded.in_(people), _begins_in(spans, EventPerson.starts_at)
        )
        for row in db.session.execute(query):
            found.setdefault(row.event_id, set()).add(row.folded)
    return found


def _rows(*narrowed: ColumnElement[bool]) -> Iterable[Row[Any]]:
    return db.session.execute(
        select(
            Event.id,
            Event.title,
            Event.starts_at,
            Event.ends_at,
            Event.status,
            Event.district_code,
            Venue.name.label("venue_name"),
            Venue.kind.label("venue_kind"),
            Region.zone,
            Region.lat,
            Region.lon,
        )
        .join(Venue, Venue.id == Event.venue_id)
        .join(Region, Region.code == Event.district_code)
        .where(Event.status.in_(LIVING), *narrowed)
    )


def _open_lengths(event_ids: Iterable[int]) -> dict[int, timedelta]:
    """How long events without an end are likely to last: as usual for their kind, or as their programme."""
    wanted = list(event_ids)
    if not wanted:
        return {}
    kinds: dict[int, list[EventKind]] = {event_id: [] for event_id in wanted}
    for row in db.session.execute(
        select(EventKindRow.event_id, EventKindRow.kind).where(EventKindRow.event_id.in_(wanted))
    ):
        kinds[row.event_id].append(row.kind)
    planned = {
        row.event_id: timedelta(minutes=row.minutes)
        for row in db.session.execute(
            select(ProgrammeItem.event_id, func.sum(ProgrammeItem.minutes).label("minutes"))
            .where(ProgrammeItem.event_id.in_(wanted))
            .group_by(ProgrammeItem.event_id)
        )
    }
    return {
        event_id: max(usual_length(kinds[event_id]), planned.get(event_id, timedelta(0)))
        for event_id in wanted
    }


def _neighbour(row: Row[Any], open_length: timedelta | None, people: Collection[str]) -> Neighbour:
    return Neighbour(
        id=row.id,
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at or row.starts_at + (open_length or timedelta(0)),
        venue_name=row.venue_name,
        venue_kind=row.venue_kind,
        district_code=row.district_code,
        is_public=row.status in PUBLIC_STATES,
        place=Place(ZoneInfo(row.zone), row.lat, row.lon),
        people=frozenset(people),
    )


def _opening_faiths(before: datetime, event_id: int | None) -> tuple[Faith, ...]:
    """The faith of the first prayer of the last three events that had prayers, the newest first."""
    prays = exists().where(ProgrammeItem.event_id == Event.id, ProgrammeItem.faith.is_not(None))
    last = (
        select(Event.id)
        .where(
            Event.status.in_((*LIVING, EventStatus.COMPLETED)),
            Event.starts_at < before,
            Event.id != (event_id or 0),
            prays,
        )
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(3)
    )
    ids = list(db.session.scalars(last))
    if not ids:
        return ()
    opened: dict[int, Faith] = {}
    rows = db.session.execute(
        select(ProgrammeItem.event_id, ProgrammeItem.faith)
        .where(ProgrammeItem.event_id.in_(ids), ProgrammeItem.faith.is_not(None))
        .order_by(ProgrammeItem.position)
    )
    for row in rows:
        opened.setdefault(row.event_id, row.faith)
    return tuple(opened[key] for key in ids if key in opened)
