"""What visitors do: register, change the number, give the seats back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.attendance import messages, queries
from app.attendance.actions.holds import find_hold, release_expired, use_hold
from app.attendance.actions.seats import event_with_place, fill_from_waiting, locked_pool, seat
from app.attendance.details import (
    LIVING,
    Channel,
    RegistrationDetails,
    RegistrationStatus,
)
from app.attendance.models import (
    GroupMember,
    Registration,
    RegistrationConsent,
    SeatPool,
    SessionPlace,
)
from app.attendance.rules import (
    CONSENT_TEXT,
    MANY_FROM_ONE_ADDRESS,
    gives_out_seats,
    has_begun,
    problem_with_changing,
    problem_with_registering,
)
from app.core import audit, crypto
from app.core.cache import bump_counts_after_commit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.i18n import when
from app.core.text import fold_name, mask_phone
from app.events.models import Event
from app.events.queries import title_to_say
from app.notify.actions import cancel_messages, queue_message, reaches
from app.notify.details import Recipient
from app.people.models import Person
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


def members_of(names: Sequence[str]) -> list[GroupMember]:
    """Rows for the names of a group, in the order in which they were given."""
    return [
        GroupMember(position=place, name=name, name_folded=fold_name(name))
        for place, name in enumerate(names, start=1)
    ]


def _fits(pool: SeatPool, count: int, places: Sequence[SessionPlace] = ()) -> bool:
    pools = [pool, *(place.pool for place in places)]
    return pool.open and all(each.capacity is None or each.taken + count <= each.capacity for each in pools)


def _refuse_public(event: Event, pool: SeatPool, *, invited: bool, now: datetime) -> None:
    """Raise RuleBroken with what keeps the public out; who has the link of kept places is no public."""
    problem = problem_with_registering(
        event, is_open=pool.open, opens_at=pool.opens_at, closes_at=pool.closes_at, invited=invited, now=now
    )
    if problem == "registration_not_yet":
        raise RuleBroken(problem, when=when(pool.opens_at, event_with_place(event.id).zone))
    if problem is not None:
        raise RuleBroken(problem)


def _places(event: Event, session_ids: Sequence[int]) -> list[SessionPlace]:
    """The chosen sessions, in the order of their seats' ids. Raises RuleBroken("session_unknown")."""
    if not session_ids:
        return []
    pools = queries.session_pools(event.id)
    if not set(session_ids) <= {pool.session_id for pool in pools}:
        raise RuleBroken("session_unknown", field="session_ids")
    return [SessionPlace(pool_id=pool.id, pool=pool) for pool in pools if pool.session_id in session_ids]


