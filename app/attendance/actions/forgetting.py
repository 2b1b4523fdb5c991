"""Personal data go: on the visitor's wish at once, by themselves after the retention period."""

from datetime import datetime

from sqlalchemy import update

from app.attendance import queries
from app.attendance.actions.registering import give_back
from app.attendance.actions.seats import locked_pool
from app.attendance.details import LIVING, RegistrationStatus
from app.attendance.models import Registration, RegistrationConsent
from app.attendance.rules import KEEP_PHONES
from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, lock, transactional


def _drop_phone(registration: Registration) -> None:
    registration.phone_sealed = None
    registration.phone_hash = None
    registration.phone_mask = ""


@transactional
def erase_registration(registration: Registration, *, now: datetime) -> None:
    """Delete a visitor's name and number on the visitor's own wish; a seat that is held goes to who waits.

    Who was there stays counted, without a name. The ticket's link answers no more.
    """
    pool = locked_pool(registration.event_id)
    lock(registration)
    living = registration.status in LIVING or registration.status is RegistrationStatus.DUPLICATE
    if living and registration.checked_in_at is None:
        give_back(registration, pool, now=now)
    _drop_phone(registration)
    registration.name = registration.name_folded = ""
    registration.represented_by = ""
    registration.submission_hash = None
    registration.erased_at = now
    db.session.execute(
        update(RegistrationConsent)
        .where(RegistrationConsent.registration_id == registration.id)
        .values(withdrawn_at=now)
    )
    audit.record(
        "attendance:registration:erased",
        by=None,
        now=now,
        subject=registration,
        name=registration.check_code,
    )
    bump_after_commit()


def forget_phones(now: datetime) -> int:
    """Drop numbers, their hashes and masks 90 days after the event; how many rows were freed of them."""
    total = 0
    while done := _forget_some(now):
        total += done
    return total


@transactional
def _forget_some(now: datetime) -> int:
    rows = list(db.session.scalars(queries.phones_kept_too_long(now - KEEP_PHONES)))
    for registration in rows:
        _drop_phone(registration)
    if rows:
        audit.record("attendance:phones:expired", by=None, now=now, after={"rows": len(rows)})
    return len(rows)
