"""Keeping elections, their stages and their candidate pairs."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from app.almanac.actions.steps import AlmanacTag, tell
from app.almanac.details import CandidatePairDetails, ElectionDetails, StageDetails, Table
from app.almanac.messages import LABELS
from app.almanac.models import CandidatePair, Election, ElectionStage
from app.almanac.queries import find_election, pair_details, stage_details
from app.almanac.rules.elections import problem_with_ballot, problem_with_stages, shipped_elections
from app.core import audit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.people.models import Person


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
    tell(Table.ELECTIONS, region_code, now=now)
    return row


@transactional
def change_election(
    election: Election, *, name: str, kind: str, region_code: str | None, by: Person | None, now: datetime
) -> Election:
    """Correct what an election is called, of which kind it is and where it is held."""
    lock(election)
    before = {"name": election.name, "kind": election.kind, "region_code": election.region_code}
    after = {"name": name, "kind": kind, "region_code": region_code}
    election.name, election.kind, election.region_code = name, kind, region_code
    old, new = audit.changed(before, after)
    audit.record(
        AlmanacTag.ELECTION_CHANGED, by=by, now=now, subject=election, name=name, before=old, after=new
    )
    tell(Table.ELECTIONS, None if "region_code" in new else region_code, now=now)
    return election


@transactional
def remove_election(election: Election, *, reason: str, by: Person | None, now: datetime) -> None:
    """Take out an election that was entered by mistake, with its stages and pairs."""
    audit.record(
        AlmanacTag.ELECTION_REMOVED,
        by=by,
        now=now,
        subject=election,
        name=election.name,
        before={"kind": election.kind, "region_code": election.region_code},
        reason=reason,
    )
    tell(Table.ELECTIONS, election.region_code, now=now)
    db.session.execute(delete(Election).where(Election.id == election.id))


@transactional
def set_stages(
    election: Election, stages: Iterable[StageDetails], *, by: Person | None, now: datetime
) -> None:
    """Set all stages of an election at once, so that the whole of it can be moved.

    Refuses what cannot stand together; the refusal names the stage's kind as its field.
    """
    election = _again(election)
    given = {stage.kind: stage for stage in stages}
    _refuse_bad_stages(given.values())
    rows = {row.kind: row for row in election.stages}
    before = {kind.value: _days(stage_details(row)) for kind, row in rows.items()}
    after = {kind.value: _days(stage) for kind, stage in given.items()}
    for kind, row in rows.items():
        if kind not in given:
            db.session.delete(row)
    for kind, stage in given.items():
        kept = rows.get(kind)
        if kept is None:
            fresh = _stage(stage)
            fresh.election_id = election.id
            db.session.add(fresh)
        else:
            kept.starts_at, kept.ends_at = stage.starts_at, stage.ends_at
            kept.legal_basis = stage.legal_basis
    old, new = audit.changed(before, after)
    audit.record(
        AlmanacTag.STAGES_SET, by=by, now=now, subject=election, name=election.name, before=old, after=new
    )
    tell(Table.ELECTIONS, election.region_code, now=now)


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
    tell(Table.ELECTIONS, election.region_code, now=now)
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
    tell(Table.ELECTIONS, election.region_code if election else None, now=now)


def _again(election: Election) -> Election:
    """The election with its parts as they stand inside this transaction."""
    db.session.flush()
    found = find_election(lock(election).id)
    if found is None:
        raise RuleBroken("stale_write")
    return found


def _refuse_bad_stages(stages: Iterable[StageDetails]) -> None:
    problem = problem_with_stages(stages)
    if problem:
        kinds = [one.kind for one in (problem.stage, problem.other) if one is not None]
        names = [str(LABELS[kind]) for kind in kinds]
        raise RuleBroken(problem.code, field=kinds[-1].value, stage=names[0], other=names[-1])


def _stage(details: StageDetails) -> ElectionStage:
    return ElectionStage(
        kind=details.kind,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        legal_basis=details.legal_basis,
    )


def _days(stage: StageDetails) -> str:
    """A stage as the audit log keeps it."""
    return f"{stage.starts_at.isoformat()} – {stage.ends_at.isoformat()} {stage.legal_basis}".strip()
