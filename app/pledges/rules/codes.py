"""Codes by which a signer proves the number: how long one holds, how often it is sent and tried."""

from datetime import datetime, timedelta
from typing import Protocol

HOLDS = timedelta(minutes=30)
MOST_TRIES = 5
MOST_CODES = 3
AGAIN_AFTER = timedelta(minutes=1)
# To one number in a day, whatever it is for: nobody's phone rings all day because somebody else types its number.
MOST_A_DAY = 6
A_DAY = timedelta(days=1)


class Sent(Protocol):
    """What these rules ask of a code that was sent."""

    sent_at: datetime
    codes: int
    tries: int


def may_send(sent: Sent | None, now: datetime) -> bool:
    """Whether a first or a further code may go out."""
    return sent is None or (sent.codes < MOST_CODES and sent.sent_at + AGAIN_AFTER <= now)


def may_try(sent: Sent, now: datetime) -> bool:
    """Whether what is typed now can still be right."""
    return sent.tries < MOST_TRIES and now < sent.sent_at + HOLDS
