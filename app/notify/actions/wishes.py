"""What people want to hear."""

from datetime import datetime

from sqlalchemy import update

from app.core.database import db, lock, transactional
from app.notify.details import MessageStatus, Wish
from app.notify.models import MessagePreference, OutboxMessage


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
