"""How long a proposal may wait for an answer."""

from datetime import datetime, timedelta


def answer_due(submitted_at: datetime, hours: int) -> datetime:
    """Until when the unit has promised an answer."""
    return submitted_at + timedelta(hours=hours)


def is_overdue(submitted_at: datetime, hours: int, now: datetime) -> bool:
    """Whether a proposal has waited longer than its unit promises."""
    return answer_due(submitted_at, hours) <= now
