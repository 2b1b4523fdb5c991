"""What the desk does on the day: check in, undo, add who comes unannounced, sort out doubles."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.attendance import queries
from app.attendance.actions.changing import give_back
from app.attendance.actions.registering import new_registration
from app.attendance.actions.seats import (
    confirm,
    ensure_pool,
    event_with_place,
    locked_pool,
    seat,
    take_seats,
)
from app.attendance.details import (
    Channel,
    DeskDeedKind,
    DeskOutcome,
    DeskStamp,
    RegistrationKind,
    RegistrationStatus,
    WalkInDetails,
)
from app.attendance.models import DeskDeed, Registration
from app.attendance.rules import may_check_in
from app.core import audit, crypto
from app.core.cache import bump_counts_after_commit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.events.models import Event
from app.people.models import Person


def find_for_check_in(event: Event, typed: str) -> Registration:
    """The registration of an event behind a scanned or typed code; also when the whole address was scanned.

    Raises RuleBroken("code_unknown", field="code").
    """
    code = crypto.read_code(typed.rstrip("/").rpartition("/")[2])
    query = select(Registration).where(Registration.event_id == event.id, Registration.check_code == code)
    registration = db.session.scalar(query) if code else None
    if registration is None:
        raise RuleBroken("code_unknown", field="code")
    return registration


@transactional
def check_in(
    registration: Registration,
    *,
    by: Person | None,
    now: datetime,
    count: int | None = None,
    stamp: DeskStamp | None = None,
) -> Registration:
    """Note that somebody has come, with `count` people (all of the party when not said).

    by: nobody when a volunteer did it by a link; the desk's name says which.
    stamp: what a phone noted while it had no network; otherwise it happens now.
    A waiting one is given seats when they are free and is otherwise let in outside capacity.
    Raises RuleBroken: desk_not_open, registration_cancelled, registration_duplicate, already_checked_in,
    more_than_party.
    """
    pool = locked_pool(registration.event_id)
    lock(registration)
    event = event_with_place(pool.event_id)
    stamp = stamp or DeskStamp()
    moment = stamp.happened_at or now
    if not may_check_in(event, moment):
        raise RuleBroken("desk_not_open")
    if registration.status is RegistrationStatus.CANCELLED:
        raise RuleBroken("registration_cancelled")
    if registration.status is RegistrationStatus.DUPLICATE:
        raise RuleBroken("registration_duplicate")
    if registration.checked_in_at is not None:
        raise RuleBroken("already_checked_in")
    people = registration.party_size if count is None else count
    if not 1 <= people <= registration.party_size:
        raise RuleBroken("more_than_party", field="count", party=registration.party_size)
    if registration.status is RegistrationStatus.WAITING:
        if seat(registration, pool, registration.party_size, though_closed=True):
            confirm(registration, now=now, event=event)
        else:
            registration.status = RegistrationStatus.CONFIRMED
            registration.waiting_since = None
            registration.outside_capacity = True
    registration.confirm_by = None
    registration.checked_in_at = moment
    registration.checked_in_count = people
    registration.checked_in_by_id = by.id if by else None
    registration.checked_in_desk = stamp.desk
    note_deed(DeskDeedKind.CHECK_IN, registration, event=event, by=by, now=now, stamp=stamp)
    _record("checked_in", registration, event=event, by=by, now=now, after={"count": people})
    return registration


@transactional
def undo_check_in(
    registration: Registration, *, by: Person | None, now: datetime, stamp: DeskStamp | None = None
) -> Registration:
    """Take back a wrong check-in; the seats stay the person's. A guest written down by mistake goes altogether."""
    pool = locked_pool(registration.event_id)
    lock(registration)
    if registration.checked_in_at is None:
        raise RuleBroken("not_checked_in")
    before = {"checked_in_at": registration.checked_in_at, "count": registration.checked_in_count}
    registration.checked_in_at = None
    registration.checked_in_count = 0
    registration.checked_in_by_id = None
    registration.checked_in_desk = ""
    if registration.kind is RegistrationKind.WALK_IN:
        give_back(registration, pool, now=now)
        bump_counts_after_commit()
    event = event_with_place(registration.event_id)
    note_deed(DeskDeedKind.UNDO, registration, event=event, by=by, now=now, stamp=stamp or DeskStamp())
    _record("check_in_undone", registration, event=event, by=by, now=now, before=before)
    return registration


