"""What became of a message: tried, taken, reported, refused, sent by hand, tried again."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from app.core import audit, crypto, facts, jobs
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.notify.actions.ways import has_way
from app.notify.details import Channel, MessageStatus
from app.notify.facts import BrowserGone
from app.notify.models import OutboxMessage


class Person(Protocol):
    """Who acts: the outbox stands below people and asks for no more than an id."""

    id: int


@transactional
def begin_try(message: OutboxMessage, *, now: datetime) -> None:
    """Put on record that a try begins; when it is cut off, nobody knows whether the message left."""
    message.trying_at = now


@transactional
def note_report(
    message: OutboxMessage, *, delivered: bool, failed: str, provider_id: str, now: datetime
) -> None:
    """What a gateway reports later. A report of a try that was cut off settles it: nothing is sent twice."""
    lock(message)
    message.provider_id = message.provider_id or provider_id or None
    if failed:
        message.status, message.last_error = MessageStatus.FAILED, failed[:500]
        return
    if message.status is MessageStatus.WAITING:
        jobs.cancel(f"outbox:{message.id}")
        message.status, message.sent_at = MessageStatus.SENT, now
        _blank_secrets(message)
    if delivered:
        message.delivered_at = message.delivered_at or now


@transactional
def mark_delivered(message: OutboxMessage, *, now: datetime, provider_id: str = "") -> None:
    """The channel took the message."""
    message.status = MessageStatus.SENT
    message.sent_at = now
    message.last_error = ""
    message.trying_at = None
    message.provider_id = provider_id or message.provider_id
    _blank_secrets(message)


@transactional
def note_failed_try(message: OutboxMessage, *, error: str, for_good: bool) -> None:
    """A try did not succeed; for_good: no other follows and staff see it among the failed."""
    message.attempts += 1
    message.last_error = error[:500]
    message.trying_at = None
    if for_good:
        message.status = MessageStatus.FAILED


@transactional
def note_gone(message: OutboxMessage) -> None:
    """The browser asked for no more; nobody sees that as a failure, and whoever keeps its address forgets it."""
    lock(message)
    message.status, message.last_error, message.trying_at = MessageStatus.CANCELLED, "gone", None
    if message.push_sealed:
        facts.publish(BrowserGone(json.loads(crypto.decrypt(message.push_sealed))["endpoint"]))
    message.push_sealed = None
    _blank_secrets(message)


@transactional
def mark_sent_by_hand(message: OutboxMessage, *, by: Person, now: datetime) -> None:
    """An officer has sent the message, by WhatsApp, telephone or in person.

    Raises RuleBroken("message_not_waiting") when somebody else did it first or it was taken back.
    """
    lock(message)
    if message.status not in {MessageStatus.WAITING, MessageStatus.FAILED}:
        raise RuleBroken("message_not_waiting")
    jobs.cancel(f"outbox:{message.id}")
    message.status = MessageStatus.SENT
    message.sent_at = now
    message.sent_by_id = by.id
    _blank_secrets(message)
    _record("sent", message, by=by, now=now)


@transactional
def retry_message(message: OutboxMessage, *, by: Person, now: datetime) -> None:
    """Try a message again that was given up: by mail, or by hand when mail is no longer set up."""
    lock(message)
    if message.status is not MessageStatus.FAILED:
        raise RuleBroken("message_not_failed")
    _try_again(message, by=by, now=now)


@transactional
def retry_messages(messages: Sequence[OutboxMessage], *, by: Person, now: datetime) -> int:
    """Try all of them again that are still given up, once what was wrong is mended; how many were."""
    ids = [message.id for message in messages]
    query = select(OutboxMessage).where(
        OutboxMessage.id.in_(ids), OutboxMessage.status == MessageStatus.FAILED
    )
    given_up = db.session.scalars(query.order_by(OutboxMessage.id).with_for_update()).all()
    for message in given_up:
        _try_again(message, by=by, now=now)
    return len(given_up)


def _try_again(message: OutboxMessage, *, by: Person, now: datetime) -> None:
    message.status = MessageStatus.WAITING
    message.attempts = 0
    message.due_at = now
    if not has_way(message.channel):
        message.channel = Channel.PETUGAS
    if message.channel is not Channel.PETUGAS:
        jobs.enqueue(
            "notify.deliver", {"message_id": message.id}, run_at=now, unique_key=f"outbox:{message.id}"
        )
    _record("retried", message, by=by, now=now)


def _blank_secrets(message: OutboxMessage) -> None:
    """A message of no unit carries a link that opens an account; once it has left, nobody needs to read it."""
    if message.unit_id is None:
        message.text = message.leave = ""


def _record(deed: str, message: OutboxMessage, *, by: Person, now: datetime) -> None:
    audit.record(
        f"notify:message:{deed}",
        by=by,
        now=now,
        subject=message,
        unit_id=message.unit_id,
        name=message.cause,
        after={"channel": message.channel, "key": message.key},
    )
