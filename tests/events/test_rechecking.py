"""What is scheduled is asked again when a table of the guards changes."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import current_app
from sqlalchemy import func, select

from app.almanac import actions as almanac
from app.almanac.details import HolyDayDetails, HolyDayKind, RecurringService, Rhythm, StageKind
from app.almanac.rules.elections import stage_of_days
from app.core import clock, jobs
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions
from app.events.details import EventStatus, Grade, Guard, TableKind
from app.events.models import LateFinding
from app.events.queries import details_of, find_in_units, waiting_for_new_look
from app.notify.models import OutboxMessage
from app.regions import actions as regions
from app.regions.details import DistrictDetails
from tests.almanac.factories import make_election
from tests.events.factories import make_event, make_venue
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill
from tests.support.html import check_page

HERE = ZoneInfo("Asia/Pontianak")
WHY = "Disepakati bersama pengurus umat setempat."


@pytest.fixture
def evening():
    """A Wednesday evening after Isya, some weeks ahead and far from every feast of the empty calendar."""
    day = clock.now().astimezone(HERE) + timedelta(days=21)
    day += timedelta(days=(2 - day.weekday()) % 7)
    return day.replace(hour=19, minute=45, second=0, microsecond=0)


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


@pytest.fixture
def event(unit, officer, evening):
    return make_event(unit=unit, starts_at=evening, faiths=[Faith.HINDU])


def feast(evening, faith=Faith.HINDU):
    return HolyDayDetails(
        evening.date(), "Purnama Contoh", HolyDayKind.HARI_KEAGAMAAN, (faith,), "PHDI contoh"
    )


def work():
    """What the worker does, in a session of its own."""
    db.session.rollback()
    with current_app.app_context():
        jobs.run_due(clock.now)


def found():
    db.session.rollback()
    rows = db.session.scalars(select(LateFinding).where(LateFinding.settled_at.is_(None)))
    return [(row.event_id, row.guard, row.cause) for row in rows]


def notices():
    query = (
        select(func.count())
        .select_from(OutboxMessage)
        .where(OutboxMessage.cause == "events:guard:found_late")
    )
    return db.session.scalar(query)


def test_a_new_holy_day_finds_the_event_tells_the_checker_once_and_waits(
    event, unit, officer, evening, sign_in
):
    almanac.add_holy_day(feast(evening), by=None, now=clock.now())
    assert found() == []
    work()
    assert found() == [(event.id, "hari_raya", TableKind.HOLY_DAYS)]
    text = db.session.scalars(select(OutboxMessage)).one().text
    assert "Purnama Contoh" in text
    assert "daftar hari raya" in text
    actions.recheck(event.id, cause=TableKind.HOLY_DAYS, now=clock.now())
    assert len(found()) == notices() == 1
    client = sign_in(officer)
    assert "Acara terhalang" in client.get("/kelola/").get_data(as_text=True)
    page = check_page(client.get(f"/kelola/acara/{event.id}")).get_text()
    assert "sesudah daftar hari raya berubah" in page


def test_a_reason_settles_what_was_found(event, unit, officer, evening):
    almanac.add_holy_day(feast(evening), by=None, now=clock.now())
    work()
    fingerprint = db.session.scalars(select(LateFinding)).one().fingerprint
    actions.override_guard(event, fingerprint, WHY, by=officer, now=clock.now())
    assert found() == []
    assert waiting_for_new_look(frozenset({unit.id}), clock.now()) == []
    almanac.add_holy_day(
        HolyDayDetails(evening.date(), "Hari umat lain", HolyDayKind.LOKAL, (Faith.BUDDHA,), ""),
        by=None,
        now=clock.now(),
    )
    work()
    assert found() == []


def test_moving_the_event_settles_it_and_so_does_taking_the_day_back(event, evening):
    row = almanac.add_holy_day(feast(evening), by=None, now=clock.now())
    work()
    actions.postpone(event, evening + timedelta(days=7), reason=WHY, by=None, now=clock.now())
    assert found() == []
    later = make_event(starts_at=evening, faiths=[Faith.HINDU])
    actions.recheck(later.id, cause=TableKind.HOLY_DAYS, now=clock.now())
    assert [event_id for event_id, *_ in found()] == [later.id]
    almanac.remove_holy_day(row, reason="Salah tanggal.", by=None, now=clock.now())
    work()
    assert found() == []


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        (EventStatus.APPROVED, True),
        (EventStatus.PUBLISHED, True),
        (EventStatus.DRAFT, False),
        (EventStatus.CANCELLED, False),
        (EventStatus.COMPLETED, False),
    ],
)
def test_only_what_is_scheduled_is_asked(unit, officer, evening, status, counts):
    make_event(unit=unit, starts_at=evening, faiths=[Faith.HINDU], status=status)
    almanac.add_holy_day(feast(evening), by=None, now=clock.now())
    work()
    assert bool(found()) is counts


def test_another_kecamatan_another_day_and_another_faith_are_left_alone(unit, officer, evening):
    elsewhere = make_venue()
    make_event(unit=unit, venue=elsewhere, starts_at=evening + timedelta(days=1), faiths=[Faith.HINDU])
    make_event(unit=unit, starts_at=evening, faiths=[Faith.ISLAM])
    almanac.add_holy_day(feast(evening), by=None, now=clock.now())
    work()
    assert found() == []


def test_a_changed_service_asks_again(event, evening):
    hindu = RecurringService(
        Faith.HINDU,
        Rhythm.PEKANAN,
        3,
        evening.time(),
        (evening + timedelta(hours=1)).time(),
        "Persembahyangan",
        "",
    )
    almanac.add_service(hindu, by=None, now=clock.now())
    work()
    assert found() == [(event.id, "waktu_ibadah", TableKind.SERVICES)]


def test_moved_election_stages_ask_again(unit, officer, evening):
    event = make_event(unit=unit, starts_at=evening, names_candidates=True, title="Ikrar kampanye damai")
    vote_at = clock.start_of(evening.date() + timedelta(days=30), "Asia/Pontianak")
    election = make_election(vote_at=vote_at, pairs=0)
    day = evening.date()
    stages = [
        stage_of_days(StageKind.MASA_TENANG, day - timedelta(days=1), day + timedelta(days=1), zone=HERE),
        stage_of_days(StageKind.PEMUNGUTAN, day + timedelta(days=2), day + timedelta(days=2), zone=HERE),
    ]
    almanac.set_stages(election, stages, by=None, now=clock.now())
    work()
    assert found() == [(event.id, "masa_tenang", TableKind.ELECTIONS)]


def test_a_feast_of_two_invited_faiths_is_named_and_kept_once(unit, officer, evening, sign_in):
    event = make_event(unit=unit, starts_at=evening, faiths=[Faith.PROTESTAN, Faith.KATOLIK])
    both = replace(feast(evening), name="Natal Contoh", faiths=(Faith.PROTESTAN, Faith.KATOLIK))
    almanac.add_holy_day(both, by=None, now=clock.now())
    work()
    assert found() == [(event.id, "hari_raya", TableKind.HOLY_DAYS)]
    assert notices() == 1
    page = check_page(sign_in(officer).get(f"/kelola/acara/{event.id}")).get_text(" ")
    assert page.count("Natal Contoh") == 1
    assert "Natal Contoh (Katolik, Kristen Protestan)." in page


def test_new_coordinates_ask_again(unit, officer, evening):
    event = make_event(unit=unit, starts_at=evening.replace(hour=17, minute=0), faiths=[Faith.ISLAM])
    district = find_in_units(event.id, frozenset({unit.id})).district
    details = DistrictDetails(lat=-1.5, lon=110.5, zone=district.zone, tile_row=None, tile_col=None)
    regions.change_district(district, details, by=None, now=clock.now())
    work()
    assert set(found()) == {(event.id, "waktu_ibadah", TableKind.COORDINATES)}


def test_a_raised_grade_asks_again_and_stands_in_the_log(unit, officer, evening, sign_in):
    admin = make_person(Role.ADMIN, unit=unit)
    event = make_event(unit=unit, starts_at=evening, capacity=10, expected_crowd=50)
    client = sign_in(admin)
    page = "/kelola/acara/penjaga"
    check_page(client.get(page))
    assert fill(client, page, {"melebihi_kapasitas": "alasan"}, action="/penjaga").status_code == 303
    work()
    assert found() == [(event.id, "melebihi_kapasitas", TableKind.GRADES)]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.tag == "events:guard:grade_set")).one()
    assert (entry.before, entry.after) == ({"grade": "peringatan"}, {"grade": "alasan"})
    assert sign_in(officer).get(page).status_code == 404


@pytest.mark.parametrize("grade", [Grade.WARNING, Grade.INFO, Grade.REASON])
def test_no_grade_goes_below_the_shipped_one(app, grade):
    with pytest.raises(RuleBroken, match="grade_too_low"):
        actions.set_grades({Guard.CAMPAIGN_PLACE: grade}, by=None, now=clock.now())


def test_a_long_list_is_asked_in_pieces(unit, officer, evening, monkeypatch):
    monkeypatch.setattr("app.events.jobs.AT_ONCE", 2)
    events = [make_event(unit=unit, starts_at=evening, faiths=[Faith.HINDU]) for _ in range(5)]
    almanac.add_holy_day(feast(evening), by=None, now=clock.now())
    work()
    assert {event_id for event_id, *_ in found()} == {event.id for event in events}


def test_a_leader_hands_in_nothing_that_has_passed_but_an_officer_enters_it_with_a_reason(unit, officer):
    event = make_event(unit=unit, status=EventStatus.DRAFT, starts_at=clock.now() - timedelta(days=2))
    with pytest.raises(RuleBroken, match="event_in_the_past"):
        actions.submit(event, by=None, now=clock.now())
    actions.submit(event, by=officer, now=clock.now(), checks=True)
    with pytest.raises(RuleBroken, match="guards_stand"):
        actions.approve(event, by=officer, now=clock.now())


def test_a_known_place_keeps_its_kind_whatever_a_proposer_types(unit, officer):
    event = make_event(unit=unit, status=EventStatus.RETURNED)
    event = find_in_units(event.id, frozenset({unit.id}))
    details = details_of(event)
    other = type(details)(**{**vars(details), "venue_kind": "rumah_ibadah"})
    actions.revise(event, other, by=None, now=clock.now())
    assert details_of(find_in_units(event.id, frozenset({unit.id}))).venue_kind == details.venue_kind
    actions.revise(event, other, by=officer, now=clock.now(), checks=True)
    assert details_of(find_in_units(event.id, frozenset({unit.id}))).venue_kind == "rumah_ibadah"
