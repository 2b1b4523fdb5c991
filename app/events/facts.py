"""What events publish, inside the transaction of the deed."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.events.models import Event
    from app.people.models import Person


@dataclass(frozen=True)
class EventPublished:
    """An event became public (or will, at published_at)."""

    event: "Event"
    by: "Person | None"
    now: datetime


@dataclass(frozen=True)
class EventChanged:
    """Something announced about a public event changed. `changed` maps a field's name to its old value.

    Fields: title, starts_at, ends_at, venue, status (postponed), capacity.
    """

    event: "Event"
    changed: dict[str, object]
    by: "Person | None"
    now: datetime


@dataclass(frozen=True)
class EventCancelled:
    """A public event will not take place; registration closes, reminders are taken back."""

    event: "Event"
    by: "Person | None"
    now: datetime


@dataclass(frozen=True)
class EventCompleted:
    """An event has taken place and was marked so by staff."""

    event: "Event"
    by: "Person | None"
    now: datetime
