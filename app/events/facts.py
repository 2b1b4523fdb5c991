"""What events publish, inside the transaction of the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.events.details import NewsKind
from app.notify.details import Recipient

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

    Fields: title, starts_at, ends_at, place, status (postponed), capacity, sessions (ids, when some are gone).
    """

    event: "Event"
    changed: dict[str, object]
    by: "Person | None"
    now: datetime


@dataclass(frozen=True)
class SessionsEnding:
    """Sessions are left out of an announced event; said while they, and what points at them, still stand."""

    event: "Event"
    session_ids: frozenset[int]


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


@dataclass(frozen=True)
class News:
    """What people are told of an event, worded once; every circle adds its greeting and its own link.

    key: what it is about, the middle of message keys ("changed:3"); cause: an audit tag.
    session_ids: of news about sessions alone, those it is about: it concerns who comes for them.
    """

    kind: NewsKind
    key: str
    cause: str
    subject: str
    body: str
    session_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Told:
    """One who is told. key: who it is in message keys ("registration:12"); link: their own address."""

    key: str
    to: Recipient
    link: str


@dataclass(frozen=True)
class Circle:
    """Those who are told in the same words; word(name, link) gives subject and text."""

    name: str
    members: tuple[Told, ...]
    word: Callable[[str, str], tuple[str, str]]


@dataclass(frozen=True)
class ConcernedAsked:
    """Whom news of an event concerns. Upper floors add their circles to `found`, and change nothing:
    it is asked when the texts are shown before a deed as well as in the deed itself.
    """

    event: "Event"
    news: News
    found: list[Circle]
