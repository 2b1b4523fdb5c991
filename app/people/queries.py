"""Reading people, and what each may do where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.core import crypto
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.faiths import Faith
from app.core.permissions import Permission, Role, counts_for_all_units, roles_with
from app.people.details import LeaderStatus, OrganisationKind, TokenPurpose
from app.people.facts import RoleEnded
from app.people.models import (
    Leader,
    Organisation,
    Person,
    PersonToken,
    RecoveryCode,
    RoleAssignment,
    SignInSession,
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


def is_alive(person: Person | None) -> bool:
    """Whether somebody may sign in at all."""
    return person is not None and person.deactivated_at is None


def find_token(token: str, now: datetime) -> PersonToken | None:
    """The link behind a token while it is good: unused, not expired, its account alive."""
    row = db.session.scalar(
        select(PersonToken).where(
            PersonToken.token_hash == crypto.token_hash(token),
            PersonToken.used_at.is_(None),
            PersonToken.expires_at > now,
        )
    )
    if row is not None and row.person_id is not None:
        person = db.session.get(Person, row.person_id)
        if not is_alive(person):
            return None
    return row


def living_sessions(person_id: int, since: datetime) -> list[SignInSession]:
    """The devices on which a person is signed in and that were used since a moment, the newest use first."""
    query = (
        select(SignInSession)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.seen_at > since,
        )
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
    )
    return list(db.session.scalars(query))


def count_recovery_codes(person_id: int) -> int:
    """How many spare codes are left."""
    query = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(query) or 0


def living_roles(person_id: int) -> list[RoleAssignment]:
    """A person's present roles with their units."""
    query = (
        select(RoleAssignment)
        .where(RoleAssignment.person_id == person_id, RoleAssignment.ended_at.is_(None))
        .options(joinedload(RoleAssignment.unit))
        .order_by(RoleAssignment.id)
    )
    return list(db.session.scalars(query))


def find_person_in_units(person_id: int, unit_ids: frozenset[int]) -> Person | None:
    """A person with all roles and the leader's entry, if a role (past ones too) or the entry is at such a unit."""
    return db.session.scalar(_people_in(unit_ids).where(Person.id == person_id).options(*_with_roles()))


def page_of_people(
    unit_ids: frozenset[int], *, text: str = "", role: Role | None = None, page: int = 1, size: int = 50
) -> tuple[list[Person], int]:
    """People of the units by name, with their roles; and how many there are. text: part of a name or e-mail."""
    query = _people_in(unit_ids)
    if role is not None:
        living = select(RoleAssignment.person_id).where(
            RoleAssignment.role == role,
            RoleAssignment.unit_id.in_(unit_ids),
            RoleAssignment.ended_at.is_(None),
        )
        query = query.where(Person.id.in_(living))
    if text:
        query = query.where(
            Person.name.icontains(text, autoescape=True) | Person.email.icontains(text, autoescape=True)
        )
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.order_by(Person.deactivated_at.is_not(None), Person.name, Person.id)
    return list(db.session.scalars(rows.options(*_with_roles()).limit(size).offset((page - 1) * size))), count


def _people_in(unit_ids: frozenset[int]) -> Select[Person]:
    working = select(RoleAssignment.person_id).where(RoleAssignment.unit_id.in_(unit_ids))
    leading = select(Leader.person_id).where(Leader.unit_id.in_(unit_ids))
    return select(Person).where(Person.id.in_(working) | Person.id.in_(leading))


def _with_roles() -> tuple[ExecutableOption, ...]:
    return (
        selectinload(Person.assignments).joinedload(RoleAssignment.unit),
        selectinload(Person.leader).joinedload(Leader.organisation),
    )


