"""Messages that left long ago, or to somebody whose data go, hold nothing of a person."""

from datetime import datetime

from sqlalchemy import or_, update

from app.core.database import db, transactional
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from app.notify.queries import under
from app.notify.rules import KEEP_MESSAGES

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
