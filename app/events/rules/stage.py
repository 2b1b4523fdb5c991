"""What is on during an event, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.events.details import EventKind, EventStatus
from app.events.rules.states import ANNOUNCED, Living
from app.events.rules.timing import Running, Slot, likely_end, marked_line, running_slots

# A line may be marked as begun from so long before the event until so long after its likely end.
EARLY, LATE = timedelta(hours=2), timedelta(hours=12)
# How long the last line stays when somebody marks the lines as they begin.
LINGER = timedelta(minutes=30)


class Phase(StrEnum):
    OFF = "batal"  # called off, or postponed without a date
    BEFORE = "sebelum"
    ON = "berlangsung"
    OVER = "selesai"


@dataclass(frozen=True)
class Standing:
    """Where an event stands. current, following: places in the programme; until: when time alone changes this.

    current is None while nothing is on: between two lines, or in an event without a programme.
    """

    phase: Phase
    current: int | None
    following: int | None
    until: datetime | None
    slots: tuple[Slot, ...]


def standing_of(
    event: Living,
    ends_at: datetime | None,
    kinds: Sequence[EventKind],
    programme: Sequence[Running],
    now: datetime,
    *,
    dateless: bool = False,
) -> Standing:
    """Where an event stands at a moment.

    As soon as a line was marked as begun, that line is on until the next one is marked: whoever marks leads.
    """
    slots = tuple(running_slots(event.starts_at, programme))
    if dateless or event.status not in {*ANNOUNCED, EventStatus.COMPLETED}:
        return Standing(Phase.OFF, None, None, None, slots)
    end = max((slot.ends_at for slot in slots), default=likely_end(event.starts_at, ends_at, kinds))
    if ends_at is not None:
        end = max(end, ends_at)
    marked = marked_line(programme)
    if event.status is EventStatus.COMPLETED or now >= end + (LINGER if marked is not None else timedelta(0)):
        return Standing(Phase.OVER, None, None, None, slots)
    if marked is not None:
        return Standing(Phase.ON, marked, _or_none(marked + 1, slots), end + LINGER, slots)
    if now < event.starts_at:
        return Standing(Phase.BEFORE, None, _or_none(0, slots), event.starts_at, slots)
    begun = [place for place, slot in enumerate(slots) if slot.starts_at <= now]
    last = begun[-1] if begun else -1
    moments = [moment for slot in slots for moment in (slot.starts_at, slot.ends_at) if moment > now]
    is_on = last >= 0 and now < slots[last].ends_at
    return Standing(Phase.ON, last if is_on else None, _or_none(last + 1, slots), min([*moments, end]), slots)


def may_run(event: Living, ends_at: datetime | None, kinds: Sequence[EventKind], now: datetime) -> bool:
    """Whether lines of the programme may be marked as begun: around the time of an announced event."""
    end = likely_end(event.starts_at, ends_at, kinds)
    return event.status in ANNOUNCED and event.starts_at - EARLY <= now <= end + LATE


def _or_none(place: int, slots: Sequence[Slot]) -> int | None:
    return place if place < len(slots) else None
