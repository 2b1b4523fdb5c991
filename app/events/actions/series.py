"""A series: many events made by one rule, moved on together, changed from one on, stopped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core import audit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.events.actions.changing import cancel, change_published, withdraw
from app.events.actions.checking import approve, publish
from app.events.actions.proposing import revise, save_draft, submit
from app.events.actions.steps import begin, checkers_of, require, require_reason, tell
from app.events.details import EventDetails, EventStatus, EventTag, SeriesRule
from app.events.messages import guard_text
from app.events.messages.series import dates_text
from app.events.models import Event, EventSeries
from app.events.queries import details_of, events_of_series, find_series, plan_series, proposer_of
from app.events.rules.series import MOST_DATES, carried, may_repeat, problem_with_rule, rule_text
from app.events.rules.states import ANNOUNCED, OPEN_TO_CHECKER, OPEN_TO_PROPOSER
from app.events.rules.timing import end_of
from app.people.models import Person


class SeriesStep(StrEnum):
    """What is done with every event of a series that has come so far."""

    SUBMIT = "ajukan"
    APPROVE = "setujui"
    PUBLISH = "umumkan"


@dataclass
class Outcome:
    """With which events of a series it was done, and which ones refused, each with the refusal."""

    done: list[Event] = field(default_factory=list)
    refused: list[tuple[Event, RuleBroken]] = field(default_factory=list)


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
        skipped=[
            {
                "starts_at": one.details.starts_at.isoformat(),
                "why": [guard_text(finding, event.zone) for finding in one.findings],
            }
            for one in plan.dates
            if one.is_skipped
        ],
        created_by_id=by.id if by else None,
        created_at=now,
    )
    db.session.add(series)
    db.session.flush()
    event.series_id, event.series_position = series.id, 1
    made = []
    for position, one in enumerate(plan.kept, 2):
        new = save_draft(one.details, unit=event.unit, by=by, now=now)
        new.series_id, new.series_position = series.id, position
        db.session.flush()
        made.append(new)
    audit.record(
        EventTag.SERIES_MADE,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={"rule": series.rule, "made": len(made), "skipped": len(series.skipped)},
    )
    if hands_in:
        move_on(event, SeriesStep.SUBMIT, by=by, now=now)
    return series


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
    outcome = _each(ready, deeds[step])
    if outcome.done:
        _tell_once(outcome.done, step, by=by, now=now)
        _record(event, EventTag.SERIES_MOVED_ON, outcome, by=by, now=now, step=step.value)
    return outcome


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
) -> Outcome:
    """Change an event of a series and, by the same difference, all those after it that are still to come.

    Announced ones change as announced events do, with messages; the others are revised. A refusal about this event
    refuses everything; one about a later event leaves that event as it was. checks, publishes: whether the acting
    person may rewrite what others proposed, and change what is announced; those events stay as they are otherwise.
    """
    event = begin(event, version=version)
    require(event.series_id is not None)
    assert event.series_id is not None
    series = find_series(event.series_id)
    assert series is not None
    before, zone, position = details_of(event), ZoneInfo(event.zone), event.series_position or 0

    def change(one: Event, new: EventDetails) -> None:
        if one.status in ANNOUNCED:
            require(publishes)
            change_published(one, new, by=by, now=now, note=note)
        else:
            require(checks or _is_of(one, by))
            revise(one, new, by=by, now=now, checks=checks)

    change(event, details)

    def follow(one: Event) -> None:
        one = begin(one)
        turns = (one.series_position or 0) - position if series.rotates else 0
        change(one, carried(before, details, details_of(one), zone, turns=turns))

    outcome = _each(_after(event, now, by), follow)
    _record(event, EventTag.SERIES_CHANGED, outcome, by=by, now=now)
    return outcome


@transactional
def end_series(event: Event, reason: str, *, cancels: bool, by: Person | None, now: datetime) -> Outcome:
    """Call off every event of the series after this one: announced ones are cancelled, the others withdrawn.

    cancels: whether the acting person may cancel announced events and withdraw what others proposed; those stay
    otherwise.
    """
    event = begin(event)
    require(event.series_id is not None)
    require_reason(reason)
    assert event.series_id is not None
    series = find_series(event.series_id)
    assert series is not None

    def call_off(one: Event) -> None:
        if one.status in ANNOUNCED:
            require(cancels)
            cancel(one, reason, by=by, now=now)
        else:
            require(cancels or _is_of(one, by))
            withdraw(one, reason, by=by, now=now)

    outcome = _each(_after(event, now, by), call_off)
    series.ended_at = now
    _record(event, EventTag.SERIES_ENDED, outcome, by=by, now=now, reason=reason)
    return outcome


def _is_of(event: Event, by: Person | None) -> bool:
    """Whether it is the acting person's own proposal, or nobody's any more."""
    return by is None or event.proposer_id in {None, by.id}


def _after(event: Event, now: datetime, by: Person | None) -> list[Event]:
    """The events of the series behind this one that are alive and still to come, and not another's draft."""
    assert event.series_id is not None
    return [
        one
        for one in events_of_series(event.series_id, by.id if by else None)
        if (one.series_position or 0) > (event.series_position or 0)
        and one.status in OPEN_TO_CHECKER | ANNOUNCED
        and one.starts_at > now
    ]


def _each(events: list[Event], deed: Callable[[Event], object]) -> Outcome:
    """Do it with each event by itself: a refusal about one leaves the others done."""
    outcome = Outcome()
    for one in events:
        try:
            with db.session.begin_nested():
                deed(one)
        except RuleBroken as broken:
            outcome.refused.append((one, broken))
        else:
            outcome.done.append(one)
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


def _record(
    event: Event,
    tag: EventTag,
    outcome: Outcome,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    step: str = "",
) -> None:
    audit.record(
        tag,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={
            **({"step": step} if step else {}),
            "done": len(outcome.done),
            "refused": len(outcome.refused),
        },
        reason=reason,
    )
