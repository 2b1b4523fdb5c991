"""Stages and ballots of elections."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.almanac.details import CandidatePairDetails, ElectionDetails, StageDetails, StageKind
from app.almanac.rules.elections import (
    next_change_after,
    problem_with_ballot,
    problem_with_showing,
    problem_with_stages,
    shipped_elections,
    stage_at,
    stage_of_days,
    stages_at,
    withholding_between,
    withholds_pairs,
)

pytestmark = pytest.mark.once

WIB = ZoneInfo("Asia/Pontianak")
WIT = ZoneInfo("Asia/Jayapura")


def at(written: str, zone: ZoneInfo = WIB) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


def pilkada(zone: ZoneInfo = WIB) -> tuple[StageDetails, ...]:
    (stages,) = (election.stages for election in shipped_elections(zone) if election.slug == "pilkada-2024")
    return stages


def stage(kind: StageKind, first: str, last: str) -> StageDetails:
    return stage_of_days(kind, date.fromisoformat(first), date.fromisoformat(last), zone=WIB)


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2024-08-27 00:00", StageKind.PENDAFTARAN),
        ("2024-09-10 12:00", None),
        ("2024-09-22 12:00", StageKind.PENETAPAN),
        ("2024-09-23 12:00", StageKind.PENGUNDIAN),
        ("2024-11-20 19:30", StageKind.KAMPANYE),
        ("2024-11-23 23:59", StageKind.KAMPANYE),
        ("2024-11-24 00:00", StageKind.MASA_TENANG),
        ("2024-11-26 23:59", StageKind.MASA_TENANG),
        ("2024-11-27 00:00", StageKind.PEMUNGUTAN),
        ("2024-11-28 00:00", StageKind.REKAPITULASI),
        ("2024-12-16 23:59", StageKind.REKAPITULASI),
        ("2024-12-17 00:00", None),
    ],
)
def test_a_moment_lies_in_its_stage(moment: str, kind: StageKind | None) -> None:
    governing = stage_at(at(moment), pilkada())
    assert (governing and governing.kind) == kind


def test_midnight_is_that_of_the_region() -> None:
    moment = at("2024-11-24 00:30", WIT)
    assert withholds_pairs(moment, pilkada(WIT))
    assert not withholds_pairs(moment, pilkada(WIB))


def test_counting_begins_on_voting_day() -> None:
    kinds = [stage.kind for stage in stages_at(at("2024-11-27 14:00"), pilkada())]
    assert kinds == [StageKind.PEMUNGUTAN, StageKind.REKAPITULASI]


@pytest.mark.parametrize(
    ("moment", "withheld"),
    [
        ("2024-11-23 23:59", False),
        ("2024-11-24 00:00", True),
        ("2024-11-27 23:59", True),
        ("2024-11-28 00:00", False),
    ],
)
def test_pairs_are_withheld_from_masa_tenang_until_voting_day_is_over(moment: str, withheld: bool) -> None:
    assert withholds_pairs(at(moment), pilkada()) is withheld


def test_an_event_that_reaches_into_masa_tenang_is_known() -> None:
    until_midnight = withholding_between(at("2024-11-23 20:00"), at("2024-11-24 00:00"), pilkada())
    past_midnight = withholding_between(at("2024-11-23 20:00"), at("2024-11-24 00:01"), pilkada())
    assert until_midnight == ()
    assert [stage.kind for stage in past_midnight] == [StageKind.MASA_TENANG]


def test_the_next_change_is_known_until_the_last() -> None:
    assert next_change_after(at("2024-11-20 19:30"), pilkada()) == at("2024-11-24 00:00")
    assert next_change_after(at("2024-11-24 00:00"), pilkada()) == at("2024-11-27 00:00")
    assert next_change_after(at("2024-12-17 00:00"), pilkada()) is None


@pytest.mark.parametrize("election", shipped_elections(WIB), ids=lambda election: election.slug)
def test_the_stages_delivered_can_stand_and_name_their_law(election: ElectionDetails) -> None:
    assert problem_with_stages(election.stages) is None
    assert all(stage.legal_basis for stage in election.stages)


@pytest.mark.parametrize(
    ("stages", "code"),
    [
        ([(StageKind.KAMPANYE, "2024-11-23", "2024-09-25")], "stage_ends_before_it_begins"),
        (
            [
                (StageKind.KAMPANYE, "2024-09-25", "2024-10-01"),
                (StageKind.KAMPANYE, "2024-10-05", "2024-11-23"),
            ],
            "stage_given_twice",
        ),
        (
            # One newspaper printed masa tenang a day too early.
            [
                (StageKind.KAMPANYE, "2024-09-25", "2024-11-23"),
                (StageKind.MASA_TENANG, "2024-11-23", "2024-11-26"),
            ],
            "stages_overlap",
        ),
        (
            [
                (StageKind.MASA_TENANG, "2024-11-24", "2024-11-26"),
                (StageKind.KAMPANYE, "2024-11-28", "2024-12-20"),
            ],
            "stages_in_wrong_order",
        ),
        (
            [
                (StageKind.PEMUNGUTAN, "2024-11-27", "2024-11-27"),
                (StageKind.REKAPITULASI, "2024-11-26", "2024-12-16"),
            ],
            "stages_in_wrong_order",
        ),
        (
            [
                (StageKind.MASA_TENANG, "2024-11-23", "2024-11-25"),
                (StageKind.PEMUNGUTAN, "2024-11-27", "2024-11-27"),
            ],
            "masa_tenang_does_not_reach_voting",
        ),
    ],
)
def test_stages_that_cannot_stand_are_named(stages: list[tuple[StageKind, str, str]], code: str) -> None:
    problem = problem_with_stages(stage(*given) for given in stages)
    assert problem is not None
    assert problem.code == code


def test_a_gap_between_other_stages_is_no_problem() -> None:
    assert (
        problem_with_stages(
            [
                stage(StageKind.PENGUNDIAN, "2024-09-23", "2024-09-23"),
                stage(StageKind.KAMPANYE, "2024-09-25", "2024-11-23"),
            ]
        )
        is None
    )


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([1, 2, 3], None),
        ([3, 1, 2], None),
        ([1, 1, 2], "ballot_number_twice"),
        ([1, 3], "ballot_number_missing"),
        ([0, 1], "ballot_number_missing"),
    ],
)
def test_ballot_numbers_run_from_one_without_a_hole(numbers: list[int], code: str | None) -> None:
    pairs = [CandidatePairDetails("61.04", number, "Fulan Contoh", "Fulanah Misal") for number in numbers]
    assert problem_with_ballot(pairs) == code


def test_a_pair_without_a_name_cannot_stand_on_the_ballot() -> None:
    assert (
        problem_with_ballot([CandidatePairDetails("61.04", 1, " ", "Fulanah Misal")]) == "pair_without_name"
    )


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ([], None),
        ([1, 2, 3], None),
        ([1, 3], "pairs_incomplete"),
        ([1, 2, 2], "pairs_incomplete"),
        ([2, 1, 3], "pairs_out_of_ballot_order"),
    ],
)
def test_all_pairs_are_shown_in_ballot_order_or_none(shown: list[int], code: str | None) -> None:
    assert problem_with_showing(shown, ballot=[3, 1, 2]) == code
