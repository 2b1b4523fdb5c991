"""Reading series: the dates a rule would give, and the events that were made of one."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app.core.database import db
from app.events.details import EventDetails, EventStatus, Guard, GuardFinding, SeriesRule
from app.events.models import Event, EventSeries
from app.events.queries.surroundings import surroundings_of
from app.events.rules.guards import Plan, check, standing
from app.events.rules.series import at, months_without, starts_of


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
    here = ZoneInfo(zone)
    first = details.starts_at.astimezone(here)
    starts = starts_of(rule, first)
    dates = []
    turn = 0
    for place, start in enumerate(starts[1:], 2):
        turn += 1
        moved = at(details, start.replace(tzinfo=here), turns=turn if rotates else 0)
        around = surroundings_of(moved, now, event_id=event_id, ahead=0)
        findings = check(Plan(moved, now), around) if around else ()
        stands = {finding.guard for finding in standing(findings, ())}
        skipped = bool(stands) or moved.starts_at <= now
        if skipped:
            turn -= 1  # the turn goes to the next date that is held
        told = tuple(
            finding for finding in findings if finding.guard in stands or finding.guard is Guard.IN_THE_PAST
        )
        dates.append(PlannedDate(place, moved, told if skipped else findings, skipped))
    return SeriesPlan(tuple(dates), tuple(months_without(rule, first, starts)))


def find_series(series_id: int) -> EventSeries | None:
    return db.session.get(EventSeries, series_id)


def events_of_series(series_id: int, person_id: int | None = None) -> list[Event]:
    """The events of a series in their order; person_id: only those that this person may know of."""
    query = select(Event).where(Event.series_id == series_id)
    if person_id is not None:
        known = (
            Event.status != EventStatus.DRAFT,
            Event.proposer_id.is_(None),
            Event.proposer_id == person_id,
        )
        query = query.where(or_(*known))
    return list(db.session.scalars(query.order_by(Event.series_position)))
