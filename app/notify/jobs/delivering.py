"""The job that hands one message to its channel."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core.database import db
from app.core.jobs import WAITS, TryLater
from app.notify import actions
from app.notify.details import Channel, MessageStatus
from app.notify.jobs.channels import LogChannel, Refused, Way
from app.notify.models import OutboxMessage

_ways: dict[Channel, Way] = {Channel.LOG: LogChannel()}


def use_channels(ways: Mapping[Channel, Way]) -> None:
    """Say which channels this installation has, besides the log."""
    _ways.clear()
    _ways.update({Channel.LOG: LogChannel(), **ways})


def deliver(payload: dict[str, Any], *, now: datetime) -> None:
    """Send one message. The network is spoken to outside any transaction.

    A refusal for good, or the last of the growing waits, puts the message among the failed, where staff see it.
    """
    message = db.session.get(OutboxMessage, payload["message_id"])
    if message is None or message.status is not MessageStatus.WAITING:
        return
    db.session.expunge(message)
    db.session.rollback()
    message_id, attempts = message.id, message.attempts
    try:
        way = _ways.get(message.channel)
        if way is None:
            raise TryLater(f"no channel {message.channel}")
        way.send(message)
    except Refused as refusal:
        _note(message_id, str(refusal), for_good=True)
    except TryLater as later:
        last = attempts >= len(WAITS)
        _note(message_id, str(later), for_good=last)
        if not last:
            raise
    else:
        sent = db.session.get(OutboxMessage, message_id)
        if sent is not None:
            actions.mark_delivered(sent, now=now)


def _note(message_id: int, error: str, *, for_good: bool) -> None:
    message = db.session.get(OutboxMessage, message_id)
    if message is not None:
        actions.note_failed_try(message, error=error, for_good=for_good)
