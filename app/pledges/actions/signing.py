"""Signatures of the public: given by phone or on paper, made sure of, struck, erased."""

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select, text, update

from app.core import audit, crypto
from app.core.cache import bump_after_commit
from app.core.database import db, is_sqlite, transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.people.models import Person
from app.pledges import messages, queries
from app.pledges.actions.drafting import freeze
from app.pledges.actions.holding import hold
from app.pledges.actions.sealing import append_to_log
from app.pledges.details import CONSENT, LeafKind, PaperSigning, PledgeStatus, PublicSigning, SignWay
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.rules import log
from app.pledges.rules.names import problem_with_name
from app.pledges.rules.states import KEEP_PHONES, NAMES_PER_PHONE, problem_with_signing
from app.regions.details import RegionLevel
from app.regions.models import Region

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Receipt:
    """What the signer gets: the secret code of the own link and the public check code."""

    manage_code: str
    check_code: str


@transactional
def sign_as_public(pledge: Pledge, signing: PublicSigning, *, now: datetime) -> Receipt:
    """Sign by phone; counted as not yet verified. The answer is the same for everyone.

    The same submission key gives the same receipt. A number that signed already under this name, or under two
    names, gets a receipt that looks like any other and its owner is told. It counts nowhere and is no line of
    the log, so that whoever counts the lines from outside comes to the counts of the page.
    Raises what is wrong with the name, the kecamatan or the time.
    """
    _check_name(signing.name)
    if len(signing.submission_key) < 20:
        raise RuleBroken("submission_unreadable")
    submission = crypto.keyed_hash(f"{pledge.id}:{signing.submission_key}", purpose="pledges.submission")
    manage = _code_from(f"{pledge.id}:{signing.submission_key}")
    _hold(f"{pledge.id}:{submission}")
    known = db.session.scalar(
        select(PledgeSignature.check_code).where(
            PledgeSignature.pledge_id == pledge.id, PledgeSignature.submission_key == submission
        )
    )
    if known is not None:
        return Receipt(manage, known)
    _hold_open(pledge, now=now)
    _check_district(signing.district_code)
    phone_hash = crypto.keyed_hash(signing.phone, purpose=f"pledges.phone.{pledge.id}")
    _hold(f"{pledge.id}:{phone_hash}")
    name_key = fold_name(signing.name)
    repeated = _repeated(pledge.id, phone_hash, name_key)
    salt = os.urandom(32)
    row = PledgeSignature(
        pledge_id=pledge.id,
        name=signing.name,
        name_key=name_key,
        phone_sealed=crypto.encrypt(signing.phone),
        phone_hash=phone_hash,
        phone_end=signing.phone[-3:],
        district_code=signing.district_code,
        shown=signing.shown,
        way=SignWay.UNVERIFIED,
        submission_key=submission,
        check_code=crypto.new_code(),
        manage_hash=crypto.token_hash(manage),
        signed_at=now,
        repeat_of_id=repeated,
        consent=CONSENT,
        network_hash=crypto.keyed_hash(signing.network, purpose="pledges.network")
        if signing.network
        else None,
        salt=salt,
        commitment=log.commitment(salt, name=signing.name, phone=signing.phone),
    )
    db.session.add(row)
    if repeated is None:
        _log_signing(pledge, row, now=now)
    else:
        subject, words = messages.repeat_notice(pledge.title)
        queue_message(
            key=f"pledge:{pledge.id}:repeat:{phone_hash[:24]}",
            cause="pledges:signature:repeated",
            to=Recipient(name="", phone=signing.phone),
            subject=subject,
            text=words,
            unit_id=pledge.unit_id,
            now=now,
        )
    db.session.flush()
    bump_after_commit()
    return Receipt(manage, row.check_code)


