"""Institutional guests: who answered an invitation stands on the list."""

from datetime import datetime

from sqlalchemy import select

from app.attendance import queries
from app.attendance.actions.changing import give_back
from app.attendance.actions.holds import use_hold
from app.attendance.actions.registering import new_registration
from app.attendance.actions.seats import ensure_pool, locked_pool, seat
from app.attendance.details import Channel, RegistrationKind, RegistrationStatus
from app.attendance.models import Registration
from app.core.cache import bump_after_commit
from app.core.database import db, lock, transactional
from app.core.text import fold_name
from app.events.models import Event
from app.invitations.details import Answer
from app.invitations.facts import InvitationAnswered, InvitationWithdrawn


def _of_invitee(invitee_id: int) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.invitee_id == invitee_id))


@transactional
def seat_guest(
    event: Event,
    *,
    invitee_id: int,
    organisation_id: int | None,
    organisation_name: str,
    name: str,
    office: str,
    represented_by: str,
    now: datetime,
) -> Registration:
    """Put an invited guest on the list, or bring the row up to date with a newer answer.

    represented_by: who comes in the guest's stead, with office; empty when the guest comes in person.
    A guest was invited and is never turned away: without a free seat the row stands outside capacity.
    """
    ensure_pool(event)
    pool = locked_pool(event.id)
    registration = _of_invitee(invitee_id)
    if registration is None:
        registration = new_registration(
            pool,
            name=name,
            phone="",
            now=now,
            kind=RegistrationKind.INSTITUTION,
            channel=Channel.INVITATION,
            status=RegistrationStatus.CANCELLED,
            party_size=1,
            invitee_id=invitee_id,
        )
        db.session.add(registration)
        db.session.flush()
    else:
        lock(registration)
    if registration.status is not RegistrationStatus.CONFIRMED:
        use_hold(
            pool, queries.hold_of_organisation(pool.id, organisation_id), registration.party_size, now=now
        )
        registration.status = RegistrationStatus.CONFIRMED
        fits = seat(registration, pool, registration.party_size, though_closed=True)
        registration.outside_capacity = not fits
        registration.cancelled_at = None
    registration.name, registration.name_folded = name, fold_name(name)
    registration.organisation_id = organisation_id
    registration.organisation_name = organisation_name
    registration.office = office
    registration.represented_by = represented_by
    bump_after_commit()
    return registration


@transactional
def unseat_guest(event: Event, *, invitee_id: int, now: datetime) -> None:
    """Take an invited guest off the list ("berhalangan"); the seat goes to those who wait."""
    registration = _of_invitee(invitee_id)
    if registration is None:
        return
    pool = locked_pool(event.id)
    lock(registration)
    if registration.status is RegistrationStatus.CONFIRMED and registration.checked_in_at is None:
        give_back(registration, pool, now=now)
        bump_after_commit()


def follow_answer(fact: InvitationAnswered) -> None:
    """Keep the list in step with what an invited body answers; inside that deed's transaction."""
    row = fact.addressee
    if row.answer is Answer.UNABLE:
        unseat_guest(fact.event, invitee_id=row.id, now=fact.now)
        return
    seat_guest(
        fact.event,
        invitee_id=row.id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        name=row.head_name or row.organisation_name,
        office=row.head_title,
        represented_by=", ".join(part for part in (row.represented_by, row.represented_office) if part),
        now=fact.now,
    )


def follow_withdrawal(fact: InvitationWithdrawn) -> None:
    """Take off the list whose invitation was withdrawn."""
    unseat_guest(fact.event, invitee_id=fact.addressee.id, now=fact.now)
