"""Keeping the calendar and the elections."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.almanac.details import CandidatePairDetails, ElectionDetails, HolyDayDetails, StageDetails
from app.almanac.models import CandidatePair, Election, ElectionStage, HolyDay
from app.almanac.queries import find_election, pair_details, stage_details
from app.almanac.rules.elections import problem_with_ballot, problem_with_stages, shipped_elections
from app.almanac.rules.holy_days import holy_days_in
from app.core import audit, cache
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.people.models import Person

YEARS = range(2024, 2031)


class AlmanacTag(StrEnum):
    """Audit tags of the almanac."""

    DAYS_FILLED = "almanac:holy_day:filled"
    DAY_ADDED = "almanac:holy_day:added"
    DAY_REMOVED = "almanac:holy_day:removed"
    ELECTION_ADDED = "almanac:election:added"
    STAGE_SET = "almanac:stage:set"
    STAGE_REMOVED = "almanac:stage:removed"
    PAIR_SET = "almanac:pair:set"
    PAIR_REMOVED = "almanac:pair:removed"


@transactional
def fill_holy_days(years: Iterable[int] = YEARS, *, by: Person | None, now: datetime) -> int:
    """Add what the shipped calendar knows of the years and the table does not have yet; how many were added.

    Rows that the admin has entered or taken over stay as they are: the key is (date, name).
    """
    known = {(row.on, row.name) for row in db.session.execute(select(HolyDay.on, HolyDay.name))}
    added = 0
    for year in years:
        for details in holy_days_in(year):
            if (details.on, details.name) not in known:
                known.add((details.on, details.name))
                db.session.add(_holy_day(details, None))
                added += 1
    if added:
        audit.record(AlmanacTag.DAYS_FILLED, by=by, now=now, after={"added": added})
        cache.bump_after_commit()
    return added


@transactional
def add_holy_day(
    details: HolyDayDetails, *, region_code: str | None, by: Person | None, now: datetime
) -> HolyDay:
    """Enter a day by hand. Refuses `holy_day_known` for the same name on the same date."""
    query = select(HolyDay.id).where(HolyDay.on == details.on, HolyDay.name == details.name)
    if db.session.scalar(query) is not None:
        raise RuleBroken("holy_day_known", field="name")
    row = _holy_day(details, region_code)
    db.session.add(row)
    audit.record(AlmanacTag.DAY_ADDED, by=by, now=now, subject=row, name=row.name, after={"on": row.on})
    cache.bump_after_commit()
    return row


@transactional
def remove_holy_day(holy_day: HolyDay, *, reason: str, by: Person | None, now: datetime) -> None:
    """Take a day out of the calendar, for instance after a decree has moved it."""
    audit.record(
        AlmanacTag.DAY_REMOVED,
        by=by,
        now=now,
        subject=holy_day,
        name=holy_day.name,
        before={"on": holy_day.on, "source": holy_day.source},
        reason=reason,
    )
    db.session.delete(holy_day)
    cache.bump_after_commit()


@transactional
def add_shipped_elections(
    zone: str, *, region_code: str | None, by: Person | None, now: datetime
) -> list[Election]:
    """The elections of 2024 with their stages, in whole days of a zone; those already there are left alone."""
    known = set(db.session.scalars(select(Election.name)))
    return [
        add_election(
            details,
            kind="pemilu" if details.slug.startswith("pemilu") else "pilkada",
            region_code=None if details.slug.startswith("pemilu") else region_code,
            by=by,
            now=now,
        )
        for details in shipped_elections(ZoneInfo(zone))
        if details.name not in known
    ]


@transactional
def add_election(
    details: ElectionDetails,
    *,
    kind: str,
    region_code: str | None,
    by: Person | None,
    now: datetime,
    invented: bool = False,
) -> Election:
    """An election with its stages, which must be able to stand together (see `problem_with_stages`)."""
    _refuse_bad_stages(details.stages)
    row = Election(name=details.name, kind=kind, region_code=region_code, invented=invented)
    row.pairs = []
    row.stages = [_stage(stage) for stage in details.stages]
    db.session.add(row)
    audit.record(AlmanacTag.ELECTION_ADDED, by=by, now=now, subject=row, name=row.name)
    cache.bump_after_commit()
    return row


@transactional
def set_stage(
    election: Election, details: StageDetails, *, by: Person | None, now: datetime
) -> ElectionStage:
    """Set the dates of one kind of stage, new or already there. Refuses what cannot stand with the others."""
    election = _again(election)
    others = [stage for stage in election.stages if stage.kind is not details.kind]
    _refuse_bad_stages([*map(stage_details, others), details])
    row = next((stage for stage in election.stages if stage.kind is details.kind), None)
    before: dict[str, object] = {}
    if row is None:
        row = _stage(details)
        row.election_id = election.id
        db.session.add(row)
    else:
        before = {"starts_at": row.starts_at, "ends_at": row.ends_at, "legal_basis": row.legal_basis}
        row.starts_at, row.ends_at, row.legal_basis = details.starts_at, details.ends_at, details.legal_basis
    audit.record(
        AlmanacTag.STAGE_SET,
        by=by,
        now=now,
        subject=row,
        name=f"{election.name}: {details.kind.value}",
        before=before,
        after={
            "starts_at": details.starts_at,
            "ends_at": details.ends_at,
            "legal_basis": details.legal_basis,
        },
    )
    cache.bump_after_commit()
    return row


@transactional
def remove_stage(stage: ElectionStage, *, by: Person | None, now: datetime) -> None:
    """Take a stage out; the others must still be able to stand."""
    election = find_election(stage.election_id)
    rest = [other for other in election.stages if other.id != stage.id] if election else []
    _refuse_bad_stages(map(stage_details, rest))
    audit.record(
        AlmanacTag.STAGE_REMOVED,
        by=by,
        now=now,
        subject=stage,
        name=stage.kind.value,
        before={"starts_at": stage.starts_at, "ends_at": stage.ends_at},
    )
    db.session.delete(stage)
    cache.bump_after_commit()


@transactional
def set_pair(
    election: Election, details: CandidatePairDetails, *, by: Person | None, now: datetime
) -> CandidatePair:
    """Enter or correct the pair with a ballot number. Numbers run from 1 without a hole."""
    election = _again(election)
    others = [pair for pair in election.pairs if pair.ballot_number != details.ballot_number]
    problem = problem_with_ballot([*(pair_details(pair, None) for pair in others), details])
    if problem:
        raise RuleBroken(problem, field="ballot_number" if "number" in problem else "head_name")
    row = next((pair for pair in election.pairs if pair.ballot_number == details.ballot_number), None)
    if row is None:
        row = CandidatePair(election_id=election.id, ballot_number=details.ballot_number)
        db.session.add(row)
    row.head_name, row.deputy_name = details.head_name, details.deputy_name
    row.parties, row.aliases = list(details.parties), list(details.aliases)
    audit.record(
        AlmanacTag.PAIR_SET,
        by=by,
        now=now,
        subject=row,
        name=f"{election.name}: {details.ballot_number}",
        after={"head_name": row.head_name, "deputy_name": row.deputy_name},
    )
    cache.bump_after_commit()
    return row


@transactional
def remove_pair(pair: CandidatePair, *, by: Person | None, now: datetime) -> None:
    """Take the last pair off the ballot; one in the middle would leave a hole."""
    election = find_election(pair.election_id)
    rest = [other for other in election.pairs if other.id != pair.id] if election else []
    problem = problem_with_ballot(pair_details(other, None) for other in rest)
    if problem:
        raise RuleBroken(problem)
    audit.record(
        AlmanacTag.PAIR_REMOVED,
        by=by,
        now=now,
        subject=pair,
        name=str(pair.ballot_number),
        before={"head_name": pair.head_name, "deputy_name": pair.deputy_name},
    )
    db.session.delete(pair)
    cache.bump_after_commit()


def _again(election: Election) -> Election:
    """The election with its parts as they stand inside this transaction."""
    db.session.flush()
    found = find_election(election.id)
    if found is None:
        raise RuleBroken("stale_write")
    return found


def _refuse_bad_stages(stages: Iterable[StageDetails]) -> None:
    problem = problem_with_stages(stages)
    if problem:
        raise RuleBroken(problem.code, field="first")


def _stage(details: StageDetails) -> ElectionStage:
    return ElectionStage(
        kind=details.kind,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        legal_basis=details.legal_basis,
    )


def _holy_day(details: HolyDayDetails, region_code: str | None) -> HolyDay:
    return HolyDay(
        on=details.on,
        name=details.name,
        faiths=[faith.value for faith in details.faiths],
        kind=details.kind,
        begins=details.begins,
        minutes=details.minutes,
        days=details.days,
        source=details.source,
        is_estimate=details.is_estimate,
        region_code=region_code,
    )