@transactional
def register(
    event_id: int,
    *,
    details: RegistrationDetails,
    submission_key: str,
    from_address: str,
    now: datetime,
    by: Person | None = None,
) -> Registration:
    """Put somebody on the list, or on the waiting list when the seats do not suffice.

    The same submission key with the same number gives the same registration: pressed twice, gone back, sent again
    after a lost answer. Another key with a number that lives on the list gives a row that holds no seat and whose
    ticket looks like any other; the owner of the number is told and the desk sorts it out. by: an officer who writes
    down what was said on the telephone, also outside the window.
    Raises RuleBroken with what `rules.problem_with_registering` names, ("hold_over"), ("session_unknown").
    """
    # Few statements, for a thousand people may press at once and each waits for the one before.
    pool = locked_pool(event_id, with_event=True)
    known, owner = queries.known_already(event_id, submission_key, details.phone)
    if known is not None:
        return known
    event = pool.event
    release_expired(pool, now=now)
    hold = find_hold(pool, details.hold_code, now=now) if details.hold_code else None
    if by is None:
        _refuse_public(event, pool, invited=hold is not None, now=now)
    registration = new_registration(
        pool,
        name=details.name,
        phone=details.phone,
        now=now,
        kind=details.kind,
        channel=Channel.INVITATION if hold else Channel.DESK if by else Channel.ONLINE,
        party_size=details.party_size,
        seats_held=0,
        district_code=details.district_code or None,
        village=details.village,
        needs=list(details.needs),
        needs_note=details.needs_note,
        organisation_name=hold.organisation_name if hold else details.group_name,
        hold_id=hold.id if hold else None,
        members=members_of(details.members),
        submission_hash=queries.submission_hash(event_id, submission_key, details.phone),
        note=_mark(from_address, now=now),
    )
    places = _places(event, details.session_ids)
    if owner is not None:
        _shadow(registration, owner, pool, places, event=event, now=now)
    else:
        if hold is not None:
            use_hold(pool, hold, details.party_size, now=now)
        open_to = hold is not None or by is not None
        if not seat(registration, pool, details.party_size, though_closed=open_to, places=places):
            registration.status = RegistrationStatus.WAITING
            registration.waiting_since = now
    db.session.add(registration)
    db.session.flush()
    for place in places:
        place.registration_id = registration.id
        db.session.add(place)
    if hold is not None:
        fill_from_waiting(pool, now=now)
    if by is not None:
        audit.record(
            "attendance:registration:entered",
            by=by,
            now=now,
            subject=registration,
            unit_id=event.unit_id,
            name=registration.check_code,
            after={"party_size": details.party_size, "kind": details.kind},
        )
    agree(registration, now=now)
    if owner is None and details.phone:
        _send_ticket(registration, Recipient(details.name, phone=details.phone), now=now)
    bump_counts_after_commit()
    return registration


def _send_ticket(registration: Registration, to: Recipient, *, now: datetime) -> None:
    """Confirm by message where the house sends by itself; the ticket stands on the page in any case."""
    if not reaches(to):
        return
    event = event_with_place(registration.event_id)
    subject, text = messages.ticket_sent(
        event, registration, queries.manage_code_of(registration), called=title_to_say(event, now)
    )
    queue_message(
        key=f"event:{event.id}:ticket:registration:{registration.id}",
        cause="attendance:registration:confirmed",
        to=to,
        subject=subject,
        text=text,
        unit_id=event.unit_id,
        now=now,
    )


def agree(registration: Registration, *, now: datetime) -> None:
    """Note the consent that a form carried, in the wording of today. The registration is stored."""
    db.session.add(
        RegistrationConsent(
            registration_id=registration.id, purpose="kehadiran", text_version=CONSENT_TEXT, given_at=now
        )
    )


def _mark(address: str, *, now: datetime) -> str:
    """A note for the desk when very many come from one network address; nobody is turned away for it."""
    if not address:
        return ""
    since = now - timedelta(hours=1)
    many = attempts_since("attendance", address, since=since, enough=MANY_FROM_ONE_ADDRESS)
    note_attempt("attendance", address, now=now)
    return "alamat_ramai" if many >= MANY_FROM_ONE_ADDRESS else ""


def _shadow(
    registration: Registration,
    owner: Registration,
    pool: SeatPool,
    places: Sequence[SessionPlace],
    *,
    event: Event,
    now: datetime,
) -> None:
    fits = _fits(pool, registration.party_size, places)
    registration.status = RegistrationStatus.DUPLICATE
    registration.shown_as = RegistrationStatus.CONFIRMED if fits else RegistrationStatus.WAITING
    registration.waiting_since = None if fits else now
    registration.duplicate_of_id = owner.id
    event = event_with_place(event.id)
    subject, text = messages.number_used_again(
        owner, queries.manage_code_of(owner), called=title_to_say(event, now)
    )
    queue_message(
        key=f"event:{event.id}:repeat:registration:{owner.id}",
        cause="attendance:registration:repeated",
        to=Recipient(owner.name, phone=queries.phone_of(owner)),
        subject=subject,
        text=text,
        unit_id=event.unit_id,
        now=now,
    )


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
            done = more <= 0 or _fits(pool, more)
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
        free = None if pool.capacity is None else pool.capacity - pool.taken + registration.seats_held
        if not queries.somebody_waits(pool.id, fitting=free):
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
