"""Signatures on paper sheets."""

import os
from datetime import datetime

from app.core import audit, crypto
from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.text import fold_name
from app.people.models import Person
from app.pledges.actions.checks import check_district, check_name, hold_key, log_signing, name_keys
from app.pledges.actions.drafting import freeze
from app.pledges.actions.holding import hold
from app.pledges.details import PaperSigning, PledgeStatus, SignWay
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.rules import log
from app.pledges.rules.states import NAMES_PER_PHONE


@transactional
def enter_paper_signature(
    pledge: Pledge, signing: PaperSigning, *, by: Person | None, now: datetime
) -> PledgeSignature:
    """Enter one line of a paper sheet. Officers are told plainly: already_signed, two_names_a_phone.

    Sheets may still be entered after closing time; not once the list is closed for good.
    """
    check_name(signing.name)
    hold(pledge)
    if pledge.status in {PledgeStatus.DRAFT, PledgeStatus.CLOSED}:
        raise RuleBroken("pledge_closed" if pledge.status is PledgeStatus.CLOSED else "pledge_not_open")
    check_district(signing.district_code)
    if pledge.frozen_at is None:
        freeze(pledge, now=now)
    name_key = fold_name(signing.name)
    phone_hash = None
    if signing.phone:
        phone_hash = crypto.keyed_hash(signing.phone, purpose=f"pledges.phone.{pledge.id}")
        hold_key(f"{pledge.id}:{phone_hash}")
        keys = name_keys(pledge.id, phone_hash)
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
        consent="kertas",
        salt=salt,
        commitment=log.commitment(salt, name=signing.name, phone=signing.phone),
    )
    db.session.add(row)
    log_signing(pledge, row.commitment, way=row.way, district_code=row.district_code, counts=True, now=now)
    audit.record("pledges:signature:entered_from_paper", by=by, now=now, subject=row, unit_id=pledge.unit_id)
    bump_after_commit()
    return row
