"""Registrations, their codes and numbers, the list."""

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.attendance.details import (
    LIVING,
    RegistrationStatus,
    Ticket,
)
from app.attendance.models import (
    GroupMember,
    Registration,
)
from app.attendance.queries.seats import position_of
from app.core import crypto
from app.core.database import db
from app.events.models import Event

PHONE = "attendance-phone"


def phone_hash(phone: str) -> str:
    """The keyed hash by which a number (E.164) is found."""
    return crypto.keyed_hash(phone, purpose=PHONE)


def names_of(registration: Registration) -> list[str]:
    """The known names of a group."""
    query = select(GroupMember.name).where(GroupMember.registration_id == registration.id)
    return list(db.session.scalars(query.order_by(GroupMember.position)))


def names_by_registration(event_id: int) -> dict[int, list[str]]:
    """The known names of all groups of an event."""
    query = (
        select(GroupMember.registration_id, GroupMember.name)
        .join(Registration, Registration.id == GroupMember.registration_id)
        .where(Registration.event_id == event_id)
        .order_by(GroupMember.registration_id, GroupMember.position)
    )
    found: dict[int, list[str]] = {}
    for registration_id, name in db.session.execute(query):
        found.setdefault(registration_id, []).append(name)
    return found


def find_by_manage_code(typed: str) -> Registration | None:
    """The registration behind a person's own link, with its event."""
    query = select(Registration).where(
        Registration.manage_hash == crypto.token_hash(crypto.read_code(typed)),
        Registration.erased_at.is_(None),
    )
    return db.session.scalar(query.options(*_with_event(), joinedload(Registration.district)))


def find_by_check_code(code: str) -> Registration | None:
    """The registration behind a printed code (already read by `crypto.read_code`), with its event."""
    return db.session.scalar(
        select(Registration).where(Registration.check_code == code).options(*_with_event())
    )


def _with_event() -> tuple[ExecutableOption, ...]:
    event = joinedload(Registration.event)
    return (event.joinedload(Event.unit), event.joinedload(Event.venue), event.joinedload(Event.district))


def _lives_with_phone(event_id: int, phone: str) -> ColumnElement[bool]:
    return and_(
        Registration.event_id == event_id,
        Registration.phone_hash == phone_hash(phone),
        Registration.status.in_(LIVING),
    )


def find_living_by_phone(event_id: int, phone: str) -> Registration | None:
    """The living registration of a number (E.164) at an event."""
    return db.session.scalar(select(Registration).where(_lives_with_phone(event_id, phone)))


def submission_hash(event_id: int, submission_key: str, phone: str) -> str:
    """By what a form is known that was sent before; gone back to for somebody else's number it is another one."""
    return crypto.token_hash(f"{event_id}:{submission_key}:{phone}")


def known_already(
    event_id: int, submission_key: str, phone: str
) -> tuple[Registration | None, Registration | None]:
    """What this very form, and what this number, has already brought about; in one statement."""
    hashed = submission_hash(event_id, submission_key, phone)
    by_form = Registration.submission_hash == hashed
    wanted = or_(by_form, _lives_with_phone(event_id, phone)) if phone else by_form
    rows = list(db.session.scalars(select(Registration).where(wanted).order_by(Registration.id)))
    same_form = next((row for row in rows if row.submission_hash == hashed), None)
    return same_form, next((row for row in rows if row is not same_form), None)


def find_at_event(registration_id: int, event_id: int) -> Registration | None:
    """One registration of an event, for staff."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.id == registration_id, Registration.event_id == event_id)
        .options(joinedload(Registration.duplicate_of))
    )


def ticket_of(registration: Registration) -> Ticket:
    """What the ticket shows."""
    return Ticket(
        registration_id=registration.id,
        status=registration.shown_as or registration.status,
        name=registration.name,
        phone_mask=registration.phone_mask,
        party_size=registration.party_size,
        check_code=registration.check_code,
        position=position_of(registration),
        checked_in_at=registration.checked_in_at,
        confirm_by=registration.confirm_by,
    )


def manage_code_of(registration: Registration) -> str:
    """The secret part of the person's own link."""
    return crypto.decrypt(registration.manage_sealed)


def phone_of(registration: Registration) -> str:
    """The number in E.164; empty when there is none or it is gone."""
    return crypto.decrypt(registration.phone_sealed) if registration.phone_sealed else ""


def list_of(event_id: int, *statuses: RegistrationStatus) -> Select[Registration]:
    """The list of an event by name; without statuses all that live."""
    return (
        select(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.status.in_(statuses or LIVING),
            Registration.erased_at.is_(None),
        )
        .options(joinedload(Registration.district))
        .order_by(Registration.organisation_name == "", Registration.name_folded, Registration.id)
    )


def page_of_list(event_id: int, status: RegistrationStatus, *, page: int, size: int) -> list[Registration]:
    """One page of the list, one row more than `size` when another follows."""
    query = list_of(event_id, status)
    if status is RegistrationStatus.WAITING:
        query = query.order_by(None).order_by(Registration.waiting_since, Registration.id)
    return list(db.session.scalars(query.limit(size + 1).offset((page - 1) * size)))


def whole_list(event_id: int, *statuses: RegistrationStatus) -> list[Registration]:
    """All rows of the list, for print and export."""
    return list(db.session.scalars(list_of(event_id, *statuses)))
