"""This event of a series and those after it: changed together, or called off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.database import transactional
from app.core.i18n import when
from app.events.actions.barring import answer_bars, bars_of
from app.events.actions.changing import cancel, change_published, withdraw
from app.events.actions.outcomes import Outcome, do_with_each, record_outcome
from app.events.actions.proposing import revise
from app.events.actions.steps import begin, require, require_reason
from app.events.actions.telling import Rehearsal, joined, rehearse_change
from app.events.details import EventDetails, EventTag, Grade, GuardFinding
from app.events.models import Event, EventSeries
from app.events.queries import details_of, find_series, following_in_series
from app.events.rules.series import carried
from app.events.rules.states import ANNOUNCED
from app.people.models import Person


@dataclass(frozen=True)
class Later:
    """An event that a change of an earlier one of its series reaches: its new plan, and what stands in its way.

    needs_reason: whether it stays as it is without a reason; the guards of what is not announced wait for approval.
    """

    event: Event
    details: EventDetails
    bars: tuple[GuardFinding, ...]

    @property
    def needs_reason(self) -> bool:
        return self.event.status in ANNOUNCED and any(one.grade is Grade.REASON for one in self.bars)


def rehearse_following(
    event: Event, details: EventDetails, *, by: Person | None, now: datetime, publishes: bool, note: str = ""
) -> tuple[Rehearsal, list[Later]]:
    """What `change_following` would send, and every event it would reach, this one first."""
    series = _series_of(event)
    events = following_in_series(event, now, by.id if by else None)
    apart = {event.id, *(one.id for one in events)}
    later = [Later(event, details, bars_of(event, details, now, apart=apart))]
    for one in events:
        new = _new_plan(series, event, details_of(event), details, one)
        later.append(Later(one, new, bars_of(one, new, now, apart=apart)))
    rehearsals = []
    for reached in later:
        if publishes and reached.event.status in ANNOUNCED:
            shown = rehearse_change(reached.event, reached.details, note=note, by=by, now=now)
            if shown is not None:
                rehearsals.append((when(reached.event.starts_at, reached.event.zone), shown))
    return joined(rehearsals), later


@transactional
def change_following(
    event: Event,
    details: EventDetails,
    *,
    by: Person | None,
    now: datetime,
    checks: bool = False,
    publishes: bool = False,
    note: str = "",
    version: int | None = None,
    set_aside: str = "",
) -> Outcome:
    """Change an event of a series and, by the same difference, all those after it that are still to come.

    Announced ones change as announced events do, with messages; the others are revised. A refusal about this event
    refuses everything; one about a later event leaves that event as it was. checks, publishes: whether the acting
    person may rewrite what others proposed, and change what is announced; those events stay as they are otherwise.
    set_aside: why guards that the new plans meet do not count, for all of them.
    """
    event = begin(event, version=version)
    series = _series_of(event)
    before = details_of(event)
    events = following_in_series(event, now, by.id if by else None)
    # Of events that move along one does not stand in the way of the other, whichever moves first.
    waiting = {event.id, *(one.id for one in events)}

    def change(one: Event, new: EventDetails, apart: Collection[int]) -> None:
        if one.status in ANNOUNCED:
            require(publishes)
            change_published(one, new, by=by, now=now, note=note, set_aside=set_aside, apart=apart)
            return
        require(checks or _is_of(one, by))
        revise(one, new, by=by, now=now, checks=checks)
        if checks and set_aside:
            _set_aside_where_it_helps(one, set_aside, by=by, now=now, apart=apart)

    change(event, details, waiting)

    def follow(one: Event) -> None:
        one = begin(one)
        change(one, _new_plan(series, event, before, details, one), waiting)

    outcome = do_with_each(events, follow)
    record_outcome(event, EventTag.SERIES_CHANGED, outcome, by=by, now=now, reason=set_aside)
    return outcome


@transactional
def end_series(event: Event, reason: str, *, cancels: bool, by: Person | None, now: datetime) -> Outcome:
    """Call off every event of the series after this one: announced ones are cancelled, the others withdrawn.

    cancels: whether the acting person may cancel announced events and withdraw what others proposed; those stay
    otherwise.
    """
    event = begin(event)
    series = _series_of(event)
    require_reason(reason)

    def call_off(one: Event) -> None:
        if one.status in ANNOUNCED:
            require(cancels)
            cancel(one, reason, by=by, now=now)
        else:
            require(cancels or _is_of(one, by))
            withdraw(one, reason, by=by, now=now)

    outcome = do_with_each(following_in_series(event, now, by.id if by else None), call_off)
    series.ended_at = now
    record_outcome(event, EventTag.SERIES_ENDED, outcome, by=by, now=now, reason=reason)
    return outcome


def _series_of(event: Event) -> EventSeries:
    require(event.series_id is not None)
    assert event.series_id is not None
    series = find_series(event.series_id)
    assert series is not None
    return series


def _new_plan(
    series: EventSeries, event: Event, before: EventDetails, after: EventDetails, one: Event
) -> EventDetails:
    """The plan of a later event once what was changed about this one is carried over to it."""
    turns = (one.series_position or 0) - (event.series_position or 0) if series.rotates else 0
    return carried(before, after, details_of(one), ZoneInfo(event.zone), turns=turns)


def _set_aside_where_it_helps(
    event: Event, reason: str, *, by: Person | None, now: datetime, apart: Collection[int]
) -> None:
    """Keep the reason with a proposal that meets the guards as well, so that nobody is asked for it again."""
    event = begin(event)
    bars = bars_of(event, details_of(event), now, apart=apart)
    answer_bars(event, [one for one in bars if one.grade is Grade.REASON], reason, by=by, now=now)


def _is_of(event: Event, by: Person | None) -> bool:
    """Whether it is the acting person's own proposal, or nobody's any more."""
    return by is None or event.proposer_id in {None, by.id}
