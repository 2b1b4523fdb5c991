"""What becomes of a registration: more or fewer people, other sessions, given back, confirmed or passed on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from app.attendance import messages, queries
from app.attendance.actions.seats import (
    event_with_place,
    fill_from_waiting,
    fits,
    locked_pool,
    places_for,
    seat,
    take_seats,
)
from app.attendance.details import LIVING, RegistrationStatus
from app.attendance.models import LostSession, Registration, SeatPool
from app.attendance.rules import gives_out_seats, has_begun, problem_with_changing
from app.core.cache import bump_counts_after_commit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.events.models import Event
from app.events.queries import title_to_say
from app.notify.actions import cancel_messages, queue_message
from app.notify.details import Recipient


def held_for_change(registration: Registration, *, now: datetime) -> tuple[SeatPool, Event]:
    """The locked seats and the event of a ticket that may be changed now. Raises RuleBroken when it may not."""
    pool = locked_pool(registration.event_id)
    lock(registration)
    event = event_with_place(pool.event_id)
    problem = problem_with_changing(event, checked_in=registration.checked_in_at is not None, now=now)
    if problem is not None:
        raise RuleBroken(problem)
    return pool, event


@transactional
def change_party_size(registration: Registration, *, party_size: int, now: datetime) -> Registration:
    """Come with more or fewer people. More needs free seats; what becomes free goes to those who wait.

    Raises RuleBroken("not_enough_seats", field="party_size") and leaves everything as it was.
    """
    pool, _event = held_for_change(registration, now=now)
    more = party_size - registration.party_size
    shown = registration.shown_as or registration.status
    if shown not in LIVING:
        raise RuleBroken("registration_cancelled")
    if shown is RegistrationStatus.CONFIRMED:
        if registration.status is RegistrationStatus.DUPLICATE:
            done = more <= 0 or fits(pool, more)
        elif registration.seats_held:
            done = seat(registration, pool, party_size)
        else:  # outside capacity: nothing is held, so nothing more can be
            done = more <= 0
        if not done:
            raise RuleBroken(
                "not_enough_seats", field="party_size", left=max(0, (pool.capacity or 0) - pool.taken)
            )
    registration.party_size = party_size
    fill_from_waiting(pool, now=now)
    bump_counts_after_commit()
    return registration


@transactional
def choose_sessions(registration: Registration, *, session_ids: Sequence[int], now: datetime) -> Registration:
    """Come for other sessions: seats are held in each of them or nothing changes; what becomes free is passed on.

    Raises RuleBroken("session_unknown"), ("session_full", field="session_ids").
    """
    pool, event = held_for_change(registration, now=now)
    shown = registration.shown_as or registration.status
    if shown not in LIVING:
        raise RuleBroken("registration_cancelled")
    wanted = {place.pool_id: place for place in places_for(event, session_ids)}
    had = {place.pool_id: place for place in queries.places_of(registration.id)}
    for pool_id in had.keys() - wanted.keys():
        take_seats(had[pool_id].pool, -had[pool_id].seats_held)
        db.session.delete(had[pool_id])
    for pool_id in sorted(wanted.keys() - had.keys()):
        place = wanted[pool_id]
        if registration.status is RegistrationStatus.DUPLICATE and shown is RegistrationStatus.CONFIRMED:
            done = fits(place.pool, registration.party_size)
        else:
            done = take_seats(place.pool, registration.seats_held)
        if not done:
            raise RuleBroken("session_full", field="session_ids")
        place.registration_id, place.seats_held = registration.id, registration.seats_held
        db.session.add(place)
    db.session.execute(delete(LostSession).where(LostSession.registration_id == registration.id))
    fill_from_waiting(pool, now=now)
    bump_counts_after_commit()
    return registration


@transactional
def cancel_registration(registration: Registration, *, now: datetime) -> Registration:
    """Give the seats back; in the same transaction they go to those who wait. Doing it twice changes nothing."""
    pool, _event = held_for_change(registration, now=now)
    if (registration.shown_as or registration.status) not in LIVING:
        return registration
    give_back(registration, pool, now=now)
    bump_counts_after_commit()
    return registration


@transactional
def confirm_coming(registration: Registration, *, now: datetime) -> Registration:
    """Say "yes, I come" after moving up late. Raises RuleBroken("seat_lapsed") when the seat has gone on."""
    held_for_change(registration, now=now)
    if registration.status is not RegistrationStatus.CONFIRMED:
        raise RuleBroken("seat_lapsed")
    registration.confirm_by = None
    return registration


@transactional
def pass_on_unconfirmed(event_id: int, *, now: datetime) -> int:
    """Give seats that nobody confirmed in time to those who wait; how many went on.

    Only while somebody waits who fits into what becomes free: a seat is never taken from anyone for nothing.
    """
    pool = locked_pool(event_id)
    event = event_with_place(event_id)
    if has_begun(event, now) or not gives_out_seats(event, now):
        return 0
    passed = 0
    for registration in queries.unconfirmed(pool.id, now):
        if not _would_serve(registration, pool):
            continue
        lock(registration)
        give_back(registration, pool, now=now)
        passed += 1
        if phone := queries.phone_of(registration):
            subject, text = messages.seat_lapsed(event, registration, called=title_to_say(event, now))
            queue_message(
                key=f"event:{event.id}:lapsed:registration:{registration.id}",
                cause="attendance:registration:lapsed",
                to=Recipient(registration.name, phone=phone),
                subject=subject,
                text=text,
                unit_id=event.unit_id,
                now=now,
            )
    if passed:
        bump_counts_after_commit()
    return passed


def _would_serve(registration: Registration, pool: SeatPool) -> bool:
    """Whether somebody waits who would fit, with all chosen sessions, once this one's seats are free."""
    free = None if pool.capacity is None else pool.capacity - pool.taken + registration.seats_held
    if not queries.somebody_waits(pool.id, fitting=free):
        return False
    freed = {place.pool_id: place.seats_held for place in queries.places_of(registration.id)}
    freed[pool.id] = registration.seats_held
    for waiting in db.session.scalars(queries.waiting_line(pool.id)):
        wanted = [pool, *(place.pool for place in queries.places_of(waiting.id))]
        if all(each.has_room(waiting.party_size - freed.get(each.id, 0)) for each in wanted):
            return True
    return False


def give_back(registration: Registration, pool: SeatPool, *, now: datetime) -> None:
    """End a registration whose pool is held, and serve the waiting list."""
    seat(registration, pool, 0)
    registration.status = RegistrationStatus.CANCELLED
    registration.shown_as = None
    registration.waiting_since = registration.confirm_by = None
    registration.outside_capacity = False
    registration.cancelled_at = now
    take_back_tickets(registration)
    fill_from_waiting(pool, now=now)


def take_back_tickets(registration: Registration) -> None:
    """What has not left yet and would hand out a ticket that is nobody's, or another's, by now."""
    for what in ("ticket", "seat"):
        cancel_messages(f"event:{registration.event_id}:{what}:registration:{registration.id}")
