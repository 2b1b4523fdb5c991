"""Seats, sessions, kept places, the waiting line."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.attendance.details import (
    Need,
    RegistrationStatus,
    SeatCounts,
    SeatPurpose,
    SessionSeats,
)
from app.attendance.models import (
    LostSession,
    Registration,
    SeatHold,
    SeatPool,
    SessionPlace,
)
from app.core import crypto
from app.core.database import db
from app.events.models import Event, EventSession
from app.events.rules.states import ANNOUNCED


def find_pool(event_id: int, *, locked: bool = False, with_event: bool = False) -> SeatPool | None:
    """The seats of an event as a whole; locked: read afresh and kept from others until commit."""
    query = select(SeatPool).where(
        SeatPool.event_id == event_id,
        SeatPool.session_id.is_(None),
        SeatPool.purpose == SeatPurpose.ATTEND,
    )
    if locked:
        query = query.with_for_update(of=SeatPool).execution_options(populate_existing=True)
    if with_event:
        query = query.options(joinedload(SeatPool.event, innerjoin=True))
    return db.session.scalar(query)


def pools_of(event_ids: Iterable[int]) -> dict[int, SeatPool]:
    """The seats of several events, for lists."""
    query = select(SeatPool).where(SeatPool.event_id.in_(list(event_ids)), SeatPool.session_id.is_(None))
    return {pool.event_id: pool for pool in db.session.scalars(query)}


def find_session_pool(event_id: int, session_id: int) -> SeatPool | None:
    """The seats of a session, when it has its own."""
    return db.session.scalar(
        select(SeatPool).where(SeatPool.event_id == event_id, SeatPool.session_id == session_id)
    )


def session_pools(event_id: int) -> list[SeatPool]:
    """The seats of an event's sessions that have their own, in the order of their ids."""
    query = select(SeatPool).where(SeatPool.event_id == event_id, SeatPool.session_id.is_not(None))
    return list(db.session.scalars(query.order_by(SeatPool.id)))


def session_seats(event_id: int, *, quiet: bool = False) -> list[SessionSeats]:
    """Sessions with seats of their own, as they are chosen from, in the order of the programme.

    quiet: for the public in a quiet period, without those that name pairs.
    """
    query = (
        select(EventSession.id, EventSession.title, SeatPool.capacity, SeatPool.taken)
        .join(SeatPool, SeatPool.session_id == EventSession.id)
        .where(SeatPool.event_id == event_id)
        .order_by(EventSession.position)
    )
    if quiet:
        query = query.where(~EventSession.names_candidates)
    return [SessionSeats(*row) for row in db.session.execute(query)]


