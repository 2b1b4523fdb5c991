"""What guards have found about events that were scheduled already."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.events.models import Event, LateFinding
from app.events.rules.states import LONGEST, SCHEDULED


def open_late_findings(event_id: int, *, settled_too: bool = False) -> list[LateFinding]:
    """What was found late about an event and still stands."""
    query = select(LateFinding).where(LateFinding.event_id == event_id)
    if not settled_too:
        query = query.where(LateFinding.settled_at.is_(None))
    return list(db.session.scalars(query.order_by(LateFinding.found_at, LateFinding.id)))


def waiting_for_new_look(
    unit_ids: frozenset[int], now: datetime, *, limit: int = 50
) -> list[tuple[Event, datetime]]:
    """Scheduled events of the units that a changed table has put something in the way of, with since when."""
    query = (
        select(LateFinding)
        .join(Event)
        .where(
            LateFinding.settled_at.is_(None),
            Event.unit_id.in_(unit_ids),
            Event.status.in_(SCHEDULED),
            Event.starts_at > now - LONGEST,
            or_(Event.ends_at.is_(None), Event.ends_at > now),
            or_(Event.postponed_from_at.is_(None), Event.postponed_from_at != Event.starts_at),
        )
        .options(joinedload(LateFinding.event))
        .order_by(LateFinding.found_at, LateFinding.id)
        .limit(limit)
    )
    first: dict[int, tuple[Event, datetime]] = {}
    for row in db.session.scalars(query):
        first.setdefault(row.event_id, (row.event, row.found_at))
    return list(first.values())


def scheduled_ids(
    now: datetime,
    *,
    since: datetime | None,
    until: datetime | None,
    region_code: str | None,
    after: int,
    limit: int,
) -> list[int]:
    """Approved and announced events that are not over and share a moment with [since, until), by id."""
    begin = max(since, now) if since else now
    query = select(Event.id).where(
        Event.status.in_(SCHEDULED),
        Event.id > after,
        Event.starts_at > begin - LONGEST,
        or_(Event.ends_at.is_(None), Event.ends_at > begin),
    )
    if until is not None:
        query = query.where(Event.starts_at < until)
    if region_code is not None:
        query = query.where(
            or_(
                Event.district_code == region_code,
                Event.district_code.startswith(f"{region_code}.", autoescape=True),
            )
        )
    return list(db.session.scalars(query.order_by(Event.id).limit(limit)))
