"""The programme and its times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from app.events.details import EventKind, ItemKind

# How long an event of a kind usually takes, in minutes; assumed while its end is open.
USUAL_MINUTES = {
    EventKind.JOINT_PRAYER: 120,
    EventKind.COORDINATION_MEETING: 180,
    EventKind.DECLARATION: 90,
    EventKind.PARADE: 60,
    EventKind.GATHERING: 120,
    EventKind.COMMUNITY_TALK: 90,
    EventKind.SOCIAL_WORK: 180,
    EventKind.CAMPAIGN: 180,
}


class HasMinutes(Protocol):
    @property
    def minutes(self) -> int: ...

    @property
    def kind(self) -> ItemKind: ...


Item = TypeVar("Item", bound=HasMinutes)


@dataclass(frozen=True)
class TimedItem:
    """A programme item with its start and end."""

    start: datetime
    end: datetime
    item: HasMinutes


def default_end(starts_at: datetime, ends_at: datetime | None, kinds: Iterable[EventKind]) -> datetime:
    """The end that was given, or the usual length of the longest kind."""
    if ends_at is not None:
        return ends_at
    return starts_at + timedelta(minutes=max((USUAL_MINUTES[kind] for kind in kinds), default=120))


def timed_programme(starts_at: datetime, items: Sequence[HasMinutes]) -> list[TimedItem]:
    """Each item begins when the one before it ends."""
    timed = []
    moment = starts_at
    for item in items:
        end = moment + timedelta(minutes=item.minutes)
        timed.append(TimedItem(moment, end, item))
        moment = end
    return timed


def minutes_problem(starts_at: datetime, ends_at: datetime | None, items: Sequence[HasMinutes]) -> int | None:
    """By how many minutes the programme is longer than the event, or None."""
    if ends_at is None:
        return None
    planned = sum(item.minutes for item in items)
    room = int((ends_at - starts_at).total_seconds() // 60)
    return planned - room if planned > room else None


def has_prayer_break(items: Iterable[HasMinutes]) -> bool:
    """Whether the programme leaves time for the daily prayer ("istirahat salat")."""
    return any(item.kind is ItemKind.PRAYER_BREAK for item in items)
