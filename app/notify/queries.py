"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.core import crypto
from app.core.database import db
from app.core.text import whole_number
from app.notify.details import Channel, MessageStatus
from app.notify.models import MessagePreference, OutboxMessage


@dataclass(frozen=True)
class Backlog:
    """How much waits to be sent by hand, how much failed, and since when the oldest of it."""

    waiting: int
    failed: int
    oldest_at: datetime | None


def _within(unit_ids: frozenset[int], *, house: bool) -> ColumnElement[bool]:
    """Messages of some units; with `house` those of no unit as well."""
    own = OutboxMessage.unit_id.in_(unit_ids)
    return or_(own, OutboxMessage.unit_id.is_(None)) if house else own


def _by_hand(now: datetime) -> ColumnElement[bool]:
    return (OutboxMessage.channel == Channel.PETUGAS) & (OutboxMessage.due_at <= now)


def page_of_messages(
    status: MessageStatus,
    unit_ids: frozenset[int],
    *,
    house: bool,
    now: datetime,
    page: int,
    size: int,
) -> list[OutboxMessage]:
    """One page, one row more than `size` when another follows. Waiting: oldest first; others: newest first."""
    query = select(OutboxMessage).where(OutboxMessage.status == status, _within(unit_ids, house=house))
    if status is MessageStatus.WAITING:
        query = query.where(OutboxMessage.due_at <= now).order_by(OutboxMessage.due_at, OutboxMessage.id)
    else:
        query = query.order_by(OutboxMessage.id.desc())
    return list(db.session.scalars(query.limit(size + 1).offset((page - 1) * size)))


def find_message(message_id: int, unit_ids: frozenset[int], *, house: bool) -> OutboxMessage | None:
    """One message within somebody's reach."""
    return db.session.scalar(
        select(OutboxMessage).where(OutboxMessage.id == message_id, _within(unit_ids, house=house))
    )


def count_sent(cause: str, preference_code: str, *, since: datetime) -> int:
    """How many messages of one cause were written to one person, by the code of the person's wishes."""
    query = select(func.count()).where(
        OutboxMessage.preference_code == preference_code,
        OutboxMessage.cause == cause,
        OutboxMessage.created_at > since,
    )
    return db.session.scalar(query) or 0


def backlog(unit_ids: frozenset[int], *, house: bool, now: datetime) -> Backlog:
    """What waits for an officer, in one statement."""
    by_hand = (OutboxMessage.status == MessageStatus.WAITING) & _by_hand(now)
    failed = OutboxMessage.status == MessageStatus.FAILED
    row = db.session.execute(
        select(
            func.count().filter(by_hand).label("waiting"),
            func.count().filter(failed).label("failed"),
            func.min(OutboxMessage.due_at).label("oldest_at"),
        ).where(_within(unit_ids, house=house), or_(by_hand, failed))
    ).one()
    return Backlog(row.waiting, row.failed, row.oldest_at)


def left_since(channel: Channel, since: datetime) -> int:
    """How many messages a channel has taken since a moment."""
    query = select(func.count()).where(
        OutboxMessage.status == MessageStatus.SENT,
        OutboxMessage.channel == channel,
        OutboxMessage.sent_at >= since,
    )
    return db.session.scalar(query) or 0


def waiting_before(message: OutboxMessage, now: datetime) -> int:
    """How many due messages of the same channel stand in line before this one."""
    query = select(func.count()).where(
        OutboxMessage.status == MessageStatus.WAITING,
        OutboxMessage.channel == message.channel,
        OutboxMessage.due_at <= now,
        OutboxMessage.id < message.id,
    )
    return db.session.scalar(query) or 0


def find_preference(code: str) -> MessagePreference | None:
    """What the owner of a link wants to hear."""
    return db.session.get(MessagePreference, code[:32])


def find_reported(name: str, provider_id: str) -> OutboxMessage | None:
    """The message a gateway reports on: by our own name for it ("rukun-12"), else by its number."""
    number = whole_number(name.removeprefix("rukun-"))
    if name.startswith("rukun-") and number is not None:
        return db.session.get(OutboxMessage, number)
    return db.session.scalar(select(OutboxMessage).where(OutboxMessage.provider_id == provider_id))


def failed_messages(unit_ids: frozenset[int], *, house: bool) -> list[OutboxMessage]:
    """All that was given up, within somebody's reach."""
    query = select(OutboxMessage).where(
        OutboxMessage.status == MessageStatus.FAILED, _within(unit_ids, house=house)
    )
    return list(db.session.scalars(query.order_by(OutboxMessage.id).limit(500)))


def under(stem: str) -> ColumnElement[bool]:
    """Messages whose key is `stem` or continues it by a colon: "event:1" has nothing of "event:12".

    A range and no LIKE, for it can be found in the index of the keys, which are ordered by their bytes.
    """
    stem = stem.removesuffix(":")
    key = OutboxMessage.key
    return or_(key == stem, and_(key >= f"{stem}:", key < f"{stem};"))


def keys_under(stem: str) -> set[str]:
    """The keys of all messages about something, whatever became of them."""
    return set(db.session.scalars(select(OutboxMessage.key).where(under(stem))))


def phone_of(message: OutboxMessage) -> str:
    """The number in E.164; empty when there is none."""
    return crypto.decrypt(message.phone_sealed) if message.phone_sealed else ""


def whatsapp_link(message: OutboxMessage) -> str:
    """The address that opens WhatsApp with number and text filled in; empty without a number."""
    phone = phone_of(message)
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(message.text, safe='')}" if phone else ""
