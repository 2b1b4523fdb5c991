"""Work of the records that is done later."""

from datetime import datetime

from app.records.actions import remind_owners


def remind(now: datetime) -> None:
    """Write the reminders of follow-ups that are due."""
    remind_owners(now)
