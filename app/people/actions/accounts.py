"""Making accounts, inviting officers, passwords, putting accounts to rest."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.notify.actions import cancel_messages, queue_message
from app.notify.details import Channel, Recipient
from app.people import messages
from app.people.actions.roles import end_role, grant_role
from app.people.actions.sessions import end_other_sessions
from app.people.details import LeaderStatus, PersonDetails, PersonTag, TokenPurpose
from app.people.models import Leader, Person, PersonToken, RoleAssignment, SignInSession
from app.people.permissions import PeoplePermission
from app.people.queries import find_by_email, find_token, living_roles, people_with, recipient_of
from app.people.rules import limits
from app.regions.models import Unit
from app.regions.queries import find_unit, find_unit_by_slug, main_unit
from app.web.limits import attempts_since, note_attempt


@transactional
def add_person(
    details: PersonDetails,
    *,
    email: str,
    role: Role,
    unit: Unit,
    password_hash: str,
    by: Any = None,
    now: datetime,
) -> Person:
    """Make an account with a role at once (the management command, the sample). A tokoh counts as verified.

    Raises RuleBroken: email_taken, unit_closed.
    """
    person = _create(details, email=email, password_hash=password_hash, by=by, unit_id=unit.id, now=now)
    if role is Role.TOKOH:
        served = find_unit_by_slug(unit.slug)
        codes = [region.code for region in served.districts] if served else []
        db.session.add(
            Leader(
                person_id=person.id,
                unit_id=unit.id,
                district_code=codes[0] if codes else None,
                status=LeaderStatus.VERIFIED,
                asked_at=now,
                decided_at=now,
                decided_by_id=getattr(by, "id", None),
                capacity=details.office,
            )
        )
        db.session.flush()
    grant_role(person, role, unit=unit, by=by, now=now)
    return person


def _create(
    details: PersonDetails, *, email: str, password_hash: str, by: Any, unit_id: int | None, now: datetime
) -> Person:
    if find_by_email(email) is not None:
        raise RuleBroken("email_taken", field="email")
    person = Person(email=email.strip().lower(), password_hash=password_hash, created_at=now)
    _apply(person, details)
    keep_new(person)
    audit.record(
        PersonTag.PERSON_CREATED, by=by, now=now, subject=person, unit_id=unit_id, name=person.full_name
    )
    return person


def keep_new(person: Person) -> None:
    """Add an account; of two made at once for one address the second is refused: RuleBroken("email_taken")."""
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:
        raise RuleBroken("email_taken", field="email") from error


def _apply(person: Person, details: PersonDetails) -> None:
    person.name = details.name
    person.front_titles = details.front_titles
    person.back_titles = details.back_titles
    person.rank = details.rank
    person.office = details.office
    person.phone_sealed = crypto.encrypt(details.phone) if details.phone else None


@transactional
def invite(
    email: str, *, role: Role, unit: Unit, token: str, link: str, by: Person, role_name: str, now: datetime
) -> bool:
    """Invite an officer by a link; gives whether it also leaves by e-mail.

    token is kept as its hash only; link is what the officer opens. Without e-mail nothing is queued: whoever works
    the send-list could otherwise take up the invitation in the officer's place; the admin hands it over.
    Raises RuleBroken: email_taken, unit_closed, role_by_verification.
    """
    if unit.closed_at is not None:
        raise RuleBroken("unit_closed", field="unit_id")
    if role is Role.TOKOH:
        raise RuleBroken("role_by_verification", field="role")
    if find_by_email(email) is not None:
        raise RuleBroken("email_taken", field="email")
    row = PersonToken(
        purpose=TokenPurpose.INVITE,
        token_hash=crypto.token_hash(token),
        email=email,
        role=role,
        unit_id=unit.id,
        created_at=now,
        created_by_id=by.id,
        expires_at=now + limits.INVITATION_GOOD,
    )
    db.session.add(row)
    db.session.flush()
    subject, text = messages.invitation(
        email, unit=unit.name, role=role_name, link=link, days=limits.INVITATION_GOOD.days
    )
    sent = _mail_only(
        key=f"person_token:{row.id}",
        cause=PersonTag.PERSON_INVITED,
        to=Recipient(name=email, email=email),
        subject=subject,
        text=text,
        unit_id=unit.id,
        now=now,
    )
    audit.record(
        PersonTag.PERSON_INVITED,
        by=by,
        now=now,
        unit_id=unit.id,
        name=email,
        after={"role": role.value, "unit": unit.name},
    )
    return sent


def _mail_only(*, key: str, to: Recipient, **message: Any) -> bool:
    """Queue a message that holds a secret link, only when it goes straight to its owner by e-mail."""
    row = queue_message(key=key, to=to, **message)
    if row.channel is Channel.EMAIL:
        return True
    db.session.delete(row)
    db.session.flush()
    return False


@transactional
def withdraw_invitation(row: PersonToken, *, by: Person, now: datetime) -> None:
    """Make an invitation's link void. Raises RuleBroken("link_dead") when it was taken up already."""
    lock(row)
    if row.used_at is not None:
        raise RuleBroken("link_dead")
    row.used_at = now
    cancel_messages(f"person_token:{row.id}")
    audit.record(PersonTag.INVITATION_WITHDRAWN, by=by, now=now, unit_id=row.unit_id, name=row.email)


