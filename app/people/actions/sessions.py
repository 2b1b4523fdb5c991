"""Signing in and out, on which devices, and the second factor."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.people.details import PersonTag
from app.people.models import Person, PersonToken, RecoveryCode, SignInSession
from app.people.rules import limits
from app.people.rules.passwords import hash_password, needs_new_hash
from app.people.rules.second_factor import step_of_code
from app.web.limits import attempts_since, forget_attempts, note_attempt

_MINUTES = int(limits.SIGN_IN_WINDOW.total_seconds() // 60)


@transactional
def begin_sign_in(email: str, *, address: str, now: datetime) -> None:
    """Count a try before the password is looked at, so that many at once count too.

    The same for accounts that do not exist. Raises RuleBroken("too_many_attempts").
    """
    since = now - limits.SIGN_IN_WINDOW
    counted = (
        ("sign_in.both", f"{email}|{address}", limits.PER_ACCOUNT_AND_ADDRESS),
        ("sign_in.account", email, limits.PER_ACCOUNT),
        ("sign_in.address", address, limits.PER_ADDRESS),
    )
    if any(attempts_since(subject, who, since=since) >= most for subject, who, most in counted):
        raise RuleBroken("too_many_attempts", minutes=_MINUTES)
    for subject, who, _most in counted:
        note_attempt(subject, who, now=now)


def start_session(
    person: Person, *, device: str, now: datetime, second_factor: bool = False
) -> tuple[SignInSession, str]:
    """A new device of a person (call inside an action); gives the row and the token for the cookie."""
    token = crypto.new_token()
    row = SignInSession(
        person_id=person.id,
        token_hash=crypto.token_hash(token),
        started_at=now,
        seen_at=now,
        device=device[:200],
        second_factor_at=now if second_factor else None,
    )
    db.session.add(row)
    return row, token


@transactional
def sign_in(
    person: Person,
    *,
    address: str,
    device: str,
    now: datetime,
    second_factor: bool = False,
    password: str = "",
) -> str:
    """Let a person in on a device after the password (and code) was right; gives the token for the cookie.

    password: renews the hash when it was made with weaker parameters than today's.
    """
    forget_attempts("sign_in.both", f"{person.email}|{address}")
    if password and needs_new_hash(person.password_hash):
        person.password_hash = hash_password(password)
    _row, token = start_session(person, device=device, now=now, second_factor=second_factor)
    return token


@transactional
def touch_session(device: SignInSession, *, now: datetime) -> None:
    """Remember that a device is still in use."""
    device.seen_at = now


@transactional
def end_session(device: SignInSession, *, now: datetime) -> None:
    """Sign a device out."""
    if device.ended_at is None:
        device.ended_at = now


@transactional
def end_other_sessions(person_id: int, *, except_id: int | None, now: datetime) -> None:
    """Sign a person out everywhere, but on the device that is named."""
    query = update(SignInSession).where(
        SignInSession.person_id == person_id, SignInSession.ended_at.is_(None)
    )
    if except_id is not None:
        query = query.where(SignInSession.id != except_id)
    db.session.execute(query.values(ended_at=now))


@transactional
def note_code_attempt(person: Person, *, now: datetime) -> None:
    """Count a try at the second factor. Raises RuleBroken("too_many_attempts")."""
    who = str(person.id)
    if attempts_since("second_factor", who, since=now - limits.SIGN_IN_WINDOW) >= limits.PER_SECOND_FACTOR:
        raise RuleBroken("too_many_attempts", minutes=_MINUTES)
    note_attempt("second_factor", who, now=now)


@transactional
def confirm_code(person: Person, typed: str, *, now: datetime) -> None:
    """Use up a code of the app or a spare one. Raises RuleBroken("wrong_code")."""
    lock(person)
    if person.totp_sealed is None or person.totp_confirmed_at is None:
        raise RuleBroken("wrong_code", field="code")
    secret = crypto.decrypt(person.totp_sealed)
    step = step_of_code(secret, typed, now=now, last_step=person.totp_last_step)
    if step is not None:
        person.totp_last_step = step
    elif not _use_recovery_code(person, typed, now=now):
        raise RuleBroken("wrong_code", field="code")
    forget_attempts("second_factor", str(person.id))


def _use_recovery_code(person: Person, typed: str, *, now: datetime) -> bool:
    code = db.session.scalar(
        select(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == _hash_of_code(typed),
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    )
    if code is None:
        return False
    code.used_at = now
    audit.record(PersonTag.RECOVERY_CODE_USED, by=person, now=now, subject=person, name=person.full_name)
    return True


def _hash_of_code(typed: str) -> str:
    return crypto.keyed_hash(crypto.read_code(typed), purpose="recovery")


@transactional
def confirm_device(device: SignInSession, *, now: datetime) -> None:
    """Remember that the second factor was shown on this device."""
    device.second_factor_at = now


@transactional
def set_second_factor(
    person: Person, *, device: SignInSession, secret: str, step: int, codes: list[str], now: datetime
) -> None:
    """Enrol the app that knows `secret`; other devices are signed out, old spare codes are void.

    step: the one whose code was just typed; it is used up. codes: the new spare codes in clear.
    """
    lock(person)
    person.totp_sealed = crypto.encrypt(secret)
    person.totp_confirmed_at = now
    person.totp_last_step = step
    device.second_factor_at = now
    _replace_codes(person, codes)
    end_other_sessions(person.id, except_id=device.id, now=now)
    audit.record(PersonTag.SECOND_FACTOR_SET, by=person, now=now, subject=person, name=person.full_name)


@transactional
def renew_recovery_codes(person: Person, codes: list[str], *, now: datetime) -> None:
    """Make all old spare codes void and keep new ones."""
    lock(person)
    _replace_codes(person, codes)
    audit.record(PersonTag.RECOVERY_CODES_RENEWED, by=person, now=now, subject=person, name=person.full_name)


def _replace_codes(person: Person, codes: list[str]) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.add_all(RecoveryCode(person_id=person.id, code_hash=_hash_of_code(code)) for code in codes)


@transactional
def remove_second_factor(person: Person, *, by: Person, unit_id: int | None, now: datetime) -> None:
    """Take the second factor off an account whose telephone was lost; the person enrols anew. Signs out.

    Raises RuleBroken("not_yourself").
    """
    lock(person)
    if by.id == person.id:
        raise RuleBroken("not_yourself")
    person.totp_sealed = person.totp_confirmed_at = person.totp_last_step = None
    _replace_codes(person, [])
    end_other_sessions(person.id, except_id=None, now=now)
    audit.record(
        PersonTag.SECOND_FACTOR_REMOVED,
        by=by,
        now=now,
        subject=person,
        unit_id=unit_id,
        name=person.full_name,
    )


@transactional
def sweep_old_devices(now: datetime) -> None:
    """Drop devices that were signed out or fell idle, and links that expired, a month ago."""
    before = now - timedelta(days=30)
    idle = SignInSession.seen_at < before - limits.SESSION_IDLE
    db.session.execute(delete(SignInSession).where((SignInSession.ended_at < before) | idle))
    db.session.execute(delete(PersonToken).where(PersonToken.expires_at < before))
