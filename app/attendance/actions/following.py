"""What attendance does when an event is published, changed, cancelled or over; inside that deed's transaction."""

from app.attendance import messages, queries
from app.attendance.actions.seats import apply_capacity, ensure_pool, locked_pool
from app.attendance.details import LIVING, RegistrationStatus
from app.attendance.models import Registration
from app.core.database import db, transactional
from app.events.details import NewsKind
from app.events.facts import (
    Circle,
    ConcernedAsked,
    EventCancelled,
    EventChanged,
    EventCompleted,
    EventPublished,
    Told,
)
from app.notify.details import Recipient


@transactional
def open_for_published(fact: EventPublished) -> None:
    """Make the seats of an event that is announced."""
    ensure_pool(fact.event)


@transactional
def follow_change(fact: EventChanged) -> None:
    """Follow a new capacity."""
    if "capacity" in fact.changed:
        ensure_pool(fact.event)
        apply_capacity(locked_pool(fact.event.id), fact.event.capacity, now=fact.now)


@transactional
def close_for_cancelled(fact: EventCancelled) -> None:
    """Close registration."""
    if queries.find_pool(fact.event.id) is not None:
        locked_pool(fact.event.id).open = False


@transactional
def close_for_completed(fact: EventCompleted) -> None:
    """Take no more registrations once the event is over."""
    if queries.find_pool(fact.event.id) is not None:
        locked_pool(fact.event.id).open = False


def name_the_registered(asked: ConcernedAsked) -> None:
    """Everyone who left a number: of a change all who live on the list, of the day itself those with a seat.

    Guests of an invitation are told by the letter that invited them.
    """
    reminds = asked.news.kind is NewsKind.REMINDER
    statuses = (RegistrationStatus.CONFIRMED,) if reminds else LIVING
    rows = db.session.scalars(
        queries.list_of(asked.event.id, *statuses).where(
            Registration.phone_sealed.is_not(None),
            Registration.duplicate_of_id.is_(None),
            Registration.invitee_id.is_(None),
        )
    )
    members = tuple(
        Told(
            f"registration:{row.id}",
            Recipient(row.name, phone=queries.phone_of(row)),
            messages.ticket_address(queries.manage_code_of(row)),
        )
        for row in rows
    )
    asked.found.append(
        Circle(
            messages.circle_of_registered(),
            members,
            lambda name, link: messages.news_to_registered(asked.news, name, link),
        )
    )
