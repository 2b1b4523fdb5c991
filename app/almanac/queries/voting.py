"""Reading elections: their stages, when pairs are held back, the pairs on each ballot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.details import (
    CandidatePairDetails,
    StageDetails,
    StageKind,
)
from app.almanac.models import (
    CandidatePair,
    Election,
    ElectionStage,
)
from app.almanac.queries.places import lies_in
from app.almanac.rules.elections import WITHHOLDING, in_order
from app.core import cache
from app.core.database import db


@dataclass(frozen=True, slots=True)
class KnownStage:
    """A stage of an election in the table: [starts_at, ends_at), aware. region_code: Kemendagri, None for all."""

    id: int
    election_id: int
    election_name: str
    region_code: str | None
    kind: StageKind
    starts_at: datetime
    ends_at: datetime
    legal_basis: str

    def concerns(self, region_code: str | None) -> bool:
        """Whether the election is held in a region (a kecamatan's code too); None asks for anywhere."""
        return region_code is None or self.region_code is None or lies_in(region_code, self.region_code)


@dataclass(frozen=True, slots=True)
class Ballot:
    """The pairs of one election, by ballot number."""

    election_id: int
    election_name: str
    pairs: tuple[CandidatePairDetails, ...]


# Every page asks for the stages; they are read again only when anything public has changed.
_kept: dict[str, tuple[int, object]] = {}


def all_stages() -> tuple[KnownStage, ...]:
    """All stages of all elections, earliest first."""
    version = cache.version()
    kept = _kept.get("stages")
    if kept is None or kept[0] != version:
        rows = db.session.scalars(
            select(ElectionStage)
            .options(joinedload(ElectionStage.election))
            .order_by(ElectionStage.starts_at, ElectionStage.id)
        )
        kept = (
            version,
            tuple(
                KnownStage(
                    id=row.id,
                    election_id=row.election_id,
                    election_name=row.election.name,
                    region_code=row.election.region_code,
                    kind=row.kind,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                    legal_basis=row.legal_basis,
                )
                for row in rows
            ),
        )
        _kept["stages"] = kept
    found: tuple[KnownStage, ...] = kept[1]  # type: ignore[assignment]
    return found


def stages_at(moment: datetime, region_code: str | None = None) -> tuple[KnownStage, ...]:
    """The stages under way at a moment in a region (None: anywhere), earliest first."""
    return tuple(
        stage
        for stage in all_stages()
        if stage.starts_at <= moment < stage.ends_at and stage.concerns(region_code)
    )


def quiet_stage(now: datetime, region_code: str | None = None) -> KnownStage | None:
    """The stage that holds candidate pairs back at a moment: masa tenang or voting day; None when none does."""
    return next((stage for stage in stages_at(now, region_code) if stage.kind in WITHHOLDING), None)


def quiet_period_at(now: datetime, region_code: str | None) -> KnownStage | None:
    """As `quiet_stage`, for one region or kecamatan by its Kemendagri code."""
    return quiet_stage(now, region_code)


def quiet_regions(now: datetime) -> tuple[str | None, ...]:
    """The regions in which pairs are held back at a moment; None among them means everywhere."""
    quiet = (stage for stage in stages_at(now) if stage.kind in WITHHOLDING)
    return tuple(dict.fromkeys(stage.region_code for stage in quiet))


def quiet_stages_between(
    start: datetime, end: datetime, region_code: str | None = None
) -> tuple[KnownStage, ...]:
    """The stages that hold pairs back at any moment of [start, end) in a region, earliest first."""
    return tuple(
        stage
        for stage in all_stages()
        if stage.kind in WITHHOLDING
        and stage.starts_at < end
        and start < stage.ends_at
        and stage.concerns(region_code)
    )


def next_quiet_start(now: datetime) -> datetime | None:
    """The next moment at which candidate pairs begin to be held back anywhere: no copy of a page lives beyond it."""
    return next((s.starts_at for s in all_stages() if s.kind in WITHHOLDING and s.starts_at > now), None)


def next_stage_change(now: datetime) -> datetime | None:
    """The next moment at which a stage begins or ends: pages that depend on stages keep until then."""
    borders = (border for stage in all_stages() for border in (stage.starts_at, stage.ends_at))
    return min((border for border in borders if border > now), default=None)


def ballots_at(moment: datetime, region_code: str | None = None) -> tuple[Ballot, ...]:
    """The ballots of elections in a region that are under way: between their first and their last stage."""
    spans: dict[int, tuple[datetime, datetime]] = {}
    for stage in all_stages():
        if stage.concerns(region_code):
            first, last = spans.get(stage.election_id, (stage.starts_at, stage.ends_at))
            spans[stage.election_id] = min(first, stage.starts_at), max(last, stage.ends_at)
    running = {key for key, (first, last) in spans.items() if first <= moment < last}
    return tuple(ballot for ballot in _all_ballots() if ballot.election_id in running and ballot.pairs)


def pairs_of(region_code: str | None, at: datetime) -> tuple[CandidatePairDetails, ...]:
    """All candidate pairs of the elections under way in a region at a moment, by election and ballot number."""
    return tuple(pair for ballot in ballots_at(at, region_code) for pair in ballot.pairs)


def _all_ballots() -> tuple[Ballot, ...]:
    version = cache.version()
    kept = _kept.get("ballots")
    if kept is None or kept[0] != version:
        rows = db.session.scalars(
            select(Election).options(selectinload(Election.pairs)).order_by(Election.id)
        )
        kept = (
            version,
            tuple(
                Ballot(row.id, row.name, tuple(pair_details(pair, row.region_code) for pair in row.pairs))
                for row in rows
            ),
        )
        _kept["ballots"] = kept
    found: tuple[Ballot, ...] = kept[1]  # type: ignore[assignment]
    return found


def pair_details(pair: CandidatePair, region_code: str | None) -> CandidatePairDetails:
    """A row of the ballot as rules take it."""
    return CandidatePairDetails(
        region_code=region_code or "",
        ballot_number=pair.ballot_number,
        head_name=pair.head_name,
        deputy_name=pair.deputy_name,
        parties=tuple(pair.parties),
        aliases=tuple(pair.aliases),
    )


def stage_details(stage: KnownStage | ElectionStage) -> StageDetails:
    """A stage as rules take it."""
    return StageDetails(stage.kind, stage.starts_at, stage.ends_at, stage.legal_basis)


def elections() -> list[Election]:
    """All elections with stages and pairs, the newest first."""
    query = select(Election).options(selectinload(Election.stages), selectinload(Election.pairs))
    rows = list(db.session.scalars(query.order_by(Election.id)))
    return sorted(
        rows, key=lambda row: max((s.ends_at.timestamp() for s in row.stages), default=0), reverse=True
    )


def find_election(election_id: int) -> Election | None:
    """An election with stages and pairs, read afresh."""
    query = (
        select(Election)
        .where(Election.id == election_id)
        .options(selectinload(Election.stages), selectinload(Election.pairs))
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query)


def find_pair(pair_id: int) -> CandidatePair | None:
    """A candidate pair with its election."""
    query = (
        select(CandidatePair).where(CandidatePair.id == pair_id).options(joinedload(CandidatePair.election))
    )
    return db.session.scalar(query)


def ordered_stages(election: Election) -> tuple[StageDetails, ...]:
    """The stages of an election (loaded) in their official order."""
    return in_order(stage_details(stage) for stage in election.stages)