@transactional
def accept_invitation(token: str, details: PersonDetails, *, password_hash: str, now: datetime) -> Person:
    """Make the invited officer's account. Raises RuleBroken: link_dead, email_taken, unit_closed."""
    row = _living_token(token, TokenPurpose.INVITE, now)
    unit = find_unit(row.unit_id) if row.unit_id else None
    if unit is None or row.role is None:
        raise RuleBroken("link_dead")
    person = _create(details, email=row.email, password_hash=password_hash, by=None, unit_id=unit.id, now=now)
    row.used_at = now
    row.person_id = person.id
    inviter = db.session.get(Person, row.created_by_id) if row.created_by_id else None
    grant_role(person, row.role, unit=unit, by=inviter, now=now)
    audit.record(
        PersonTag.INVITATION_ACCEPTED,
        by=person,
        now=now,
        subject=person,
        unit_id=unit.id,
        name=person.full_name,
    )
    return person


def _living_token(token: str, purpose: TokenPurpose, now: datetime) -> PersonToken:
    row = find_token(token, now)
    if row is None:
        raise RuleBroken("link_dead")
    lock(row)
    if row.used_at is not None or row.purpose != purpose:
        raise RuleBroken("link_dead")
    return row


@transactional
def ask_for_password_link(email: str, *, token: str, link: str, person_link: str, now: datetime) -> None:
    """Send a link to the owner of an account, if there is one; the asker learns nothing either way.

    Without e-mail a leader's link stands on the send-list of the unit; an officer's does not, because a colleague
    who works the list could take the account over: an admin is asked to make one instead. person_link: the
    address of people's pages for the admin. At most a few an hour for one account.
    """
    person = find_by_email(email)
    if person is None or person.deactivated_at is not None:
        return
    if (
        attempts_since("password_link", email, since=now - limits.PASSWORD_LINK_WINDOW)
        >= limits.PASSWORD_LINKS
    ):
        return
    note_attempt("password_link", email, now=now)
    row = _new_password_token(person, token, by_id=None, now=now)
    roles = living_roles(person.id)
    officer = any(assignment.role is not Role.TOKOH for assignment in roles)
    unit_id = roles[0].unit_id if roles else _unit_of_leader(person)
    phone = "" if officer or person.phone_sealed is None else crypto.decrypt(person.phone_sealed)
    hours = int(limits.PASSWORD_LINK_GOOD.total_seconds() // 3600)
    subject, text = messages.password_link(person.full_name, link=link, hours=hours)
    message: dict[str, Any] = {
        "key": f"person_token:{row.id}",
        "cause": PersonTag.PASSWORD_LINK_MADE,
        "to": Recipient(name=person.full_name, email=person.email, phone=phone),
        "subject": subject,
        "text": text,
        "unit_id": unit_id,
        "now": now,
    }
    if not officer:
        queue_message(**message)
    elif not _mail_only(**message):
        row.used_at = now
        _tell_admins(person, unit_id, person_link, now=now)


def _tell_admins(person: Person, unit_id: int | None, person_link: str, *, now: datetime) -> None:
    subject, text = messages.password_wish(person.full_name, link=person_link)
    for admin in people_with(PeoplePermission.MANAGE, unit_id) if unit_id else []:
        queue_message(
            key=f"person:{person.id}:password_wish:{now:%Y%m%d}:person:{admin.id}",
            cause=PersonTag.PASSWORD_LINK_MADE,
            to=recipient_of(admin),
            subject=subject,
            text=text,
            unit_id=unit_id,
            now=now,
        )


def _unit_of_leader(person: Person) -> int | None:
    unit_id = db.session.scalar(select(Leader.unit_id).where(Leader.person_id == person.id))
    if unit_id is None and (main := main_unit()) is not None:
        return main.id
    return unit_id


def _new_password_token(person: Person, token: str, *, by_id: int | None, now: datetime) -> PersonToken:
    row = PersonToken(
        purpose=TokenPurpose.RESET,
        token_hash=crypto.token_hash(token),
        person_id=person.id,
        email=person.email,
        created_at=now,
        created_by_id=by_id,
        expires_at=now + limits.PASSWORD_LINK_GOOD,
    )
    db.session.add(row)
    db.session.flush()
    return row


@transactional
def make_password_link(person: Person, *, token: str, unit_id: int | None, by: Person, now: datetime) -> None:
    """An admin makes a link for somebody who forgot the password and hands it over in person."""
    lock(person)
    if person.deactivated_at is not None:
        raise RuleBroken("deactivated")
    _new_password_token(person, token, by_id=by.id, now=now)
    audit.record(
        PersonTag.PASSWORD_LINK_MADE, by=by, now=now, subject=person, unit_id=unit_id, name=person.full_name
    )


@transactional
def set_password_by_link(token: str, *, password_hash: str, now: datetime) -> Person:
    """Set a new password with a link that is good once; all devices are signed out. Raises RuleBroken("link_dead")."""
    row = _living_token(token, TokenPurpose.RESET, now)
    person = db.session.get(Person, row.person_id)
    if person is None or person.deactivated_at is not None:
        raise RuleBroken("link_dead")
    lock(person)
    person.password_hash = password_hash
    # Every other link to the same account dies with this one.
    db.session.execute(
        update(PersonToken)
        .where(
            PersonToken.person_id == person.id,
            PersonToken.purpose == TokenPurpose.RESET,
            PersonToken.used_at.is_(None),
        )
        .values(used_at=now)
    )
    end_other_sessions(person.id, except_id=None, now=now)
    audit.record(PersonTag.PASSWORD_CHANGED, by=person, now=now, subject=person, name=person.full_name)
    return person


@transactional
def change_password(
    person: Person, *, password_hash: str, device: SignInSession | None, by: Any, now: datetime
) -> None:
    """Set a new password; all devices but this one are signed out."""
    lock(person)
    person.password_hash = password_hash
    end_other_sessions(person.id, except_id=device.id if device else None, now=now)
    audit.record(PersonTag.PASSWORD_CHANGED, by=by, now=now, subject=person, name=person.full_name)


@transactional
def change_own_details(person: Person, details: PersonDetails, *, by: Person, now: datetime) -> None:
    """Change how somebody is called and reached."""
    lock(person)
    names = ("name", "front_titles", "back_titles", "rank", "office")
    before = {name: getattr(person, name) for name in names}
    _apply(person, details)
    old, new = audit.changed(before, {name: getattr(person, name) for name in names})
    audit.record(
        PersonTag.PERSON_CHANGED, by=by, now=now, subject=person, name=person.full_name, before=old, after=new
    )


@transactional
def deactivate(person: Person, *, by: Person, unit_id: int | None, reason: str, now: datetime) -> None:
    """Put an account to rest: all roles end (open work is handed over), all devices are signed out.

    Raises RuleBroken: not_yourself, deactivated, last_admin.
    """
    lock(person)
    if by.id == person.id:
        raise RuleBroken("not_yourself")
    if person.deactivated_at is not None:
        raise RuleBroken("deactivated")
    living = select(RoleAssignment).where(
        RoleAssignment.person_id == person.id, RoleAssignment.ended_at.is_(None)
    )
    for assignment in db.session.scalars(living).all():
        end_role(assignment, by=by, now=now, reason=reason)
    person.deactivated_at = now
    end_other_sessions(person.id, except_id=None, now=now)
    audit.record(
        PersonTag.PERSON_DEACTIVATED,
        by=by,
        now=now,
        subject=person,
        unit_id=unit_id,
        name=person.full_name,
        reason=reason,
    )


@transactional
def reactivate(person: Person, *, by: Person, unit_id: int | None, now: datetime) -> None:
    """Let somebody sign in again; roles are given anew."""
    lock(person)
    person.deactivated_at = None
    audit.record(
        PersonTag.PERSON_REACTIVATED, by=by, now=now, subject=person, unit_id=unit_id, name=person.full_name
    )
