"""Every guard beside the law or the source it keeps: a plan that meets it and one just beside that does not."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.almanac.details import HolyDayDetails, HolyDayKind, Place, StageKind
from app.core.faiths import Faith
from app.events.details import EventKind, Grade, Guard, ItemKind, SessionDetails, VenueKind
from app.events.rules.guards import GRADES, Plan, check
from tests.events.test_guards import (
    BALLOT,
    EVENING,
    HERE,
    NOW,
    QUIET,
    SANDAI,
    SUNDAY,
    around,
    item,
    neighbour,
    plan,
    stage,
)

pytestmark = pytest.mark.once

ISLAM, PROTESTAN = (Faith.ISLAM,), (Faith.PROTESTAN,)
ALL_PAIRS = "Dialog Rekaan Pertama, Contoh Kedua, dan Teladan Ketiga"
TWO_SESSIONS = (
    SessionDetails("Deklarasi", EventKind.DECLARATION, names_candidates=True),
    SessionDetails("Doa", EventKind.JOINT_PRAYER),
)
BREAK = (item("Istirahat", leader="", kind=ItemKind.PRAYER_BREAK),)
VOTE = (stage(StageKind.PEMUNGUTAN, EVENING.replace(hour=0, minute=0), days=1),)
RAMADAN = HolyDayDetails(
    EVENING.date() - timedelta(days=3), "Ramadan Contoh", HolyDayKind.RAMADAN, ISLAM, "Sidang isbat", days=29
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=HERE)


def feast(faith: Faith, name: str = "Hari Contoh", **given: Any) -> HolyDayDetails:
    return HolyDayDetails(EVENING.date(), name, HolyDayKind.HARI_KEAGAMAAN, (faith,), "PHDI", **given)


@dataclass(frozen=True)
class Case:
    """Plans and what surrounds them; the plans of `beside` meet the guard by nothing."""

    name: str
    guard: Guard
    grade: Grade
    meets: Plan
    beside: Plan
    given: dict[str, Any]
    beside_given: dict[str, Any] | None = None


def case(
    name: str, guard: Guard, grade: Grade, meets: Plan, beside: Plan, given: Any = None, other: Any = None
) -> Case:
    return Case(name, guard, grade, meets, beside, given or {}, other)


CAMPAIGN = {"kinds": (EventKind.CAMPAIGN,), "faiths": ()}
CASES = (
    case(
        "PKPU 13/2024 pasal 47: masa tenang, acara menyebut paslon",
        Guard.QUIET_PERIOD,
        Grade.REFUSED,
        plan(names_candidates=True, faiths=()),
        plan(names_candidates=True, faiths=(), starts_at=EVENING + timedelta(days=20)),
        {"stages": QUIET},
    ),
    case(
        "PKPU 13/2024 pasal 47: diumumkan dalam masa tenang",
        Guard.QUIET_PERIOD,
        Grade.REFUSED,
        replace(plan(EVENING + timedelta(days=28), names_candidates=True, faiths=()), public_at=EVENING),
        replace(plan(EVENING + timedelta(days=28), names_candidates=True, faiths=()), public_at=NOW),
        {"stages": QUIET},
    ),
    case(
        "UU 10/2016 pasal 187 ayat (1): hari pemungutan suara",
        Guard.QUIET_PERIOD,
        Grade.REFUSED,
        plan(names_candidates=True, faiths=()),
        plan(faiths=()),
        {"stages": VOTE},
    ),
    case(
        "PKPU 13/2024 pasal 47: sesi bertanda disembunyikan",
        Guard.QUIET_SESSIONS,
        Grade.INFO,
        plan(sessions=TWO_SESSIONS, faiths=()),
        plan(sessions=TWO_SESSIONS[1:], faiths=()),
        {"stages": QUIET},
    ),
    case(
        "PKPU 13/2024 pasal 47: tanda diusulkan dari tulisan",
        Guard.NAMES_PAIRS,
        Grade.REASON,
        plan(title="Dialog dengan Rekaan Pertama"),
        plan(title="Dialog dengan warga"),
        {"ballots": BALLOT},
    ),
    case(
        "UU 10/2016 pasal 71 ayat (1): semua paslon atau tidak sama sekali",
        Guard.PAIRS_INCOMPLETE,
        Grade.REFUSED,
        plan(title="Dialog dengan Rekaan Pertama", names_candidates=True),
        plan(title=ALL_PAIRS, names_candidates=True),
        {"ballots": BALLOT},
    ),
    case(
        "UU 10/2016 pasal 71 ayat (1): menurut nomor urut",
        Guard.PAIRS_INCOMPLETE,
        Grade.REFUSED,
        plan(title="Dialog Contoh Kedua, Rekaan Pertama, Teladan Ketiga", names_candidates=True),
        plan(title=ALL_PAIRS, names_candidates=True),
        {"ballots": BALLOT},
    ),
    case(
        "UU 1/2015 pasal 69 huruf i: kampanye di rumah ibadah",
        Guard.CAMPAIGN_PLACE,
        Grade.REFUSED,
        plan(**CAMPAIGN, venue_kind=VenueKind.HOUSE_OF_WORSHIP),
        plan(**CAMPAIGN, venue_kind=VenueKind.COMMUNITY_HALL),
    ),
    case(
        "PKPU 13/2024 pasal 57: kampanye di sekolah",
        Guard.CAMPAIGN_PLACE,
        Grade.REFUSED,
        plan(**CAMPAIGN, venue_kind=VenueKind.SCHOOL),
        plan(venue_kind=VenueKind.SCHOOL),
    ),
    case(
        "Putusan MK 69/PUU-XXII/2024: kampanye di perguruan tinggi",
        Guard.CAMPAIGN_CAMPUS,
        Grade.REASON,
        plan(**CAMPAIGN, venue_kind=VenueKind.UNIVERSITY),
        plan(**CAMPAIGN, venue_kind=VenueKind.GOVERNMENT_HALL),
    ),
    case(
        "PKPU 13/2024 pasal 57: nama tempat membantah jenisnya",
        Guard.VENUE_KIND,
        Grade.REASON,
        plan(**CAMPAIGN, venue_name="Aula SMPN 1 Contoh", venue_kind=VenueKind.COMMUNITY_HALL),
        plan(venue_name="Aula SMPN 1 Contoh", venue_kind=VenueKind.COMMUNITY_HALL),
    ),
    case(
        "PKPU 13/2024 pasal 57: tempat yang sudah dikenal",
        Guard.VENUE_KIND,
        Grade.REASON,
        plan(**CAMPAIGN),
        plan(**CAMPAIGN),
        {"known_venue_kind": VenueKind.HOUSE_OF_WORSHIP},
        {"known_venue_kind": VenueKind.POLICE_HALL},
    ),
    case(
        "UU 1/2015 pasal 69 huruf i: paslon disebut di rumah ibadah",
        Guard.PAIRS_AT_WORSHIP,
        Grade.WARNING,
        plan(names_candidates=True, venue_kind=VenueKind.HOUSE_OF_WORSHIP),
        plan(names_candidates=True),
    ),
    case(
        "Kriteria Kemenag: 15 menit sesudah adzan magrib",
        Guard.WORSHIP,
        Grade.REASON,
        plan(at(13, 17, 30), faiths=ISLAM, ends_at=at(13, 18, 30)),
        plan(at(13, 17, 30), faiths=ISLAM, ends_at=at(13, 18, 30), programme=BREAK),
    ),
    case(
        "Kebiasaan umum: salat Jumat",
        Guard.WORSHIP,
        Grade.REASON,
        plan(at(15, 11, 30), faiths=ISLAM, programme=BREAK),
        plan(at(15, 13, 0), faiths=ISLAM),
    ),
    case(
        "Kebiasaan umum: ibadah Minggu",
        Guard.WORSHIP,
        Grade.REASON,
        plan(SUNDAY, faiths=PROTESTAN),
        plan(SUNDAY, faiths=ISLAM),
    ),
    case(
        "Keppres 8/2024 dan SKB: hari raya umat yang diundang",
        Guard.HOLY_DAY,
        Grade.REASON,
        plan(faiths=(Faith.HINDU,)),
        plan(faiths=(Faith.BUDDHA,)),
        {"holy_days": (feast(Faith.HINDU),)},
    ),
    case(
        "Kriteria Kemenag: tanpa koordinat tidak ditebak",
        Guard.COORDINATES,
        Grade.INFO,
        plan(faiths=ISLAM),
        plan(faiths=PROTESTAN),
        {"place": Place(HERE)},
    ),
    case(
        "Sidang isbat: siang hari bulan Ramadan",
        Guard.FASTING,
        Grade.INFO,
        plan(at(13, 9), faiths=ISLAM),
        plan(at(13, 9), faiths=PROTESTAN),
        {"holy_days": (RAMADAN,)},
    ),
    case(
        "Satu tempat satu acara",
        Guard.VENUE_CLASH,
        Grade.REASON,
        plan(),
        plan(EVENING + timedelta(hours=2)),
        {"neighbours": (neighbour(venue_name="Aula Contoh"),)},
    ),
    case(
        "Lapangan terbuka boleh dipakai bersama",
        Guard.FIELD_SHARED,
        Grade.WARNING,
        plan(venue_kind=VenueKind.FIELD),
        plan(),
        {"neighbours": (neighbour(venue_name="Aula Contoh"),)},
    ),
    case(
        "Tokoh di dua tempat, perjalanan dihitung",
        Guard.PERSON_CLASH,
        Grade.REASON,
        plan(programme=(item(leader="Pdt. Yohana Misal, S.Th.", kind=ItemKind.SPEECH),), faiths=()),
        plan(programme=(item(leader="Pdt. Yohana Misal, S.Th.", absent="bertugas"),), faiths=()),
        {
            "neighbours": (
                neighbour(
                    starts_at=EVENING - timedelta(hours=3),
                    ends_at=EVENING - timedelta(hours=1),
                    district_code="61.04.05",
                    place=SANDAI,
                    people=frozenset({"yohana misal"}),
                ),
            )
        },
    ),
    case(
        "Petugas di dua tempat",
        Guard.PERSON_CLASH,
        Grade.REASON,
        plan(officers=("Aipda Sari Teladan",)),
        plan(EVENING + timedelta(hours=5), officers=("Aipda Sari Teladan",)),
        {"neighbours": (neighbour(people=frozenset({"sari teladan"}), district_code="61.04.05"),)},
    ),
    case(
        "Acara publik lain sehari sekecamatan",
        Guard.SAME_DAY,
        Grade.WARNING,
        plan(),
        plan(EVENING + timedelta(days=1)),
        {"neighbours": (neighbour(),)},
    ),
    case(
        "Kesetaraan: setiap umat yang diundang mendapat giliran",
        Guard.FAITH_WITHOUT_SLOT,
        Grade.WARNING,
        plan(faiths=(Faith.ISLAM, Faith.HINDU), programme=(item(faith=Faith.ISLAM),)),
        plan(faiths=ISLAM, programme=(item(faith=Faith.ISLAM),)),
    ),
    case(
        "Waktu doa sama panjang",
        Guard.UNEQUAL_MINUTES,
        Grade.WARNING,
        plan(programme=(item(faith=Faith.ISLAM), item(faith=Faith.HINDU, minutes=9))),
        plan(programme=(item(faith=Faith.ISLAM), item(faith=Faith.HINDU))),
    ),
    case(
        "Berhalangan ditulis alasannya",
        Guard.NO_LEADER,
        Grade.WARNING,
        plan(programme=(item(faith=Faith.HINDU, leader=""),)),
        plan(programme=(item(faith=Faith.HINDU, leader="", absent="bertugas"),)),
    ),
    case(
        "Pembuka doa bergilir",
        Guard.OPENING_FAITH,
        Grade.INFO,
        plan(programme=(item(faith=Faith.ISLAM),)),
        plan(programme=(item(faith=Faith.HINDU),)),
        {"opened_by": ISLAM},
    ),
    case(
        "Daya tampung tempat",
        Guard.OVER_CAPACITY,
        Grade.WARNING,
        plan(capacity=10, expected_crowd=11),
        plan(capacity=10, expected_crowd=10),
    ),
    case(
        "Susunan acara muat dalam waktunya",
        Guard.PROGRAMME_TOO_LONG,
        Grade.WARNING,
        plan(programme=(item(kind=ItemKind.SPEECH, minutes=91),)),
        plan(programme=(item(kind=ItemKind.SPEECH, minutes=90),)),
    ),
    case(
        "Waktu mulai sudah lewat",
        Guard.IN_THE_PAST,
        Grade.REASON,
        plan(NOW - timedelta(hours=1), faiths=()),
        replace(plan(NOW - timedelta(hours=1), faiths=()), is_announced=True),
    ),
)


def grades_of(a_plan: Plan, given: dict[str, Any]) -> dict[Guard, Grade]:
    more = dict(given)
    surroundings = replace(around(), **more)
    return {finding.guard: finding.grade for finding in check(a_plan, surroundings)}


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_a_guard_keeps(one: Case) -> None:
    assert grades_of(one.meets, one.given).get(one.guard) is one.grade
    beside = one.given if one.beside_given is None else one.beside_given
    assert one.guard not in grades_of(one.beside, beside)


def test_no_guard_is_left_out_of_the_table() -> None:
    assert {one.guard for one in CASES} == set(Guard)
    assert all(GRADES[one.guard] is one.grade for one in CASES)


def test_a_raised_grade_holds_and_a_lowered_one_does_not() -> None:
    morning = neighbour(starts_at=EVENING - timedelta(hours=10), ends_at=EVENING - timedelta(hours=9))
    raised = {Guard.SAME_DAY: Grade.REFUSED, Guard.WORSHIP: Grade.INFO}
    assert grades_of(plan(), {"neighbours": (morning,), "raised": raised})[Guard.SAME_DAY] is Grade.REFUSED
    assert grades_of(plan(SUNDAY), {"raised": raised})[Guard.WORSHIP] is Grade.REASON
