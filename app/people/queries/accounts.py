"""Reading accounts: roles, devices, links that were sent out."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.core import crypto
from app.core.database import db
from app.core.permissions import Role
from app.notify.details import Recipient
from app.people.details import TokenPurpose
from app.people.models import (
    Leader,
    Person,
    PersonToken,
    RecoveryCode,
    RoleAssignment,
    SignInSession,
)
from app.regions.models import Unit


def find_person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def find_by_email(email: str) -> Person | None:
    """By e-mail address, whatever its case."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


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


def units_named(unit_ids: frozenset[int]) -> list[Unit]:
    """The living units among these, from the top down."""
    query = select(Unit).where(Unit.id.in_(unit_ids), Unit.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Unit.path)))


def recipient_of(person: Person) -> Recipient:
    """How a person with an account is reached."""
    phone = crypto.decrypt(person.phone_sealed) if person.phone_sealed else ""
    return Recipient(name=person.full_name, email=person.email, phone=phone)
