"""What attendance does when an event is published, changed, cancelled or over; inside that deed's transaction."""

from app.attendance import messages, queries
from app.attendance.actions.seats import apply_capacity, ensure_pool, event_with_place, locked_pool
from app.attendance.details import LIVING
from app.attendance.models import Registration
from app.core.database import db, transactional
from app.events.facts import EventCancelled, EventChanged, EventCompleted, EventPublished
from app.events.models import Event
from app.notify.actions import cancel_messages, queue_message
from app.notify.details import Recipient

# Changes of which those who are coming must hear; another capacity is none of them.
_TOLD = frozenset({"title", "starts_at", "ends_at", "venue", "status"})


@transactional
def open_for_published(fact: EventPublished) -> None:
    """Make the seats of an event that is announced."""
    ensure_pool(fact.event)


@transactional
def follow_change(fact: EventChanged) -> None:
    """Follow a new capacity; tell everyone registered of a new title, time, place or postponement."""
    if "capacity" in fact.changed:
        ensure_pool(fact.event)
        apply_capacity(locked_pool(fact.event.id), fact.event.capacity, now=fact.now)
    if not _TOLD & fact.changed.keys():
        return
    event = event_with_place(fact.event.id)
    for registration, phone in _with_phone(event):
        subject, text = messages.event_changed(
            event, fact.changed, registration, queries.manage_code_of(registration)
        )
        queue_message(
            key=f"event:{event.id}:changed:{event.sequence}:registration:{registration.id}",
            cause="events:event:changed",
            to=Recipient(registration.name, phone=phone),
            subject=subject,
            text=text,
            unit_id=event.unit_id,
            now=fact.now,
        )


@transactional
def close_for_cancelled(fact: EventCancelled) -> None:
    """Close registration, take back what was still to be said, and tell everyone who meant to come."""
    pool = queries.find_pool(fact.event.id)
    if pool is None:
        return
    locked_pool(fact.event.id).open = False
    cancel_messages(f"event:{fact.event.id}:changed:")
    cancel_messages(f"event:{fact.event.id}:seat:")
    event = event_with_place(fact.event.id)
    for registration, phone in _with_phone(event):
        subject, text = messages.event_cancelled(event, registration)
        queue_message(
            key=f"event:{event.id}:cancelled:registration:{registration.id}",
            cause="events:event:cancelled",
            to=Recipient(registration.name, phone=phone),
            subject=subject,
            text=text,
            unit_id=event.unit_id,
            now=fact.now,
        )


@transactional
def close_for_completed(fact: EventCompleted) -> None:
    """Take no more registrations once the event is over."""
    if queries.find_pool(fact.event.id) is not None:
        locked_pool(fact.event.id).open = False


def _with_phone(event: Event) -> list[tuple[Registration, str]]:
    rows = db.session.scalars(
        queries.list_of(event.id, *LIVING).where(Registration.phone_sealed.is_not(None))
    )
    return [(row, queries.phone_of(row)) for row in rows]