def sessions_of(event_id: int) -> list[tuple[EventSession, SeatPool | None]]:
    """All sessions of an event, each with its own seats if it has some."""
    query = (
        select(EventSession, SeatPool)
        .outerjoin(SeatPool, SeatPool.session_id == EventSession.id)
        .where(EventSession.event_id == event_id)
        .order_by(EventSession.position)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def places_of(registration_id: int) -> list[SessionPlace]:
    """The sessions that a registration is for, with their seats, in the order of the seats' ids."""
    query = select(SessionPlace).where(SessionPlace.registration_id == registration_id)
    return list(
        db.session.scalars(query.options(joinedload(SessionPlace.pool)).order_by(SessionPlace.pool_id))
    )


def chosen_sessions(registration_id: int, *, quiet: bool = False) -> list[tuple[int, str]]:
    """Ids and titles of the sessions that were chosen; in a quiet period without those that name pairs."""
    query = (
        select(EventSession.id, EventSession.title)
        .join(SeatPool, SeatPool.session_id == EventSession.id)
        .join(SessionPlace, SessionPlace.pool_id == SeatPool.id)
        .where(SessionPlace.registration_id == registration_id)
        .order_by(EventSession.position)
    )
    if quiet:
        query = query.where(~EventSession.names_candidates)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def session_titles_of(registration_id: int, *, quiet: bool = False) -> list[str]:
    """What the sessions that were chosen are called, as of `chosen_sessions`."""
    return [title for _id, title in chosen_sessions(registration_id, quiet=quiet)]


def lost_sessions_of(registration_id: int, *, quiet: bool = False) -> list[str]:
    """Titles of chosen sessions that were left out; in a quiet period an empty one for each that names pairs."""
    query = select(LostSession).where(LostSession.registration_id == registration_id).order_by(LostSession.id)
    return ["" if quiet and lost.names_candidates else lost.title for lost in db.session.scalars(query)]


def comes_for(session_ids: Collection[int]) -> ColumnElement[bool]:
    """That a registration is for one of these sessions."""
    return exists().where(
        SessionPlace.registration_id == Registration.id,
        SessionPlace.pool_id == SeatPool.id,
        SeatPool.session_id.in_(session_ids),
    )


def chosen_among(session_ids: Collection[int]) -> list[tuple[int, str, bool]]:
    """Who chose which of these sessions: registration, title, whether it names pairs."""
    query = (
        select(SessionPlace.registration_id, EventSession.title, EventSession.names_candidates)
        .join(SeatPool, SeatPool.id == SessionPlace.pool_id)
        .join(EventSession, EventSession.id == SeatPool.session_id)
        .where(EventSession.id.in_(session_ids))
        .order_by(SessionPlace.registration_id, EventSession.position)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def is_chosen(pool_id: int) -> bool:
    """Whether anybody ever registered for a session."""
    return bool(db.session.scalar(select(exists().where(SessionPlace.pool_id == pool_id))))


def hold_of_organisation(pool_id: int, organisation_id: int | None) -> SeatHold | None:
    """What is kept for an invited body."""
    if organisation_id is None:
        return None
    query = select(SeatHold).where(
        SeatHold.pool_id == pool_id,
        SeatHold.organisation_id == organisation_id,
        SeatHold.ended_at.is_(None),
    )
    return db.session.scalars(query.order_by(SeatHold.id)).first()


def living_holds(pool_id: int) -> list[SeatHold]:
    """What is still kept."""
    return list(
        db.session.scalars(
            select(SeatHold)
            .where(SeatHold.pool_id == pool_id, SeatHold.ended_at.is_(None))
            .order_by(SeatHold.id)
        )
    )


def holds_of(event_id: int) -> list[tuple[SeatHold, int]]:
    """What is and was kept for invited bodies, each with how many seats were used; those that live first."""
    used = (
        select(func.coalesce(func.sum(Registration.seats_held), 0))
        .where(Registration.hold_id == SeatHold.id)
        .scalar_subquery()
    )
    query = (
        select(SeatHold, used)
        .join(SeatPool, SeatPool.id == SeatHold.pool_id)
        .where(SeatPool.event_id == event_id)
        .order_by(SeatHold.ended_at.is_not(None), SeatHold.expires_at, SeatHold.id)
    )
    return [(row[0], int(row[1])) for row in db.session.execute(query)]


def find_hold_by_code(event_id: int, code: str) -> SeatHold | None:
    """Places kept for whoever has this link, also when they are no longer."""
    query = (
        select(SeatHold)
        .join(SeatPool, SeatPool.id == SeatHold.pool_id)
        .where(SeatPool.event_id == event_id, SeatHold.code_hash == crypto.token_hash(crypto.read_code(code)))
    )
    return db.session.scalar(query)


def find_hold(hold_id: int, event_id: int) -> SeatHold | None:
    """Kept places of an event, for staff."""
    query = select(SeatHold).join(SeatPool, SeatPool.id == SeatHold.pool_id)
    return db.session.scalar(query.where(SeatHold.id == hold_id, SeatPool.event_id == event_id))


def events_with_expired_holds(now: datetime) -> list[int]:
    """Events where kept places have run out."""
    query = (
        select(SeatPool.event_id)
        .join(SeatHold, SeatHold.pool_id == SeatPool.id)
        .where(SeatHold.ended_at.is_(None), SeatHold.expires_at <= now)
        .distinct()
    )
    return list(db.session.scalars(query))


def hold_code_of(hold: SeatHold) -> str:
    """The secret part of the link by which kept places are used."""
    return crypto.decrypt(hold.code_sealed)


def needs_of(event_id: int) -> tuple[dict[Need, int], list[str]]:
    """What the hosts should have ready: how many registrations name each need, and what was said in words."""
    rows = db.session.execute(
        select(Registration.needs, Registration.needs_note).where(
            Registration.event_id == event_id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.erased_at.is_(None),
        )
    ).all()
    figures = {need: sum(need.value in row.needs for row in rows) for need in Need}
    return {need: count for need, count in figures.items() if count}, [row[1] for row in rows if row[1]]


def counts(event_id: int) -> SeatCounts | None:
    """How an event stands, in one statement; None before it has seats."""
    confirmed = Registration.status == RegistrationStatus.CONFIRMED

    def people(condition: object, value: object = Registration.party_size) -> object:
        return func.coalesce(func.sum(case((condition, value), else_=0)), 0)  # type: ignore[arg-type]

    row = db.session.execute(
        select(
            SeatPool.capacity,
            SeatPool.taken,
            SeatPool.open,
            SeatPool.opens_at,
            SeatPool.closes_at,
            SeatPool.held,
            people(Registration.status == RegistrationStatus.WAITING).label("waiting"),  # type: ignore[attr-defined]
            people(confirmed).label("registered"),  # type: ignore[attr-defined]
            people(confirmed, Registration.checked_in_count).label("checked_in"),  # type: ignore[attr-defined]
            people(and_(confirmed, Registration.outside_capacity)).label("outside"),  # type: ignore[attr-defined]
        )
        .select_from(SeatPool)
        .outerjoin(Registration, Registration.pool_id == SeatPool.id)
        .where(SeatPool.event_id == event_id, SeatPool.session_id.is_(None))
        .group_by(SeatPool.id)
    ).one_or_none()
    if row is None:
        return None
    return SeatCounts(**row._mapping)


def waiting_line(pool_id: int) -> Select[Registration]:
    """Those who wait, first come first."""
    return (
        select(Registration)
        .where(Registration.pool_id == pool_id, Registration.status == RegistrationStatus.WAITING)
        .order_by(Registration.waiting_since, Registration.id)
    )


def unconfirmed(pool_id: int, now: datetime) -> list[Registration]:
    """Who moved up late and has not confirmed in time, the latest in line first."""
    query = select(Registration).where(
        Registration.pool_id == pool_id,
        Registration.confirm_by <= now,
        Registration.checked_in_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Registration.confirm_by.desc(), Registration.id.desc())))


