"""The code of the ceremony page: it changes every minute and holds for ten, time to fill in the form."""

from datetime import datetime

EVERY = 60
HOLDS = 10


def slot_of(now: datetime) -> int:
    """The number of the minute."""
    return int(now.timestamp()) // EVERY


def slots_that_hold(now: datetime) -> range:
    """The minutes whose codes are still taken; the newest last."""
    return range(slot_of(now) - HOLDS + 1, slot_of(now) + 1)
