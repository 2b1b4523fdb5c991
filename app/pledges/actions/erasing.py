"""Deleting what is personal: at the signer's wish, and when its time is over."""

from datetime import datetime

from sqlalchemy import Select, delete, select, update

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.notify.actions import cancel_messages
from app.pledges.actions.checks import pledge_of
from app.pledges.actions.holding import hold
from app.pledges.actions.sealing import Effect, append_to_log
from app.pledges.details import LeafKind
from app.pledges.models import Pledge, PledgeCode, PledgeSheet, PledgeSheetReading, PledgeSignature
from app.pledges.rules.states import KEEP_PHONES


@transactional
def erase_own_signature(signature: PledgeSignature, *, now: datetime) -> None:
    """Take one's own signature back and have name, phone and salt deleted; the log keeps an empty commitment."""
    hold(signature)
    if signature.erased_at is not None:
        return
    pledge = pledge_of(signature)
    if signature.sorted_out_at is None:
        effect = Effect(signature.district_code, loses=signature.way) if signature.counts else None
        append_to_log(pledge, LeafKind.ERASURE, signature.commitment, {}, now=now, effect=effect)
    if signature.struck_at is None:
        signature.struck_at, signature.strike_reason = now, "dicabut sendiri"
    signature.name, signature.name_key, signature.shown = "", "", False
    signature.phone_sealed = signature.phone_hash = signature.salt = signature.network_hash = None
    signature.phone_end = ""
    signature.erased_at = now
    db.session.execute(delete(PledgeCode).where(PledgeCode.signature_id == signature.id))
    cancel_messages(f"pledge:{pledge.id}:code:{signature.id}:")
    audit.record("pledges:signature:erased", by=None, now=now, subject=signature, unit_id=pledge.unit_id)
    bump_after_commit()


@transactional
def sweep_phones(now: datetime) -> int:
    """Delete phones and their keyed hashes 90 days after closing (ruling 24); how many rows."""
    ended = select(Pledge.id).where(
        (Pledge.closed_at < now - KEEP_PHONES)
        | (Pledge.closed_at.is_(None) & Pledge.paused_at.is_(None) & (Pledge.closes_at < now - KEEP_PHONES))
    )
    old = select(PledgeSignature.id).where(PledgeSignature.pledge_id.in_(ended))
    db.session.execute(
        delete(PledgeCode)
        .where(PledgeCode.signature_id.in_(old))
        .execution_options(synchronize_session=False)
    )
    _forget_sheets(ended)
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


def _forget_sheets(ended: Select[int]) -> None:
    """Scans and readings hold names and numbers too."""
    sheets = select(PledgeSheet.id).where(PledgeSheet.pledge_id.in_(ended))
    for statement in (
        delete(PledgeSheetReading).where(PledgeSheetReading.sheet_id.in_(sheets)),
        update(PledgeSheet)
        .where(PledgeSheet.pledge_id.in_(ended), PledgeSheet.scan_sealed.is_not(None))
        .values(scan_sealed=None),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
