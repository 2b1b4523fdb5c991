"""Thanks to those who came, with the news of their event."""

from datetime import datetime

from app.attendance import messages, queries
from app.attendance.actions.seats import event_with_place
from app.attendance.models import Registration
from app.core.database import db, transactional
from app.events.queries import title_to_say
from app.notify.actions import cancel_messages, queue_messages
from app.notify.details import Outgoing, Recipient, Weight


@transactional
def thank_who_came(event_id: int, *, title: str, address: str, due_at: datetime, now: datetime) -> int:
    """Send everybody who came and left a number the article's link, once an event; how many were thanked."""
    event = event_with_place(event_id)
    came = queries.list_of(event_id).where(
        Registration.checked_in_at.is_not(None), Registration.phone_sealed.is_not(None)
    )
    rows = list(db.session.scalars(came))
    called = title_to_say(event, now)
    outgoing = []
    for registration in rows:
        subject, text = messages.thanks(registration, called=called, title=title, address=address)
        outgoing.append(
            Outgoing(
                key=f"event:{event_id}:thanks:registration:{registration.id}",
                cause="attendance:event:thanked",
                to=Recipient(registration.name, phone=queries.phone_of(registration)),
                subject=subject,
                text=text,
                unit_id=event.unit_id,
                weight=Weight.EXTRA,
            )
        )
    queue_messages(outgoing, now=now, due_at=due_at)
    return len(rows)


@transactional
def take_thanks_back(event_id: int) -> None:
    """The article is withdrawn before its link has left."""
    cancel_messages(f"event:{event_id}:thanks:")
