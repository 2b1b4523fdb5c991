"""The job that hands one message to its channel."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.core.database import db
from app.core.i18n import DEFAULT_ZONE
from app.core.jobs import WAITS, Postpone, TryLater
from app.notify import actions, queries
from app.notify.details import Channel, MessageStatus
from app.notify.jobs.channels import Gone, LogChannel, Refused, Slower, Way
from app.notify.models import OutboxMessage
from app.notify.rules import UNSURE, quiet_until

_ways: dict[Channel, Way] = {Channel.LOG: LogChannel()}
_manner: dict[str, Any] = {"a_minute": {}, "leave": lambda code: "", "zone_of": lambda unit_id: DEFAULT_ZONE}


def use_channels(
    ways: Mapping[Channel, Way],
    *,
    a_minute: Mapping[Channel, int] | None = None,
    leave: Callable[[str], str] = lambda code: "",
) -> None:
    """Say which channels this installation has, besides the log.

    a_minute: how many messages a channel takes in a minute; 0: any. leave: a person's address for "no more, please".
    """
    _ways.clear()
    _ways.update({Channel.LOG: LogChannel(), **ways})
    _manner.update(a_minute=dict(a_minute or {}), leave=leave)


def use_clocks(zone_of: Callable[[int | None], str]) -> None:
    """Say by which clocks a unit's messages keep the night; units stand above the outbox."""
    _manner["zone_of"] = zone_of


def deliver(payload: dict[str, Any], *, now: datetime) -> None:
    """Send one message. The network is spoken to outside any transaction.

    A refusal for good, or the last of the growing waits, puts the message among the failed, where staff see it.
    A try that was cut off by a killed worker is repeated only after the gateway had time to report on it.
    """
    message = db.session.get(OutboxMessage, payload["message_id"])
    if message is None or message.status is not MessageStatus.WAITING:
        return
    _wait_for_its_time(message, now)
    actions.begin_try(message, now=now)
    message = db.session.get_one(OutboxMessage, payload["message_id"])
    db.session.expunge(message)
    db.session.rollback()
    message_id, attempts = message.id, message.attempts
    leave = _manner["leave"](message.preference_code) if message.preference_code else ""
    try:
        way = _ways.get(message.channel)
        if way is None:
            raise TryLater(f"no channel {message.channel}")
        provider_id = way.send(message, leave=leave)
    except Gone:
        gone = db.session.get(OutboxMessage, message_id)
        if gone is not None:
            actions.note_gone(gone)
    except Refused as refusal:
        _note(message_id, str(refusal), for_good=True)
    except Slower as slower:
        raise Postpone(now + timedelta(seconds=slower.seconds)) from slower
    except TryLater as later:
        last = attempts >= len(WAITS)
        _note(message_id, str(later), for_good=last)
        if not last:
            raise
    else:
        sent = db.session.get(OutboxMessage, message_id)
        if sent is not None:
            actions.mark_delivered(sent, now=now, provider_id=provider_id)


def _wait_for_its_time(message: OutboxMessage, now: datetime) -> None:
    """Raise Postpone when the channel is busy and, of what makes a phone ring, by night or while it is unsure
    whether a try has succeeded."""
    if message.channel in {Channel.WHATSAPP, Channel.PUSH}:
        night = quiet_until(now, _manner["zone_of"](message.unit_id))
        if night is not None:
            raise Postpone(night)
        if message.trying_at is not None and now < message.trying_at + UNSURE:
            raise Postpone(message.trying_at + UNSURE)
    most = _manner["a_minute"].get(message.channel)
    if most and queries.left_since(message.channel, now - timedelta(minutes=1)) >= most:
        # By its place in line, so that a thousand do not all come back to be turned away again.
        minutes = queries.waiting_before(message, now) / most
        raise Postpone(now + timedelta(seconds=max(20.0, 60 * minutes)))


def _note(message_id: int, error: str, *, for_good: bool) -> None:
    message = db.session.get(OutboxMessage, message_id)
    if message is not None:
        actions.note_failed_try(message, error=error, for_good=for_good)