@transactional
def enter_paper_signature(
    pledge: Pledge, signing: PaperSigning, *, by: Person | None, now: datetime
) -> PledgeSignature:
    """Enter one line of a paper sheet. Officers are told plainly: already_signed, two_names_a_phone.

    Sheets may still be entered after closing time; not once the list is closed for good.
    """
    _check_name(signing.name)
    hold(pledge)
    if pledge.status in {PledgeStatus.DRAFT, PledgeStatus.CLOSED}:
        raise RuleBroken("pledge_closed" if pledge.status is PledgeStatus.CLOSED else "pledge_not_open")
    _check_district(signing.district_code)
    if pledge.frozen_at is None:
        freeze(pledge, now=now)
    name_key = fold_name(signing.name)
    phone_hash = None
    if signing.phone:
        phone_hash = crypto.keyed_hash(signing.phone, purpose=f"pledges.phone.{pledge.id}")
        _hold(f"{pledge.id}:{phone_hash}")
        keys = _name_keys(pledge.id, phone_hash)
        if name_key in keys:
            raise RuleBroken("already_signed", field="phone")
        if len(keys) >= NAMES_PER_PHONE:
            raise RuleBroken("two_names_a_phone", field="phone")
    salt = os.urandom(32)
    row = PledgeSignature(
        pledge_id=pledge.id,
        name=signing.name,
        name_key=name_key,
        phone_sealed=crypto.encrypt(signing.phone) if signing.phone else None,
        phone_hash=phone_hash,
        phone_end=signing.phone[-3:],
        district_code=signing.district_code,
        shown=signing.shown,
        way=SignWay.PAPER,
        check_code=crypto.new_code(),
        signed_at=now,
        confirmed_at=now,
        confirmed_by_id=by.id if by else None,
        sheet=signing.sheet,
        consent="kertas",
        salt=salt,
        commitment=log.commitment(salt, name=signing.name, phone=signing.phone),
    )
    db.session.add(row)
    _log_signing(pledge, row, now=now)
    audit.record(
        "pledges:signature:entered_from_paper",
        by=by,
        now=now,
        subject=row,
        unit_id=pledge.unit_id,
        after={"sheet": signing.sheet},
    )
    bump_after_commit()
    return row


@transactional
def confirm(signature: PledgeSignature, way: SignWay, *, by: Person | None, now: datetime) -> None:
    """An officer has made sure of a signature, at the venue or by calling the number.

    Raises signature_struck, way_unfit, pledge_closed.
    """
    if way not in {SignWay.ONSITE, SignWay.ONLINE}:
        raise RuleBroken("way_unfit")
    hold(signature)
    pledge = _pledge_of(signature)
    if pledge.status is PledgeStatus.CLOSED:
        raise RuleBroken("pledge_closed")
    if not signature.is_living:
        raise RuleBroken("signature_struck")
    if signature.way is not SignWay.UNVERIFIED:
        raise RuleBroken("pledge_state_unfit")
    signature.way, signature.confirmed_at = way, now
    signature.confirmed_by_id = by.id if by else None
    append_to_log(pledge, LeafKind.CONFIRMATION, signature.commitment, {"cara": way.value}, now=now)
    audit.record(
        "pledges:signature:confirmed",
        by=by,
        now=now,
        subject=signature,
        unit_id=pledge.unit_id,
        after={"way": way.value},
    )
    bump_after_commit()


@transactional
def strike(signature: PledgeSignature, *, reason: str, by: Person, now: datetime) -> None:
    """Take a signature out of the counts; the row and the log keep that it was there. Raises reason_needed."""
    if not reason.strip():
        raise RuleBroken("reason_needed", field="reason")
    hold(signature)
    pledge = _pledge_of(signature)
    if not signature.is_living:
        raise RuleBroken("signature_struck")
    signature.struck_at, signature.struck_by_id, signature.strike_reason = now, by.id, reason
    append_to_log(pledge, LeafKind.STRIKE, signature.commitment, {}, now=now)
    audit.record(
        "pledges:signature:struck", by=by, now=now, subject=signature, unit_id=pledge.unit_id, reason=reason
    )
    bump_after_commit()


@transactional
def restore(signature: PledgeSignature, *, reason: str, by: Person, now: datetime) -> None:
    """Take back an officer's strike. Raises reason_needed, signature_not_struck, and already_signed or
    two_names_a_phone when the number has signed again meanwhile.
    """
    if not reason.strip():
        raise RuleBroken("reason_needed", field="reason")
    hold(signature)
    pledge = _pledge_of(signature)
    if signature.struck_at is None or signature.erased_at is not None:
        raise RuleBroken("signature_not_struck")
    if signature.phone_hash:
        _hold(f"{pledge.id}:{signature.phone_hash}")
        keys = _name_keys(pledge.id, signature.phone_hash)
        if signature.name_key in keys:
            raise RuleBroken("already_signed")
        if len(keys) >= NAMES_PER_PHONE:
            raise RuleBroken("two_names_a_phone")
    before = signature.strike_reason
    signature.struck_at, signature.struck_by_id, signature.strike_reason = None, None, ""
    append_to_log(pledge, LeafKind.RESTORATION, signature.commitment, {}, now=now)
    audit.record(
        "pledges:signature:restored",
        by=by,
        now=now,
        subject=signature,
        unit_id=pledge.unit_id,
        before={"strike_reason": before},
        reason=reason,
    )
    bump_after_commit()


