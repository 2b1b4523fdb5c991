"""What visitors do: register, change the number, give the seats back."""

from datetime import datetime, timedelta

from app.attendance import messages, queries
from app.attendance.actions.seats import event_with_place, fill_from_waiting, locked_pool, take_seats
from app.attendance.details import (
    LIVING,
    Channel,
    RegistrationDetails,
    RegistrationKind,
    RegistrationStatus,
)
from app.attendance.models import Registration, RegistrationConsent, SeatPool
from app.attendance.rules import (
    CONSENT_TEXT,
    MANY_FROM_ONE_ADDRESS,
    problem_with_changing,
    problem_with_registering,
)
from app.core import crypto
from app.core.cache import bump_after_commit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name, mask_phone
from app.events.models import Event
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.web.limits import attempts_since, note_attempt


def new_registration(
    pool: SeatPool, *, name: str, phone: str, now: datetime, **given: object
) -> Registration:
    """A row with fresh codes and the phone sealed; not yet in the session."""
    manage_code = crypto.new_code(100)
    return Registration(
        event_id=pool.event_id,
        pool_id=pool.id,
        check_code=crypto.new_code(),
        manage_hash=crypto.token_hash(manage_code),
        manage_sealed=crypto.encrypt(manage_code),
        name=name,
        name_folded=fold_name(name),
        phone_sealed=crypto.encrypt(phone) if phone else None,
        phone_hash=queries.phone_hash(phone) if phone else None,
        phone_mask=mask_phone(phone) if phone else "",
        registered_at=now,
        **given,
    )


def _fits(pool: SeatPool, count: int) -> bool:
    return pool.open and (pool.capacity is None or pool.taken + count <= pool.capacity)


@transactional
def register(
    event: Event, *, details: RegistrationDetails, submission_key: str, from_address: str, now: datetime
) -> Registration:
    """Put somebody on the list, or on the waiting list when the seats do not suffice.

    The same submission key gives the same registration. Another key with a number that lives on the list gives
    a row that holds no seat and whose ticket looks like any other; the owner of the number is told and the desk
    sorts it out. Raises RuleBroken with what `rules.problem_with_registering` names.
    """
    event = event_with_place(event.id)
    known = queries.find_by_submission(submission_key)
    if known is not None:
        return known
    pool = locked_pool(event.id)
    known = queries.find_by_submission(submission_key)  # another press of the same button may have come first
    if known is not None:
        return known
    problem = problem_with_registering(
        status=event.status,
        audience=event.audience,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_open=pool.open,
        now=now,
    )
    if problem is not None:
        raise RuleBroken(problem)

    registration = new_registration(
        pool,
        name=details.name,
        phone=details.phone,
        now=now,
        kind=RegistrationKind.INDIVIDUAL,
        channel=Channel.ONLINE,
        party_size=details.party_size,
        district_code=details.district_code or None,
        submission_hash=crypto.token_hash(submission_key),
        note=_mark(from_address, now=now),
    )
    owner = queries.find_living_by_phone(event.id, details.phone)
    if owner is not None:
        _shadow(registration, owner, pool, event=event, now=now)
    elif take_seats(pool, details.party_size):
        registration.status = RegistrationStatus.CONFIRMED
        registration.seats_held = details.party_size
    else:
        registration.status = RegistrationStatus.WAITING
        registration.waiting_since = now
    db.session.add(registration)
    db.session.flush()
    db.session.add(
        RegistrationConsent(
            registration_id=registration.id, purpose="kehadiran", text_version=CONSENT_TEXT, given_at=now
        )
    )
    bump_after_commit()
    return registration


def _mark(address: str, *, now: datetime) -> str:
    """A note for the desk when very many come from one network address; nobody is turned away for it."""
    if not address:
        return ""
    many = attempts_since("attendance", address, since=now - timedelta(hours=1)) >= MANY_FROM_ONE_ADDRESS
    note_attempt("attendance", address, now=now)
    return "alamat_ramai" if many else ""


def _shadow(
    registration: Registration, owner: Registration, pool: SeatPool, *, event: Event, now: datetime
) -> None:
    fits = _fits(pool, registration.party_size)
    registration.status = RegistrationStatus.DUPLICATE
    registration.shown_as = RegistrationStatus.CONFIRMED if fits else RegistrationStatus.WAITING
    registration.waiting_since = None if fits else now
    registration.duplicate_of_id = owner.id
    subject, text = messages.number_used_again(event, owner, queries.manage_code_of(owner))
    queue_message(
        key=f"event:{event.id}:repeat:registration:{owner.id}",
        cause="attendance:registration:repeated",
        to=Recipient(owner.name, phone=queries.phone_of(owner)),
        subject=subject,
        text=text,
        unit_id=event.unit_id,
        now=now,
    )


def _held(registration: Registration, *, now: datetime) -> tuple[SeatPool, Event]:
    pool = locked_pool(registration.event_id)
    lock(registration)
    event = event_with_place(pool.event_id)
    problem = problem_with_changing(
        status=event.status,
        starts_at=event.starts_at,
        checked_in=registration.checked_in_at is not None,
        now=now,
    )
    if problem is not None:
        raise RuleBroken(problem)
    return pool, event


@transactional
def change_party_size(registration: Registration, *, party_size: int, now: datetime) -> Registration:
    """Come with more or fewer people. More needs free seats; what becomes free goes to those who wait.

    Raises RuleBroken("not_enough_seats", field="party_size") and leaves everything as it was.
    """
    pool, _event = _held(registration, now=now)
    more = party_size - registration.party_size
    shown = registration.shown_as or registration.status
    if shown not in LIVING:
        raise RuleBroken("registration_cancelled")
    if shown is RegistrationStatus.CONFIRMED:
        if registration.status is RegistrationStatus.DUPLICATE:
            done = more <= 0 or _fits(pool, more)
        elif registration.seats_held:
            done = take_seats(pool, more)
        else:  # outside capacity: nothing is held, so nothing more can be
            done = more <= 0
        if not done:
            raise RuleBroken(
                "not_enough_seats", field="party_size", left=max(0, (pool.capacity or 0) - pool.taken)
            )
    if registration.seats_held:
        registration.seats_held = party_size
    registration.party_size = party_size
    fill_from_waiting(pool, now=now)
    bump_after_commit()
    return registration


@transactional
def cancel_registration(registration: Registration, *, now: datetime) -> Registration:
    """Give the seats back; in the same transaction they go to those who wait. Doing it twice changes nothing."""
    pool, _event = _held(registration, now=now)
    if (registration.shown_as or registration.status) not in LIVING:
        return registration
    give_back(registration, pool, now=now)
    bump_after_commit()
    return registration


def give_back(registration: Registration, pool: SeatPool, *, now: datetime) -> None:
    """End a registration whose pool is held, and serve the waiting list."""
    freed, registration.seats_held = registration.seats_held, 0
    registration.status = RegistrationStatus.CANCELLED
    registration.shown_as = None
    registration.waiting_since = None
    registration.outside_capacity = False
    registration.cancelled_at = now
    take_seats(pool, -freed)
    fill_from_waiting(pool, now=now)
