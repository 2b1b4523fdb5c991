"""Signatures of the public: given by phone or on paper, made sure of, struck, erased."""

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core import crypto
from app.core.cache import bump_counts_after_commit
from app.core.database import transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.pledges import messages, queries
from app.pledges.actions.checks import (
    check_name,
    check_open,
    hold_key,
    hold_to_sign,
    insert_signature,
    log_signing,
)
from app.pledges.details import CONSENT, PublicSigning, SignWay
from app.pledges.rules import log
from app.pledges.rules.floods import is_flood
from app.pledges.rules.names import offends

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Receipt:
    """What the signer gets: the secret code of the own link and the public check code."""

    manage_code: str
    check_code: str


def sign_as_public(pledge_id: int, signing: PublicSigning, *, now: datetime) -> Receipt:
    """Sign by phone; counted as not yet verified. The answer is the same for everyone.

    The same submission key gives the same receipt. A number that signed already under this name, or under two
    names, gets a receipt and a line in the log that look like any other, and its owner is told. Such lines, and
    those of a flood from one network, leave the count as a number without names (actions.doubts).
    Raises what is wrong with the name, the kecamatan or the time.
    """
    check_name(signing.name)
    if len(signing.submission_key) < 20:
        raise RuleBroken("submission_unreadable")
    manage = _code_from(f"{pledge_id}:{signing.submission_key}")
    salt = os.urandom(32)
    # All that takes time comes before the transaction, in which others wait.
    values = {
        "pledge_id": pledge_id,
        "name": signing.name,
        "name_key": fold_name(signing.name),
        "phone_sealed": crypto.encrypt(signing.phone),
        "phone_hash": crypto.keyed_hash(signing.phone, purpose=f"pledges.phone.{pledge_id}"),
        "phone_end": signing.phone[-3:],
        "district_code": signing.district_code,
        "shown": signing.shown,
        "submission_key": queries.submission_hash(pledge_id, signing.submission_key),
        "check_code": crypto.new_code(),
        "manage_hash": crypto.token_hash(manage),
        "signed_at": now,
        "consent": CONSENT,
        "network_hash": crypto.keyed_hash(signing.network, purpose="pledges.network")
        if signing.network
        else None,
        "salt": salt,
        "commitment": log.commitment(salt, name=signing.name, phone=signing.phone),
    }
    return Receipt(manage, _put_down(values, signing, now=now))


@transactional
def _put_down(values: dict[str, Any], signing: PublicSigning, *, now: datetime) -> str:
    """Store a signature with its line of the log in as few statements as can be; gives its check code."""
    pledge = hold_to_sign(values["pledge_id"])
    hold_key(f"{pledge.id}:{values['phone_hash']}")
    standing = queries.standing_of(pledge, values, now=now)
    if standing.submitted is not None:
        return standing.submitted
    if standing.is_off:
        raise RuleBroken("pledge_off")
    check_open(pledge, now=now)
    if offends(signing.name, standing.bad_words):
        raise RuleBroken("name_offends", field="name")
    if not standing.in_district:
        raise RuleBroken("district_unknown", field="district_code")
    repeated = standing.repeated(values["name_key"])
    # A code of the ceremony page was shown under an officer's eyes; a further try never counts by it.
    on_site = repeated is None and queries.is_venue_code(pledge.origin, signing.venue, now)
    flood = not on_site and is_flood(today=standing.today, lately=standing.lately)
    way = SignWay.ONSITE if on_site else SignWay.UNVERIFIED
    found = {
        "way": way,
        "confirmed_at": now if on_site else None,
        "repeat_of_id": repeated,
        "flagged_at": now if flood else None,
    }
    if not insert_signature({**values, **found}):
        # The same form arrived twice at once, with another number: whoever came first has signed.
        return queries.check_code_of(pledge.id, values["submission_key"])
    log_signing(
        pledge,
        values["commitment"],
        way=way,
        district_code=signing.district_code,
        counts=repeated is None and not flood,
        now=now,
    )
    if repeated is not None:
        subject, words = messages.repeat_notice(pledge.title)
        queue_message(
            key=f"pledge:{pledge.id}:repeat:{values['phone_hash'][:24]}",
            cause="pledges:signature:repeated",
            to=Recipient(name="", phone=signing.phone),
            subject=subject,
            text=words,
            unit_id=pledge.unit_id,
            now=now,
        )
    bump_counts_after_commit()
    return str(values["check_code"])


def _code_from(secret: str) -> str:
    """A code of 100 bits that follows from a secret, so that only its hash need be kept."""
    number = int(crypto.keyed_hash(secret, purpose="pledges.manage"), 16)
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(20))
