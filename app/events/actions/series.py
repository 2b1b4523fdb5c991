"""A series: many events made by one rule, made longer, moved on together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from app.core import audit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.events.actions.checking import approve, publish
from app.events.actions.outcomes import Outcome, do_with_each, record_outcome
from app.events.actions.proposing import save_draft, submit
from app.events.actions.steps import begin, checkers_of, require, tell
from app.events.details import EventStatus, EventTag, SeriesRule
from app.events.messages import guard_text
from app.events.messages.series import dates_text
from app.events.models import Event, EventSeries
from app.events.queries import details_of, events_of_series, find_series, proposer_of
from app.events.queries.series import SeriesPlan, last_position, plan_extension, plan_series
from app.events.rules.series import (
    MOST_DATES,
    may_extend,
    may_repeat,
    problem_with_longer,
    problem_with_rule,
    rule_of,
    rule_text,
)
from app.events.rules.states import OPEN_TO_PROPOSER
from app.events.rules.timing import end_of
from app.people.models import Person


class SeriesStep(StrEnum):
    """What is done with every event of a series that has come so far."""

    SUBMIT = "ajukan"
    APPROVE = "setujui"
    PUBLISH = "umumkan"


@transactional
def make_series(
    event: Event, rule: SeriesRule, *, rotates: bool, hands_in: bool, by: Person | None, now: datetime
) -> EventSeries:
    """Make the further dates of an event as events of their own; the event becomes the first of the series.

    Dates on which a guard would need a reason are left out and kept with that reason.
    """
    event = begin(event)
    require(may_repeat(event, in_series=event.series_id is not None))
    details = details_of(event)
    problem = problem_with_rule(
        rule, event.starts_at.astimezone(ZoneInfo(event.zone)), end_of(details) - details.starts_at
    )
    if problem:
        raise RuleBroken(problem[0], field=problem[1], most=MOST_DATES)
    plan = plan_series(details, rule, event.zone, now, event_id=event.id, rotates=rotates)
    if not plan.kept:
        raise RuleBroken("series_all_skipped", field="repeat")
    series = EventSeries(
        unit_id=event.unit_id,
        rule=rule_text(rule, event.starts_at.astimezone(ZoneInfo(event.zone))),
        rotates=rotates,
        skipped=_left_out(plan, event.zone),
        created_by_id=by.id if by else None,
        created_at=now,
    )
    db.session.add(series)
    db.session.flush()
    event.series_id, event.series_position = series.id, 1
    made = _make_dates(event, plan, after=1, by=by, now=now)
    audit.record(
        EventTag.SERIES_MADE,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={"rule": series.rule, "made": made, "skipped": len(series.skipped)},
    )
    if hands_in:
        move_on(event, SeriesStep.SUBMIT, by=by, now=now)
    return series


@transactional
def extend_series(
    event: Event, *, count: int | None, until: date | None, hands_in: bool, by: Person | None, now: datetime
) -> int:
    """Let a series go on to more dates or a later end; gives how many events were made.

    The new dates follow the plan of the event it is done from. Dates on which a guard would need a reason are left
    out, as when the series was made.
    """
    event = begin(event)
    require(event.series_id is not None)
    assert event.series_id is not None
    series = find_series(event.series_id)
    assert series is not None
    lock(series)
    require(may_extend(event, has_ended=series.ended_at is not None))
    old, first = rule_of(series.rule)
    longer = replace(old, count=count, until=until)
    details = details_of(event)
    problem = problem_with_longer(old, longer, first, end_of(details) - details.starts_at)
    if problem:
        raise RuleBroken(problem[0], field=problem[1], most=MOST_DATES)
    last = last_position(series.id)
    plan = plan_extension(event, series, longer, now, last=last)
    if not plan.kept:
        raise RuleBroken("series_all_skipped", field="count" if count is not None else "until")
    series.rule = rule_text(longer, first)
    series.skipped = [*series.skipped, *_left_out(plan, event.zone)]
    made = _make_dates(event, plan, after=last, by=by, now=now)
    after = {"rule": series.rule, "made": made, "skipped": len(plan.dates) - made}
    audit.record(EventTag.SERIES_EXTENDED, by=by, now=now, subject=event, name=event.title, after=after)
    if hands_in:
        move_on(event, SeriesStep.SUBMIT, by=by, now=now)
    return made


def _make_dates(event: Event, plan: SeriesPlan, *, after: int, by: Person | None, now: datetime) -> int:
    """An event for each date that is kept, at the places behind `after`; how many."""
    for position, one in enumerate(plan.kept, after + 1):
        new = save_draft(one.details, unit=event.unit, by=by, now=now)
        new.series_id, new.series_position = event.series_id, position
        db.session.flush()
    return len(plan.kept)


def _left_out(plan: SeriesPlan, zone: str) -> list[dict[str, Any]]:
    """The dates no event is made for, as a series keeps them."""
    return [
        {
            "starts_at": one.details.starts_at.isoformat(),
            "why": [guard_text(finding, zone) for finding in one.findings],
        }
        for one in plan.dates
        if one.is_skipped
    ]


@transactional
def move_on(event: Event, step: SeriesStep, *, by: Person | None, now: datetime) -> Outcome:
    """Hand in, approve or announce every event of the series that is ready for it; people are told once.

    Only one's own drafts are handed in.
    """
    event = begin(event)
    require(event.series_id is not None)
    assert event.series_id is not None
    person_id = by.id if by else None
    waiting: dict[SeriesStep, Callable[[Event], bool]] = {
        SeriesStep.SUBMIT: lambda one: (
            one.status in OPEN_TO_PROPOSER and one.proposer_id in {None, person_id}
        ),
        SeriesStep.APPROVE: lambda one: one.status is EventStatus.SUBMITTED,
        SeriesStep.PUBLISH: lambda one: one.status is EventStatus.APPROVED,
    }
    deeds: dict[SeriesStep, Callable[[Event], object]] = {
        SeriesStep.SUBMIT: lambda one: submit(one, by=by, now=now, tells=False),
        SeriesStep.APPROVE: lambda one: approve(one, by=by, now=now, tells=False),
        SeriesStep.PUBLISH: lambda one: publish(one, by=by, now=now, tells=False),
    }
    ready = [one for one in events_of_series(event.series_id) if waiting[step](one)]
    outcome = do_with_each(ready, deeds[step])
    if outcome.done:
        _tell_once(outcome.done, step, by=by, now=now)
        record_outcome(event, EventTag.SERIES_MOVED_ON, outcome, by=by, now=now, step=step.value)
    return outcome


def _tell_once(done: list[Event], step: SeriesStep, *, by: Person | None, now: datetime) -> None:
    """One notice for the whole series: to the checkers when it is handed in, to its proposer otherwise."""
    first = begin(done[0])
    note = dates_text([one.starts_at for one in done], first.zone)
    if step is SeriesStep.SUBMIT:
        people = checkers_of(first, but=by)
        tell(first, people, EventStatus.SUBMITTED, tag=EventTag.SUBMITTED, now=now, note=note)
        return
    proposer = proposer_of(first)
    if proposer is not None and (by is None or proposer.id != by.id):
        told = (EventStatus.APPROVED, EventTag.APPROVED)
        if step is SeriesStep.PUBLISH:
            told = (EventStatus.PUBLISHED, EventTag.PUBLISHED)
        tell(first, [proposer], told[0], tag=told[1], now=now, note=note)