@transactional
def erase_own_signature(signature: PledgeSignature, *, now: datetime) -> None:
    """Take one's own signature back and have name, phone and salt deleted; the log keeps an empty commitment."""
    hold(signature)
    if signature.erased_at is not None:
        return
    if signature.is_living:
        signature.struck_at, signature.strike_reason = now, "dicabut sendiri"
    pledge = _pledge_of(signature)
    if signature.repeat_of_id is None:
        append_to_log(pledge, LeafKind.ERASURE, signature.commitment, {}, now=now)
    signature.name, signature.name_key, signature.shown = "", "", False
    signature.phone_sealed = signature.phone_hash = signature.salt = signature.network_hash = None
    signature.phone_end = ""
    signature.erased_at = now
    audit.record("pledges:signature:erased", by=None, now=now, subject=signature, unit_id=pledge.unit_id)
    bump_after_commit()


@transactional
def sweep_phones(now: datetime) -> int:
    """Delete phones and their keyed hashes 90 days after closing (ruling 24); how many rows."""
    ended = select(Pledge.id).where(
        (Pledge.closed_at < now - KEEP_PHONES)
        | (Pledge.closed_at.is_(None) & Pledge.paused_at.is_(None) & (Pledge.closes_at < now - KEEP_PHONES))
    )
    result = db.session.execute(
        update(PledgeSignature)
        .where(
            PledgeSignature.pledge_id.in_(ended),
            PledgeSignature.phone_sealed.is_not(None) | PledgeSignature.network_hash.is_not(None),
        )
        .values(phone_sealed=None, phone_hash=None, phone_end="", network_hash=None, salt=None)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


def _hold_open(pledge: Pledge, *, now: datetime) -> None:
    """Make sure that signing is allowed, and that nobody closes or rewrites the pledge until commit.

    The first signature takes the row for itself to freeze the text; later ones only share it, so that they do
    not wait for each other.
    """
    hold(pledge, shared=pledge.frozen_at is not None)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    problem = problem_with_signing(pledge, now, quiet=quiet)
    if problem:
        raise RuleBroken(problem)
    if pledge.frozen_at is None:
        freeze(pledge, now=now)


def _hold(what: str) -> None:
    """Let only one transaction at a time decide about `what`. SQLite has one writer anyway."""
    if not is_sqlite():
        number = int.from_bytes(sha256(what.encode()).digest()[:8], "big", signed=True)
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _repeated(pledge_id: int, phone_hash: str, name_key: str) -> int | None:
    """The living signature that a further try by this number repeats, or None when it may count."""
    rows = db.session.execute(
        select(PledgeSignature.id, PledgeSignature.name_key)
        .where(
            PledgeSignature.pledge_id == pledge_id,
            PledgeSignature.phone_hash == phone_hash,
            PledgeSignature.struck_at.is_(None),
            PledgeSignature.repeat_of_id.is_(None),
        )
        .order_by(PledgeSignature.id)
    ).all()
    same = [row.id for row in rows if row.name_key == name_key]
    if same:
        return int(same[0])
    return int(rows[0].id) if len(rows) >= NAMES_PER_PHONE else None


def _name_keys(pledge_id: int, phone_hash: str) -> list[str]:
    return list(
        db.session.scalars(
            select(PledgeSignature.name_key).where(
                PledgeSignature.pledge_id == pledge_id,
                PledgeSignature.phone_hash == phone_hash,
                PledgeSignature.struck_at.is_(None),
                PledgeSignature.repeat_of_id.is_(None),
            )
        )
    )


def _log_signing(pledge: Pledge, row: PledgeSignature, *, now: datetime) -> None:
    values: dict[str, object] = {"cara": row.way.value, "kecamatan": row.district_code}
    append_to_log(pledge, LeafKind.SIGNATURE, row.commitment, values, now=now)


def _pledge_of(signature: PledgeSignature) -> Pledge:
    return db.session.get_one(Pledge, signature.pledge_id)


def _check_name(name: str) -> None:
    problem = problem_with_name(name)
    if problem:
        raise RuleBroken(problem, field="name")


def _check_district(code: str) -> None:
    known = db.session.scalar(
        select(func.count()).where(Region.code == code, Region.level == RegionLevel.DISTRICT)
    )
    if not known:
        raise RuleBroken("district_unknown", field="district_code")


def _code_from(secret: str) -> str:
    """A code of 100 bits that follows from a secret, so that only its hash need be kept."""
    number = int(crypto.keyed_hash(secret, purpose="pledges.manage"), 16)
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(20))
