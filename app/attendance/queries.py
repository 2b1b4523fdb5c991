"""Reading seats and registrations."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.attendance.details import (
    LIVING,
    Need,
    RegistrationKind,
    RegistrationStatus,
    SeatCounts,
    SeatPurpose,
    SessionSeats,
    Ticket,
)
from app.attendance.models import DeskDeed, GroupMember, Registration, SeatHold, SeatPool, SessionPlace
from app.core import crypto
from app.core.database import db
from app.core.text import fold_name, normalise_phone
from app.events.models import Event, EventSession

PHONE = "attendance-phone"


def phone_hash(phone: str) -> str:
    """The keyed hash by which a number (E.164) is found."""
    return crypto.keyed_hash(phone, purpose=PHONE)


def find_pool(event_id: int) -> SeatPool | None:
    """The seats of an event as a whole."""
    return db.session.scalar(
        select(SeatPool).where(
            SeatPool.event_id == event_id,
            SeatPool.session_id.is_(None),
            SeatPool.purpose == SeatPurpose.ATTEND,
        )
    )


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


def session_seats(event_id: int) -> list[SessionSeats]:
    """Sessions with seats of their own, as they are chosen from, in the order of the programme."""
    query = (
        select(EventSession.id, EventSession.title, SeatPool.capacity, SeatPool.taken)
        .join(SeatPool, SeatPool.session_id == EventSession.id)
        .where(SeatPool.event_id == event_id)
        .order_by(EventSession.position)
    )
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


def session_titles_of(registration_id: int) -> list[str]:
    """What the ticket names of the sessions that were chosen."""
    query = (
        select(EventSession.title)
        .join(SeatPool, SeatPool.session_id == EventSession.id)
        .join(SessionPlace, SessionPlace.pool_id == SeatPool.id)
        .where(SessionPlace.registration_id == registration_id)
        .order_by(EventSession.position)
    )
    return list(db.session.scalars(query))


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


def find_by_manage_code(typed: str) -> Registration | None:
    """The registration behind a person's own link, with its event."""
    query = select(Registration).where(
        Registration.manage_hash == crypto.token_hash(crypto.read_code(typed)),
        Registration.erased_at.is_(None),
    )
    return db.session.scalar(query.options(*_with_event()))


def find_by_check_code(code: str) -> Registration | None:
    """The registration behind a printed code (already read by `crypto.read_code`), with its event."""
    return db.session.scalar(
        select(Registration).where(Registration.check_code == code).options(*_with_event())
    )


def _with_event() -> tuple[ExecutableOption, ...]:
    event = joinedload(Registration.event)
    return (event.joinedload(Event.unit), event.joinedload(Event.venue), event.joinedload(Event.district))


def find_by_submission(submission_key: str) -> Registration | None:
    """What this very form has already brought about."""
    return db.session.scalar(
        select(Registration).where(Registration.submission_hash == crypto.token_hash(submission_key))
    )


def find_living_by_phone(event_id: int, phone: str) -> Registration | None:
    """The living registration of a number (E.164) at an event."""
    return db.session.scalar(
        select(Registration).where(
            Registration.event_id == event_id,
            Registration.phone_hash == phone_hash(phone),
            Registration.status.in_(LIVING),
        )
    )


def find_at_event(registration_id: int, event_id: int) -> Registration | None:
    """One registration of an event, for staff."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.id == registration_id, Registration.event_id == event_id)
        .options(joinedload(Registration.duplicate_of))
    )


def waiting_line(pool_id: int) -> Select[Registration]:
    """Those who wait, first come first."""
    return (
        select(Registration)
        .where(Registration.pool_id == pool_id, Registration.status == RegistrationStatus.WAITING)
        .order_by(Registration.waiting_since, Registration.id)
    )


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
    )


def manage_code_of(registration: Registration) -> str:
    """The secret part of the person's own link."""
    return crypto.decrypt(registration.manage_sealed)


def phone_of(registration: Registration) -> str:
    """The number in E.164; empty when there is none or it is gone."""
    return crypto.decrypt(registration.phone_sealed) if registration.phone_sealed else ""


def _like(text: str) -> str:
    return "".join("\\" + sign if sign in "\\%_" else sign for sign in text)


def found_at_desk(event_id: int, typed: str, *, limit: int = 20) -> list[Registration]:
    """Whom the desk means: a code, a whole number, its last three or more digits, or part of a name."""
    query = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.erased_at.is_(None))
        .options(joinedload(Registration.duplicate_of))
        .order_by(
            Registration.status == RegistrationStatus.CANCELLED, Registration.name_folded, Registration.id
        )
        .limit(limit)
    )
    code = crypto.read_code(typed)
    digits = "".join(sign for sign in typed if sign.isdigit())
    phone = normalise_phone(typed)
    conditions = []
    if len(code) >= 8:
        conditions.append(Registration.check_code == code)
    if phone is not None:
        conditions.append(Registration.phone_hash == phone_hash(phone))
    elif len(digits) >= 3 and not any(sign.isalpha() for sign in typed):
        conditions.append(Registration.phone_mask.endswith(digits[-3:], autoescape=True))
    folded = fold_name(typed) if any(sign.isalpha() for sign in typed) else ""
    if folded:
        conditions.append(Registration.name_folded.like(f"%{_like(folded)}%", escape="\\"))
    if not conditions:
        return []
    return list(db.session.scalars(query.where(or_(*conditions))))


def latest_arrivals(event_id: int, *, limit: int = 5) -> list[Registration]:
    """Who was checked in last, so that a slip is undone quickly."""
    query = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.checked_in_at.is_not(None))
        .order_by(Registration.checked_in_at.desc(), Registration.id.desc())
    )
    return list(db.session.scalars(query.limit(limit)))


def duplicates_waiting(event_id: int) -> list[Registration]:
    """Numbers sent in twice that nobody has sorted out."""
    query = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.status == RegistrationStatus.DUPLICATE)
        .options(joinedload(Registration.duplicate_of))
        .order_by(Registration.id)
    )
    return list(db.session.scalars(query))


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


def guests_present(event_id: int) -> list[Registration]:
    """Institutional guests who came, for minutes and reports."""
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.organisation_name != "",
        Registration.checked_in_at.is_not(None),
    )
    return list(db.session.scalars(query.order_by(Registration.id)))


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


def find_deed(client_id: str) -> DeskDeed | None:
    """What a phone has sent already, with the registration it was about."""
    query = select(DeskDeed).where(DeskDeed.client_id == client_id)
    return db.session.scalar(query.options(joinedload(DeskDeed.registration)))


def desk_list(event_id: int) -> list[Registration]:
    """Everybody a desk may meet, those who cancelled too, so that it can say so without a network."""
    query = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.erased_at.is_(None))
        .order_by(Registration.id)
    )
    return list(db.session.scalars(query))


def desk_cursor(event_id: int) -> int:
    """The last deed of an event's desks."""
    return db.session.scalar(select(func.max(DeskDeed.id)).where(DeskDeed.event_id == event_id)) or 0


def desk_news(event_id: int, after: int, *, limit: int = 500) -> tuple[list[Registration], int]:
    """Registrations that desks touched after a deed, as they stand now, and the deed to go on from."""
    query = select(DeskDeed).where(DeskDeed.event_id == event_id, DeskDeed.id > after).order_by(DeskDeed.id)
    deeds = list(db.session.scalars(query.options(joinedload(DeskDeed.registration)).limit(limit)))
    rows = {deed.registration.id: deed.registration for deed in deeds if deed.registration is not None}
    return list(rows.values()), deeds[-1].id if deeds else after
