"""What waits, and the whole area at a glance."""

import itertools
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.core.faiths import Faith
from app.events.details import HIDDEN_STATES, EventStatus
from app.events.models import Event, ProgrammeItem
from app.home.models import ProblemReport
from app.pledges.models import PledgeSignature
from app.regions.details import RegionLevel
from app.regions.models import Region

_HAPPENING = [EventStatus.PUBLISHED, EventStatus.POSTPONED, EventStatus.COMPLETED]


def events_between(
    since: datetime, until: datetime, *, unit_ids: frozenset[int], proposer_id: int
) -> list[Event]:
    """Events of the units, or proposed by the person, that begin in [since, until), in any announced state."""
    query = (
        select(Event)
        .where(
            Event.starts_at >= since,
            Event.starts_at < until,
            Event.status.not_in(HIDDEN_STATES),
            Event.unit_id.in_(unit_ids) | (Event.proposer_id == proposer_id),
        )
        .options(joinedload(Event.unit), joinedload(Event.venue), joinedload(Event.district))
    )
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id)))


@dataclass(frozen=True)
class QuietDistrict:
    """A kecamatan where nothing has happened for a while; last: the start of its last event, if it ever had one."""

    name: str
    slug: str
    last: datetime | None


def districts_without_event(since: datetime, now: datetime) -> list[QuietDistrict]:
    """Kecamatan without an event in [since, now], those that have waited longest first."""
    held = (
        select(Event.district_code, func.max(Event.starts_at).label("last"))
        .where(Event.status.in_(_HAPPENING), Event.starts_at <= now)
        .group_by(Event.district_code)
        .subquery()
    )
    query = (
        select(Region.name, Region.slug, held.c.last)
        .outerjoin(held, held.c.district_code == Region.code)
        .where(Region.level == RegionLevel.DISTRICT, held.c.last.is_(None) | (held.c.last < since))
        .order_by(held.c.last.is_not(None), held.c.last, Region.name)
    )
    return [QuietDistrict(*row) for row in db.session.execute(query)]


def prayers_by_faith(since: datetime, now: datetime) -> dict[Faith, tuple[int, int]]:
    """Prayer slots in events of [since, now] by faith: (how many were planned, how many of them fell out)."""
    absent = func.sum(case((ProgrammeItem.absent_note != "", 1), else_=0))
    query = (
        select(ProgrammeItem.faith, func.count(), absent)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(
            Event.status.in_(_HAPPENING),
            Event.starts_at >= since,
            Event.starts_at <= now,
            ProgrammeItem.faith.is_not(None),
        )
        .group_by(ProgrammeItem.faith)
    )
    found = {faith: (count, int(missing or 0)) for faith, count, missing in db.session.execute(query)}
    return {faith: found.get(faith, (0, 0)) for faith in Faith}


def signatures_since(moments: list[datetime]) -> list[int]:
    """Living signatures in each span between neighbouring moments, in one statement."""
    spans = [
        select(func.count())
        .where(
            PledgeSignature.struck_at.is_(None),
            PledgeSignature.repeat_of_id.is_(None),
            PledgeSignature.signed_at >= start,
            PledgeSignature.signed_at < end,
        )
        .scalar_subquery()
        for start, end in itertools.pairwise(moments)
    ]
    return [int(count) for count in db.session.execute(select(*spans)).one()] if spans else []


def open_reports(unit_ids: frozenset[int], *, limit: int = 200) -> list[ProblemReport]:
    """Problems that nobody has settled, oldest first."""
    query = select(ProblemReport).where(ProblemReport.settled_at.is_(None), _seen_by(unit_ids))
    return list(db.session.scalars(query.order_by(ProblemReport.at, ProblemReport.id).limit(limit)))


def settled_reports(unit_ids: frozenset[int], *, limit: int = 30) -> list[ProblemReport]:
    """Those that were settled last."""
    query = select(ProblemReport).where(ProblemReport.settled_at.is_not(None), _seen_by(unit_ids))
    query = query.options(joinedload(ProblemReport.settled_by)).order_by(ProblemReport.settled_at.desc())
    return list(db.session.scalars(query.limit(limit)))


def find_report(report_id: int, unit_ids: frozenset[int]) -> ProblemReport | None:
    return db.session.scalar(select(ProblemReport).where(ProblemReport.id == report_id, _seen_by(unit_ids)))


def _seen_by(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    return ProblemReport.unit_id.is_(None) | ProblemReport.unit_id.in_(unit_ids)