@transactional
def add_walk_in(
    event: Event, *, details: WalkInDetails, by: Person | None, now: datetime, stamp: DeskStamp | None = None
) -> Registration:
    """Write down somebody who came unannounced, checked in at once.

    When the seats do not suffice the guest is noted "di luar kapasitas" and takes none: the person stands there.
    Raises RuleBroken("already_registered", field="phone"), ("desk_not_open").
    """
    event = event_with_place(event.id)
    ensure_pool(event)
    pool = locked_pool(event.id)
    stamp = stamp or DeskStamp()
    moment = stamp.happened_at or now
    if not may_check_in(event, moment):
        raise RuleBroken("desk_not_open")
    if details.phone and queries.find_living_by_phone(event.id, details.phone) is not None:
        raise RuleBroken("already_registered", field="phone")
    fits = take_seats(pool, details.party_size, though_closed=True)
    registration = new_registration(
        pool,
        name=details.name,
        phone=details.phone,
        now=now,
        kind=RegistrationKind.WALK_IN,
        channel=Channel.DESK,
        status=RegistrationStatus.CONFIRMED,
        party_size=details.party_size,
        seats_held=details.party_size if fits else 0,
        outside_capacity=not fits,
        district_code=details.district_code or None,
        organisation_name=details.organisation_name,
        checked_in_at=moment,
        checked_in_count=details.party_size,
        checked_in_by_id=by.id if by else None,
        checked_in_desk=stamp.desk,
    )
    db.session.add(registration)
    db.session.flush()
    note_deed(DeskDeedKind.WALK_IN, registration, event=event, by=by, now=now, stamp=stamp)
    after = {"count": details.party_size, "outside_capacity": not fits}
    _record("walked_in", registration, event=event, by=by, now=now, after=after)
    bump_counts_after_commit()
    return registration


@transactional
def merge_duplicate(registration: Registration, *, by: Person, now: datetime) -> Registration:
    """Settle a number sent in twice: the second row ends, the first one stands. Gives the first one."""
    pool = locked_pool(registration.event_id)
    lock(registration)
    if registration.status is not RegistrationStatus.DUPLICATE or registration.duplicate_of_id is None:
        raise RuleBroken("not_duplicate")
    give_back(registration, pool, now=now)
    event = event_with_place(registration.event_id)
    after = {"duplicate_of": registration.duplicate_of_id}
    _record("merged", registration, event=event, by=by, now=now, after=after)
    first = db.session.get(Registration, registration.duplicate_of_id)
    assert first is not None
    return first


def note_deed(
    kind: DeskDeedKind,
    registration: Registration | None,
    *,
    event: Event,
    by: Person | None,
    now: datetime,
    stamp: DeskStamp,
    outcome: DeskOutcome = DeskOutcome.DONE,
    reason: str = "",
) -> DeskDeed:
    """Write a deed down for all desks of the event; call it while the event's pool is held."""
    deed = DeskDeed(
        client_id=stamp.client_id or crypto.new_token(),
        event_id=event.id,
        registration_id=registration.id if registration else None,
        kind=kind,
        outcome=outcome,
        reason=reason,
        desk=stamp.desk,
        by_id=by.id if by else None,
        happened_at=stamp.happened_at or now,
        received_at=now,
    )
    db.session.add(deed)
    return deed


def _record(
    deed: str,
    registration: Registration,
    *,
    event: Event,
    by: Person | None,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Audit rows name the ticket by its public code, never the citizen; without an officer they name the desk."""
    if by is None:
        after = {**(after or {}), "desk": registration.checked_in_desk}
    audit.record(
        f"attendance:registration:{deed}",
        by=by,
        now=now,
        subject=registration,
        unit_id=event.unit_id,
        name=registration.check_code,
        before=before,
        after=after,
    )
