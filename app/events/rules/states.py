"""The life of an event: which step may follow which, and what each step needs."""

from datetime import datetime, timedelta
from typing import Protocol

from app.events.details import PUBLIC_STATES, Announced, EventDetails, EventStatus
from app.events.rules.timing import problem_with_times

S = EventStatus

OPEN_TO_PROPOSER = frozenset({S.DRAFT, S.RETURNED})
OPEN_TO_CHECKER = frozenset({S.DRAFT, S.RETURNED, S.SUBMITTED, S.APPROVED})
ANNOUNCED = frozenset({S.PUBLISHED, S.POSTPONED})
SCHEDULED = ANNOUNCED | {S.APPROVED}
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100
# Changes of which those who are coming must hear; another capacity is none of them.
TOLD = frozenset({"title", "starts_at", "ends_at", "place"})
LONGEST = timedelta(days=14)


class Living(Protocol):
    """What the rules ask of an event."""

    @property
    def status(self) -> EventStatus: ...

    @property
    def starts_at(self) -> datetime: ...


def may_revise(event: Living, *, checks: bool) -> bool:
    """Whether the proposal may be rewritten: by the proposer until it is handed in, by the checker until it is out."""
    return event.status in (OPEN_TO_CHECKER if checks else OPEN_TO_PROPOSER)


def may_submit(event: Living) -> bool:
    return event.status in OPEN_TO_PROPOSER


def may_return(event: Living) -> bool:
    return event.status in {S.SUBMITTED, S.APPROVED}


def may_approve(event: Living) -> bool:
    return event.status is S.SUBMITTED


def may_publish(event: Living) -> bool:
    return event.status is S.APPROVED


def may_change_published(event: Living) -> bool:
    return event.status in ANNOUNCED


def may_postpone(event: Living) -> bool:
    return event.status in ANNOUNCED


def may_cancel(event: Living) -> bool:
    return event.status in ANNOUNCED


def may_complete(event: Living, now: datetime) -> bool:
    """An event is marked as held once it has begun."""
    return event.status in ANNOUNCED and event.starts_at <= now


def may_withdraw(event: Living) -> bool:
    """A proposal may be taken back, an announced event taken off the site; what has happened stays."""
    return event.status not in {S.WITHDRAWN, S.COMPLETED}


def is_announced(event: Living, now: datetime, published_at: datetime | None) -> bool:
    """Whether the public has seen the event."""
    return event.status in PUBLIC_STATES and published_at is not None and published_at <= now


def problem_with_details(details: EventDetails) -> tuple[str, str] | None:
    """Why an event cannot be kept as it was typed: code and field, or None."""
    if not details.title:
        return "event_without_title", "title"
    if not EARLIEST_YEAR <= details.starts_at.year <= LATEST_YEAR:
        return "event_year_unlikely", "starts_at"
    if details.ends_at is not None:
        if details.ends_at <= details.starts_at:
            return "event_ends_before_start", "ends_at"
        if details.ends_at - details.starts_at > LONGEST:
            return "event_too_long", "ends_at"
    if details.capacity is not None and not 0 < details.capacity <= 100_000:
        return "event_capacity_unlikely", "capacity"
    if any(not 0 <= item.minutes <= 1440 for item in details.programme):
        return "programme_minutes_unlikely", "programme"
    if any(item.session >= max(1, len(details.sessions)) for item in details.programme):
        return "programme_session_unknown", "programme"
    wrong = problem_with_times(details.starts_at, details.ends_at, details.programme)
    return (wrong[1], "programme") if wrong else None


def problem_with_submitting(details: EventDetails) -> tuple[str, str] | None:
    """What a proposal still lacks before it can be handed in: code and field, or None."""
    if not details.kinds:
        return "event_without_kind", "kinds"
    return problem_with_details(details)


def changes_between(before: Announced, after: Announced) -> dict[str, object]:
    """The announced fields that differ, each with its old value."""
    new = vars(after)
    return {name: value for name, value in vars(before).items() if value != new[name]}


def is_reason(text: str) -> bool:
    """Whether a few words say why: a handful of letters does not."""
    return len(text.strip()) >= 10
