"""Reading series: the dates a rule would give, and the events that were made of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.events.details import EventDetails, EventStatus, Guard, GuardFinding, SeriesRule
from app.events.models import Event, EventSeries
from app.events.queries.loading import details_of, with_everything
from app.events.queries.surroundings import surroundings_of
from app.events.rules.guards import Plan, check, standing
from app.events.rules.series import at, months_without, rule_of, starts_beyond, starts_of
from app.events.rules.states import ANNOUNCED, OPEN_TO_CHECKER


@dataclass(frozen=True)
class PlannedDate:
    """A date a rule gives after the first. position: its place in the series if nothing is left out.

    findings: what stands out about it; is_skipped: whether no event is made for it.
    """

    position: int
    details: EventDetails
    findings: tuple[GuardFinding, ...]
    is_skipped: bool


@dataclass(frozen=True)
class SeriesPlan:
    """All dates of a rule after the first, and the months it passes over."""

    dates: tuple[PlannedDate, ...]
    empty_months: tuple[date, ...]

    @property
    def kept(self) -> tuple[PlannedDate, ...]:
        return tuple(one for one in self.dates if not one.is_skipped)


def plan_series(
    details: EventDetails, rule: SeriesRule, zone: str, now: datetime, *, event_id: int, rotates: bool
) -> SeriesPlan:
    """What a sound rule gives, each date asked of the guards; `details`: of the first event.

    A date is left out when a guard would need a reason there, or when it has passed.
    """
    first = details.starts_at.astimezone(ZoneInfo(zone))
    starts = starts_of(rule, first)
    dates = _planned(details, starts[1:], zone, now, event_id=event_id, after=1, turn=0 if rotates else None)
    return SeriesPlan(dates, tuple(months_without(rule, first, starts)))


def plan_extension(
    event: Event, series: EventSeries, longer: SeriesRule, now: datetime, *, last: int
) -> SeriesPlan:
    """The dates by which a sound longer rule lets a series go on, by the plan of one of its events.

    last: the last place that is taken.
    """
    old, first = rule_of(series.rule)
    here = ZoneInfo(event.zone)
    own = event.starts_at.astimezone(here).replace(tzinfo=None)
    starts = starts_beyond(old, longer, first, own)
    turn = last - (event.series_position or 0) if series.rotates else None
    dates = _planned(details_of(event), starts, event.zone, now, event_id=event.id, after=last, turn=turn)
    until = starts[0].date() if starts else first.date()
    empty = [month for month in months_without(longer, first, starts_of(longer, first)) if month > until]
    return SeriesPlan(dates, tuple(empty))


def _planned(
    details: EventDetails,
    starts: Sequence[datetime],
    zone: str,
    now: datetime,
    *,
    event_id: int,
    after: int,
    turn: int | None,
) -> tuple[PlannedDate, ...]:
    """Each start asked of the guards. after: the place before the first of them.

    turn: by how many the prayers have moved on there; None where they do not take turns.
    """
    dates = []
    for place, start in enumerate(starts, after + 1):
        turns = turn + 1 if turn is not None else 0
        moved = at(details, start.replace(tzinfo=ZoneInfo(zone)), turns=turns)
        around = surroundings_of(moved, now, event_id=event_id, ahead=0)
        findings = check(Plan(moved, now), around) if around else ()
        stands = {finding.guard for finding in standing(findings, ())}
        skipped = bool(stands) or moved.starts_at <= now
        if turn is not None and not skipped:
            turn = turns  # the turn goes to the next date that is held
        told = tuple(
            finding for finding in findings if finding.guard in stands or finding.guard is Guard.IN_THE_PAST
        )
        dates.append(PlannedDate(place, moved, told if skipped else findings, skipped))
    return tuple(dates)


def find_series(series_id: int) -> EventSeries | None:
    return db.session.get(EventSeries, series_id)


def events_of_series(series_id: int, person_id: int | None = None) -> list[Event]:
    """The events of a series in their order; person_id: only those that this person may know of."""
    return list(db.session.scalars(_of_series(series_id, person_id)))


def _of_series(series_id: int, person_id: int | None) -> Select[Event]:
    query = select(Event).where(Event.series_id == series_id).order_by(Event.series_position)
    if person_id is not None:
        known = (
            Event.status != EventStatus.DRAFT,
            Event.proposer_id.is_(None),
            Event.proposer_id == person_id,
        )
        query = query.where(or_(*known))
    return query


def following_in_series(event: Event, now: datetime, person_id: int | None) -> list[Event]:
    """The events of the series behind one that are alive and still to come, and not another's draft, with everything
    that a change of them looks at."""
    query = _of_series(event.series_id or 0, person_id).where(
        Event.series_position > (event.series_position or 0),
        Event.status.in_(OPEN_TO_CHECKER | ANNOUNCED),
        Event.starts_at > now,
    )
    return list(db.session.scalars(with_everything(query).options(selectinload(Event.overrides))))


def last_position(series_id: int) -> int:
    """The last place of a series that an event stands at, whatever has become of it."""
    query = select(func.max(Event.series_position)).where(Event.series_id == series_id)
    return db.session.scalar(query) or 0
