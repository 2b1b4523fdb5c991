"""What officers do about one signature: make sure of it, strike it, take that back."""

from datetime import datetime

from app.core import audit
from app.core.cache import bump_after_commit, bump_counts_after_commit
from app.core.database import transactional
from app.core.errors import RuleBroken
from app.people.models import Person
from app.pledges.actions.checks import hold_key, name_keys, pledge_of
from app.pledges.actions.doubts import sort_out
from app.pledges.actions.holding import hold
from app.pledges.actions.sealing import Effect, append_to_log
from app.pledges.details import LeafKind, PledgeStatus, SignWay
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.rules.states import NAMES_PER_PHONE, is_past_grace


@transactional
def confirm(signature: PledgeSignature, way: SignWay, *, by: Person | None, now: datetime) -> None:
    """An officer has made sure of a signature, at the venue or by calling the number.

    Raises signature_struck, signature_sure, way_unfit, pledge_closed.
    """
    if way not in {SignWay.ONSITE, SignWay.ONLINE}:
        raise RuleBroken("way_unfit")
    hold(signature)
    pledge = pledge_of(signature)
    if pledge.status is PledgeStatus.CLOSED or is_past_grace(pledge, now):
        raise RuleBroken("pledge_closed")
    if not signature.is_living:
        raise RuleBroken("signature_struck")
    if signature.way is not SignWay.UNVERIFIED:
        raise RuleBroken("signature_sure")
    make_sure(pledge, signature, way, by=by, now=now)


def make_sure(
    pledge: Pledge, signature: PledgeSignature, way: SignWay, *, by: Person | None, now: datetime
) -> None:
    """The line, the count and the audit entry of a signature that is made sure of; it is held and unverified."""
    effect = Effect(signature.district_code, gains=way, loses=signature.way if signature.counts else None)
    _take_in_again(pledge, signature, now=now)
    signature.way, signature.confirmed_at = way, now
    signature.flagged_at = None
    signature.confirmed_by_id = by.id if by else None
    append_to_log(
        pledge, LeafKind.CONFIRMATION, signature.commitment, {"cara": way.value}, now=now, effect=effect
    )
    audit.record(
        "pledges:signature:confirmed",
        by=by,
        now=now,
        subject=signature,
        unit_id=pledge.unit_id,
        after={"way": way.value},
    )
    bump_counts_after_commit()


@transactional
def strike(signature: PledgeSignature, *, reason: str, by: Person, now: datetime) -> None:
    """Take a signature out of the counts; the row and the log keep that it was there. Raises reason_needed."""
    if not reason.strip():
        raise RuleBroken("reason_needed", field="reason")
    hold(signature)
    pledge = pledge_of(signature)
    if not signature.is_living:
        raise RuleBroken("signature_struck")
    take_out(pledge, signature, now=now)
    signature.struck_at, signature.struck_by_id, signature.strike_reason = now, by.id, reason
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
    pledge = pledge_of(signature)
    if signature.struck_at is None or signature.erased_at is not None:
        raise RuleBroken("signature_not_struck")
    problem = may_live_again(signature)
    if problem:
        raise RuleBroken(problem)
    before = signature.strike_reason
    signature.struck_at, signature.struck_by_id, signature.strike_reason = None, None, ""
    signature.run_id = None
    take_back_in(pledge, signature, now=now)
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


def _take_in_again(pledge: Pledge, signature: PledgeSignature, *, now: datetime) -> None:
    """What was sorted out of the log without its name is put back as such before a line tells of it by name."""
    if signature.sorted_out_at is not None:
        sort_out(pledge, {signature.district_code: -1}, now=now)
        signature.sorted_out_at = None


def take_out(pledge: Pledge, signature: PledgeSignature, *, now: datetime) -> None:
    """The line of a strike. Call it before the signature is marked as struck."""
    _take_in_again(pledge, signature, now=now)
    effect = Effect(signature.district_code, loses=signature.way) if signature.counts else None
    append_to_log(pledge, LeafKind.STRIKE, signature.commitment, {}, now=now, effect=effect)


def take_back_in(pledge: Pledge, signature: PledgeSignature, *, now: datetime) -> None:
    """The line of a strike taken back; an officer has looked, so it is not doubted again."""
    signature.flagged_at = None
    effect = Effect(signature.district_code, gains=signature.way)
    append_to_log(pledge, LeafKind.RESTORATION, signature.commitment, {}, now=now, effect=effect)


def may_live_again(signature: PledgeSignature) -> str | None:
    """Why a struck signature cannot count again since its number has signed meanwhile, or None."""
    if not signature.phone_hash:
        return None
    hold_key(f"{signature.pledge_id}:{signature.phone_hash}")
    keys = name_keys(signature.pledge_id, signature.phone_hash)
    if signature.name_key in keys:
        return "already_signed"
    return "two_names_a_phone" if len(keys) >= NAMES_PER_PHONE else None
