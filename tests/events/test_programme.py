from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.database import db
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events import actions, queries
from app.events.details import EventDetails, EventKind, ItemKind, ProgrammeItemDetails, VenueKind
from app.events.models import Event, ProgrammeItem
from app.events.rules.programme import order_of_prayer, turned, usual_programme
from app.events.rules.states import problem_with_details
from app.events.rules.timing import (
    given_starts,
    likely_end,
    overlapping,
    problem_with_times,
    running_slots,
    slots_of,
)
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page

EVENING = datetime(2027, 1, 13, 12, 30, tzinfo=UTC)  # 19.30 in Pontianak, a Wednesday


def line(minutes, *, after=None, title="Bagian", faith=None, kind=ItemKind.OTHER, leader=""):
    return ProgrammeItemDetails(title, kind, minutes, faith=faith, leader_name=leader, start_after=after)


def starts(programme, start=EVENING):
    return [round((slot.starts_at - start).total_seconds() / 60) for slot in slots_of(start, programme)]


# Reckoning times


@pytest.mark.once
def test_a_line_begins_when_the_one_before_is_through():
    assert starts([line(10), line(20), line(5)]) == [0, 10, 30]


@pytest.mark.once
def test_a_given_start_stays_and_the_lines_behind_it_follow_it():
    assert starts([line(10), line(20, after=40), line(5)]) == [0, 40, 60]


def test_moving_a_line_recomputes_the_others_but_not_a_given_start():
    assert starts([line(20), line(10), line(5, after=60)]) == [0, 20, 60]
    assert starts([line(10), line(20), line(5, after=60)]) == [0, 10, 60]


def test_a_programme_with_a_late_given_start_makes_an_open_event_longer():
    end = likely_end(EVENING, None, [EventKind.PARADE], [line(10), line(30, after=120)])
    assert end == EVENING + timedelta(minutes=150)


@pytest.mark.parametrize(
    ("clocks", "found"),
    [
        ([None, time(20, 0)], [None, 30]),
        ([time(19, 30)], [0]),
        ([None, time(19, 45), None, time(20, 30)], [None, 15, None, 60]),
        ([None, time(0, 15)], [None, 285]),  # after midnight
        ([None, time(19, 0)], [None, -30]),  # before the event: the nearest, to be refused
    ],
)
def test_a_time_of_day_is_the_first_one_after_the_line_before_began(clocks, found):
    local = EVENING.replace(hour=19)
    assert given_starts(local, None, [(clock, 10) for clock in clocks]) == found


def test_on_an_event_of_several_days_a_time_of_day_may_be_on_the_next_morning():
    local = EVENING.replace(hour=19)
    assert given_starts(local, local + timedelta(days=2), [(None, 60), (time(9, 0), 60)]) == [None, 810]


@pytest.mark.parametrize(
    ("programme", "problem"),
    [
        ([line(10), line(10, after=30)], None),
        ([line(10, after=-30)], (0, "item_before_event")),
        ([line(10), line(10, after=60), line(10, after=30)], (2, "item_before_last")),
        ([line(10), line(10, after=120)], (1, "item_after_event")),
        ([line(10), line(10, after=200)], (1, "item_after_event")),
    ],
)
def test_a_programme_that_runs_backwards_or_out_of_the_event_has_a_named_problem(programme, problem):
    assert problem_with_times(EVENING, EVENING + timedelta(hours=2), programme) == problem


def test_a_given_start_within_the_line_before_overlaps():
    assert overlapping(EVENING, [line(30), line(10, after=20), line(5)]) == [1]
    assert overlapping(EVENING, [line(30), line(10, after=30)]) == []


