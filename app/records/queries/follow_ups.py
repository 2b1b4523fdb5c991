"""Follow-ups across meetings: lists, what a later meeting takes up, whom to remind."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.clock import day_in
from app.core.crypto import decrypt
from app.core.database import db
from app.core.text import fold
from app.events.models import Event
from app.notify.details import Recipient
from app.people.models import Organisation, Person, RoleAssignment
from app.people.queries import living_organisations, recipient_of
from app.records.details import CarriedDetails, FollowUpFilter, SheetStatus
from app.records.models import FollowUp, FollowUpNote, Minutes
from app.records.rules.reminding import reminder_due
from app.regions.models import Unit
from app.regions.queries import unit_ids_under
from app.regions.rules import ZONES

MOST_CARRIED = 100


def _is_late(now: datetime) -> ColumnElement[bool]:
    """Its day has passed where its unit is."""
    zones: dict[date, list[str]] = {}
    for zone in ZONES:
        zones.setdefault(day_in(now, zone), []).append(zone)
    return or_(
        *(
            and_(FollowUp.due_on < today, FollowUp.unit_id.in_(select(Unit.id).where(Unit.zone.in_(there))))
            for today, there in zones.items()
        )
    )


def _listed(
    unit_ids: frozenset[int], which: FollowUpFilter, *, person_id: int, now: datetime
) -> Select[FollowUp]:
    conditions: dict[FollowUpFilter, tuple[ColumnElement[bool], ...]] = {
        FollowUpFilter.OPEN: (FollowUp.done_at.is_(None),),
        FollowUpFilter.OVERDUE: (FollowUp.done_at.is_(None), _is_late(now)),
        FollowUpFilter.MINE: (FollowUp.done_at.is_(None), FollowUp.owner_id == person_id),
        FollowUpFilter.DONE: (FollowUp.done_at.is_not(None),),
    }
    return select(FollowUp).where(FollowUp.unit_id.in_(unit_ids), _tracked(), *conditions[which])


def _tracked() -> ColumnElement[bool]:
    """Every task; a decision only when somebody is to see to it or by a certain day."""
    return or_(FollowUp.kind == "tugas", FollowUp.owner != "", FollowUp.due_on.is_not(None))


def page_of_follow_ups(
    unit_ids: frozenset[int], which: FollowUpFilter, *, person_id: int, now: datetime, page: int, size: int
) -> tuple[list[FollowUp], int]:
    """One page of the list, the most pressing first, and how many there are in all."""
    query = _listed(unit_ids, which, person_id=person_id, now=now)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (
        (FollowUp.done_at.desc(), FollowUp.id.desc())
        if which is FollowUpFilter.DONE
        else (FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    )
    rows = query.options(joinedload(FollowUp.minutes).joinedload(Minutes.event).joinedload(Event.unit))
    return list(db.session.scalars(rows.order_by(*order).limit(size).offset((page - 1) * size))), total


def overdue_follow_ups(unit_ids: frozenset[int], *, now: datetime, limit: int = 50) -> list[FollowUp]:
    """Follow-ups whose day has passed."""
    rows, _ = page_of_follow_ups(unit_ids, FollowUpFilter.OVERDUE, person_id=0, now=now, page=1, size=limit)
    return rows


def find_follow_up(follow_up_id: int, unit_ids: frozenset[int]) -> FollowUp | None:
    """One of the units' follow-ups, with its meeting."""
    query = select(FollowUp).where(FollowUp.id == follow_up_id, FollowUp.unit_id.in_(unit_ids))
    event = joinedload(FollowUp.minutes).joinedload(Minutes.event)
    return db.session.scalar(query.options(event.joinedload(Event.unit)))


def with_meeting(follow_up_id: int) -> FollowUp:
    """A follow-up with its meeting and its owner, read now."""
    event = joinedload(FollowUp.minutes).joinedload(Minutes.event)
    query = select(FollowUp).where(FollowUp.id == follow_up_id)
    loaded = query.options(event.joinedload(Event.unit), joinedload(FollowUp.owner_person))
    return db.session.execute(loaded, execution_options={"populate_existing": True}).scalar_one()


