"""Putting messages into the outbox, and marking what became of them."""

from datetime import datetime

from sqlalchemy import select, update

from app.core import crypto, jobs
from app.core.database import db, transactional
from app.core.text import mask_phone
from app.notify.details import Channel, MessageStatus, Recipient
from app.notify.models import OutboxMessage

_mail = {"configured": False}


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
    known = db.session.scalar(select(OutboxMessage).where(OutboxMessage.key == key))
    if known is not None:
        if known.status is MessageStatus.WAITING:
            known.subject, known.text, known.due_at = subject, text, due
        return known
    channel = Channel.EMAIL if to.email and _mail["configured"] else Channel.PETUGAS
    message = OutboxMessage(
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
    db.session.add(message)
    db.session.flush()
    if channel is Channel.EMAIL:
        jobs.enqueue(
            "notify.deliver", {"message_id": message.id}, run_at=due, unique_key=f"outbox:{message.id}"
        )
    return message


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
