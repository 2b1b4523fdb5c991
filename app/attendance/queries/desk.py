"""What the desk at the door looks up."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.attendance.details import (
    RegistrationStatus,
)
from app.attendance.models import (
    DeskDeed,
    DeskLink,
    Registration,
)
from app.attendance.queries.tickets import phone_hash
from app.core import crypto
from app.core.database import db
from app.core.text import fold_name, normalise_phone
from app.events.models import Event


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


def guests_present(event_id: int) -> list[Registration]:
    """Institutional guests who came, for minutes and reports."""
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.organisation_name != "",
        Registration.checked_in_at.is_not(None),
    )
    return list(db.session.scalars(query.order_by(Registration.id)))


def desk_links_of(event_id: int) -> list[DeskLink]:
    """The volunteers' links of an event, the newest first."""
    query = select(DeskLink).where(DeskLink.event_id == event_id).order_by(DeskLink.id.desc())
    return list(db.session.scalars(query))


def find_desk_link(link_id: int, event_id: int) -> DeskLink | None:
    """One link of an event, for staff."""
    return db.session.scalar(select(DeskLink).where(DeskLink.id == link_id, DeskLink.event_id == event_id))


def find_living_desk_link(code: str, now: datetime, *, grace: timedelta = timedelta(0)) -> DeskLink | None:
    """The link behind a volunteer's address while it holds (and `grace` longer), with its event."""
    query = select(DeskLink).where(
        DeskLink.code_hash == crypto.token_hash(crypto.read_code(code)),
        DeskLink.revoked_at.is_(None),
        DeskLink.expires_at > now - grace,
    )
    event = joinedload(DeskLink.event)
    return db.session.scalar(
        query.options(
            event.joinedload(Event.unit), event.joinedload(Event.venue), event.joinedload(Event.district)
        )
    )


def was_desk_link(code: str) -> bool:
    """Whether an address was ever a volunteer's desk."""
    hashed = crypto.token_hash(crypto.read_code(code))
    return db.session.scalar(select(DeskLink.id).where(DeskLink.code_hash == hashed)) is not None


def desk_link_code_of(link: DeskLink) -> str:
    """The secret part of a volunteer's address."""
    return crypto.decrypt(link.code_sealed)


def present_by_desk(event_id: int) -> list[tuple[str, int]]:
    """How many people each desk has let in, the busiest first."""
    people = func.sum(Registration.checked_in_count)
    query = (
        select(Registration.checked_in_desk, people)
        .where(Registration.event_id == event_id, Registration.checked_in_at.is_not(None))
        .group_by(Registration.checked_in_desk)
        .order_by(people.desc(), Registration.checked_in_desk)
    )
    return [(row[0], int(row[1])) for row in db.session.execute(query)]


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
