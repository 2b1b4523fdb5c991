"""The same venue, the same person at two places, another event nearby."""

from collections.abc import Iterator
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from app.almanac.details import Place
from app.core.text import fold
from app.events.details import Guard, GuardFinding, VenueKind
from app.events.rules.guards.plan import Neighbour, Plan, Surroundings

# Roads of the interior: half as long again as the straight line, at 40 km an hour.
DETOUR, SPEED = 1.5, 40.0
LEAST, UNKNOWN = timedelta(minutes=15), timedelta(minutes=60)
# Nobody is kept from an event by one that is further away in time than this.
FARTHEST = timedelta(hours=12)


def travel_time(one: Place, other: Place) -> timedelta:
    """How long it takes to get from the middle of one kecamatan to that of another; an estimate."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return UNKNOWN
    lat1, lon1, lat2, lon2 = (
        radians(value or 0.0) for value in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    arc = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    kilometres = 2 * 6371 * asin(sqrt(arc))
    return min(max(LEAST, timedelta(hours=kilometres * DETOUR / SPEED)), FARTHEST)


def venue_clash(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """Another event at the same venue at the same time; outdoor fields may be shared."""
    for other in around.neighbours:
        same = _same_venue(plan, other)
        if same and other.starts_at < plan.ends_at and plan.starts_at < other.ends_at:
            outdoors = plan.details.venue_kind is VenueKind.FIELD
            guard = Guard.FIELD_SHARED if outdoors else Guard.VENUE_CLASH
            yield plan.finding(guard, "", other.id, **_of(other))


def person_clash(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """Somebody who leads a part or is on duty here is needed elsewhere at that time, the way there counted."""
    people = dict(plan.people())
    for other in around.neighbours:
        between = timedelta(0) if _same_venue(plan, other) else travel_time(around.place, other.place)
        if other.starts_at - between < plan.ends_at and plan.starts_at < other.ends_at + between:
            for folded in sorted(people.keys() & other.people):
                minutes = round(between.total_seconds() / 60)
                yield plan.finding(
                    Guard.PERSON_CLASH,
                    "",
                    other.id,
                    folded,
                    **_of(other),
                    person=people[folded],
                    minutes=minutes,
                )


def same_day(plan: Plan, around: Surroundings) -> Iterator[GuardFinding]:
    """Another public event in the kecamatan on that day, at another venue or hour."""
    day = plan.starts_at.astimezone(around.place.zone).date()
    for other in around.neighbours:
        if (
            other.is_public
            and other.district_code == plan.details.district_code
            and other.starts_at.astimezone(around.place.zone).date() == day
        ):
            yield plan.finding(Guard.SAME_DAY, "", other.id, **_of(other), place=around.place_name)


def _same_venue(plan: Plan, other: Neighbour) -> bool:
    return plan.details.district_code == other.district_code and fold(plan.details.venue_name) == fold(
        other.venue_name
    )


def _of(other: Neighbour) -> dict[str, object]:
    return {
        "title": other.title,
        "start": other.starts_at,
        "end": other.ends_at,
        "venue": other.venue_name,
    }
