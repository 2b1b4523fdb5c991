"""Registering: a row with its codes, its seats or its place in line, its consent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.attendance import messages, queries
from app.attendance.actions.holds import find_hold, release_expired, use_hold
from app.attendance.actions.seats import (
    event_with_place,
    fill_from_waiting,
    fits,
    locked_pool,
    places_for,
    seat,
)
from app.attendance.details import (
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
    problem_with_registering,
)
from app.core import audit, crypto
from app.core.cache import bump_counts_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.i18n import when
from app.core.text import fold_name, mask_phone
from app.events.models import Event
from app.events.queries import title_to_say
from app.notify.actions import preference_code, queue_message, reaches
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


def _refuse_public(event: Event, pool: SeatPool, *, invited: bool, now: datetime) -> None:
    """Raise RuleBroken with what keeps the public out; who has the link of kept places is no public."""
    problem = problem_with_registering(
        event, is_open=pool.open, opens_at=pool.opens_at, closes_at=pool.closes_at, invited=invited, now=now
    )
    if problem == "registration_not_yet":
        raise RuleBroken(problem, when=when(pool.opens_at, event_with_place(event.id).zone))
    if problem is not None:
        raise RuleBroken(problem)


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
    places = places_for(event, details.session_ids)
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
        send_ticket(registration, Recipient(details.name, phone=details.phone), now=now)
    bump_counts_after_commit()
    return registration


def send_ticket(registration: Registration, to: Recipient, *, now: datetime) -> None:
    """Confirm by message where the house sends by itself; the ticket stands on the page in any case."""
    if not reaches(to):
        return
    event = event_with_place(registration.event_id)
    subject, text = messages.ticket_sent(
        event, registration, queries.manage_code_of(registration), called=title_to_say(event, now)
    )
    queue_message(
        key=f"event:{event.id}:ticket:registration:{registration.id}:{preference_code(to)[:8]}",
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
    has_room = fits(pool, registration.party_size, places)
    registration.status = RegistrationStatus.DUPLICATE
    registration.shown_as = RegistrationStatus.CONFIRMED if has_room else RegistrationStatus.WAITING
    registration.waiting_since = None if has_room else now
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
