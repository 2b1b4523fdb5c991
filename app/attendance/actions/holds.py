"""Seats kept for invited bodies until a moment; what is not used by then goes to those who wait."""

from datetime import datetime

from app.attendance import queries
from app.attendance.actions.seats import ensure_pool, fill_from_waiting, locked_pool, take_seats
from app.attendance.details import HoldDetails
from app.attendance.models import SeatHold, SeatPool
from app.core import audit, crypto
from app.core.cache import bump_after_commit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.events.models import Event
from app.people.models import Person


@transactional
def keep_seats(event: Event, *, details: HoldDetails, by: Person, now: datetime) -> SeatHold:
    """Keep seats for an invited body; its link lets it register people out of them.

    Raises RuleBroken("not_enough_seats", field="seats"), ("hold_in_past", field="expires_at").
    """
    if details.expires_at <= now:
        raise RuleBroken("hold_in_past", field="expires_at")
    ensure_pool(event)
    pool = locked_pool(event.id)
    release_expired(pool, now=now)
    if not take_seats(pool, details.seats, though_closed=True):
        left = max(0, (pool.capacity or 0) - pool.taken)
        raise RuleBroken("not_enough_seats", field="seats", left=left)
    code = crypto.new_code(100)
    hold = SeatHold(
        pool_id=pool.id,
        organisation_name=details.organisation_name,
        organisation_id=details.organisation_id,
        code_hash=crypto.token_hash(code),
        code_sealed=crypto.encrypt(code),
        seats=details.seats,
        seats_held=details.seats,
        expires_at=details.expires_at,
        created_at=now,
        created_by_id=by.id,
    )
    db.session.add(hold)
    pool.held += details.seats
    db.session.flush()
    _record("kept", hold, event=event, by=by, now=now)
    bump_after_commit()
    return hold


@transactional
def end_hold(event: Event, hold: SeatHold, *, by: Person, now: datetime) -> None:
    """Keep them no longer; doing it twice changes nothing."""
    pool = locked_pool(event.id)
    lock(hold)
    if hold.ended_at is not None:
        return
    _record("ended", hold, event=event, by=by, now=now)
    _let_go(hold, pool, now=now)
    fill_from_waiting(pool, now=now)
    bump_after_commit()


def find_hold(pool: SeatPool, code: str, *, now: datetime) -> SeatHold:
    """The living hold behind a link, of a pool that is held. Raises RuleBroken("hold_over")."""
    hold = queries.find_hold_by_code(pool.event_id, code)
    if hold is None or hold.ended_at is not None or hold.expires_at <= now:
        raise RuleBroken("hold_over")
    return hold


def use_hold(pool: SeatPool, hold: SeatHold | None, count: int, *, now: datetime) -> None:
    """Free up to `count` kept seats for a registration that takes seats next, in the same transaction."""
    if hold is None or hold.ended_at is not None:
        return
    used = min(count, hold.seats_held)
    hold.seats_held -= used
    if hold.seats_held == 0:
        hold.ended_at = now
    pool.held -= used
    take_seats(pool, -used)


def release_expired(pool: SeatPool, *, now: datetime) -> None:
    """Give what was kept too long to those who wait. A pool without kept seats costs no statement."""
    if not pool.held:
        return
    expired = [hold for hold in queries.living_holds(pool.id) if hold.expires_at <= now]
    for hold in expired:
        _let_go(hold, pool, now=now)
    if expired:
        fill_from_waiting(pool, now=now)
        bump_after_commit()


def _let_go(hold: SeatHold, pool: SeatPool, *, now: datetime) -> None:
    kept, hold.seats_held = hold.seats_held, 0
    hold.ended_at = now
    pool.held -= kept
    take_seats(pool, -kept)


@transactional
def release_expired_of(event_id: int, *, now: datetime) -> None:
    """For the worker: end an event's expired holds."""
    release_expired(locked_pool(event_id), now=now)


def _record(deed: str, hold: SeatHold, *, event: Event, by: Person, now: datetime) -> None:
    audit.record(
        f"attendance:hold:{deed}",
        by=by,
        now=now,
        subject=hold,
        unit_id=event.unit_id,
        name=hold.organisation_name,
        after={"seats": hold.seats_held, "until": hold.expires_at},
    )
