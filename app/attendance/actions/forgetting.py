"""Personal data go: on the visitor's wish at once, by themselves after the retention period."""

from datetime import datetime

from sqlalchemy import update

from app.attendance import queries
from app.attendance.actions.changing import give_back
from app.attendance.actions.groups import replace_members
from app.attendance.actions.seats import locked_pool
from app.attendance.details import LIVING, RegistrationKind, RegistrationStatus
from app.attendance.models import Registration, RegistrationConsent
from app.attendance.rules import KEEP_PHONES
from app.core import audit
from app.core.cache import bump_counts_after_commit
from app.core.database import db, lock, transactional
from app.notify.actions import forget_messages_to
from app.people.models import Person


def _drop_phone(registration: Registration) -> None:
    registration.phone_sealed = None
    registration.phone_hash = None
    registration.phone_mask = ""


def _drop_person(registration: Registration, *, now: datetime) -> None:
    """Leave of a row what totals are made of, and nothing of the person."""
    _drop_phone(registration)
    registration.name = registration.name_folded = ""
    registration.represented_by = registration.village = registration.needs_note = registration.note = ""
    registration.needs = []
    registration.submission_hash = None
    registration.erased_at = now
    if registration.kind is RegistrationKind.GROUP:
        replace_members(registration, ())


@transactional
def erase_registration(registration: Registration, *, now: datetime, by: Person | None = None) -> None:
    """Delete a visitor's name and number on the visitor's own wish; a seat that is held goes to who waits.

    by: the officer who does it for somebody who asked. Who was there stays counted, without a name. The ticket's
    link answers no more.
    """
    pool = locked_pool(registration.event_id)
    lock(registration)
    living = registration.status in LIVING or registration.status is RegistrationStatus.DUPLICATE
    if living and registration.checked_in_at is None:
        give_back(registration, pool, now=now)
    _drop_person(registration, now=now)
    forget_messages_to(f"registration:{registration.id}", f"event:{registration.event_id}")
    db.session.execute(
        update(RegistrationConsent)
        .where(RegistrationConsent.registration_id == registration.id)
        .values(withdrawn_at=now)
    )
    audit.record(
        "attendance:registration:erased",
        by=by,
        now=now,
        subject=registration,
        name=registration.check_code,
    )
    bump_counts_after_commit()


def forget_people(now: datetime) -> int:
    """Drop numbers, names and needs 90 days after the event; how many rows were freed of them.

    Names of invited guests stay: they came for a body and stand in its minutes.
    """
    total = 0
    while done := _forget_some(now):
        total += done
    return total


@transactional
def _forget_some(now: datetime) -> int:
    rows = list(db.session.scalars(queries.data_kept_too_long(now - KEEP_PHONES)))
    for request in queries.requests_kept_too_long(now - KEEP_PHONES):
        request.name = request.text = request.answer = request.phone_mask = ""
        request.phone_sealed = request.phone_hash = None
    for registration in rows:
        if registration.kind is RegistrationKind.INSTITUTION:
            _drop_phone(registration)
        else:
            _drop_person(registration, now=now)
    if rows:
        audit.record("attendance:phones:expired", by=None, now=now, after={"rows": len(rows)})
    return len(rows)
