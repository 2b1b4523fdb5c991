"""Sessions of an announced event: which row stays which session, and what a change makes of them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol, TypeVar

from app.core.text import fold_name
from app.events.details import AnnouncedSession, EventDetails, EventKind, SessionChange
from app.events.rules.timing import slots_of

# A session that moves by less within its event is not worth a message.
WORTH_TELLING = timedelta(minutes=15)


class Titled(Protocol):
    """What tells one session of an event from another."""

    @property
    def title(self) -> str: ...

    @property
    def kind(self) -> EventKind: ...


T = TypeVar("T", bound=Titled)


def own_rows(rows: Sequence[T], wanted: Sequence[Titled]) -> list[T | None]:
    """For each wanted session its row: its own also at another place, else one that is left over, else none."""
    left = list(rows)
    found: list[T | None] = []
    for given in wanted:
        own = next((row for row in left if (row.title, row.kind) == (given.title, given.kind)), None)
        if own is not None:
            left.remove(own)
        found.append(own)
    return [row or (left.pop(0) if left else None) for row in found]


def session_starts(details: EventDetails) -> dict[int, timedelta]:
    """How long after the event each session (by its index) begins; one without a line in the programme has no time."""
    starts: dict[int, timedelta] = {}
    for item, slot in zip(details.programme, slots_of(details.starts_at, details.programme), strict=True):
        starts.setdefault(item.session, slot.starts_at - details.starts_at)
    return starts


def session_changes(
    before: Sequence[AnnouncedSession], after: Sequence[AnnouncedSession]
) -> tuple[SessionChange, ...]:
    """What those who come for a session must hear: it is left out, has another title, begins at another time."""
    new = {session.id: session for session in after}
    changes = (SessionChange(old, new.get(old.id)) for old in before)
    return tuple(change for change in changes if _is_worth_telling(change))


def _is_worth_telling(change: SessionChange) -> bool:
    before, after = change.before, change.after
    if after is None or fold_name(before.title) != fold_name(after.title):
        return True
    if before.begins is None or after.begins is None:
        return False
    return abs(after.begins - before.begins) >= WORTH_TELLING
