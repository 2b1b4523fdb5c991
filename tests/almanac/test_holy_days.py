"""Holy days against the decrees of 2024 to 2027, and what follows from them."""

import csv
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from app.almanac.details import HolyDayDetails, HolyDayKind
from app.almanac.rules.holy_days import (
    UnknownHoliday,
    decreed_days_in,
    derived_days_in,
    fasting_on,
    holy_days_in,
    known_name,
    ramadans_in,
)
from app.core.faiths import Faith

pytestmark = pytest.mark.once

TABLE = Path(__file__).parent / "data" / "hari_besar_2024_2027.csv"
FAITHS = {"umum": (), "kristen_katolik": (Faith.PROTESTAN, Faith.KATOLIK)}
KINDS = {"hari_libur_pemungutan_suara": HolyDayKind.PEMUNGUTAN_SUARA}
LUNAR_FEASTS = {
    "Isra Mikraj Nabi Muhammad",
    "Tahun Baru Imlek",
    "Hari Suci Nyepi",
    "Hari Raya Idul Fitri",
    "Hari kedua dari Hari Raya Idul Fitri",
    "Hari Raya Waisak",
    "Hari Raya Idul Adha",
    "Tahun Baru Islam",
    "Maulid Nabi Muhammad",
}


def published_rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def named(name: str, year: int) -> list[HolyDayDetails]:
    return [day for day in holy_days_in(year) if day.name == name]


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_a_year_is_exactly_what_its_decree_says(year: int) -> None:
    published = {
        (
            date.fromisoformat(row["date"]),
            row["name_id"],
            KINDS.get(row["kind"]) or HolyDayKind(row["kind"]),
            FAITHS[row["faith"]] if row["faith"] in FAITHS else (Faith(row["faith"]),),
            row["package_marks_estimate"] == "ya",
        )
        for row in published_rows()
        if row["date"].startswith(str(year))
    }
    ours = {(day.on, day.name, day.kind, day.faiths, day.is_estimate) for day in decreed_days_in(year)}
    assert ours == published


@pytest.mark.parametrize("year", range(2024, 2031))
def test_every_day_of_a_year_has_a_source_and_a_key_of_its_own(year: int) -> None:
    days = holy_days_in(year)
    assert len({(day.on, day.name) for day in days}) == len(days)
    assert all(day.source and day.on.year == year for day in days)
    assert list(days) == sorted(days, key=lambda day: (day.on, day.name))


@pytest.mark.parametrize("year", [2028, 2029, 2030])
def test_after_the_last_decree_every_lunar_feast_is_an_estimate_and_no_other_day(year: int) -> None:
    estimated = {day.name for day in decreed_days_in(year) if day.is_estimate}
    assert estimated == LUNAR_FEASTS


def test_the_two_eids_of_2027_wait_for_the_moon_although_their_decree_is_out() -> None:
    eids = [*named("Hari Raya Idul Fitri", 2027), *named("Hari Raya Idul Adha", 2027)]
    assert [day.is_estimate for day in eids] == [True, True]
    assert named("Malam Takbiran Idul Fitri", 2027)[0].is_estimate
    assert not named("Hari Suci Nyepi", 2027)[0].is_estimate


def test_isra_mikraj_stands_twice_in_2027() -> None:
    assert [day.on for day in named("Isra Mikraj Nabi Muhammad", 2027)] == [
        date(2027, 1, 5),
        date(2027, 12, 26),
    ]


def test_the_source_names_the_decree_of_the_year() -> None:
    assert "855 Tahun 2023" in named("Hari Suci Nyepi", 2024)[0].source
    assert "SKB 3 Menteri" not in named("Hari Suci Nyepi", 2028)[0].source


def test_a_holiday_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownHoliday, match="Hari Contoh"):
        known_name("Hari Contoh")


def test_collective_leave_belongs_to_the_feast_it_prolongs() -> None:
    leave = known_name("Cuti Bersama Hari Raya Waisak")
    assert (leave.kind, leave.faiths) == (HolyDayKind.CUTI_BERSAMA, (Faith.BUDDHA,))


def test_nyepi_lasts_from_six_to_six() -> None:
    nyepi = named("Hari Suci Nyepi", 2026)[0]
    assert (nyepi.begins, nyepi.minutes) == (time(6), 24 * 60)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("Rabu Abu", "2025-03-05 2026-02-18 2027-02-10"),
        ("Minggu Palma", "2025-04-13 2026-03-29 2027-03-21"),
        ("Kamis Putih", "2025-04-17 2026-04-02 2027-03-25"),
        ("Sabtu Suci", "2025-04-19 2026-04-04 2027-03-27"),
        ("Pentakosta", "2025-06-08 2026-05-24 2027-05-16"),
        ("Minggu Adven I", "2025-11-30 2026-11-29 2027-11-28"),
        ("Minggu Adven IV", "2025-12-21 2026-12-20 2027-12-19"),
        ("Malam Natal", "2025-12-24 2026-12-24 2027-12-24"),
        ("Ibadah Tutup Tahun", "2025-12-31 2026-12-31 2027-12-31"),
        ("Malam Tahun Baru Imlek", "2025-01-28 2026-02-16 2027-02-05"),
        ("Cap Go Meh", "2025-02-12 2026-03-03 2027-02-20"),
        ("Ceng Beng", "2025-04-04 2026-04-05 2027-04-05"),
        ("Malam Takbiran Idul Fitri", "2025-03-30 2026-03-20 2027-03-09"),
        ("Malam Takbiran Idul Adha", "2025-06-05 2026-05-26 2027-05-16"),
    ],
)
def test_derived_days_fall_where_they_should(name: str, days: str) -> None:
    assert [named(name, year)[0].on for year in (2025, 2026, 2027)] == [
        date.fromisoformat(day) for day in days.split()
    ]


def test_the_fourth_advent_is_never_christmas_itself() -> None:
    # 25 December 2022 was a Sunday.
    advent = [day.on for day in derived_days_in(2022) if day.name == "Minggu Adven IV"]
    assert advent == [date(2022, 12, 18)]


@pytest.mark.parametrize(
    ("year", "begins", "fasts"),
    [
        (2024, ["2024-03-12"], [29]),
        (2025, ["2025-03-01"], [30]),
        (2026, ["2026-02-19"], [30]),
        (2027, ["2027-02-08"], [30]),
        (2028, ["2028-01-28"], [30]),
        (2029, ["2029-01-16"], [30]),
        (2030, ["2030-01-06", "2030-12-26"], [29, 30]),
    ],
)
def test_ramadan_begins_and_lasts_until_the_eid(year: int, begins: list[str], fasts: list[int]) -> None:
    months = ramadans_in(year)
    assert [month.on.isoformat() for month in months] == begins
    assert [month.days for month in months] == fasts


def test_only_a_ramadan_that_the_ministry_has_declared_is_sure() -> None:
    sure = {year for year in range(2024, 2031) for month in ramadans_in(year) if not month.is_estimate}
    assert sure == {2024, 2025, 2026}


def test_a_ramadan_beyond_the_table_is_an_estimate_of_thirty_days() -> None:
    (month,) = ramadans_in(2031)
    assert (month.days, month.is_estimate, month.name) == (30, True, "Ramadan")


def test_fasting_ends_with_the_day_before_the_eid() -> None:
    days = holy_days_in(2026)
    first, eid = date(2026, 2, 19), date(2026, 3, 21)
    assert fasting_on(first - timedelta(days=1), days) is None
    assert fasting_on(first, days) == fasting_on(eid - timedelta(days=1), days) == ramadans_in(2026)[0]
    assert fasting_on(eid, days) is None
