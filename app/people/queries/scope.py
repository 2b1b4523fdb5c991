"""What each person may do where."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db
from app.core.permissions import Permission, Role, counts_for_all_units, roles_with
from app.people.facts import RoleEnded
from app.people.models import (
    Person,
    RoleAssignment,
)
from app.regions.models import Unit
from app.regions.queries import unit_ids_under
from app.regions.rules import Place, top_of


@dataclass(frozen=True)
class Scope:
    """A person's living roles, each with its unit; the paths of all units; the units at the top and above."""

    person_id: int
    roles: tuple[tuple[Role, int], ...]
    paths: tuple[tuple[int, str], ...]
    top: frozenset[int] = frozenset()

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the person holds `permission` at the unit (or, without one, anywhere)."""
        if unit_id is None:
            return bool(self._posts(permission))
        return unit_id in self.unit_ids(permission)

    def unit_ids(self, permission: Permission) -> frozenset[int]:
        """The units, lower ones included, at which the person holds `permission`."""
        at = self._posts(permission)
        return frozenset(unit_id for unit_id, path in self.paths if any(f"/{above}/" in path for above in at))

    def _posts(self, permission: Permission) -> set[int]:
        """The units whose own role gives the permission."""
        at = {unit_id for role, unit_id in self.roles if role in roles_with(permission)}
        return at & self.top if counts_for_all_units(permission) else at

    def has(self, role: Role) -> bool:
        return any(held is role for held, _ in self.roles)


def scope_of(person: Person) -> Scope:
    """What a person may do where, read afresh."""
    roles = db.session.execute(
        select(RoleAssignment.role, RoleAssignment.unit_id).where(
            RoleAssignment.person_id == person.id, RoleAssignment.ended_at.is_(None)
        )
    ).all()
    places = db.session.execute(select(Unit.id, Unit.path, Unit.kind)).all()
    return Scope(
        person.id,
        roles=tuple((row.role, row.unit_id) for row in roles),
        paths=tuple((row.id, row.path) for row in places),
        top=top_of([Place(row.id, row.path, row.kind) for row in places]),
    )


def units_left(fact: RoleEnded, permission: Permission) -> frozenset[int]:
    """The units whose open work of a kind passes on because a role with `permission` has ended there.

    Where another role still lets the person do it, the work stays, unless a successor was named.
    """
    if fact.role not in roles_with(permission):
        return frozenset()
    units = unit_ids_under({fact.unit_id})
    if fact.successor_id is not None:
        return units
    return units - scope_of(db.session.get_one(Person, fact.person_id)).unit_ids(permission)


def people_with(permission: Permission, unit_id: int) -> list[Person]:
    """Living accounts that hold `permission` at a unit, through it or a unit above it."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    above = [int(part) for part in path.split("/") if part]
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role.in_(roles_with(permission)),
            RoleAssignment.unit_id.in_(above),
            RoleAssignment.ended_at.is_(None),
            Person.deactivated_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))


def people_posted_with(permission: Permission, unit_id: int) -> list[Person]:
    """Living accounts that hold `permission` through a role at this very unit."""
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role.in_(roles_with(permission)),
            RoleAssignment.unit_id == unit_id,
            RoleAssignment.ended_at.is_(None),
            Person.deactivated_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return list(db.session.scalars(query))
