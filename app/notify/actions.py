"""Putting messages into the outbox, and marking what became of them."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update

from app.core import audit, crypto, jobs
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken
from app.core.text import mask_phone
from app.notify.details import Channel, MessageStatus, Recipient
from app.notify.models import OutboxMessage

_mail = {"configured": False}


class Person(Protocol):
    """Who acts: the outbox stands below people and asks for no more than an id."""

    id: int


def configure(*, mail: bool) -> None:
    """Whether this installation can send e-mail; otherwise staff see each message and send it themselves."""
    _mail["configured"] = mail


@transactional
def queue_message(
    *,
    key: str,
    cause: str,
    to: Recipient,
    subject: str,
    text: str,
    unit_id: int | None,
    now: datetime,
    due_at: datetime | None = None,
) -> OutboxMessage:
    """Write a message with the change that caused it.

    key: what it is about and for whom, e.g. "event:12:changed:3:person:7"; a second one with the same key
    replaces the text of a waiting message and is otherwise dropped. due_at: not before this moment.
    """
    due = due_at or now
    channel = _channel_for(to)
    is_new = insert_once(
        OutboxMessage,
        key=key,
        cause=cause,
        unit_id=unit_id,
        channel=channel,
        to_name=to.name,
        to_email=to.email,
        phone_sealed=crypto.encrypt(to.phone) if to.phone else None,
        phone_mask=mask_phone(to.phone) if to.phone else "",
        subject=subject,
        text=text,
        created_at=now,
        due_at=due,
    )
    message = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.key == key).with_for_update()
    ).one()
    if message.status is not MessageStatus.WAITING:
        return message
    if not is_new:
        message.subject, message.text, message.due_at = subject, text, due
    if message.channel is not Channel.PETUGAS:
        jobs.enqueue(
            "notify.deliver", {"message_id": message.id}, run_at=due, unique_key=f"outbox:{message.id}"
        )
    return message


def _channel_for(to: Recipient) -> Channel:
    """E-mail when there is an address and a server; all else is handed over by an officer."""
    return Channel.EMAIL if to.email and _mail["configured"] else Channel.PETUGAS


@transactional
def cancel_messages(key_prefix: str) -> None:
    """Take back what has not left yet, by the beginning of the keys."""
    db.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.key.startswith(key_prefix, autoescape=True),
            OutboxMessage.status == MessageStatus.WAITING,
        )
        .values(status=MessageStatus.CANCELLED)
    )


@transactional
def mark_delivered(message: OutboxMessage, *, now: datetime) -> None:
    """The channel took the message."""
    message.status = MessageStatus.SENT
    message.sent_at = now
    message.last_error = ""
    _blank_secrets(message)


@transactional
def note_failed_try(message: OutboxMessage, *, error: str, for_good: bool) -> None:
    """A try did not succeed; for_good: no other follows and staff see it among the failed."""
    message.attempts += 1
    message.last_error = error[:500]
    if for_good:
        message.status = MessageStatus.FAILED


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
    message.status = MessageStatus.WAITING
    message.attempts = 0
    message.due_at = now
    if message.channel is Channel.EMAIL and not _mail["configured"]:
        message.channel = Channel.PETUGAS
    if message.channel is not Channel.PETUGAS:
        jobs.enqueue(
            "notify.deliver", {"message_id": message.id}, run_at=now, unique_key=f"outbox:{message.id}"
        )
    _record("retried", message, by=by, now=now)


def _blank_secrets(message: OutboxMessage) -> None:
    """A message of no unit carries a link that opens an account; once it has left, nobody needs to read it."""
    if message.unit_id is None:
        message.text = ""


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
