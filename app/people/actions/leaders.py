"""Leaders: signing up, being vouched for or not."""

from datetime import datetime

from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.notify.actions import queue_message
from app.people import messages
from app.people.actions.accounts import keep_new
from app.people.actions.roles import grant_role
from app.people.details import LeaderStatus, PersonTag, SignUpDetails
from app.people.models import Leader, Organisation, Person
from app.people.queries import find_by_email, recipient_of
from app.people.rules import limits
from app.regions.details import RegionLevel
from app.regions.models import Unit
from app.regions.queries import find_region, unit_serving
from app.web.limits import attempts_since, note_attempt


@transactional
def sign_up_leader(details: SignUpDetails, *, sign_in_link: str, now: datetime) -> Unit:
    """Put a leader's own entry on the list of the station that serves the kecamatan; gives that station.

    An address that has an account already gets a message instead, and the caller the same answer.
    Raises RuleBroken: unknown_district, no_unit.
    """
    district = find_region(details.district_code)
    if district is None or district.level is not RegionLevel.DISTRICT:
        raise RuleBroken("unknown_district", field="district_code")
    unit = unit_serving(district.code)
    if unit is None:
        raise RuleBroken("no_unit", field="district_code")
    known = find_by_email(details.email)
    if known is not None:
        _tell_owner(known, unit, sign_in_link, now=now)
        return unit
    given = details.person
    person = Person(
        name=given.name,
        front_titles=given.front_titles,
        back_titles=given.back_titles,
        office=given.office,
        email=details.email,
        phone_sealed=crypto.encrypt(given.phone) if given.phone else None,
        password_hash=details.password_hash,
        created_at=now,
    )
    keep_new(person)
    db.session.add(
        Leader(
            person_id=person.id,
            organisation_name=details.organisation_name,
            capacity=details.capacity,
            unit_id=unit.id,
            district_code=district.code,
            status=LeaderStatus.WAITING,
            asked_at=now,
        )
    )
    audit.record(
        PersonTag.LEADER_SIGNED_UP, by=person, now=now, subject=person, unit_id=unit.id, name=person.full_name
    )
    return unit


def _tell_owner(person: Person, unit: Unit, link: str, *, now: datetime) -> None:
    since = now - limits.PASSWORD_LINK_WINDOW
    if attempts_since("sign_up", person.email, since=since) >= limits.PASSWORD_LINKS:
        return
    note_attempt("sign_up", person.email, now=now)
    subject, text = messages.sign_up_of_known_address(person.full_name, link=link)
    queue_message(
        key=f"person:{person.id}:signed_up_again:{now:%Y%m%d}",
        cause=PersonTag.LEADER_SIGNED_UP,
        to=recipient_of(person),
        subject=subject,
        text=text,
        unit_id=unit.id,
        now=now,
    )


@transactional
def verify_leader(
    leader: Leader, *, organisation_id: int | None, link: str, by: Person, now: datetime
) -> None:
    """Vouch for a leader: the role tokoh at the station begins, and the leader is told.

    organisation_id: the one of the list that was meant, None when there is none. A refused one may be taken back.
    Raises RuleBroken: already_decided, deactivated.
    """
    lock(leader)
    if leader.status is LeaderStatus.VERIFIED:
        raise RuleBroken("already_decided")
    organisation = db.session.get(Organisation, organisation_id) if organisation_id else None
    leader.status = LeaderStatus.VERIFIED
    leader.organisation_id = organisation.id if organisation else None
    leader.decided_at, leader.decided_by_id, leader.decision_note = now, by.id, ""
    person = db.session.get_one(Person, leader.person_id)
    unit = db.session.get_one(Unit, leader.unit_id)
    db.session.flush()
    grant_role(person, Role.TOKOH, unit=unit, by=by, now=now)
    audit.record(
        PersonTag.LEADER_VERIFIED, by=by, now=now, subject=leader, unit_id=unit.id, name=person.full_name
    )
    subject, text = messages.leader_verified(person.full_name, unit=unit.name, link=link)
    queue_message(
        key=f"leader:{leader.id}:verified:{now:%Y%m%d%H%M}",
        cause=PersonTag.LEADER_VERIFIED,
        to=recipient_of(person),
        subject=subject,
        text=text,
        unit_id=unit.id,
        now=now,
    )


@transactional
def refuse_leader(leader: Leader, *, note: str, by: Person, now: datetime) -> None:
    """Not vouch for a leader, with a note that the leader reads. Raises RuleBroken: already_decided, note_missing."""
    lock(leader)
    if leader.status is not LeaderStatus.WAITING:
        raise RuleBroken("already_decided")
    if not note:
        raise RuleBroken("note_missing", field="note")
    leader.status = LeaderStatus.REFUSED
    leader.decided_at, leader.decided_by_id, leader.decision_note = now, by.id, note
    person = db.session.get_one(Person, leader.person_id)
    unit = db.session.get_one(Unit, leader.unit_id)
    audit.record(
        PersonTag.LEADER_REFUSED,
        by=by,
        now=now,
        subject=leader,
        unit_id=unit.id,
        name=person.full_name,
        reason=note,
    )
    subject, text = messages.leader_refused(person.full_name, unit=unit.name, note=note)
    queue_message(
        key=f"leader:{leader.id}:refused:{now:%Y%m%d%H%M}",
        cause=PersonTag.LEADER_REFUSED,
        to=recipient_of(person),
        subject=subject,
        text=text,
        unit_id=unit.id,
        now=now,
    )
