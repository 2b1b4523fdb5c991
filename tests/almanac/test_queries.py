from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.almanac.actions import add_shipped_elections, fill_holy_days
from app.almanac.details import StageKind
from app.almanac.queries import (
    ballots_at,
    holy_days_between,
    pairs_of,
    quiet_period_at,
    quiet_stage,
    stages_at,
    worship_between,
)
from app.core import clock
from app.core.faiths import Faith
from tests.almanac.factories import make_election
from tests.regions.factories import make_district

HERE = ZoneInfo("Asia/Pontianak")


def test_the_shipped_calendar_is_filled_once(app):
    assert fill_holy_days([2026], by=None, now=clock.now()) > 30
    assert fill_holy_days([2026], by=None, now=clock.now()) == 0
    names = [day.name for day in holy_days_between(date(2026, 12, 25), date(2026, 12, 25))]
    assert "Hari Raya Natal" in names


def test_ramadan_counts_on_each_of_its_days(app):
    fill_holy_days([2026], by=None, now=clock.now())
    assert [day.name for day in holy_days_between(date(2026, 3, 5), date(2026, 3, 5))] == ["Ramadan 1447 H"]


def test_the_quiet_period_of_2024_ran_from_sunday_to_voting_day(app):
    make_district()
    add_shipped_elections("Asia/Pontianak", region_code="61.04", by=None, now=clock.now())
    saturday = datetime(2024, 11, 23, 23, 59, tzinfo=HERE)
    assert quiet_stage(saturday) is None
    assert quiet_stage(saturday + timedelta(minutes=1)).kind is StageKind.MASA_TENANG
    assert quiet_stage(datetime(2024, 11, 27, 9, tzinfo=HERE)).kind is StageKind.PEMUNGUTAN
    assert quiet_stage(datetime(2024, 11, 28, 0, tzinfo=HERE)) is None


def test_an_election_elsewhere_does_not_silence_this_kecamatan(app):
    make_district()
    now = clock.now()
    make_election(vote_at=now + timedelta(days=1), region_code="61.04")
    assert quiet_period_at(now, "61.04.16") is not None
    assert quiet_period_at(now, "61.05.01") is None


def test_pairs_come_by_ballot_number_while_their_election_is_under_way(app):
    now = clock.now()
    make_election(vote_at=now + timedelta(days=20))
    assert [pair.ballot_number for pair in pairs_of("61.04.16", now)] == [1, 2, 3]
    assert pairs_of("61.04.16", now + timedelta(days=60)) == ()
    assert [stage.kind for stage in stages_at(now)] == [StageKind.KAMPANYE]
    assert len(ballots_at(now)) == 1


def test_worship_at_a_place_counts_feasts_and_prayers(app):
    fill_holy_days([2026], by=None, now=clock.now())
    district = make_district()
    start = datetime(2026, 12, 25, 17, 0, tzinfo=HERE)
    found = worship_between(
        start, start + timedelta(hours=3), district=district, faiths=[Faith.ISLAM, Faith.KATOLIK]
    )
    names = {window.name for window in found.windows}
    assert {"Hari Raya Natal", "Salat Magrib", "Salat Isya"} <= names


def test_without_coordinates_prayer_times_are_unknown_not_guessed(app):
    district = make_district("61.04.99", name="Tanpa Titik", slug="tanpa-titik", lat=None, lon=None)
    start = datetime(2026, 12, 2, 17, 0, tzinfo=HERE)
    found = worship_between(start, start + timedelta(hours=2), district=district, faiths=[Faith.ISLAM])
    assert found.prayer_times_unknown
