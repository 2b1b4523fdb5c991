"""Prayer times against the tables that the Ministry of Religious Affairs published."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.almanac.rules.prayer_times import NoPrayerTimes, prayer_times

pytestmark = pytest.mark.once

PONTIANAK = ZoneInfo("Asia/Pontianak")
KETAPANG = (-1.85, 109.97, PONTIANAK)
NAMES = ("imsak", "subuh", "terbit", "duha", "zuhur", "asar", "magrib", "isya")
TABLE = Path(__file__).parent / "data" / "jadwal_salat.csv"


def differences(row: dict[str, str]) -> Iterator[float]:
    """Minutes by which ours are later than the published times of one row."""
    place = (float(row["latitude"]), float(row["longitude"]), ZoneInfo(row["zone"]))
    ours = prayer_times(*place, date.fromisoformat(row["date"]))
    for name in NAMES:
        if row[name]:
            published = datetime.fromisoformat(f"{row['date']} {row[name]}").replace(tzinfo=place[2])
            yield (getattr(ours, name) - published) / timedelta(minutes=1)


def published_rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", published_rows(), ids=lambda row: f"{row['place']} {row['date']}")
def test_no_time_is_further_than_a_minute_from_the_published_one(row: dict[str, str]) -> None:
    assert all(abs(minutes) <= 1 for minutes in differences(row))


def test_nine_of_ten_published_times_are_met_to_the_minute() -> None:
    found = [minutes for row in published_rows() for minutes in differences(row)]
    assert found.count(0) >= 0.9 * len(found)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-01-15", "04:22 11:53 15:17 17:59 19:12"),
        ("2024-06-21", "04:20 11:45 15:09 17:46 19:00"),
        ("2024-11-20", "04:00 11:29 14:52 17:35 18:48"),
        ("2024-11-27", "04:01 11:31 14:55 17:38 18:51"),
        ("2026-02-19", "04:33 11:57 15:12 18:02 19:11"),
    ],
)
def test_the_five_prayers_of_ketapang_on_known_days(day: str, expected: str) -> None:
    times = prayer_times(*KETAPANG, date.fromisoformat(day))
    prayers = (times.subuh, times.zuhur, times.asar, times.magrib, times.isya)
    assert " ".join(f"{prayer:%H:%M}" for prayer in prayers) == expected


def test_half_past_seven_on_the_evening_of_the_declaration_is_forty_two_minutes_after_isya() -> None:
    isya = prayer_times(*KETAPANG, date(2024, 11, 20)).isya
    assert datetime(2024, 11, 20, 19, 30, tzinfo=PONTIANAK) - isya == timedelta(minutes=42)


def test_times_of_every_day_of_a_year_are_whole_minutes_of_that_date_in_their_order() -> None:
    for number in range(366):
        day = date(2024, 1, 1) + timedelta(days=number)
        times = prayer_times(*KETAPANG, day)
        in_order = [getattr(times, name) for name in NAMES]
        assert in_order == sorted(in_order)
        assert {moment.date() for moment in in_order} == {day}
        assert all(moment.second == moment.microsecond == 0 for moment in in_order)


def test_the_east_of_the_regency_prays_minutes_before_the_town() -> None:
    day = date(2024, 11, 20)
    earlier = prayer_times(*KETAPANG, day).magrib - prayer_times(-2.46, 111.01, PONTIANAK, day).magrib
    assert timedelta(minutes=2) < earlier < timedelta(minutes=6)


def test_times_are_told_by_the_clock_of_the_place() -> None:
    jayapura = prayer_times(-2.53, 140.72, ZoneInfo("Asia/Jayapura"), date(2024, 11, 20))
    assert jayapura.zuhur.tzname() == "WIT"
    assert jayapura.zuhur.hour == 11


def test_noon_stays_on_its_date_beside_the_date_line() -> None:
    apia = prayer_times(-13.83, -171.76, ZoneInfo("Pacific/Apia"), date(2026, 6, 1))
    assert apia.zuhur.date() == date(2026, 6, 1)


@pytest.mark.parametrize("latitude", [60.0, 69.6, 90.0, -66.6])
def test_a_latitude_where_night_does_not_come_is_refused(latitude: float) -> None:
    day = date(2026, 6, 21) if latitude > 0 else date(2026, 12, 21)
    with pytest.raises(NoPrayerTimes):
        prayer_times(latitude, 20.0, ZoneInfo("Europe/Oslo"), day)


@pytest.mark.parametrize("place", [(109.97, -1.85), (-91.0, 0.0), (0.0, 181.0)])
def test_a_place_off_the_globe_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no such place"):
        prayer_times(*place, PONTIANAK, date(2026, 1, 1))
