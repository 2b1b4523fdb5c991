"""What a pledge is for its reader at a moment, and what may be done with it."""

from datetime import datetime, timedelta
from typing import Protocol

from app.pledges.details import PledgeStatus, Stage

# Phones and their keyed hashes are kept this long after closing (UU 27/2022: no longer than needed).
KEEP_PHONES = timedelta(days=90)
NAMES_PER_PHONE = 2
# After the end only confirmations of signatures given before it are taken, for so long.
GRACE = timedelta(hours=24)


class Timed(Protocol):
    """What these rules ask of a pledge."""

    status: PledgeStatus
    opens_at: datetime | None
    closes_at: datetime | None
    names_candidates: bool
    frozen_at: datetime | None


def stage_of(pledge: Timed, now: datetime, *, quiet: bool) -> Stage:
    """The stage at a moment. quiet: masa tenang or voting day at this moment (see almanac)."""
    paused = pledge.status is PledgeStatus.PAUSED  # then the end moves too
    over = pledge.closes_at is not None and pledge.closes_at <= now and not paused
    if pledge.status is PledgeStatus.CLOSED or over:
        return Stage.CLOSED
    if quiet and pledge.names_candidates:
        return Stage.QUIET
    if paused:
        return Stage.PAUSED
    if pledge.opens_at is not None and pledge.opens_at > now:
        return Stage.COMING
    return Stage.SIGNING


def problem_with_signing(pledge: Timed, now: datetime, *, quiet: bool) -> str | None:
    """Why nobody can sign now, as a refusal code, or None."""
    if pledge.status is PledgeStatus.DRAFT:
        return "pledge_not_open"
    return {
        Stage.CLOSED: "pledge_closed",
        Stage.QUIET: "pledge_quiet",
        Stage.PAUSED: "pledge_paused",
        Stage.COMING: "pledge_not_open",
        Stage.SIGNING: None,
    }[stage_of(pledge, now, quiet=quiet)]


def problem_with_confirming(
    pledge: Timed, now: datetime, *, begun_at: datetime | None, quiet: bool
) -> str | None:
    """Why a signer cannot prove the number now, as a refusal code, or None.

    After the end, and for GRACE, only what was begun before it is finished.
    """
    if pledge.status is PledgeStatus.CLOSED or is_past_grace(pledge, now):
        return "pledge_closed"
    if stage_of(pledge, now, quiet=quiet) is Stage.CLOSED and pledge.closes_at is not None:
        return None if begun_at is not None and begun_at < pledge.closes_at else "pledge_closed"
    return "pledge_quiet" if quiet and pledge.names_candidates else None


def may_revise(pledge: Timed) -> bool:
    """The text may change until the first signature; a closed one is corrected by a new pledge."""
    return pledge.frozen_at is None and pledge.status is not PledgeStatus.CLOSED


def is_past_grace(pledge: Timed, now: datetime) -> bool:
    """Whether the end was so long ago that not even signatures given before it are confirmed any more."""
    if pledge.status is PledgeStatus.PAUSED:
        return False
    return pledge.closes_at is not None and pledge.closes_at + GRACE <= now
