"""The outbox: every message as a row, written with the change that caused it."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, choice
from app.notify.details import Channel, MessageStatus, Wish


class OutboxMessage(Model):
    """One message to one person. `key` says what it is about and to whom, so that it is never queued twice.

    The phone is encrypted; `phone_mask` is what lists show. `cause` is the audit tag of the deed behind it.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("key", name="uq_outbox_messages_key"),
        Index("ix_outbox_messages_due", "status", "due_at"),
        Index("ix_outbox_messages_preference", "preference_code", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # In the order of its bytes, so that all keys under one stem lie together in the index (SQLite does so anyway).
    key: Mapped[str] = mapped_column(String().with_variant(String(collation="C"), "postgresql"))
    cause: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(index=True)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    status: Mapped[MessageStatus] = mapped_column(choice(MessageStatus), default=MessageStatus.WAITING)
    to_name: Mapped[str] = mapped_column(default="")
    to_email: Mapped[str] = mapped_column(default="")
    phone_sealed: Mapped[bytes | None]
    phone_mask: Mapped[str] = mapped_column(default="")
    push_sealed: Mapped[bytes | None]
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="", server_default="")  # where a tap leads
    leave: Mapped[str] = mapped_column(default="", server_default="")  # where a POST ends just this
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    preference_code: Mapped[str] = mapped_column(default="", server_default="")
    provider_id: Mapped[str | None] = mapped_column(index=True)  # by which a gateway reports on it
    trying_at: Mapped[datetime | None]  # a try has begun whose end is not known
    delivered_at: Mapped[datetime | None]


class MessagePreference(Model):
    """What the owner of a number or address wants to hear. code: the secret part of the person's own link."""

    __tablename__ = "message_preferences"

    code: Mapped[str] = mapped_column(primary_key=True)
    wish: Mapped[Wish] = mapped_column(choice(Wish), default=Wish.ALL)
    by_email: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
