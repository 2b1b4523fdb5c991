"""How long an event lasts and when each line of its programme begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
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


# As long as the longest event.
LONGEST_MINUTES = 14 * 24 * 60
# A time of day that was given to a line is looked for within so long a day when the event has an open end.
LONG_DAY = timedelta(hours=16)


class Timed(Protocol):
    """A line of a programme; start_after: minutes from the event's start to a start that was given."""

    @property
    def minutes(self) -> int: ...

    @property
    def start_after(self) -> int | None: ...


class Running(Timed, Protocol):
    """A line of a programme that is being held."""

    @property
    def started_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Slot:
    """From when to when a line of a programme lasts."""

    starts_at: datetime
    ends_at: datetime


def usual_length(kinds: Sequence[EventKind]) -> timedelta:
    """The length of an event of these kinds when nobody has said when it ends."""
    return timedelta(minutes=max((USUAL_MINUTES[kind] for kind in kinds), default=120))


def likely_end(
    starts_at: datetime, ends_at: datetime | None, kinds: Sequence[EventKind], programme: Sequence[Timed] = ()
) -> datetime:
    """When an event ends, or is likely to: an open end is the usual length or that of the programme."""
    if ends_at is not None:
        return ends_at
    planned = max((slot.ends_at for slot in slots_of(starts_at, programme)), default=starts_at) - starts_at
    return starts_at + max(usual_length(kinds), planned)


def end_of(details: EventDetails) -> datetime:
    """When a planned event ends, or is likely to."""
    return likely_end(details.starts_at, details.ends_at, details.kinds, details.programme)


def slots_of(starts_at: datetime, programme: Sequence[Timed]) -> list[Slot]:
    """When each line begins and ends as planned: after the one before it, unless its start was given."""
    slots = []
    cursor = starts_at
    for item in programme:
        start = cursor if item.start_after is None else starts_at + timedelta(minutes=item.start_after)
        cursor = start + timedelta(minutes=item.minutes)
        slots.append(Slot(start, cursor))
    return slots


def running_slots(starts_at: datetime, programme: Sequence[Running]) -> list[Slot]:
    """When each line begins and ends, following what really happened.

    Lines before the last one that was marked are over. Those after it follow one another; a given start is waited
    for, but nobody can begin before the line before is through.
    """
    marked = marked_line(programme)
    planned = slots_of(starts_at, programme)
    if marked is None:
        return planned
    slots = []
    cursor = starts_at
    for place, item in enumerate(programme):
        length = timedelta(minutes=item.minutes)
        if place < marked:
            latest = max(cursor, programme[marked].started_at or cursor)
            start = item.started_at or min(max(planned[place].starts_at, cursor), latest)
            cursor = max(start, cursor)
            slots.append(Slot(start, start))
            continue
        if item.started_at is not None and place == marked:
            start = item.started_at
        elif item.start_after is not None:
            start = max(cursor, planned[place].starts_at)
        else:
            start = cursor
        cursor = start + length
        slots.append(Slot(start, cursor))
    return slots


def item_starts(starts_at: datetime, programme: Sequence[Running]) -> list[datetime]:
    """The moment at which each line began, or is to begin."""
    return [slot.starts_at for slot in running_slots(starts_at, programme)]


def marked_line(programme: Sequence[Running]) -> int | None:
    """The place of the last line that was marked as begun."""
    return max((place for place, item in enumerate(programme) if item.started_at is not None), default=None)


def given_starts(
    starts_at: datetime, ends_at: datetime | None, lines: Sequence[tuple[time | None, int]]
) -> list[int | None]:
    """Minutes from an event's start to each time of day that was given to a line; lines: (time of day, minutes).

    Moments are on the clocks of the place. A time of day means the first one after the line before began, as long
    as the event lasts; otherwise the nearest, which `problem_with_times` then refuses.
    """
    latest = ends_at or starts_at + LONG_DAY
    found: list[int | None] = []
    before = cursor = starts_at
    for clock, minutes in lines:
        if clock is None:
            start = cursor
            found.append(None)
        else:
            start = before.replace(hour=clock.hour, minute=clock.minute)
            if start < before:
                start += timedelta(days=1)
            earlier = start - timedelta(days=1)
            if start > latest and before - earlier <= start - latest:
                start = earlier
            found.append(round((start - starts_at) / timedelta(minutes=1)))
        before = start
        cursor = start + timedelta(minutes=minutes)
    return found


def problem_with_times(
    starts_at: datetime, ends_at: datetime | None, programme: Sequence[Timed]
) -> tuple[int, str] | None:
    """The first line whose given start is impossible, and the name of what is wrong with it."""
    before = starts_at
    for place, (item, slot) in enumerate(zip(programme, slots_of(starts_at, programme), strict=True)):
        if item.start_after is not None:
            if slot.starts_at < starts_at:
                return place, "item_before_event"
            if slot.starts_at < before:
                return place, "item_before_last"
            if ends_at is not None and slot.starts_at >= ends_at:
                return place, "item_after_event"
            if item.start_after > LONGEST_MINUTES:
                return place, "item_after_event"
        before = slot.starts_at
    return None


def overlapping(starts_at: datetime, programme: Sequence[Timed]) -> list[int]:
    """The places of lines whose given start comes before the line before is through."""
    slots = slots_of(starts_at, programme)
    return [
        place
        for place in range(1, len(slots))
        if programme[place].start_after is not None and slots[place].starts_at < slots[place - 1].ends_at
    ]
