"""Elections: which stage a moment lies in, whether stages and ballots can stand, and what they forbid.

Stages are kept in a table per election with their legal basis; no date stands in this module. The law counts
in whole local days, so a stage runs from midnight to the midnight after its last day.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import combinations, groupby
from zoneinfo import ZoneInfo

from app.almanac.details import (
    CandidatePairDetails,
    ElectionDetails,
    StageDetails,
    StageKind,
    StageProblem,
)
from app.almanac.rules.tables import rows_of

ORDER = {kind: number for number, kind in enumerate(StageKind)}
MAY_OVERLAP = {(StageKind.PEMUNGUTAN, StageKind.REKAPITULASI)}
"""Counting begins on voting day (PKPU 2/2024: voting 27 November, tabulation 27 November to 16 December)."""
MUST_TOUCH = {
    (StageKind.KAMPANYE, StageKind.MASA_TENANG): "campaign_does_not_reach_masa_tenang",
    (StageKind.MASA_TENANG, StageKind.PEMUNGUTAN): "masa_tenang_does_not_reach_voting",
}
"""The campaign lasts until masa tenang begins (PKPU 13/2024), and masa tenang until people vote."""
WITHHOLDING = frozenset({StageKind.MASA_TENANG, StageKind.PEMUNGUTAN})
"""Masa tenang (PKPU 13/2024 art. 47), and voting day itself: campaigning outside its schedule is an offence
(UU 10/2016 art. 187(1)), so what was held back does not return while people vote."""


def stage_at(moment: datetime, stages: Iterable[StageDetails]) -> StageDetails | None:
    """The stage of one election that governs an aware moment, or None between stages.

    Where voting and counting share a day, the voting governs.
    """
    return next(iter(stages_at(moment, stages)), None)


def stages_at(moment: datetime, stages: Iterable[StageDetails]) -> tuple[StageDetails, ...]:
    """All stages under way at an aware moment, in their official order."""
    return tuple(stage for stage in in_order(stages) if stage.starts_at <= moment < stage.ends_at)


def withholds_pairs(moment: datetime, stages: Iterable[StageDetails]) -> bool:
    """Whether what names a candidate pair or party must not be shown or published at an aware moment."""
    return any(stage.kind in WITHHOLDING for stage in stages_at(moment, stages))


def withholding_between(
    start: datetime, end: datetime, stages: Iterable[StageDetails]
) -> tuple[StageDetails, ...]:
    """The stages that hold pairs back at any moment of [start, end), in their official order."""
    return tuple(
        stage
        for stage in in_order(stages)
        if stage.kind in WITHHOLDING and stage.starts_at < end and start < stage.ends_at
    )


def next_change_after(moment: datetime, stages: Iterable[StageDetails]) -> datetime | None:
    """The next moment at which a stage begins or ends: a page that depends on stages keeps until then."""
    borders = (border for stage in stages for border in (stage.starts_at, stage.ends_at))
    return min((border for border in borders if border > moment), default=None)


def problem_with_stages(stages: Iterable[StageDetails]) -> StageProblem | None:
    """Why the stages of one election cannot stand together, or None.

    Codes: `stage_ends_before_it_begins`; `stage_given_twice`; `stages_overlap` (only counting may begin
    before voting has ended); `stages_in_wrong_order`; `campaign_does_not_reach_masa_tenang` and
    `masa_tenang_does_not_reach_voting` (the time between them would be unguarded).
    """
    ordered = in_order(stages)
    for stage in ordered:
        if stage.ends_at <= stage.starts_at:
            return StageProblem("stage_ends_before_it_begins", stage)
    for earlier, later in combinations(ordered, 2):
        kinds = (earlier.kind, later.kind)
        if earlier.kind is later.kind:
            return StageProblem("stage_given_twice", earlier, later)
        overlap = earlier.starts_at < later.ends_at and later.starts_at < earlier.ends_at
        if overlap and kinds not in MAY_OVERLAP:
            return StageProblem("stages_overlap", earlier, later)
        if later.starts_at < earlier.starts_at:
            return StageProblem("stages_in_wrong_order", earlier, later)
        if kinds in MUST_TOUCH and earlier.ends_at != later.starts_at:
            return StageProblem(MUST_TOUCH[kinds], earlier, later)
    return None


def problem_with_ballot(pairs: Iterable[CandidatePairDetails]) -> str | None:
    """Why the pairs of one election cannot form a ballot, or None.

    Codes: `pair_without_name`; `ballot_number_twice`; `ballot_number_missing` (numbers run from 1 without a
    hole).
    """
    ballot = list(pairs)
    if not all(pair.head_name.strip() for pair in ballot):
        return "pair_without_name"
    numbers = sorted(pair.ballot_number for pair in ballot)
    if len(set(numbers)) != len(numbers):
        return "ballot_number_twice"
    if numbers != list(range(1, len(numbers) + 1)):
        return "ballot_number_missing"
    return None


def problem_with_showing(shown: Sequence[int], *, ballot: Iterable[int]) -> str | None:
    """Whether ballot numbers, in the order shown, are fair: all pairs or none, by ballot number.

    Codes: `pairs_incomplete`, `pairs_out_of_ballot_order`; None when nothing is wrong. Equal treatment: UU
    10/2016 art. 71(1).
    """
    if not shown:
        return None
    expected = sorted(ballot)
    if sorted(shown) != expected:
        return "pairs_incomplete"
    if list(shown) != expected:
        return "pairs_out_of_ballot_order"
    return None


def stage_of_days(
    kind: StageKind, first: date, last: date, *, zone: ZoneInfo, legal_basis: str = ""
) -> StageDetails:
    """A stage from its first to its last local day, both inclusive, as a regulation writes it."""
    return StageDetails(
        kind=kind,
        starts_at=datetime.combine(first, time(0), zone),
        ends_at=datetime.combine(last + timedelta(days=1), time(0), zone),
        legal_basis=legal_basis,
    )


def in_order(stages: Iterable[StageDetails]) -> tuple[StageDetails, ...]:
    """Stages in the official order of their kinds."""
    return tuple(sorted(stages, key=lambda stage: (ORDER[stage.kind], stage.starts_at)))


@cache
def shipped_elections(zone: ZoneInfo) -> tuple[ElectionDetails, ...]:
    """The elections delivered with the almanac, in the days of a zone: a start for the admin's table."""
    found = []
    for (slug, name), rows in groupby(
        rows_of("election_stages"), key=lambda row: (row["election"], row["name"])
    ):
        stages = tuple(
            stage_of_days(
                StageKind(row["kind"]),
                date.fromisoformat(row["first_day"]),
                date.fromisoformat(row["last_day"]),
                zone=zone,
                legal_basis=row["legal_basis"],
            )
            for row in rows
        )
        found.append(ElectionDetails(slug, name, stages))
    return tuple(found)
