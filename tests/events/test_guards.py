"""Each guard, on plans made by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.almanac.details import CandidatePairDetails, HolyDayDetails, HolyDayKind, Place, StageKind
from app.almanac.queries import Ballot, KnownStage
from app.almanac.rules.worship import shipped_services
from app.core.faiths import Faith
from app.events.details import (
    EventDetails,
    EventKind,
    Grade,
    Guard,
    ItemKind,
    ProgrammeItemDetails,
    SessionDetails,
    VenueKind,
)
from app.events.messages import guard_text, guard_title
from app.events.rules.guards import GRADES, Neighbour, Plan, Surroundings, check, free_slots, standing

pytestmark = pytest.mark.once

HERE = ZoneInfo("Asia/Pontianak")
KETAPANG = Place(HERE, -1.81, 109.96)
SANDAI = Place(HERE, -1.17, 110.61)
EVENING = datetime(2027, 1, 13, 19, 30, tzinfo=HERE)  # a Wednesday, after Isya
SUNDAY = datetime(2027, 1, 17, 9, 0, tzinfo=HERE)
NOW = datetime(2027, 1, 4, 8, 0, tzinfo=HERE)


def item(title="Doa", *, faith=None, minutes=5, leader="Umpama", absent="", kind=ItemKind.PRAYER):
    return ProgrammeItemDetails(title, kind, minutes, faith=faith, leader_name=leader, absent_note=absent)


def plan(starts_at=EVENING, **given):
    values = {
        "title": "Pertemuan warga",
        "kinds": (EventKind.GATHERING,),
        "ends_at": starts_at + timedelta(minutes=90),
        "venue_name": "Aula Contoh",
        "venue_kind": VenueKind.POLICE_HALL,
        "district_code": "61.04.16",
        "faiths": tuple(Faith),
        **given,
    }
    return Plan(EventDetails(starts_at=starts_at, **values), NOW, public_at=NOW)


def around(**given):
    return Surroundings(place=KETAPANG, place_name="Delta Pawan", services=shipped_services(), **given)


def found(a_plan, **given):
    return {finding.guard: finding for finding in check(a_plan, around(**given))}


def stage(kind, start, days=3):
    return KnownStage(
        1, 1, "Pemilihan Contoh", None, kind, start, start + timedelta(days=days), "PKPU Contoh"
    )


def neighbour(**given):
    values = {
        "id": 7,
        "title": "Acara tetangga",
        "starts_at": EVENING,
        "ends_at": EVENING + timedelta(hours=2),
        "venue_name": "Tempat lain",
        "venue_kind": VenueKind.POLICE_HALL,
        "district_code": "61.04.16",
        "is_public": True,
        "place": KETAPANG,
        **given,
    }
    return Neighbour(**values)


QUIET = (stage(StageKind.MASA_TENANG, datetime(2027, 1, 12, 0, 0, tzinfo=HERE)),)
PAIRS = tuple(
    CandidatePairDetails("61.04", number, head, deputy)
    for number, (head, deputy) in enumerate(
        (
            ("Rekaan Pertama", "Umpama Kesatu"),
            ("Contoh Kedua", "Misal Dua"),
            ("Teladan Ketiga", "Andai Tiga"),
        ),
        start=1,
    )
)
BALLOT = (Ballot(1, "Pemilihan Contoh", PAIRS),)


def test_a_wednesday_evening_after_isya_is_free():
    assert not found(plan())


def test_every_guard_has_a_grade():
    assert set(GRADES) == set(Guard)


@pytest.mark.parametrize(
    ("start", "faith", "name"),
    [
        (SUNDAY, Faith.PROTESTAN, "Ibadah Minggu pagi"),
        (SUNDAY, Faith.KATOLIK, "Misa Minggu"),
        (datetime(2027, 1, 15, 11, 30, tzinfo=HERE), Faith.ISLAM, "Salat Jumat"),
        (datetime(2027, 1, 13, 17, 30, tzinfo=HERE), Faith.ISLAM, "Salat Magrib"),
        (datetime(2027, 1, 16, 18, 0, tzinfo=HERE), Faith.KATOLIK, "Misa Sabtu sore"),
    ],
)
def test_a_worship_window_of_an_invited_faith_needs_a_reason(start, faith, name):
    finding = found(plan(start, faiths=(faith,)))[Guard.WORSHIP]
    assert finding.grade is Grade.REASON
    assert finding.holes["name"] == name


def test_a_faith_that_is_not_invited_is_not_guarded():
    assert Guard.WORSHIP not in found(plan(SUNDAY, faiths=(Faith.ISLAM,)))


def test_a_prayer_break_lifts_the_daily_prayer_but_not_friday_prayer():
    rest = (item("Istirahat", leader="", kind=ItemKind.PRAYER_BREAK),)
    magrib = datetime(2027, 1, 13, 17, 30, tzinfo=HERE)
    friday = datetime(2027, 1, 15, 11, 30, tzinfo=HERE)
    assert Guard.WORSHIP not in found(plan(magrib, faiths=(Faith.ISLAM,), programme=rest))
    assert Guard.WORSHIP in found(plan(friday, faiths=(Faith.ISLAM,), programme=rest))


def test_a_holy_day_needs_a_reason():
    day = HolyDayDetails(EVENING.date(), "Hari Contoh", HolyDayKind.HARI_KEAGAMAAN, (Faith.HINDU,), "PHDI")
    finding = found(plan(), holy_days=(day,))[Guard.HOLY_DAY]
    assert (finding.grade, finding.source) == (Grade.REASON, "PHDI")


def test_unknown_coordinates_are_said_not_guessed():
    surroundings = replace(around(), place=Place(HERE))
    guards = {finding.guard: finding.grade for finding in check(plan(), surroundings)}
    assert guards == {Guard.COORDINATES: Grade.INFO}


def test_an_event_that_names_pairs_is_refused_in_masa_tenang():
    finding = found(plan(names_candidates=True), stages=QUIET)[Guard.QUIET_PERIOD]
    assert (finding.grade, finding.source) == (Grade.REFUSED, "PKPU Contoh")


def test_a_prayer_that_names_nobody_goes_ahead_in_masa_tenang():
    assert Guard.QUIET_PERIOD not in found(plan(), stages=QUIET)


def test_a_compound_event_goes_ahead_with_its_tagged_session_hidden():
    sessions = (
        SessionDetails("Deklarasi", EventKind.DECLARATION, names_candidates=True),
        SessionDetails("Doa", EventKind.JOINT_PRAYER),
    )
    guards = found(plan(sessions=sessions, faiths=()), stages=QUIET)
    assert Guard.QUIET_PERIOD not in guards
    assert guards[Guard.QUIET_SESSIONS].grade is Grade.INFO


def test_nothing_that_names_pairs_is_announced_in_masa_tenang():
    announced = replace(plan(EVENING + timedelta(days=28), names_candidates=True), public_at=EVENING)
    assert found(announced, stages=QUIET)[Guard.QUIET_PERIOD].grade is Grade.REFUSED


def test_a_text_that_names_a_pair_proposes_the_tag():
    guards = found(plan(title="Dialog dengan Rekaan Pertama"), ballots=BALLOT)
    assert guards[Guard.NAMES_PAIRS].grade is Grade.REASON


def test_all_pairs_or_none():
    one = plan(title="Dialog dengan Rekaan Pertama", names_candidates=True)
    everyone = plan(title="Dialog Rekaan Pertama, Contoh Kedua, dan Teladan Ketiga", names_candidates=True)
    assert found(one, ballots=BALLOT)[Guard.PAIRS_INCOMPLETE].holes["missing"] == "2, 3"
    assert Guard.PAIRS_INCOMPLETE not in found(everyone, ballots=BALLOT)


@pytest.mark.parametrize("kind", [VenueKind.HOUSE_OF_WORSHIP, VenueKind.SCHOOL])
def test_no_campaign_in_houses_of_worship_and_schools(kind):
    campaign = plan(kinds=(EventKind.CAMPAIGN,), venue_kind=kind)
    assert found(campaign)[Guard.CAMPAIGN_PLACE].grade is Grade.REFUSED
    assert free_slots(campaign, around()) == ()


def test_a_campaign_at_a_university_needs_a_reason():
    campaign = plan(kinds=(EventKind.CAMPAIGN,), venue_kind=VenueKind.UNIVERSITY)
    assert found(campaign)[Guard.CAMPAIGN_CAMPUS].grade is Grade.REASON


def test_the_same_venue_at_the_same_time_needs_a_reason():
    other = neighbour(venue_name="aula  CONTOH")
    assert found(plan(), neighbours=(other,))[Guard.VENUE_CLASH].grade is Grade.REASON


def test_an_outdoor_field_may_be_shared():
    other = neighbour(venue_name="Aula Contoh")
    guards = found(plan(venue_kind=VenueKind.FIELD), neighbours=(other,))
    assert guards[Guard.FIELD_SHARED].grade is Grade.WARNING
    assert Guard.VENUE_CLASH not in guards


def test_a_leader_cannot_be_at_two_places_the_way_counted():
    programme = (item(leader="Pdt. Yohana Misal, S.Th.", kind=ItemKind.SPEECH),)
    far = neighbour(
        starts_at=EVENING - timedelta(hours=3),
        ends_at=EVENING - timedelta(hours=1),
        district_code="61.04.05",
        place=SANDAI,
        people=frozenset({"yohana misal"}),
    )
    near = replace(far, place=KETAPANG, district_code="61.04.16")
    assert found(plan(programme=programme), neighbours=(far,))[Guard.PERSON_CLASH].grade is Grade.REASON
    assert Guard.PERSON_CLASH not in found(plan(programme=programme), neighbours=(near,))


def test_another_public_event_in_the_kecamatan_that_day_is_a_warning():
    morning = neighbour(starts_at=EVENING - timedelta(hours=10), ends_at=EVENING - timedelta(hours=9))
    assert found(plan(), neighbours=(morning,))[Guard.SAME_DAY].grade is Grade.WARNING
    hidden = replace(morning, is_public=False)
    assert Guard.SAME_DAY not in found(plan(), neighbours=(hidden,))


def test_every_invited_faith_has_its_slot():
    prayer = plan(
        kinds=(EventKind.JOINT_PRAYER,),
        faiths=(Faith.ISLAM, Faith.HINDU),
        programme=(item(faith=Faith.ISLAM),),
    )
    assert found(prayer)[Guard.FAITH_WITHOUT_SLOT].holes["faith"] is Faith.HINDU


def test_prayers_last_equally_long():
    prayer = plan(programme=(item(faith=Faith.ISLAM), item(faith=Faith.HINDU, minutes=12)))
    assert found(prayer)[Guard.UNEQUAL_MINUTES].grade is Grade.WARNING


def test_a_faith_that_cannot_come_says_why_and_stays():
    nobody = plan(programme=(item(faith=Faith.HINDU, leader=""),), faiths=(Faith.HINDU,))
    excused = plan(programme=(item(faith=Faith.HINDU, leader="", absent="bertugas"),), faiths=(Faith.HINDU,))
    assert Guard.NO_LEADER in found(nobody)
    assert not found(excused)


def test_the_faith_that_opened_last_time_is_pointed_out():
    prayer = plan(programme=(item(faith=Faith.ISLAM),), faiths=(Faith.ISLAM,))
    guards = found(prayer, opened_by=(Faith.ISLAM, Faith.BUDDHA))
    assert guards[Guard.OPENING_FAITH].grade is Grade.INFO


def test_free_times_pass_every_hard_guard_and_keep_the_wanted_hour():
    starts = free_slots(plan(SUNDAY), around())
    assert len(starts) == 3
    assert all(start > SUNDAY or start.date() == SUNDAY.date() for start in starts)
    for start in starts:
        hard = [
            f for f in check(plan(SUNDAY).at(start), around()) if f.grade in {Grade.REFUSED, Grade.REASON}
        ]
        assert not hard
    assert starts[1].astimezone(HERE).hour == 9


def test_free_times_lie_beyond_masa_tenang():
    starts = free_slots(plan(names_candidates=True, faiths=()), around(stages=QUIET))
    assert min(starts) >= QUIET[0].ends_at


def test_an_override_covers_this_time_and_no_other():
    first = check(plan(SUNDAY), around())
    overridden = {finding.fingerprint for finding in first}
    later = check(plan(SUNDAY + timedelta(minutes=30)), around())
    assert standing(first, overridden) == ()
    assert standing(later, overridden)


def test_a_refusal_cannot_be_overridden():
    findings = check(plan(names_candidates=True), around(stages=QUIET))
    assert standing(findings, {finding.fingerprint for finding in findings})


def test_every_finding_has_a_sentence(app):
    day = HolyDayDetails(
        EVENING.date(), "Hari Contoh", HolyDayKind.HARI_KEAGAMAAN, (Faith.HINDU,), "PHDI", is_estimate=True
    )
    crowded = plan(
        title="Dialog dengan Rekaan Pertama",
        kinds=(EventKind.CAMPAIGN, EventKind.JOINT_PRAYER),
        venue_kind=VenueKind.SCHOOL,
        capacity=10,
        expected_crowd=50,
        names_candidates=True,
        programme=(item(faith=Faith.ISLAM, leader=""), item(faith=Faith.HINDU, minutes=100)),
    )
    findings = check(
        crowded,
        around(
            stages=QUIET,
            ballots=BALLOT,
            holy_days=(day,),
            opened_by=(Faith.ISLAM,),
            neighbours=(neighbour(people=frozenset({"umpama"}), venue_name="Aula Contoh"),),
        ),
    )
    assert len(findings) >= 10
    for finding in findings:
        assert guard_title(finding.guard)
        sentence = guard_text(finding, "Asia/Pontianak")
        assert sentence
        assert "%(" not in sentence
