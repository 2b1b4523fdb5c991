"""What the guards need to know of a plan, read from the database; and the next free times."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.almanac.queries import quiet_stages_between, stage_details, worship_between
from app.core import clock
from app.core.database import db
from app.core.faiths import Faith
from app.core.text import fold_name
from app.events.details import (
    EventDetails,
    EventStatus,
    ItemKind,
    ProgrammeItemDetails,
    SessionDetails,
    VenueKind,
)
from app.events.models import Event, ProgrammeItem, Venue
from app.events.rules.guards import Clash, Finding, Plan, PrayerSlot, findings, passes
from app.events.rules.programme import default_end, has_prayer_break
from app.regions.queries import find_region

# Events in these states occupy their venue and their people.
STANDING = (
    EventStatus.SUBMITTED,
    EventStatus.APPROVED,
    EventStatus.PUBLISHED,
    EventStatus.POSTPONED,
)
# Between two kecamatan a person needs at least this long, and this much more for each tenth of a degree.
TRAVEL_BASE = timedelta(minutes=30)
TRAVEL_PER_TENTH = timedelta(minutes=15)
SLOT_HOURS = (9, 13, 16, 19, 20)
MOST_DAYS = 60
MOST_TRIED = 150


def details_of(event: Event) -> EventDetails:
    """A stored event as the details its form would give (load it with everything)."""
    index = {session.id: place for place, session in enumerate(event.sessions)}
    return EventDetails(
        title=event.title,
        kinds=tuple(event.kinds),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        venue_name=event.venue.name,
        venue_kind=event.venue.kind,
        district_code=event.district_code,
        theme=event.theme,
        summary=event.summary,
        venue_address=event.venue.address,
        village_code=event.venue.village_code or "",
        audience=event.audience,
        capacity=event.capacity,
        expected_crowd=event.expected_crowd,
        dress=event.dress,
        contact_name=event.contact_name,
        contact_phone=event.contact_phone,
        order_number=event.order_number,
        faiths=tuple(event.faiths),
        names_candidates=event.names_candidates,
        sessions=tuple(SessionDetails(row.title, row.kind, row.names_candidates) for row in event.sessions),
        programme=tuple(
            ProgrammeItemDetails(
                title=item.title,
                kind=item.kind,
                minutes=item.minutes,
                session=index.get(item.session_id or 0, 0),
                faith=item.faith,
                leader_name=item.leader_name,
                leader_id=item.leader_id,
                represented_by=item.represented_by,
                absent_note=item.absent_note,
            )
            for item in event.programme
        ),
    )


def guard_findings(details: EventDetails, *, event_id: int | None = None) -> list[Finding]:
    """What stands in the way of these details, the strongest first."""
    return findings(plan_of(details, event_id=event_id))


def plan_of(details: EventDetails, *, event_id: int | None = None) -> Plan:
    """The details as the guards see them."""
    end = default_end(details.starts_at, details.ends_at, details.kinds)
    district = find_region(details.district_code)
    if district is None:
        raise LookupError(details.district_code)
    faiths = invited_faiths(details)
    near = _standing_near(details.starts_at, end, district.zone, event_id=event_id)
    overlapping = [event for event in near if event.starts_at < end and _end(event) > details.starts_at]
    shared = {VenueKind.FIELD}  # outdoor fields may be shared
    return Plan(
        starts_at=details.starts_at,
        ends_at=end,
        kinds=details.kinds,
        venue_kind=details.venue_kind,
        names_candidates=details.names_candidates or any(part.names_candidates for part in details.sessions),
        faiths=details.faiths,
        worship=worship_between(details.starts_at, end, district=district, faiths=faiths),
        has_prayer_break=has_prayer_break(details.programme),
        quiet_stages=tuple(
            stage_details(stage)
            for stage in quiet_stages_between(details.starts_at, end, details.district_code)
        ),
        clashes_of_venue=tuple(
            Clash(event.id, event.title, event.starts_at, event.venue.name)
            for event in overlapping
            if details.venue_kind not in shared
            and event.district_code == details.district_code
            and event.venue.name.casefold() == details.venue_name.casefold()
        ),
        clashes_of_person=tuple(_clashes_of_people(details, end, near, district.lat, district.lon)),
        others_that_day=tuple(
            Clash(event.id, event.title, event.starts_at, "")
            for event in near
            if event.district_code == details.district_code
            and event.status is EventStatus.PUBLISHED
            and clock.day_in(event.starts_at, district.zone) == clock.day_in(details.starts_at, district.zone)
        ),
        prayers=tuple(
            PrayerSlot(
                item.faith, item.minutes, bool(item.leader_name or item.represented_by), item.absent_note
            )
            for item in details.programme
            if item.kind is ItemKind.PRAYER and item.faith is not None
        ),
    )


def invited_faiths(details: EventDetails) -> tuple[Faith, ...]:
    """The faiths named as invited and those with an item in the programme."""
    named = [item.faith for item in details.programme if item.faith is not None]
    return tuple(dict.fromkeys([*details.faiths, *named]))


def free_slots(
    details: EventDetails, *, now: datetime, event_id: int | None = None, count: int = 3
) -> list[datetime]:
    """The next times (aware, UTC) at which the same plan would pass every guard, from its own start on."""
    found: list[datetime] = []
    length = default_end(details.starts_at, details.ends_at, details.kinds) - details.starts_at
    candidates = _candidates(max(details.starts_at, now), find_zone(details.district_code))
    for start in islice(candidates, MOST_TRIED):
        moved = replace(details, starts_at=start, ends_at=start + length)
        if passes(plan_of(moved, event_id=event_id)):
            found.append(start)
            if len(found) == count:
                break
    return found


def find_zone(district_code: str) -> str:
    """The IANA zone of a kecamatan."""
    district = find_region(district_code)
    return district.zone if district else "Asia/Pontianak"


def _candidates(after: datetime, zone: str) -> Iterator[datetime]:
    local = clock.local(after, zone)
    for days in range(MOST_DAYS):
        day = (local + timedelta(days=days)).date()
        for hour in SLOT_HOURS:
            for minute in (0, 30):
                moment = clock.start_of(day, zone) + timedelta(hours=hour, minutes=minute)
                if moment > after:
                    yield moment


def _standing_near(start: datetime, end: datetime, zone: str, *, event_id: int | None) -> Sequence[Event]:
    """Standing events of the days around, with venue and programme."""
    first = clock.start_of(clock.day_in(start, zone), zone) - timedelta(days=1)
    query = (
        select(Event)
        .where(
            Event.status.in_(STANDING), Event.starts_at >= first, Event.starts_at < end + timedelta(days=1)
        )
        .options(joinedload(Event.venue).joinedload(Venue.district), joinedload(Event.kind_rows))
        .order_by(Event.starts_at)
    )
    if event_id is not None:
        query = query.where(Event.id != event_id)
    return db.session.scalars(query).unique().all()


def _end(event: Event) -> datetime:
    return default_end(event.starts_at, event.ends_at, event.kinds)


def _clashes_of_people(
    details: EventDetails, end: datetime, near: Sequence[Event], lat: float | None, lon: float | None
) -> Iterator[Clash]:
    """Leaders of the programme who would have to be at two places, travel time counted."""
    wanted = {fold_name(item.leader_name): item.leader_name for item in details.programme if item.leader_name}
    if not wanted or not near:
        return
    rows = db.session.execute(
        select(ProgrammeItem.event_id, ProgrammeItem.leader_name).where(
            ProgrammeItem.event_id.in_([event.id for event in near]), ProgrammeItem.leader_name != ""
        )
    ).all()
    by_event: dict[int, set[str]] = {}
    for row in rows:
        by_event.setdefault(row.event_id, set()).add(fold_name(row.leader_name))
    for event in near:
        travel = _travel(lat, lon, event)
        if event.starts_at - travel < end and _end(event) + travel > details.starts_at:
            for key in wanted.keys() & by_event.get(event.id, set()):
                yield Clash(event.id, event.title, event.starts_at, wanted[key])


def _travel(lat: float | None, lon: float | None, event: Event) -> timedelta:
    place = event.venue.district
    if lat is None or lon is None or place.lat is None or place.lon is None:
        return TRAVEL_BASE
    if (lat, lon) == (place.lat, place.lon):
        return timedelta(0)
    degrees = ((lat - place.lat) ** 2 + (lon - place.lon) ** 2) ** 0.5
    return TRAVEL_BASE + TRAVEL_PER_TENTH * (degrees * 10)
