"""Seats: the one place where they are taken and given back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import joinedload

from app.attendance import messages, queries
from app.attendance.details import RegistrationStatus, SeatPurpose, SeatSettings
from app.attendance.models import Registration, SeatPool, SessionPlace
from app.attendance.rules import confirm_until, gives_out_seats, problem_with_window
from app.core import audit
from app.core.cache import bump_after_commit, bump_counts_after_commit
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken
from app.events.models import Event
from app.events.queries import title_to_say
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.people.models import Person


def event_with_place(event_id: int) -> Event:
    """The event with what messages say of it, inside the present transaction."""
    query = (
        select(Event)
        .where(Event.id == event_id)
        .options(joinedload(Event.unit), joinedload(Event.venue), joinedload(Event.district))
    )
    return db.session.scalars(query).one()


def take_seats(pool: SeatPool, count: int, *, though_closed: bool = False) -> bool:
    """Take `count` seats if all of them are free; a negative count gives seats back. Whether it was done.

    The statement decides, not what was read before it. though_closed: the desk and the waiting list are served
    also when the public may not register any more.
    """
    if count == 0:
        return True
    conditions: list[ColumnElement[bool]] = [SeatPool.id == pool.id]
    if count > 0:
        conditions.append(or_(SeatPool.capacity.is_(None), SeatPool.taken + count <= SeatPool.capacity))
        if not though_closed:
            conditions.append(SeatPool.open.is_(True))
    db.session.flush()
    result = db.session.execute(
        update(SeatPool).where(*conditions).values(taken=SeatPool.taken + count),
        execution_options={"synchronize_session": False},
    )
    db.session.expire(pool, ["taken"])
    return isinstance(result, CursorResult) and result.rowcount == 1


def seat(
    registration: Registration,
    pool: SeatPool,
    count: int,
    *,
    though_closed: bool = False,
    places: list[SessionPlace] | None = None,
) -> bool:
    """Make a registration hold exactly `count` seats of its event and of each of its sessions: all or none.

    Who holds seats is confirmed by that; the two are written together, as the table asks.
    places: the sessions of a registration that is not stored yet; a stored one's are looked up.
    """
    if places is None:
        places = queries.places_of(registration.id)
    more = count - registration.seats_held
    taken: list[SeatPool] = []
    for each in [pool, *(place.pool for place in places)]:
        if not take_seats(each, more, though_closed=though_closed):
            for done in taken:
                take_seats(done, -more)
            return False
        taken.append(each)
    registration.seats_held = count
    if count:
        registration.status = RegistrationStatus.CONFIRMED
    for place in places:
        place.seats_held = count
    return True


def fits(pool: SeatPool, count: int, places: Sequence[SessionPlace] = ()) -> bool:
    """Whether so many more would find seats; nothing is taken."""
    return pool.open and all(each.has_room(count) for each in (pool, *(place.pool for place in places)))


def places_for(event: Event, session_ids: Sequence[int]) -> list[SessionPlace]:
    """The chosen sessions, in the order of their seats' ids. Raises RuleBroken("session_unknown")."""
    if not session_ids:
        return []
    pools = queries.session_pools(event.id)
    if not set(session_ids) <= {pool.session_id for pool in pools}:
        raise RuleBroken("session_unknown", field="session_ids")
    return [SessionPlace(pool_id=pool.id, pool=pool) for pool in pools if pool.session_id in session_ids]


def ensure_pool(event: Event) -> SeatPool:
    """The seats of an event, made with its capacity when there are none. Call inside an action."""
    pool = queries.find_pool(event.id)
    if pool is None:
        insert_once(
            SeatPool,
            event_id=event.id,
            purpose=SeatPurpose.ATTEND,
            capacity=event.capacity,
            taken=0,
            open=True,
        )
        pool = queries.find_pool(event.id)
        assert pool is not None
    return pool


def locked_pool(event_id: int, *, with_event: bool = False) -> SeatPool:
    """The event's pool, held until commit. Every deed takes the pool first, so that none waits in a ring."""
    pool = queries.find_pool(event_id, locked=True, with_event=with_event)
    if pool is None:
        raise RuleBroken("registration_closed")
    return pool


def confirm(registration: Registration, *, now: datetime, event: Event) -> None:
    """Note that a waiting one's seats were taken, and tell the person."""
    registration.status = RegistrationStatus.CONFIRMED
    registration.waiting_since = None
    registration.confirm_by = confirm_until(starts_at=event.starts_at, now=now)
    if phone := queries.phone_of(registration):
        code, called = queries.manage_code_of(registration), title_to_say(event, now)
        subject, text = messages.seat_given(event, registration, code, called=called)
        queue_message(
            key=f"event:{event.id}:seat:registration:{registration.id}",
            cause="attendance:registration:promoted",
            to=Recipient(registration.name, phone=phone),
            subject=subject,
            text=text,
            unit_id=event.unit_id,
            now=now,
        )


