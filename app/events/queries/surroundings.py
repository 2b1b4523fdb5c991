"""What the guards must know around a plan: worship, elections, and the events beside it."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import all_stages, ballots_at, holy_days_between, place_of, regular_services
from app.core.database import db
from app.core.faiths import Faith
from app.core.text import fold_name
from app.events.details import PUBLIC_STATES, EventDetails, EventStatus
from app.events.models import Event, ProgrammeItem, Venue
from app.events.rules.guards import Neighbour, Surroundings
from app.events.rules.guards.checking import DAYS_AHEAD
from app.events.rules.timing import likely_end
from app.regions.queries import find_region

# Proposals that hold their place and time before they are public, and those that are.
LIVING = (EventStatus.SUBMITTED, EventStatus.APPROVED, EventStatus.PUBLISHED, EventStatus.POSTPONED)


def surroundings_of(
    details: EventDetails, now: datetime, *, event_id: int | None = None
) -> Surroundings | None:
    """Everything the guards must know about a plan, as far ahead as free times are sought.

    event_id: the event itself, which is no neighbour of its own. None when the kecamatan is unknown.
    """
    district = find_region(details.district_code)
    if district is None:
        return None
    place = place_of(district)
    since = min(details.starts_at, max(now, details.starts_at - timedelta(days=1))) - timedelta(days=2)
    until = max(details.starts_at, now) + timedelta(days=DAYS_AHEAD + 3)
    first, last = since.astimezone(place.zone).date(), until.astimezone(place.zone).date()
    return Surroundings(
        place=place,
        place_name=district.name,
        services=regular_services(),
        holy_days=holy_days_between(first, last, region_code=district.code),
        stages=tuple(stage for stage in all_stages() if stage.concerns(district.code)),
        ballots=ballots_at(max(now, since), district.code) or ballots_at(details.starts_at, district.code),
        neighbours=_neighbours(since, until, event_id),
        opened_by=_opening_faiths(details.starts_at, event_id),
    )


def _neighbours(since: datetime, until: datetime, event_id: int | None) -> tuple[Neighbour, ...]:
    query = (
        select(Event)
        .where(Event.status.in_(LIVING), Event.starts_at >= since, Event.starts_at < until)
        .options(
            joinedload(Event.venue).joinedload(Venue.district),
            selectinload(Event.kind_rows),
            selectinload(Event.programme),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(3000)
    )
    if event_id is not None:
        query = query.where(Event.id != event_id)
    return tuple(_neighbour(event) for event in db.session.scalars(query))


def _neighbour(event: Event) -> Neighbour:
    busy = {
        fold_name(item.represented_by or item.leader_name)
        for item in event.programme
        if (item.represented_by or item.leader_name) and not item.absent_note
    }
    return Neighbour(
        id=event.id,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=likely_end(event.starts_at, event.ends_at, event.kinds, event.programme),
        venue_name=event.venue.name,
        venue_kind=event.venue.kind,
        district_code=event.venue.district_code,
        is_public=event.status in PUBLIC_STATES,
        place=place_of(event.venue.district),
        people=frozenset(busy),
    )


def _opening_faiths(before: datetime, event_id: int | None) -> tuple[Faith, ...]:
    """The faith of the first prayer of the last three events that had prayers, the newest first."""
    first = (
        select(ProgrammeItem.event_id, func.min(ProgrammeItem.position).label("position"))
        .where(ProgrammeItem.faith.is_not(None))
        .group_by(ProgrammeItem.event_id)
        .subquery()
    )
    query = (
        select(ProgrammeItem.faith)
        .join(
            first, (ProgrammeItem.event_id == first.c.event_id) & (ProgrammeItem.position == first.c.position)
        )
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(
            Event.status.in_((*LIVING, EventStatus.COMPLETED)),
            Event.starts_at < before,
            Event.id != (event_id or 0),
        )
        .order_by(Event.starts_at.desc())
        .limit(3)
    )
    return tuple(faith for faith in db.session.scalars(query) if faith is not None)
