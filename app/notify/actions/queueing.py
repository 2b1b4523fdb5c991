"""Putting messages into the outbox with the change that causes them, and taking them back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app.core import crypto, jobs
from app.core.database import db, insert_each_once, transactional
from app.core.text import mask_phone
from app.notify.actions.ways import channel_for
from app.notify.details import Channel, MessageStatus, Outgoing, Recipient, Weight, Wish
from app.notify.models import MessagePreference, OutboxMessage
from app.notify.queries import under
from app.notify.rules import is_wanted

PORTION = 200  # rows a statement


def preference_code(to: Recipient) -> str:
    """The secret part of a person's own link; the same for the same number (or address), told by neither."""
    who = to.phone or to.email.casefold()
    return crypto.keyed_hash(who, purpose="message-preference")[:32] if who else ""


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
    weight: Weight = Weight.NEEDED,
    link: str = "",
    leave: str = "",
) -> OutboxMessage:
    """Write a message with the change that caused it.

    key: what it is about and for whom, e.g. "event:12:changed:3:person:7"; a second one with the same key
    replaces the text of a waiting message and is otherwise dropped. due_at: not before this moment.
    weight: somebody who wants to hear less is spared what is EXTRA, or everything; the row says so.
    link: the address a notice on a phone opens. leave: the address at which one POST ends what this message belongs
    to; without it a mail program's button ends all messages to that person.
    """
    outgoing = Outgoing(key, cause, to, subject, text, unit_id, weight, link, leave)
    return _queue([outgoing], now=now, due=due_at or now)[0]


@transactional
def queue_messages(outgoing: Sequence[Outgoing], *, now: datetime, due_at: datetime | None = None) -> None:
    """Write many messages as `queue_message` writes one, in few statements: a hall full of people is told at once."""
    for start in range(0, len(outgoing), PORTION):
        _queue(outgoing[start : start + PORTION], now=now, due=due_at or now)


def _queue(outgoing: Sequence[Outgoing], *, now: datetime, due: datetime) -> list[OutboxMessage]:
    preferences = _preferences([one.to for one in outgoing], now=now)
    rows = [_row(one, preferences, now=now, due=due) for one in outgoing]
    fresh = insert_each_once(OutboxMessage, rows, telling=OutboxMessage.key)
    query = select(OutboxMessage).where(OutboxMessage.key.in_([one.key for one in outgoing]))
    found = {row.key: row for row in db.session.scalars(query.order_by(OutboxMessage.key).with_for_update())}
    work: dict[str, dict[str, Any]] = {}
    for one in outgoing:
        message = found[one.key]
        if message.status is not MessageStatus.WAITING:
            continue
        name, payload = f"outbox:{message.id}", {"message_id": message.id}
        if one.key in fresh:
            if message.channel is not Channel.PETUGAS:
                work[name] = payload
            continue
        message.subject, message.text, message.due_at = one.subject, one.text, due
        if message.channel is not Channel.PETUGAS:
            jobs.enqueue("notify.deliver", payload, run_at=due, unique_key=name)
    jobs.enqueue_each("notify.deliver", work, run_at=due)
    return [found[one.key] for one in outgoing]


def _row(
    one: Outgoing, preferences: Mapping[str, MessagePreference], *, now: datetime, due: datetime
) -> dict[str, object]:
    code = preference_code(one.to)
    preference = preferences.get(code)
    wanted = preference is None or is_wanted(one.weight, preference.wish)
    return {
        "key": one.key,
        "cause": one.cause,
        "unit_id": one.unit_id,
        "channel": channel_for(one.to, preference),
        "to_name": one.to.name,
        "to_email": one.to.email,
        "phone_sealed": crypto.encrypt(one.to.phone) if one.to.phone else None,
        "phone_mask": mask_phone(one.to.phone) if one.to.phone else "",
        "push_sealed": crypto.encrypt(one.to.push) if one.to.push else None,
        "subject": one.subject,
        "text": one.text,
        "link": one.link,
        "leave": one.leave,
        "created_at": now,
        "due_at": due,
        "preference_code": code,
        "status": MessageStatus.WAITING if wanted else MessageStatus.CANCELLED,
        "last_error": "" if wanted else "unsubscribed",
    }


def _preferences(people: Sequence[Recipient], *, now: datetime) -> dict[str, MessagePreference]:
    codes = sorted({code for code in map(preference_code, people) if code})
    rows = [{"code": code, "wish": Wish.ALL, "by_email": False, "changed_at": now} for code in codes]
    insert_each_once(MessagePreference, rows, telling=MessagePreference.code)
    found = db.session.scalars(select(MessagePreference).where(MessagePreference.code.in_(codes)))
    return {row.code: row for row in found}


@transactional
def cancel_messages(stem: str) -> None:
    """Take back what has not left yet, by what the keys begin with: whole parts of them, between colons."""
    db.session.execute(
        update(OutboxMessage)
        .where(under(stem), OutboxMessage.status == MessageStatus.WAITING)
        .values(status=MessageStatus.CANCELLED)
    )
