"""Who was invited, came, spoke and opened: the balance among the faiths, as counted from programmes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, func, select

from app.core.database import db
from app.core.faiths import Faith
from app.events.details import EventStatus
from app.events.models import Event, EventFaithRow, ProgrammeItem
from app.events.queries.surroundings import LIVING

# The faith of the first line of an event that a faith leads.
_opening = (
    select(ProgrammeItem.faith)
    .where(ProgrammeItem.event_id == Event.id, ProgrammeItem.faith.is_not(None))
    .order_by(ProgrammeItem.position)
    .limit(1)
    .correlate(Event)
    .scalar_subquery()
)
HELD = (EventStatus.PUBLISHED, EventStatus.POSTPONED, EventStatus.COMPLETED)


@dataclass(frozen=True)
class Opening:
    """The faith that opened the prayers of an event."""

    faith: Faith
    title: str
    starts_at: datetime


@dataclass(frozen=True)
class Share:
    """What one faith had over some time.

    invited: events it is or was asked to. came, absent: events already begun in which it led a line of the programme,
    or was put down as unable to. spoke: lines it led there; minutes: their planned length. opened: prayers it opened.
    """

    faith: Faith
    invited: int = 0
    came: int = 0
    absent: int = 0
    spoke: int = 0
    minutes: int = 0
    opened: int = 0


def openings_before(
    before: datetime, *, event_id: int | None = None, limit: int = len(Faith)
) -> list[Opening]:
    """Who opened the prayers of the last events that had prayers, the newest first."""
    query = (
        select(_opening.label("faith"), Event.title, Event.starts_at)
        .where(
            Event.status.in_((*LIVING, EventStatus.COMPLETED)),
            Event.starts_at < before,
            Event.id != (event_id or 0),
            _opening.is_not(None),
        )
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(limit)
    )
    return [Opening(row.faith, row.title, row.starts_at) for row in db.session.execute(query)]


def shares_between(unit_id: int, since: datetime, until: datetime, now: datetime) -> list[Share]:
    """What each faith had in a unit's events that begin in [since, until), in the order of the faiths."""
    of_unit = (Event.unit_id == unit_id, Event.starts_at >= since, Event.starts_at < until)
    invited = _counts(
        select(EventFaithRow.faith, func.count())
        .join(Event, Event.id == EventFaithRow.event_id)
        .where(*of_unit, Event.status.in_((*LIVING, EventStatus.COMPLETED)))
        .group_by(EventFaithRow.faith)
    )
    begun = (*of_unit, Event.status.in_(HELD), Event.starts_at <= now, ProgrammeItem.faith.is_not(None))
    there = ProgrammeItem.absent_note == ""
    held = {
        row.faith: row
        for row in db.session.execute(
            select(
                ProgrammeItem.faith,
                func.count(func.distinct(case((there, ProgrammeItem.event_id)))).label("came"),
                func.count(func.distinct(case((~there, ProgrammeItem.event_id)))).label("absent"),
                func.sum(case((there, 1), else_=0)).label("spoke"),
                func.sum(case((there, ProgrammeItem.minutes), else_=0)).label("minutes"),
            )
            .join(Event, Event.id == ProgrammeItem.event_id)
            .where(*begun)
            .group_by(ProgrammeItem.faith)
        )
    }
    firsts = select(_opening.label("faith")).where(*of_unit, Event.status.in_(HELD), Event.starts_at <= now)
    first = firsts.subquery()
    opened = _counts(select(first.c.faith, func.count()).group_by(first.c.faith))
    return [
        Share(
            faith,
            invited=invited.get(faith, 0),
            came=held[faith].came if faith in held else 0,
            absent=held[faith].absent if faith in held else 0,
            spoke=held[faith].spoke if faith in held else 0,
            minutes=held[faith].minutes if faith in held else 0,
            opened=opened.get(faith, 0),
        )
        for faith in Faith
    ]


def _counts(query: Select[Faith, int]) -> dict[Faith, int]:
    """Counts by faith of a query of such pairs."""
    return {row[0]: row[1] for row in db.session.execute(query)}
