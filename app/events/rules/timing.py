"""How long an event lasts and when each line of its programme begins."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from app.events.details import EventDetails, EventKind

# Usual lengths in minutes, for events with an open end.
USUAL_MINUTES = {
    EventKind.JOINT_PRAYER: 120,
    EventKind.COORDINATION_MEETING: 180,
    EventKind.DECLARATION: 90,
    EventKind.PARADE: 60,
    EventKind.GATHERING: 120,
    EventKind.COMMUNITY_TALK: 90,
    EventKind.SOCIAL_WORK: 240,
    EventKind.CAMPAIGN: 180,
}


class Timed(Protocol):
    """A line of a programme."""

    @property
    def minutes(self) -> int: ...


def usual_length(kinds: Sequence[EventKind]) -> timedelta:
    """The length of an event of these kinds when nobody has said when it ends."""
    return timedelta(minutes=max((USUAL_MINUTES[kind] for kind in kinds), default=120))


def likely_end(
    starts_at: datetime, ends_at: datetime | None, kinds: Sequence[EventKind], programme: Sequence[Timed] = ()
) -> datetime:
    """When an event ends, or is likely to: an open end is the usual length or that of the programme."""
    if ends_at is not None:
        return ends_at
    planned = timedelta(minutes=sum(item.minutes for item in programme))
    return starts_at + max(usual_length(kinds), planned)


def end_of(details: EventDetails) -> datetime:
    """When a planned event ends, or is likely to."""
    return likely_end(details.starts_at, details.ends_at, details.kinds, details.programme)


def item_starts(starts_at: datetime, programme: Sequence[Timed]) -> list[datetime]:
    """The moment at which each line of the programme begins."""
    starts = []
    for item in programme:
        starts.append(starts_at)
        starts_at += timedelta(minutes=item.minutes)
    return starts
