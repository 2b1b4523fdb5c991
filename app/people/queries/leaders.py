"""Reading the leaders of the stations."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.people.details import LeaderStatus
from app.people.models import (
    Leader,
    Person,
)


def find_leader(person_id: int) -> Leader | None:
    """The leader's entry of a person, with organisation."""
    query = select(Leader).where(Leader.person_id == person_id).options(joinedload(Leader.organisation))
    return db.session.scalar(query)


def leaders_in(unit_ids: frozenset[int], status: LeaderStatus) -> list[Leader]:
    """Leaders of the units in a state, who waits longest first, with person and organisation."""
    query = (
        select(Leader)
        .where(Leader.unit_id.in_(unit_ids), Leader.status == status)
        .options(joinedload(Leader.person), joinedload(Leader.organisation))
        .order_by(Leader.asked_at, Leader.id)
    )
    return list(db.session.scalars(query))


def count_leaders(unit_ids: frozenset[int]) -> dict[LeaderStatus, int]:
    """How many leaders of the units are in each state."""
    query = select(Leader.status, func.count()).where(Leader.unit_id.in_(unit_ids)).group_by(Leader.status)
    found = {row[0]: int(row[1]) for row in db.session.execute(query)}
    return {status: found.get(status, 0) for status in LeaderStatus}


def find_leader_in_units(leader_id: int, unit_ids: frozenset[int]) -> Leader | None:
    query = (
        select(Leader)
        .where(Leader.id == leader_id, Leader.unit_id.in_(unit_ids))
        .options(joinedload(Leader.person), joinedload(Leader.organisation))
    )
    return db.session.scalar(query)


def verified_leaders(unit_ids: frozenset[int]) -> list[Leader]:
    """Leaders of the units who may propose events, by name, with person and organisation."""
    query = (
        select(Leader)
        .join(Person, Person.id == Leader.person_id)
        .where(
            Leader.unit_id.in_(unit_ids),
            Leader.status == LeaderStatus.VERIFIED,
            Person.deactivated_at.is_(None),
        )
        .options(joinedload(Leader.person), joinedload(Leader.organisation))
        .order_by(Person.name)
    )
    return list(db.session.scalars(query))
