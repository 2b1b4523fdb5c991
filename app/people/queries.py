"""Reading people, and what each may do where."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.database import db
from app.core.permissions import Permission, Role, roles_with
from app.people.models import Leader, Person, RoleAssignment
from app.regions.models import Unit


@dataclass(frozen=True)
class Scope:
    """A person's living roles, each with the path of its unit, and the paths of all units."""

    person_id: int
    roles: tuple[tuple[Role, int], ...]
    paths: tuple[tuple[int, str], ...]

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the person holds `permission` at the unit (or, without one, anywhere)."""
        if unit_id is None:
            return any(role in roles_with(permission) for role, _ in self.roles)
        return unit_id in self.unit_ids(permission)

    def unit_ids(self, permission: Permission) -> frozenset[int]:
        """The units, lower ones included, at which the person holds `permission`."""
        at = {unit_id for role, unit_id in self.roles if role in roles_with(permission)}
        return frozenset(unit_id for unit_id, path in self.paths if any(f"/{above}/" in path for above in at))

    def has(self, role: Role) -> bool:
        return any(held is role for held, _ in self.roles)


def scope_of(person: Person) -> Scope:
    """What a person may do where, read afresh."""
    roles = db.session.execute(
        select(RoleAssignment.role, RoleAssignment.unit_id).where(
            RoleAssignment.person_id == person.id, RoleAssignment.ended_at.is_(None)
        )
    ).all()
    paths = db.session.execute(select(Unit.id, Unit.path)).all()
    return Scope(
        person.id, tuple((row.role, row.unit_id) for row in roles), tuple((row.id, row.path) for row in paths)
    )


def find_person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def find_by_email(email: str) -> Person | None:
    """By e-mail address, whatever its case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


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


def find_leader(person_id: int) -> Leader | None:
    """The leader's entry of a person, with organisation."""
    query = select(Leader).where(Leader.person_id == person_id).options(joinedload(Leader.organisation))
    return db.session.scalar(query)


def find_with_roles(person_id: int) -> Person | None:
    """A person with roles and units, for the account pages."""
    query = (
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.assignments).joinedload(RoleAssignment.unit))
    )
    return db.session.scalar(query)
