"""Reading reminders."""

from datetime import datetime

from sqlalchemy import exists, select

from app.core.database import db
from app.events.details import Reminder
from app.events.models import Event, EventReminder
from app.events.rules.states import ANNOUNCED


def reminders_of(event_id: int) -> list[EventReminder]:
    """The reminders of an event, the earliest first."""
    order = list(Reminder)
    rows = db.session.scalars(select(EventReminder).where(EventReminder.event_id == event_id))
    return sorted(rows, key=lambda row: order.index(row.which))


def due_reminders(now: datetime, *, limit: int = 100) -> list[tuple[int, Reminder]]:
    """Event and kind of every reminder that is to leave now, the longest due first."""
    query = (
        select(EventReminder.event_id, EventReminder.which)
        .where(EventReminder.due_at <= now, EventReminder.sent_at.is_(None), EventReminder.off_at.is_(None))
        .order_by(EventReminder.due_at)
        .limit(limit)
    )
    return [(row.event_id, row.which) for row in db.session.execute(query)]


def events_without_reminders(now: datetime, *, limit: int = 100) -> list[int]:
    """Coming announced events whose reminders nobody has planned yet: older ones, and those of a series."""
    planned = exists().where(EventReminder.event_id == Event.id)
    query = (
        select(Event.id)
        .where(Event.status.in_(ANNOUNCED), Event.starts_at > now, ~planned)
        .order_by(Event.starts_at)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def begun_since(now: datetime, *, limit: int = 100) -> list[int]:
    """Events that have begun and still have reminders planned or lying on the send-list."""
    query = (
        select(EventReminder.event_id)
        .where(EventReminder.starts_at <= now, EventReminder.due_at.is_not(None))
        .distinct()
        .limit(limit)
    )
    return list(db.session.scalars(query))
