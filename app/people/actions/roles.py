"""Giving and ending roles."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core import audit, cache, facts
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.people.details import LeaderStatus, PersonTag
from app.people.facts import RoleEnded
from app.people.models import Leader, Person, RoleAssignment
from app.regions.facts import UnitClosing
from app.regions.models import Unit
from app.regions.queries import main_unit


@transactional
def grant_role(person: Person, role: Role, *, unit: Unit, by: Any, now: datetime) -> RoleAssignment:
    """Give a person a role at a unit; it counts below the unit too.

    Raises RuleBroken: deactivated, unit_closed, already_member, role_by_verification (a tokoh is verified first).
    """
    lock(person)
    if person.deactivated_at is not None:
        raise RuleBroken("deactivated", field="role")
    if unit.closed_at is not None:
        raise RuleBroken("unit_closed", field="unit_id")
    if role is Role.TOKOH and not db.session.scalar(
        select(Leader.id).where(Leader.person_id == person.id, Leader.status == LeaderStatus.VERIFIED)
    ):
        raise RuleBroken("role_by_verification", field="role")
    held = select(RoleAssignment.id).where(
        RoleAssignment.person_id == person.id,
        RoleAssignment.role == role,
        RoleAssignment.unit_id == unit.id,
        RoleAssignment.ended_at.is_(None),
    )
    if db.session.scalar(held) is not None:
        raise RuleBroken("already_member", field="role")
    assignment = RoleAssignment(
        person_id=person.id,
        role=role,
        unit_id=unit.id,
        granted_at=now,
        granted_by_id=getattr(by, "id", None),
    )
    db.session.add(assignment)
    audit.record(
        PersonTag.ROLE_GRANTED,
        by=by,
        now=now,
        subject=person,
        unit_id=unit.id,
        name=person.full_name,
        after={"role": role.value, "unit": unit.name},
    )
    return assignment


@transactional
def end_role(
    assignment: RoleAssignment, *, by: Any, now: datetime, successor_id: int | None = None, reason: str = ""
) -> None:
    """End a role; open work is handed over in the same act by those who subscribe to RoleEnded.

    Raises RuleBroken: role_ended, last_admin.
    """
    lock(assignment)
    if assignment.ended_at is not None:
        raise RuleBroken("role_ended")
    if assignment.role is Role.ADMIN:
        _keep_an_admin(assignment)
    assignment.ended_at = now
    person = db.session.get_one(Person, assignment.person_id)
    unit = db.session.get_one(Unit, assignment.unit_id)
    facts.publish(
        RoleEnded(
            person_id=person.id,
            role=assignment.role,
            unit_id=unit.id,
            by_id=getattr(by, "id", None),
            at=now,
            successor_id=successor_id,
        )
    )
    audit.record(
        PersonTag.ROLE_ENDED,
        by=by,
        now=now,
        subject=person,
        unit_id=unit.id,
        name=person.full_name,
        before={"role": assignment.role.value, "unit": unit.name},
        after={} if successor_id is None else {"successor_id": successor_id},
        reason=reason,
    )
    cache.bump_after_commit()


def _keep_an_admin(assignment: RoleAssignment) -> None:
    """The portal is never left without an admin at its Polres or above."""
    main = main_unit()
    if main is None:
        return
    above = [int(part) for part in main.path.split("/") if part]
    if assignment.unit_id not in above:
        return
    other = (
        select(RoleAssignment.id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.role == Role.ADMIN,
            RoleAssignment.unit_id.in_(above),
            RoleAssignment.ended_at.is_(None),
            RoleAssignment.id != assignment.id,
            Person.deactivated_at.is_(None),
        )
        .limit(1)
    )
    if db.session.scalar(other) is None:
        raise RuleBroken("last_admin", unit=main.name)


def keep_unit_with_people(fact: UnitClosing) -> None:
    """A unit at which somebody still works is not closed. Raises RuleBroken("unit_in_use")."""
    living = (
        select(RoleAssignment.id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.unit_id == fact.unit_id,
            RoleAssignment.ended_at.is_(None),
            Person.deactivated_at.is_(None),
        )
        .limit(1)
    )
    if db.session.scalar(living) is not None:
        raise RuleBroken("unit_in_use")
