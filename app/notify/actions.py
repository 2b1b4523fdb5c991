"""Putting messages into the outbox, and marking what became of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import or_, select, update

from app.core import audit, crypto, facts, jobs
from app.core.database import db, insert_each_once, lock, transactional
from app.core.errors import RuleBroken
from app.core.text import mask_phone
from app.notify.details import Channel, MessageStatus, Outgoing, Recipient, Weight, Wish
from app.notify.facts import BrowserGone
from app.notify.models import MessagePreference, OutboxMessage
from app.notify.queries import under
from app.notify.rules import KEEP_MESSAGES, is_wanted

PORTION = 200  # rows a statement

_ways = {"mail": False, "whatsapp": False, "push": False}


class Person(Protocol):
    """Who acts: the outbox stands below people and asks for no more than an id."""

    id: int


def configure(*, mail: bool, whatsapp: bool = False, push: bool = False) -> None:
    """What this installation can send by itself; otherwise staff see each message and send it themselves."""
    _ways.update(mail=mail, whatsapp=whatsapp, push=push)


def sends_whatsapp() -> bool:
    """Whether this installation reaches a phone by itself, without an officer in between."""
    return _ways["whatsapp"]


def sends_push() -> bool:
    """Whether this installation can speak to the push services of browsers."""
    return _ways["push"]


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
        "channel": _channel_for(one.to, preference),
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


def _channel_for(to: Recipient, preference: MessagePreference | None) -> Channel:
    """What the house can send by itself, as the person prefers; all else is handed over by an officer."""
    if to.push:
        return Channel.PUSH
    mail, whatsapp = bool(to.email and _ways["mail"]), bool(to.phone and _ways["whatsapp"])
    if mail and (not whatsapp or preference is None or preference.by_email or not to.phone):
        return Channel.EMAIL
    if whatsapp:
        return Channel.WHATSAPP
    return Channel.PETUGAS


def reaches(to: Recipient) -> bool:
    """Whether the house itself can send to somebody; else an officer would have to do it by hand."""
    return _channel_for(to, None) is not Channel.PETUGAS


@transactional
def set_preference(code: str, *, wish: Wish, by_email: bool, now: datetime) -> None:
    """Keep what a person wants to hear; what waits and is wanted no longer is taken back."""
    preference = db.session.get_one(MessagePreference, code)
    lock(preference)
    preference.wish, preference.by_email, preference.changed_at = wish, by_email, now
    if wish is Wish.NOTHING:
        db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.preference_code == code, OutboxMessage.status == MessageStatus.WAITING)
            .values(status=MessageStatus.CANCELLED, last_error="unsubscribed")
        )


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


# What a message holds of a person.
_NOBODY = {
    "to_name": "",
    "to_email": "",
    "phone_sealed": None,
    "phone_mask": "",
    "push_sealed": None,
    "text": "",
    "preference_code": "",
    "leave": "",
}


@transactional
def forget_messages(now: datetime) -> int:
    """Take name, address and text out of what left long ago; that something was sent stays on record."""
    old = update(OutboxMessage).where(
        OutboxMessage.status != MessageStatus.WAITING,
        OutboxMessage.created_at < now - KEEP_MESSAGES,
        OutboxMessage.to_name != "",
    )
    result = db.session.execute(old.values(**_NOBODY))
    return int(getattr(result, "rowcount", 0))


@transactional
def forget_messages_to(who: str, stem: str) -> None:
    """Take back what waits for somebody whose data go, and take the person out of what was sent before.

    who: as in keys ("registration:12"); stem: what the messages are about ("event:3").
    """
    key = OutboxMessage.key
    theirs = (
        under(stem),
        or_(key.endswith(f":{who}", autoescape=True), key.contains(f":{who}:", autoescape=True)),
    )
    waiting = (*theirs, OutboxMessage.status == MessageStatus.WAITING)
    db.session.execute(update(OutboxMessage).where(*waiting).values(status=MessageStatus.CANCELLED))
    db.session.execute(update(OutboxMessage).where(*theirs).values(**_NOBODY))


@transactional
def cancel_messages(stem: str) -> None:
    """Take back what has not left yet, by what the keys begin with: whole parts of them, between colons."""
    db.session.execute(
        update(OutboxMessage)
        .where(under(stem), OutboxMessage.status == MessageStatus.WAITING)
        .values(status=MessageStatus.CANCELLED)
    )


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
    gone = {Channel.EMAIL: not _ways["mail"], Channel.WHATSAPP: not _ways["whatsapp"]}
    if gone.get(message.channel):
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