def fill_from_waiting(pool: SeatPool, *, now: datetime) -> int:
    """Give free seats to those who wait, first come first served among those that fit; how many moved up.

    Runs in the transaction that freed the seats. Nothing is given out of an event that is
    called off or over.
    """
    db.session.flush()
    waiting = list(db.session.scalars(queries.waiting_line(pool.id)))
    if not waiting:
        return 0
    event = event_with_place(pool.event_id)
    if not gives_out_seats(event, now):
        return 0
    moved = 0
    for registration in waiting:
        if pool.capacity is not None and pool.taken >= pool.capacity:
            break
        if seat(registration, pool, registration.party_size, though_closed=True):
            confirm(registration, now=now, event=event)
            moved += 1
    return moved


def apply_capacity(pool: SeatPool, capacity: int | None, *, now: datetime) -> None:
    """Set a locked pool's capacity and fill what became free.

    Raises RuleBroken("capacity_below_taken", field="capacity").
    """
    if capacity is not None and capacity < pool.taken:
        raise RuleBroken("capacity_below_taken", field="capacity", taken=pool.taken)
    pool.capacity = capacity
    fill_from_waiting(pool, now=now)


@transactional
def set_capacity(event: Event, *, settings: SeatSettings, by: Person, now: datetime) -> SeatPool:
    """Change how many seats there are and when the public may register; those who wait move up at once.

    Raises RuleBroken("capacity_below_taken", field="capacity"), ("window_reversed", field="closes_at").
    """
    problem = problem_with_window(opens_at=settings.opens_at, closes_at=settings.closes_at)
    if problem is not None:
        raise RuleBroken(problem, field="closes_at")
    ensure_pool(event)
    pool = locked_pool(event.id)
    before = vars(SeatSettings(pool.capacity, pool.opens_at, pool.closes_at))
    pool.opens_at, pool.closes_at = settings.opens_at, settings.closes_at
    apply_capacity(pool, settings.capacity, now=now)
    audit.record(
        "attendance:pool:capacity_set",
        by=by,
        now=now,
        subject=pool,
        unit_id=event.unit_id,
        name=event.title,
        before=before,
        after=vars(settings),
    )
    bump_after_commit()
    return pool


@transactional
def set_session_capacity(
    event: Event, *, session_id: int, capacity: int | None, by: Person, now: datetime
) -> SeatPool | None:
    """Give a session seats of its own (None: it has none, whoever comes to the event may come).

    Raises RuleBroken("capacity_below_taken"), ("session_has_registrations") when somebody chose the session.
    """
    ensure_pool(event)
    event_pool = locked_pool(event.id)
    pool = queries.find_session_pool(event.id, session_id)
    before = {"capacity": pool.capacity if pool else None}
    if capacity is None and pool is not None:
        if queries.is_chosen(pool.id):
            raise RuleBroken("session_has_registrations")
        db.session.execute(delete(SeatPool).where(SeatPool.id == pool.id))
        db.session.expunge(pool)
        pool = None
    elif capacity is not None and pool is None:
        pool = SeatPool(event_id=event.id, session_id=session_id, capacity=capacity, taken=0, open=True)
        db.session.add(pool)
        db.session.flush()
    elif capacity is not None and pool is not None:
        if capacity < pool.taken:
            raise RuleBroken("capacity_below_taken", field="capacity", taken=pool.taken)
        pool.capacity = capacity
        fill_from_waiting(event_pool, now=now)
    if before["capacity"] != capacity:
        audit.record(
            "attendance:pool:session_capacity_set",
            by=by,
            now=now,
            subject=event_pool,
            unit_id=event.unit_id,
            name=event.title,
            before=before,
            after={"capacity": capacity, "session": session_id},
        )
    bump_after_commit()
    return pool


def _set_open(event: Event, *, is_open: bool, tag: str, by: Person, now: datetime) -> SeatPool:
    ensure_pool(event)
    pool = locked_pool(event.id)
    before = {"open": pool.open}
    pool.open = is_open
    audit.record(
        tag,
        by=by,
        now=now,
        subject=pool,
        unit_id=event.unit_id,
        name=event.title,
        before=before,
        after={"open": is_open},
    )
    bump_after_commit()
    return pool


@transactional
def open_registration(event: Event, *, by: Person, now: datetime) -> SeatPool:
    """Let the public register (again)."""
    return _set_open(event, is_open=True, tag="attendance:pool:opened", by=by, now=now)


@transactional
def close_registration(event: Event, *, by: Person, now: datetime) -> SeatPool:
    """Take no more registrations from the public; the desk and the waiting list go on."""
    return _set_open(event, is_open=False, tag="attendance:pool:closed", by=by, now=now)


@transactional
def promote(registration: Registration, *, reason: str, by: Person, now: datetime) -> Registration:
    """Give a waiting one seats out of turn, for a written reason.

    Raises RuleBroken when it does not wait or does not fit.
    """
    pool = locked_pool(registration.event_id)
    lock(registration)
    if registration.status is not RegistrationStatus.WAITING:
        raise RuleBroken("not_waiting")
    if not seat(registration, pool, registration.party_size, though_closed=True):
        raise RuleBroken("not_enough_seats", left=max(0, (pool.capacity or 0) - pool.taken))
    event = event_with_place(pool.event_id)
    confirm(registration, now=now, event=event)
    audit.record(
        "attendance:registration:promoted",
        by=by,
        now=now,
        subject=registration,
        unit_id=event.unit_id,
        name=registration.check_code,
        after={"party_size": registration.party_size},
        reason=reason,
    )
    bump_counts_after_commit()
    return registration
