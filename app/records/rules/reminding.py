"""When the owner of a follow-up is reminded: two days before its day, and the day after."""

from datetime import date, timedelta

BEFORE = timedelta(days=2)
# Later than this nobody needs a machine to say that a day has passed.
LATEST_AFTER = timedelta(days=14)


def reminder_due(due_on: date | None, today: date, *, before: date | None, after: date | None) -> str:
    """ "before", "after" or "" – each once for a due day. before, after: the days already reminded of."""
    if due_on is None:
        return ""
    if due_on - BEFORE <= today <= due_on and before != due_on:
        return "before"
    if due_on < today <= due_on + LATEST_AFTER and after != due_on:
        return "after"
    return ""


def reminder_key(follow_up_id: int) -> str:
    """How the keys of all reminders of a follow-up begin in the outbox."""
    return f"records:follow-up:{follow_up_id}:"
