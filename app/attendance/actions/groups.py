"""What a group's coordinator and the holder of a ticket put right: names, needs, a part on its own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update

from app.attendance import messages, queries
from app.attendance.actions.changing import held_for_change, take_back_tickets
from app.attendance.actions.registering import agree, members_of, new_registration, send_ticket
from app.attendance.actions.seats import fill_from_waiting, locked_pool
from app.attendance.details import (
    LIVING,
    CorrectionDetails,
    HandOverDetails,
    RegistrationKind,
    SplitDetails,
)
from app.attendance.models import GroupMember, Registration, RegistrationConsent, SessionPlace
from app.core import crypto
from app.core.cache import bump_counts_after_commit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name, mask_phone
from app.events.queries import title_to_say
from app.notify.actions import queue_message
from app.notify.details import Recipient


@transactional
def correct_registration(
    registration: Registration, *, details: CorrectionDetails, now: datetime
) -> Registration:
    """Put name, number, place, needs and a group's names right; seats are not touched.

    Another number is sent the ticket where the house sends by itself. Raises RuleBroken("too_many_names").
    """
    locked_pool(registration.event_id)
    lock(registration)
    if len(details.members) > registration.party_size:
        raise RuleBroken("too_many_names", field="members", party=registration.party_size)
    registration.name, registration.name_folded = details.name, fold_name(details.name)
    registration.district_code = details.district_code or None
    registration.village = details.village
    registration.needs = list(details.needs)
    registration.needs_note = details.needs_note
    if details.phone and details.phone != queries.phone_of(registration):
        _give_number(registration, details.phone)
        take_back_tickets(registration)
        send_ticket(registration, Recipient(details.name, phone=details.phone), now=now)
    if registration.kind is RegistrationKind.GROUP:
        if registration.hold_id is None:
            registration.organisation_name = details.group_name
        replace_members(registration, details.members)
    return registration


def _give_number(registration: Registration, phone: str) -> None:
    """Write another number down. One that lives on the list already is kept for messages only: nobody learns that
    it does, and the desk sees a mark. The event's pool is held.
    """
    known = queries.find_living_by_phone(registration.event_id, phone)
    doubled = known is not None and known.id != registration.id
    registration.phone_sealed, registration.phone_mask = crypto.encrypt(phone), mask_phone(phone)
    registration.phone_hash = None if doubled else queries.phone_hash(phone)
    if doubled or registration.note == "nomor_ganda":
        registration.note = "nomor_ganda" if doubled else ""


def replace_members(registration: Registration, names: Sequence[str]) -> None:
    """Write a group's names anew."""
    db.session.execute(delete(GroupMember).where(GroupMember.registration_id == registration.id))
    for member in members_of(names):
        member.registration_id = registration.id
        db.session.add(member)


@transactional
def hand_over(registration: Registration, *, details: HandOverDetails, now: datetime) -> Registration:
    """Give a ticket with its seats to somebody else: new codes, so that the old link and QR end.

    The new holder is told.
    """
    pool, event = held_for_change(registration, now=now)
    if (registration.shown_as or registration.status) not in LIVING:
        raise RuleBroken("registration_cancelled")
    fresh = new_registration(pool, name=details.name, phone=details.phone, now=now)
    for name in (
        "check_code",
        "manage_hash",
        "manage_sealed",
        "name",
        "name_folded",
    ):
        setattr(registration, name, getattr(fresh, name))
    _give_number(registration, details.phone)
    registration.submission_hash = None
    registration.confirm_by = None
    db.session.execute(
        update(RegistrationConsent)
        .where(
            RegistrationConsent.registration_id == registration.id, RegistrationConsent.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=now)
    )
    agree(registration, now=now)
    take_back_tickets(registration)
    code, called = queries.manage_code_of(registration), title_to_say(event, now)
    subject, text = messages.ticket_handed_over(event, registration, code, called=called)
    queue_message(
        key=f"event:{event.id}:handed:registration:{registration.id}:{registration.check_code}",
        cause="attendance:registration:handed_over",
        to=Recipient(registration.name, phone=details.phone),
        subject=subject,
        text=text,
        unit_id=event.unit_id,
        now=now,
    )
    return registration


@transactional
def split_group(registration: Registration, *, details: SplitDetails, now: datetime) -> Registration:
    """Give a part of a group a ticket of its own; its seats go along, nobody loses one.

    Of a group that waits, a half that fits where the whole did not is seated at once. The part is a group too, so
    its number need not be unlike others'. Raises RuleBroken("split_too_large", field="party_size"),
    ("registration_cancelled"), ("too_many_names") and what a change of a ticket raises.
    """
    pool, _event = held_for_change(registration, now=now)
    if (registration.shown_as or registration.status) not in LIVING:
        raise RuleBroken("registration_cancelled")
    if not 1 <= details.party_size < registration.party_size:
        raise RuleBroken("split_too_large", field="party_size", party=registration.party_size - 1)
    if len(details.members) > details.party_size:
        raise RuleBroken("too_many_names", field="members", party=details.party_size)
    left = queries.names_of(registration)
    for name in details.members:
        if name in left:  # two of a group may bear one name
            left.remove(name)
    remaining = registration.party_size - details.party_size
    replace_members(registration, left[:remaining])
    moved = details.party_size if registration.seats_held else 0
    part = new_registration(
        pool,
        name=details.name,
        phone=details.phone,
        now=now,
        kind=RegistrationKind.GROUP,
        channel=registration.channel,
        status=registration.status,
        shown_as=registration.shown_as,
        duplicate_of_id=registration.duplicate_of_id,
        party_size=details.party_size,
        seats_held=moved,
        district_code=registration.district_code,
        village=registration.village,
        organisation_name=registration.organisation_name,
        hold_id=registration.hold_id,
        split_from_id=registration.id,
        outside_capacity=registration.outside_capacity,
        waiting_since=registration.waiting_since,
        members=members_of(details.members),
    )
    registration.party_size = remaining
    registration.seats_held -= moved
    db.session.add(part)
    db.session.flush()
    for place in queries.places_of(registration.id):
        place.seats_held -= moved
        db.session.add(SessionPlace(registration_id=part.id, pool_id=place.pool_id, seats_held=moved))
    agree(part, now=now)
    fill_from_waiting(pool, now=now)
    bump_counts_after_commit()
    return part