@pytest.mark.once
@for_all(st.lists(st.tuples(st.integers(0, 300), st.none() | st.integers(0, 600)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_sound_programme_never_runs_backwards(rows):
    programme = [line(minutes, after=after) for minutes, after in rows]
    if problem_with_times(EVENING, None, programme) is None:
        found = starts(programme)
        assert found == sorted(found)
        assert all(start >= 0 for start in found)


def test_a_programme_that_ends_before_it_starts_is_refused_with_the_reason():
    details = EventDetails(
        title="Apel",
        kinds=(EventKind.PARADE,),
        starts_at=EVENING,
        ends_at=EVENING - timedelta(hours=1),
        venue_name="Lapangan",
        venue_kind=VenueKind.FIELD,
        district_code="61.04.16",
    )
    assert problem_with_details(details) == ("event_ends_before_start", "ends_at")


# What is really happening


class Held:
    def __init__(self, minutes, started=None, after=None):
        self.minutes, self.start_after = minutes, after
        self.started_at = None if started is None else EVENING + timedelta(minutes=started)


def running(programme):
    return [
        round((slot.starts_at - EVENING).total_seconds() / 60) for slot in running_slots(EVENING, programme)
    ]


def test_lines_behind_a_late_one_move_along():
    assert running([Held(10, 5), Held(20, 25), Held(5), Held(5)]) == [5, 25, 45, 50]


def test_a_given_start_is_waited_for_but_never_before_the_line_before_is_through():
    assert running([Held(10, 0), Held(20, after=30), Held(5)]) == [0, 30, 50]
    assert running([Held(10, 40), Held(20, after=30), Held(5)]) == [40, 50, 70]


def test_lines_that_nobody_marked_were_held_as_planned_but_not_after_the_marked_one():
    assert running([Held(10, 0), Held(20), Held(5, 12), Held(5)]) == [0, 10, 12, 17]
    assert running([Held(10), Held(20), Held(5, 12), Held(5)]) == [0, 10, 12, 17]
    assert running([Held(20), Held(20), Held(5, 12), Held(5)]) == [0, 12, 12, 17]


# What is usual


def titles(usual):
    return [item.title for item in usual.lines]


@pytest.mark.once
def test_every_invited_faith_prays_equally_long_and_in_turn():
    faiths = order_of_prayer(Faith, [Faith.ISLAM, Faith.HINDU])
    usual = usual_programme([EventKind.JOINT_PRAYER], faiths)
    prayers = [item for item in usual.lines if item.faith is not None]
    assert [item.faith for item in prayers] == list(faiths)
    assert len({item.minutes for item in prayers}) == 1


def test_the_turn_to_open_goes_to_who_never_opened_and_then_to_who_waited_longest():
    three = [Faith.ISLAM, Faith.KATOLIK, Faith.HINDU]
    assert order_of_prayer(three, [])[0] is Faith.ISLAM
    assert order_of_prayer(three, [Faith.ISLAM])[0] is Faith.KATOLIK
    assert order_of_prayer(three, [Faith.KATOLIK, Faith.ISLAM])[0] is Faith.HINDU
    assert order_of_prayer(three, [Faith.HINDU, Faith.KATOLIK, Faith.ISLAM])[0] is Faith.ISLAM
    assert order_of_prayer(three, [Faith.ISLAM, Faith.HINDU, Faith.KATOLIK, Faith.ISLAM])[0] is Faith.KATOLIK


@pytest.mark.once
def test_over_many_events_every_faith_opens_equally_often():
    opened: list[Faith] = []
    for _event in range(21):
        opened.insert(0, order_of_prayer(Faith, opened[:7])[0])
    assert {opened.count(faith) for faith in Faith} == {3}


def test_a_compound_event_opens_and_closes_once_and_keeps_its_parts_as_sessions():
    kinds = [EventKind.JOINT_PRAYER, EventKind.DECLARATION, EventKind.COORDINATION_MEETING]
    usual = usual_programme(kinds, [Faith.ISLAM, Faith.KATOLIK])
    assert usual.parts == (EventKind.COORDINATION_MEETING, EventKind.DECLARATION, EventKind.JOINT_PRAYER)
    assert len(titles(usual)) == len(set(titles(usual))) + 1  # the prayer is there for each of two faiths
    assert sum(item.kind is ItemKind.ANTHEM for item in usual.lines) == 1
    assert "Doa pembuka" not in titles(usual)  # they pray in turn
    places = [item.session for item in usual.lines]
    assert places == sorted(places)


@pytest.mark.once
@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.CAMPAIGN])
def test_what_is_usual_of_a_kind_fits_its_usual_hours(kind):
    usual = usual_programme([kind], [Faith.ISLAM, Faith.PROTESTAN])
    assert usual.lines
    assert sum(item.minutes for item in usual.lines) <= 240
    assert usual.parts == ()


def test_turning_the_prayers_takes_their_leaders_along_and_leaves_the_rest():
    programme = [
        line(10, title="Pembukaan"),
        line(5, faith=Faith.ISLAM, kind=ItemKind.PRAYER, leader="Ustaz Contoh"),
        line(7, faith=Faith.KATOLIK, kind=ItemKind.PRAYER, leader="Pastor Contoh"),
    ]
    moved = turned(programme, 1)
    assert [item.leader_name for item in moved] == ["", "Pastor Contoh", "Ustaz Contoh"]
    assert [item.minutes for item in moved] == [10, 5, 7]
    assert turned(programme, 2) == tuple(programme)


# The form

SOON = "2027-01-13T19:30"


def typed(**more):
    return {
        "title": "Doa bersama warga contoh",
        "kinds": ["doa_bersama"],
        "starts_at": SOON,
        "ends_at": "2027-01-13T21:30",
        "venue_name": "Aula Contoh",
        "venue_kind": "kantor_polisi",
        "district_code": "61.04.16",
        **more,
    }


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rumah")


@pytest.fixture
def leader(unit):
    return make_person(Role.TOKOH, unit=unit)


@pytest.fixture
def officer(unit):
    return make_person(Role.PETUGAS, unit=unit)


def rows_of(soup):
    count = len(soup.select('[name^="programme-"][name$="-title"]'))
    return [soup.find(id=f"programme-{place}-title")["value"] for place in range(count)]


def notes_of(soup):
    return [note.get_text(strip=True) for note in soup.select("#programme [data-note]")]


def stored():
    event = db.session.scalars(select(Event)).one()
    return queries.details_of(queries.load_for_change(event))


@pytest.mark.once
def test_the_form_shows_the_hours_of_every_line_and_reckons_them_anew_when_a_line_moves(leader, sign_in):
    given = typed(**{"programme-0-minutes": "10", "programme-1-minutes": "25"})
    client = sign_in(leader)
    before = notes_of(check_page(client.get("/kelola/acara/baru")))
    assert before[0] == "19.30–19.40"
    soup = check_page(fill(client, "/kelola/acara/baru", given, press=("turun", "programme-0")))
    assert notes_of(soup)[:3] == ["19.30–19.55", "19.55–20.05", "20.05–20.10"]


@pytest.mark.once
def test_a_given_start_is_kept_and_comes_back_in_the_form(leader, sign_in):
    client = sign_in(leader)
    answer = fill(
        client, "/kelola/acara/baru", typed(**{"programme-1-start": "20:00"}), press=("aksi", "draf")
    )
    assert answer.status_code == 303, errors_in(answer)
    assert [item.start_after for item in stored().programme[:3]] == [None, 30, None]
    event = db.session.scalars(select(Event)).one()
    soup = check_page(client.get(f"/kelola/acara/{event.id}/ubah"))
    assert soup.find(id="programme-1-start")["value"] == "20:00"
    assert notes_of(soup)[1:3] == ["20.00–20.05", "20.05–20.10"]
    early = fill(
        client, "/kelola/acara/baru", typed(**{"programme-1-start": "19:35"}), press=("periksa", "jam")
    )
    assert notes_of(check_page(early))[1] == "19.35–19.40, sebelum yang di atasnya selesai"


@pytest.mark.once
@pytest.mark.parametrize(
    ("start", "words"),
    [("19:00", "sebelum acara dimulai"), ("22:00", "sesudah acara selesai"), ("25:00", "Jam ini tidak ada")],
)
def test_an_impossible_start_is_refused_beside_its_line_and_what_was_typed_stays(
    leader, sign_in, start, words
):
    given = typed(**{"programme-0-start": start, "programme-0-title": "Ketikan saya"})
    answer = fill(sign_in(leader), "/kelola/acara/baru", given, press=("aksi", "draf"))
    assert answer.status_code == 422
    soup = check_page(answer)
    assert words in soup.find(id="programme-0-start-error").get_text()
    assert soup.find(id="programme-0-title")["value"] == "Ketikan saya"
    assert db.session.scalar(select(Event)) is None


@pytest.mark.once
def test_a_start_before_the_line_above_is_refused_beside_its_line(leader, sign_in):
    given = typed(**{"programme-1-start": "20:30", "programme-2-start": "20:00"})
    answer = fill(sign_in(leader), "/kelola/acara/baru", given, press=("aksi", "draf"))
    assert answer.status_code == 422
    assert "di atasnya" in check_page(answer).find(id="programme-2-start-error").get_text()


def test_who_cannot_come_needs_a_note_and_stays_in_the_programme(leader, sign_in):
    client = sign_in(leader)
    given = typed(**{"programme-1-absent": True})
    answer = fill(client, "/kelola/acara/baru", given, press=("aksi", "draf"))
    assert answer.status_code == 422
    assert "Tulis mengapa berhalangan" in " ".join(errors_in(answer))
    given["programme-1-absent_note"] = "Sedang ke luar kota."
    assert fill(client, "/kelola/acara/baru", given, press=("aksi", "draf")).status_code == 303
    assert stored().programme[1].absent_note == "Sedang ke luar kota."


@pytest.mark.once
def test_the_usual_programme_is_put_in_without_script_and_nothing_typed_is_lost(leader, sign_in):
    given = typed(
        kinds=["doa_bersama", "deklarasi"],
        faiths=["islam", "katolik"],
        **{
            "programme-0-title": "Pembukaan ala kami",
            "programme-1-title": "Marawis anak panti",
            "programme-1-kind": "penampilan",
            "programme-1-faith": "",
            "programme-2-leader_name": "Pendeta Contoh",
        },
    )
    answer = fill(sign_in(leader), "/kelola/acara/baru", given, press=("contoh", "ya"))
    assert answer.status_code == 200
    soup = check_page(answer)
    names = rows_of(soup)
    assert "Pembukaan ala kami" in names
    assert "Pembukaan oleh pembawa acara" not in names
    assert names.index("Marawis anak panti") == names.index("Pembukaan ala kami") + 1
    assert "Penandatanganan naskah ikrar" in names
    assert soup.find("input", {"value": "Pendeta Contoh"}) is not None
    assert [soup.find(id=f"sessions-{place}-title")["value"] for place in (0, 1)] == [
        "Deklarasi damai",
        "Doa bersama",
    ]


def test_the_usual_programme_lets_the_faith_open_whose_turn_it_is(leader, unit, sign_in):
    past = make_event("Doa lalu", unit=unit, starts_at=EVENING - timedelta(days=400))
    db.session.add(
        ProgrammeItem(
            event_id=past.id, position=0, title="Doa", kind=ItemKind.PRAYER, minutes=5, faith=Faith.ISLAM
        )
    )
    db.session.commit()
    given = typed(faiths=["islam", "katolik"], **{f"programme-{place}-title": "" for place in range(9)})
    given |= {f"programme-{place}-faith": "" for place in range(9)}
    soup = check_page(fill(sign_in(leader), "/kelola/acara/baru", given, press=("contoh", "ya")))
    chosen = [
        option["value"]
        for select_ in soup.select('[name^="programme-"][name$="-faith"]')
        for option in select_.select("option[selected]")
        if option["value"]
    ]
    assert chosen == ["katolik", "islam"]
    assert "Pembuka doa terakhir: Islam" in soup.get_text()


@pytest.mark.once
def test_asking_for_the_usual_programme_of_no_kind_says_what_is_missing(leader, sign_in):
    answer = fill(sign_in(leader), "/kelola/acara/baru", typed(kinds=[]), press=("contoh", "ya"))
    assert "Pilih dahulu jenis acaranya" in check_page(answer).get_text()


def test_a_line_that_moves_keeps_its_row(unit):
    event = make_event(unit=unit, starts_at=EVENING)
    for place, title in enumerate(("Satu", "Dua", "Tiga")):
        db.session.add(
            ProgrammeItem(event_id=event.id, position=place, title=title, kind=ItemKind.OTHER, minutes=5)
        )
    db.session.commit()
    event = queries.load_for_change(event)
    ids = {item.title: item.id for item in event.programme}
    details = queries.details_of(event)
    one, two, three = details.programme
    new = type(details)(**{**vars(details), "programme": (three, one, two)})
    actions.change_published(event, new, by=None, now=EVENING - timedelta(days=2))
    changed = queries.load_for_change(event)
    assert [item.title for item in changed.programme] == ["Tiga", "Satu", "Dua"]
    assert {item.title: item.id for item in changed.programme} == ids


# The balance


def test_the_page_of_an_event_shows_the_balance_here_and_in_the_quarter(officer, unit, sign_in):
    held = make_event("Doa kuartal", unit=unit, starts_at=EVENING, faiths=[Faith.ISLAM, Faith.HINDU])
    items = [
        (Faith.ISLAM, "Ustaz Contoh", "", 5),
        (Faith.HINDU, "", "Sakit mendadak.", 5),
    ]
    for place, (faith, name, absent, minutes) in enumerate(items):
        db.session.add(
            ProgrammeItem(
                event_id=held.id,
                position=place,
                title="Doa",
                kind=ItemKind.PRAYER,
                minutes=minutes,
                faith=faith,
                leader_name=name,
                absent_note=absent,
            )
        )
    make_event("Doa lain", unit=unit, starts_at=EVENING + timedelta(days=14), faiths=[Faith.ISLAM])
    make_event("Doa unit lain", starts_at=EVENING, faiths=[Faith.ISLAM])
    db.session.commit()
    since, until = EVENING - timedelta(days=5), EVENING + timedelta(days=60)
    later = EVENING + timedelta(days=1)
    shares = {share.faith: share for share in queries.shares_between(unit.id, since, until, later)}
    islam, hindu = shares[Faith.ISLAM], shares[Faith.HINDU]
    assert (islam.invited, islam.came, islam.spoke, islam.minutes, islam.opened) == (2, 1, 1, 5, 1)
    assert (hindu.invited, hindu.came, hindu.absent, hindu.spoke, hindu.minutes) == (1, 0, 1, 0, 0)
    text = check_page(sign_in(officer).get(f"/kelola/acara/{held.id}")).get_text(" ", strip=True)
    assert "berhalangan: Sakit mendadak." in text
    assert "Triwulan 1 2027" in text


def test_nothing_counts_as_come_before_the_event_has_begun(unit):
    make_event("Doa nanti", unit=unit, starts_at=EVENING, faiths=[Faith.ISLAM])
    event = db.session.scalars(select(Event)).one()
    db.session.add(
        ProgrammeItem(
            event_id=event.id, position=0, title="Doa", kind=ItemKind.PRAYER, minutes=5, faith=Faith.ISLAM
        )
    )
    db.session.commit()
    before = EVENING - timedelta(hours=1)
    shares = queries.shares_between(unit.id, EVENING - timedelta(days=1), EVENING + timedelta(days=1), before)
    assert [(share.invited, share.came) for share in shares if share.faith is Faith.ISLAM] == [(1, 0)]
