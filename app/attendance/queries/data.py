"""What is kept of people, how long, and what they ask about it."""

from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.attendance.details import (
    RegistrationKind,
)
from app.attendance.models import (
    DataRequest,
    Registration,
    RegistrationConsent,
)
from app.core.database import db
from app.events.models import Event


def data_kept_too_long(before: datetime) -> Select[Registration]:
    """Registrations with a number, or with a citizen's name, whose event ended before a moment."""
    return (
        select(Registration)
        .join(Event, Event.id == Registration.event_id)
        .where(
            or_(
                Registration.phone_hash.is_not(None),
                and_(
                    Registration.erased_at.is_(None),
                    Registration.kind != RegistrationKind.INSTITUTION,
                ),
            ),
            func.coalesce(Event.ends_at, Event.starts_at) < before,
        )
        .limit(500)
    )


def consents_of(registration_id: int) -> list[RegistrationConsent]:
    """What was agreed to and withdrawn, in time."""
    query = select(RegistrationConsent).where(RegistrationConsent.registration_id == registration_id)
    return list(db.session.scalars(query.order_by(RegistrationConsent.id)))


def requests_of(registration_id: int) -> list[DataRequest]:
    """What the holder of a ticket has asked about the data, the newest first."""
    query = select(DataRequest).where(DataRequest.registration_id == registration_id)
    return list(db.session.scalars(query.order_by(DataRequest.id.desc())))


def requests_in(unit_ids: frozenset[int], *, answered: bool, limit: int = 100) -> list[DataRequest]:
    """The inbox of some units: open ones by how soon they are due, answered ones the newest first."""
    query = select(DataRequest).where(DataRequest.unit_id.in_(unit_ids))
    if answered:
        query = query.where(DataRequest.answered_at.is_not(None)).order_by(DataRequest.answered_at.desc())
    else:
        query = query.where(DataRequest.answered_at.is_(None)).order_by(DataRequest.due_at)
    return list(db.session.scalars(query.limit(limit)))


def find_request(request_id: int, unit_ids: frozenset[int]) -> DataRequest | None:
    """One request within somebody's units."""
    query = select(DataRequest).where(DataRequest.id == request_id, DataRequest.unit_id.in_(unit_ids))
    return db.session.scalar(query)


def registrations_of_phone(phone_hash_: str | None, unit_ids: frozenset[int]) -> list[Registration]:
    """What the units of the officer who answers a request keep under its number."""
    if phone_hash_ is None:
        return []
    query = select(Registration).join(Event, Event.id == Registration.event_id)
    query = query.where(Registration.phone_hash == phone_hash_, Event.unit_id.in_(unit_ids))
    return list(db.session.scalars(query.options(joinedload(Registration.event)).order_by(Registration.id)))


def requests_kept_too_long(before: datetime) -> list[DataRequest]:
    """Answered requests that still hold a name."""
    query = select(DataRequest).where(DataRequest.answered_at < before, DataRequest.name != "")
    return list(db.session.scalars(query.limit(500)))
