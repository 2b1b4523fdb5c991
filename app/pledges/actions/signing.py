"""Signatures of the public: given by phone or on paper, made sure of, struck, erased."""

import os
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from app.core import crypto
from app.core.cache import bump_counts_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.pledges import messages, queries
from app.pledges.actions.checks import check_district, check_name, hold_key, hold_open, log_signing
from app.pledges.details import CONSENT, PublicSigning, SignWay, Switch
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.rules import log
from app.pledges.rules.floods import BURST_WITHIN, SUSTAINED, SUSTAINED_WITHIN, is_flood
from app.pledges.rules.names import offends
from app.pledges.rules.states import NAMES_PER_PHONE

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
    names, gets a receipt and a line in the log that look like any other, and its owner is told. Such lines, and
    those of a flood from one network, leave the count as a number without names (actions.doubts).
    Raises what is wrong with the name, the kecamatan or the time.
    """
    check_name(signing.name)
    if len(signing.submission_key) < 20:
        raise RuleBroken("submission_unreadable")
    submission = queries.submission_hash(pledge.id, signing.submission_key)
    manage = _code_from(f"{pledge.id}:{signing.submission_key}")
    hold_key(f"{pledge.id}:{submission}")
    known = queries.find_submitted(pledge.id, signing.submission_key)
    if known is not None:
        return Receipt(manage, known)
    if Switch.SIGNING in queries.switched_off():
        raise RuleBroken("pledge_off")
    hold_open(pledge, now=now)
    if offends(signing.name, queries.bad_words(pledge.unit_id)):
        raise RuleBroken("name_offends", field="name")
    check_district(signing.district_code)
    phone_hash = crypto.keyed_hash(signing.phone, purpose=f"pledges.phone.{pledge.id}")
    hold_key(f"{pledge.id}:{phone_hash}")
    name_key = fold_name(signing.name)
    repeated = _repeated(pledge.id, phone_hash, name_key)
    # A code of the ceremony page was shown under an officer's eyes; a further try never counts by it.
    on_site = repeated is None and queries.is_venue_code(pledge.origin, signing.venue, now)
    salt = os.urandom(32)
    network = crypto.keyed_hash(signing.network, purpose="pledges.network") if signing.network else None
    row = PledgeSignature(
        pledge_id=pledge.id,
        name=signing.name,
        name_key=name_key,
        phone_sealed=crypto.encrypt(signing.phone),
        phone_hash=phone_hash,
        phone_end=signing.phone[-3:],
        district_code=signing.district_code,
        shown=signing.shown,
        way=SignWay.ONSITE if on_site else SignWay.UNVERIFIED,
        confirmed_at=now if on_site else None,
        submission_key=submission,
        check_code=crypto.new_code(),
        manage_hash=crypto.token_hash(manage),
        signed_at=now,
        repeat_of_id=repeated,
        consent=CONSENT,
        network_hash=network,
        flagged_at=now if not on_site and _is_flood(pledge.id, network, now=now) else None,
        salt=salt,
        commitment=log.commitment(salt, name=signing.name, phone=signing.phone),
    )
    db.session.add(row)
    log_signing(pledge, row, now=now)
    if repeated is not None:
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
    bump_counts_after_commit()
    return Receipt(manage, row.check_code)


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


def _is_flood(pledge_id: int, network: str | None, *, now: datetime) -> bool:
    if network is None:
        return False
    # No more rows than decide are read, however many came from one network.
    newest = (
        select(PledgeSignature.signed_at)
        .where(
            PledgeSignature.pledge_id == pledge_id,
            PledgeSignature.network_hash == network,
            PledgeSignature.signed_at > now - SUSTAINED_WITHIN,
        )
        .order_by(PledgeSignature.signed_at.desc())
        .limit(SUSTAINED)
        .subquery()
    )
    lately = newest.c.signed_at > now - BURST_WITHIN
    row = db.session.execute(select(func.count(), func.count(case((lately, 1)))).select_from(newest)).one()
    return is_flood(today=row[0], lately=row[1])


def _code_from(secret: str) -> str:
    """A code of 100 bits that follows from a secret, so that only its hash need be kept."""
    number = int(crypto.keyed_hash(secret, purpose="pledges.manage"), 16)
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(20))