def carried_into(event: Event, minutes: Minutes) -> list[tuple[FollowUp, CarriedDetails]]:
    """What earlier meetings of the unit had left open when these minutes were begun, as it stands now."""
    noted = {row.follow_up_id: row.note for row in minutes.notes}
    rows = db.session.scalars(
        _earlier(event).where(
            or_(
                FollowUp.done_at.is_(None),
                FollowUp.done_at >= minutes.created_at,
                FollowUp.id.in_(
                    select(FollowUpNote.follow_up_id).where(FollowUpNote.minutes_id == minutes.id)
                ),
            )
        )
    )
    return [
        (
            row,
            CarriedDetails(
                task=row.task,
                owner=row.owner,
                due_on=row.due_on,
                meeting=row.minutes.event.title,
                done_on=row.done_on,
                note=noted.get(row.id, ""),
            ),
        )
        for row in rows
    ]


def _earlier(event: Event) -> Select[FollowUp]:
    meeting = joinedload(FollowUp.minutes).joinedload(Minutes.event)
    return (
        select(FollowUp)
        .join(Minutes, Minutes.id == FollowUp.minutes_id)
        .join(Event, Event.id == Minutes.event_id)
        .where(
            FollowUp.unit_id == event.unit_id,
            Minutes.event_id != event.id,
            Event.starts_at < event.starts_at,
            _tracked(),
        )
        .options(meeting)
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
        .limit(MOST_CARRIED)
    )


def due_for_reminding(now: datetime, *, limit: int = 200) -> list[FollowUp]:
    """Open follow-ups of signed minutes of which the owner is to be reminded now and has not been."""
    soon = (now + timedelta(days=4)).date()
    long_ago = (now - timedelta(days=30)).date()
    query = (
        select(FollowUp)
        .join(Minutes, Minutes.id == FollowUp.minutes_id)
        .where(
            FollowUp.done_at.is_(None),
            FollowUp.due_on.between(long_ago, soon),
            Minutes.status == SheetStatus.SIGNED,
            or_(
                FollowUp.told_before_for.is_(None),
                FollowUp.told_after_for.is_(None),
                FollowUp.told_before_for != FollowUp.due_on,
                FollowUp.told_after_for != FollowUp.due_on,
            ),
        )
        .options(
            joinedload(FollowUp.minutes).joinedload(Minutes.event).joinedload(Event.unit),
            joinedload(FollowUp.owner_person),
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    )
    found = []
    for row in db.session.scalars(query):
        today = day_in(now, row.minutes.event.unit.zone)
        if reminder_due(row.due_on, today, before=row.told_before_for, after=row.told_after_for):
            found.append(row)
        if len(found) == limit:
            break
    return found


def _people_near(unit_id: int) -> list[Person]:
    """Living accounts at a unit, below it and at those above it."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    units = unit_ids_under({unit_id}) | {int(part) for part in path.split("/") if part}
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.unit_id.in_(units),
            RoleAssignment.ended_at.is_(None),
            Person.deactivated_at.is_(None),
        )
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return list(db.session.scalars(query))


def suggested_owners(unit_id: int) -> list[str]:
    """Names to choose from while typing: people with accounts, then the bodies of the directory."""
    names = [person.full_name for person in _people_near(unit_id)]
    names += [row.head_title or row.name for row in living_organisations()]
    return list(dict.fromkeys(names))


def owners_by_words(unit_id: int, words: set[str]) -> dict[str, int]:
    """Which of these owners are accounts: by full name, name or office, when exactly one person bears it."""
    wanted = {fold(text): text for text in words if fold(text)}
    found: dict[str, set[int]] = {}
    if wanted:
        for person in _people_near(unit_id):
            for text in {fold(person.full_name), fold(person.name), fold(person.office)} & wanted.keys():
                found.setdefault(wanted[text], set()).add(person.id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def reachable_owner(row: FollowUp) -> Recipient:
    """Whom a reminder goes to: the account, else the body of the directory whose head or name is the owner."""
    person = row.owner_person
    if person is not None and person.deactivated_at is None:
        return recipient_of(person)
    wanted = fold(row.owner)
    bodies = [body for body in living_organisations() if wanted in _names_of(body)] if wanted else []
    if len(bodies) == 1:
        phone = decrypt(bodies[0].phone_sealed) if bodies[0].phone_sealed else ""
        return Recipient(name=row.owner, email=bodies[0].email, phone=phone)
    return Recipient(name=row.owner or row.minutes.event.unit.name)


def _names_of(body: Organisation) -> set[str]:
    return {fold(text) for text in (body.name, body.short_name, body.head_title, body.head_name) if text}
