"""Who may publish what, and how an item stands at a moment."""

from datetime import datetime, timedelta

from app.news.details import ItemStatus, Stage

GAP = "[LENGKAPI:"
# An editor who forgot to let go does not keep an item for longer.
CHECKED_FOR = timedelta(hours=1)
# Longer than an editor's page is silent between two signs of life.
PRESENT_FOR = timedelta(seconds=75)


def is_being_checked(checking_at: datetime | None, *, now: datetime) -> bool:
    """Whether somebody who began to check an item still has it."""
    return checking_at is not None and now - checking_at < CHECKED_FOR


def has_gap(*texts: str) -> bool:
    """Whether a text still holds a marked gap of a drafted release."""
    return any(GAP in text.upper() for text in texts)


def is_own_submission(*, publisher_id: int, submitted_by_id: int | None, written_by_id: int | None) -> bool:
    """Whoever submitted an item is not the one who publishes it; one never submitted counts as its writer's."""
    return publisher_id == (submitted_by_id if submitted_by_id is not None else written_by_id)


def stage_of(
    status: ItemStatus,
    *,
    now: datetime,
    published_at: datetime | None,
    awaits_approval: bool = False,
    corrected: bool = False,
    valid_until: datetime | None = None,
) -> Stage:
    """How an item is shown to staff: times are compared, no timer has to have run."""
    if status is not ItemStatus.PUBLISHED:
        return {
            ItemStatus.DRAFT: Stage.DRAFT,
            ItemStatus.SUBMITTED: Stage.SUBMITTED,
            ItemStatus.RETURNED: Stage.RETURNED,
            ItemStatus.APPROVED: Stage.APPROVED,
        }.get(status, Stage.WITHDRAWN)
    if awaits_approval:
        return Stage.EMERGENCY
    if published_at is not None and published_at > now:
        return Stage.SCHEDULED
    if valid_until is not None and valid_until <= now:
        return Stage.EXPIRED
    return Stage.CORRECTED if corrected else Stage.PUBLISHED
