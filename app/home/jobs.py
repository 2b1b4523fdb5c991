"""Work of the front house that goes on by itself."""

from datetime import datetime

from app.core import cache
from app.events.facts import EventCancelled, EventChanged, EventCompleted, EventPublished
from app.home import actions
from app.home.details import DocumentKind

_seen: dict[str, int] = {}


def reindex(now: datetime) -> None:
    """Follow what changed, however it came about; nothing is read while nothing public changed."""
    version = cache.version()
    if _seen.get("version") != version:
        actions.follow_changes(now)
        _seen["version"] = version


def follow_event(fact: EventPublished | EventChanged | EventCancelled | EventCompleted) -> None:
    """Bring an event's place in the index up to date within the deed that changed it."""
    actions.put_in_index(DocumentKind.EVENT, [fact.event.id])
