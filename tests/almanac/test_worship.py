"""Worship windows around events."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.almanac.details import Place, RecurringService, Rhythm, Window, WindowKind, WorshipFindings
from app.almanac.rules.holy_days import holy_days_in
from app.almanac.rules.worship import shipped_services, windows_overlapping
from app.core.faiths import Faith

pytestmark = pytest.mark.once

ZONE = ZoneInfo("Asia/Pontianak")
KETAPANG = Place(ZONE, latitude=-1.85, longitude=109.97)
UNMAPPED = Place(ZONE)


def found(
    start: str, end: str, *faiths: Faith, place: Place = KETAPANG, services: bool = True
) -> WorshipFindings:
    begins, ends = (datetime.fromisoformat(moment).replace(tzinfo=ZONE) for moment in (start, end))
    return windows_overlapping(
        begins,
        ends,
        place=place,
        faiths=faiths or tuple(Faith),
        services=shipped_services() if services else (),
        holy_days=holy_days_in(begins.year),
    )


def names(findings: WorshipFindings) -> list[str]:
    return [window.name for window in findings.windows]


def test_the_evening_of_the_declaration_disturbs_nobody() -> None:
    assert found("2024-11-20 19:30", "2024-11-20 22:00") == WorshipFindings(windows=())


def test_an_event_may_begin_fifteen_minutes_after_the_adzan_and_end_at_the_adzan() -> None:
    # On 20 November 2024 magrib is at 17.35 and isya at 18.48.
    assert names(found("2024-11-20 17:50", "2024-11-20 18:48", Faith.ISLAM)) == []
    assert names(found("2024-11-20 17:49", "2024-11-20 18:48", Faith.ISLAM)) == ["Salat Magrib"]
    assert names(found("2024-11-20 17:50", "2024-11-20 18:49", Faith.ISLAM)) == ["Salat Isya"]


def test_a_window_says_when_whose_and_by_what_rule() -> None:
    (isya,) = found("2024-11-20 18:30", "2024-11-20 20:00", Faith.ISLAM).windows
    assert isya == Window(
        faith=Faith.ISLAM,
        start=datetime(2024, 11, 20, 18, 48, tzinfo=ZONE),
        end=datetime(2024, 11, 20, 19, 3, tzinfo=ZONE),
        name="Salat Isya",
        source="Perhitungan menurut kriteria Kemenag; jadwal resmi dari Kemenag",
        kind=WindowKind.SALAT,
    )


def test_moments_in_another_zone_are_the_same_moments() -> None:
    start = datetime(2024, 11, 20, 11, 50, tzinfo=UTC)  # 18.50 in Ketapang
    findings = windows_overlapping(
        start,
        start + timedelta(hours=1),
        place=KETAPANG,
        faiths=[Faith.ISLAM],
        services=(),
        holy_days=(),
    )
    assert names(findings) == ["Salat Isya"]


def test_only_the_faiths_that_are_invited_are_asked() -> None:
    sunday = ("2024-11-17 10:00", "2024-11-17 11:30")
    assert names(found(*sunday, Faith.KATOLIK)) == ["Misa Minggu"]
    assert names(found(*sunday, Faith.HINDU)) == []


def test_without_coordinates_the_prayers_are_unknown_and_not_guessed() -> None:
    findings = found("2024-11-20 18:30", "2024-11-20 20:00", Faith.ISLAM, place=UNMAPPED)
    assert findings == WorshipFindings(windows=(), prayer_times_unknown=True)


def test_without_coordinates_the_friday_prayer_is_still_known() -> None:
    findings = found("2024-11-22 12:00", "2024-11-22 12:30", Faith.ISLAM, place=UNMAPPED)
    assert (names(findings), findings.prayer_times_unknown) == (["Salat Jumat"], True)


def test_without_coordinates_nothing_is_unknown_when_no_muslim_is_invited() -> None:
    findings = found("2024-11-20 18:30", "2024-11-20 20:00", Faith.KATOLIK, place=UNMAPPED)
    assert findings == WorshipFindings(windows=())


def test_the_friday_prayer_takes_the_place_of_zuhur() -> None:
    assert names(found("2024-11-22 11:00", "2024-11-22 14:00", Faith.ISLAM)) == ["Salat Jumat"]
    assert names(found("2024-11-21 11:00", "2024-11-21 14:00", Faith.ISLAM)) == ["Salat Zuhur"]


def test_zuhur_is_named_beside_a_friday_prayer_that_does_not_cover_it() -> None:
    aceh = Place(ZoneInfo("Asia/Jakarta"), latitude=5.55, longitude=95.32)
    findings = found("2024-11-22 12:00", "2024-11-22 13:30", Faith.ISLAM, place=aceh)
    assert names(findings) == ["Salat Jumat"]  # zuhur 12.30 lies within
    later = found("2024-02-16 12:40", "2024-02-16 13:30", Faith.ISLAM, place=aceh)
    assert names(later) == ["Salat Jumat", "Salat Zuhur"]  # zuhur 12.56 ends after 13.00


@pytest.mark.parametrize(
    ("start", "end", "faith", "expected"),
    [
        ("2024-11-17 11:59", "2024-11-17 15:00", Faith.PROTESTAN, ["Ibadah Minggu pagi"]),
        ("2024-11-17 12:00", "2024-11-17 16:00", Faith.PROTESTAN, []),
        ("2024-11-17 15:00", "2024-11-17 19:00", Faith.PROTESTAN, ["Ibadah Minggu sore"]),
        ("2024-11-16 19:00", "2024-11-16 21:00", Faith.KATOLIK, ["Misa Sabtu sore"]),
        ("2024-11-01 19:00", "2024-11-01 21:00", Faith.KATOLIK, ["Misa Jumat Pertama"]),
        ("2024-11-08 19:00", "2024-11-08 21:00", Faith.KATOLIK, []),
        ("2024-11-17 10:00", "2024-11-17 12:00", Faith.BUDDHA, ["Puja bakti Minggu"]),
        ("2024-11-15 19:00", "2024-11-15 21:00", Faith.BUDDHA, ["Puja bakti bulan purnama"]),
        ("2024-11-01 19:00", "2024-11-01 21:00", Faith.KHONGHUCU, ["Sembahyang Ce It"]),
        ("2024-11-15 19:00", "2024-11-15 21:00", Faith.KHONGHUCU, ["Sembahyang Cap Go"]),
        ("2024-11-16 19:00", "2024-11-16 21:00", Faith.KHONGHUCU, []),
    ],
)
def test_regular_services_stand_in_the_way(start: str, end: str, faith: Faith, expected: list[str]) -> None:
    assert names(found(start, end, faith)) == expected


def test_a_service_reckoned_by_the_moon_is_an_estimate() -> None:
    (window,) = found("2024-11-15 19:00", "2024-11-15 21:00", Faith.KHONGHUCU).windows
    assert window.is_estimate


def test_a_service_past_midnight_is_found_the_next_morning() -> None:
    vigil = RecurringService(Faith.PENGHAYAT, Rhythm.PEKANAN, 4, time(22), time(2), "Malam contoh", "contoh")
    friday = datetime(2024, 11, 22, 1, tzinfo=ZONE)
    findings = windows_overlapping(
        friday,
        friday + timedelta(hours=1),
        place=KETAPANG,
        faiths=[Faith.PENGHAYAT],
        services=[vigil],
        holy_days=(),
    )
    assert [(window.start.day, window.end.day) for window in findings.windows] == [(21, 22)]


def test_nyepi_lasts_into_the_next_morning_and_leaves_its_own_early_morning_free() -> None:
    assert names(found("2026-03-20 05:00", "2026-03-20 05:59", Faith.HINDU)) == ["Hari Suci Nyepi"]
    assert names(found("2026-03-20 06:00", "2026-03-20 08:00", Faith.HINDU)) == []
    assert names(found("2026-03-19 04:00", "2026-03-19 06:00", Faith.HINDU)) == []


def test_christmas_is_kept_free_for_both_churches() -> None:
    windows = found("2024-12-25 13:00", "2024-12-25 15:00", Faith.KATOLIK, Faith.PROTESTAN).windows
    assert [(window.faith, window.kind) for window in windows] == [
        (Faith.KATOLIK, WindowKind.HARI_RAYA),
        (Faith.PROTESTAN, WindowKind.HARI_RAYA),
    ]


def test_christmas_eve_leaves_the_morning_free() -> None:
    assert names(found("2024-12-24 09:00", "2024-12-24 12:00", Faith.KATOLIK)) == []
    assert names(found("2024-12-24 19:00", "2024-12-24 21:00", Faith.KATOLIK)) == ["Malam Natal"]


def test_collective_leave_and_days_of_everybody_are_not_worship() -> None:
    assert names(found("2024-12-26 09:00", "2024-12-26 11:00")) == []
    assert names(found("2026-08-17 08:00", "2026-08-17 10:00")) == []


def test_an_estimated_feast_gives_an_estimated_window() -> None:
    windows = found("2028-03-26 09:00", "2028-03-26 10:00", Faith.HINDU).windows
    assert [(window.name, window.is_estimate) for window in windows] == [("Hari Suci Nyepi", True)]


def test_ramadan_evenings_are_free_again_at_about_half_past_eight() -> None:
    # 1 Ramadan 1447 was 19 February 2026; the first tarawih is prayed on the evening before. Isya 19.11.
    assert "Salat Tarawih" in names(found("2026-02-18 20:00", "2026-02-18 21:00", Faith.ISLAM))
    assert names(found("2026-02-19 20:31", "2026-02-19 22:00", Faith.ISLAM)) == []
    assert names(found("2026-02-17 19:30", "2026-02-17 21:00", Faith.ISLAM)) == []


def test_the_last_evening_of_ramadan_is_takbiran_and_not_tarawih() -> None:
    assert names(found("2026-03-20 20:00", "2026-03-20 21:00", Faith.ISLAM)) == ["Malam Takbiran Idul Fitri"]


def test_an_event_of_two_days_meets_every_prayer_between() -> None:
    findings = found("2024-11-20 19:30", "2024-11-21 12:00", Faith.ISLAM)
    assert names(findings) == ["Salat Subuh", "Salat Zuhur"]


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="after the start"):
        found("2024-11-20 19:30", "2024-11-20 19:30")


def test_moments_without_a_zone_are_refused() -> None:
    naive = datetime(2024, 11, 20, 19)  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="zone"):
        windows_overlapping(
            naive, naive + timedelta(hours=1), place=KETAPANG, faiths=tuple(Faith), services=(), holy_days=()
        )