def living_invitations(unit_ids: frozenset[int], now: datetime) -> list[tuple[PersonToken, Unit]]:
    """Invitations to the units that nobody has taken up yet, the newest first."""
    query = (
        select(PersonToken, Unit)
        .join(Unit, Unit.id == PersonToken.unit_id)
        .where(
            PersonToken.purpose == TokenPurpose.INVITE,
            PersonToken.unit_id.in_(unit_ids),
            PersonToken.used_at.is_(None),
            PersonToken.expires_at > now,
        )
        .order_by(PersonToken.created_at.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def find_invitation(token_id: int, unit_ids: frozenset[int]) -> PersonToken | None:
    query = select(PersonToken).where(
        PersonToken.id == token_id,
        PersonToken.purpose == TokenPurpose.INVITE,
        PersonToken.unit_id.in_(unit_ids),
    )
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


def organisations_in(
    unit_ids: frozenset[int],
    *,
    text: str = "",
    kind: OrganisationKind | None = None,
    faith: Faith | None = None,
    closed: bool = False,
) -> list[Organisation]:
    """Living (or closed) organisations of the units in the order of protocol; campaign teams by ballot number."""
    query = select(Organisation).where(Organisation.unit_id.in_(unit_ids))
    query = query.where(Organisation.closed_at.is_not(None) if closed else Organisation.closed_at.is_(None))
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    if faith is not None:
        query = query.where(Organisation.faith == faith)
    if text:
        query = query.where(
            Organisation.name.icontains(text, autoescape=True)
            | Organisation.short_name.icontains(text, autoescape=True)
        )
    return list(db.session.scalars(query.order_by(*_by_protocol())))


def living_organisations() -> list[Organisation]:
    """All living organisations, in the order of protocol."""
    query = select(Organisation).where(Organisation.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(*_by_protocol())))


def find_organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def find_organisation_in_units(organisation_id: int, unit_ids: frozenset[int]) -> Organisation | None:
    query = select(Organisation).where(Organisation.id == organisation_id, Organisation.unit_id.in_(unit_ids))
    return db.session.scalar(query)


def _by_protocol() -> tuple[Any, ...]:
    return (
        Organisation.protocol_order,
        func.coalesce(Organisation.ballot_number, 0),
        Organisation.name,
        Organisation.id,
    )


@dataclass(frozen=True)
class AuditLine:
    """One deed as the log's page shows it."""

    entry: AuditEntry
    by: str
    unit: str


def page_of_audit(
    unit_ids: frozenset[int],
    *,
    everything: bool,
    tag: str = "",
    person_id: int | None = None,
    unit_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[list[AuditLine], bool]:
    """Deeds at the units, newest first, and whether older ones follow.

    everything: also deeds that belong to no unit. tag: its beginning. since, until: [moment, moment).
    """
    query = (
        select(AuditEntry, Person, Unit.name)
        .outerjoin(Person, Person.id == AuditEntry.by_id)
        .outerjoin(Unit, Unit.id == AuditEntry.unit_id)
    )
    own = AuditEntry.unit_id.in_(unit_ids)
    query = query.where(own | AuditEntry.unit_id.is_(None) if everything else own)
    if unit_id is not None:
        query = query.where(AuditEntry.unit_id == unit_id)
    if tag:
        query = query.where(AuditEntry.tag.startswith(tag, autoescape=True))
    if person_id is not None:
        query = query.where(AuditEntry.by_id == person_id)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if until is not None:
        query = query.where(AuditEntry.at < until)
    rows = db.session.execute(
        query.order_by(AuditEntry.id.desc()).limit(size + 1).offset((page - 1) * size)
    ).all()
    lines = [
        AuditLine(entry, person.full_name if person else "", unit or "")
        for entry, person, unit in rows[:size]
    ]
    return lines, len(rows) > size


def audit_tags(unit_ids: frozenset[int], *, everything: bool) -> list[str]:
    """The kinds of deeds that occur at the units."""
    own = AuditEntry.unit_id.in_(unit_ids)
    query = select(AuditEntry.tag).where(own | AuditEntry.unit_id.is_(None) if everything else own)
    return list(db.session.scalars(query.distinct().order_by(AuditEntry.tag)))


def audit_actors(unit_ids: frozenset[int]) -> list[Person]:
    """Those who did something at the units, by name."""
    doers = select(AuditEntry.by_id).where(AuditEntry.unit_id.in_(unit_ids)).distinct()
    return list(db.session.scalars(select(Person).where(Person.id.in_(doers)).order_by(Person.name)))


def units_named(unit_ids: frozenset[int]) -> list[Unit]:
    """The living units among these, from the top down."""
    query = select(Unit).where(Unit.id.in_(unit_ids), Unit.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Unit.path)))
