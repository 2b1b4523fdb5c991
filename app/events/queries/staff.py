"""What staff see in lists: proposals by their state, and what waits for whom."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.events.details import EventStatus
from app.events.models import Event
from app.events.queries.loading import with_summary
from app.events.queries.public import PAGE
from app.regions.models import Unit

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