def events_with_unconfirmed(now: datetime) -> list[int]:
    """Events that have not begun where somebody has not confirmed in time."""
    query = select(Registration.event_id).join(Event, Event.id == Registration.event_id)
    late = query.where(Registration.confirm_by <= now, Event.starts_at > now, Event.status.in_(ANNOUNCED))
    return list(db.session.scalars(late.distinct()))


def somebody_waits(pool_id: int, *, fitting: int | None) -> bool:
    """Whether somebody waits whose party fits into so many seats (None: any)."""
    query = select(Registration.id).where(
        Registration.pool_id == pool_id, Registration.status == RegistrationStatus.WAITING
    )
    if fitting is not None:
        query = query.where(Registration.party_size <= fitting)
    return db.session.scalar(query.limit(1)) is not None


def position_of(registration: Registration) -> int | None:
    """The place in the waiting line, counted from 1; None for who does not wait.

    The ticket of a number sent in twice shows the place it would have had.
    """
    shown = registration.shown_as or registration.status
    if shown is not RegistrationStatus.WAITING or registration.waiting_since is None:
        return None
    ahead = db.session.scalar(
        select(func.count())
        .select_from(Registration)
        .where(
            Registration.pool_id == registration.pool_id,
            Registration.status == RegistrationStatus.WAITING,
            or_(
                Registration.waiting_since < registration.waiting_since,
                and_(
                    Registration.waiting_since == registration.waiting_since,
                    Registration.id < registration.id,
                ),
            ),
        )
    )
    return (ahead or 0) + 1


def headcount(event_id: int) -> int:
    """How many people were checked in: for reports and news."""
    return (
        db.session.scalar(
            select(func.coalesce(func.sum(Registration.checked_in_count), 0)).where(
                Registration.event_id == event_id
            )
        )
        or 0
    )


def seats_that_differ() -> list[tuple[int, int, int]]:
    """Pools whose counter is not what is held and kept of them: (pool, counted, stored). Empty by rights."""

    def held(model: type[Registration | SessionPlace | SeatHold]) -> ScalarSelect[int]:
        total = func.coalesce(func.sum(model.seats_held), 0)
        return select(total).where(model.pool_id == SeatPool.id).scalar_subquery()

    kept = held(SeatHold)
    counted = held(Registration) + held(SessionPlace) + kept
    query = select(SeatPool.id, counted, SeatPool.taken).where(
        or_(counted != SeatPool.taken, kept != SeatPool.held)
    )
    return [(row[0], int(row[1]), row[2]) for row in db.session.execute(query)]
