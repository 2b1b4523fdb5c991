"""The staff pages: a ceremony from the draft to the closed list, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events.details import EventKind
from app.events.models import EventSession
from app.people.actions import end_role
from app.people.queries import living_roles
from app.pledges import actions, queries
from app.pledges.details import PledgeStatus, SignatoryState
from app.pledges.models import Pledge, Signatory
from app.pledges.staff import what_waits
from app.regions.models import Unit
from tests.events.factories import make_event
from tests.people.factories import make_organisation, make_person
from tests.pledges.factories import asked, make_pledge, make_teams, pledge_details, signing
from tests.regions.factories import make_district, make_unit
from tests.support.forms import errors_in, fill, find_form, post, values_of

SignIn = Callable[..., FlaskClient]
TYPED = {
    "title": "Ikrar panjang umur",
    "on": "2026-11-20",
    "points-0": "Menjaga kerukunan.",
    "points-1": "",
    "points-2": "Memeriksa kabar.",
    "verification": "semua_cara",
}


@pytest.fixture
def unit(app: Flask) -> Unit:
    make_district()
    return make_unit("Polsek Panggung")


@pytest.fixture
def officer(unit: Unit, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_person(Role.PETUGAS, unit=unit))


def the_pledge() -> Pledge:
    db.session.rollback()
    return db.session.scalars(select(Pledge)).one()


def words(answer: Any) -> str:
    return BeautifulSoup(answer.get_data(as_text=True), "html5lib").get_text(" ", strip=True)


def test_a_declaration_goes_from_draft_to_the_public_and_is_closed(
    officer: FlaskClient, client: FlaskClient
) -> None:
    fill(officer, "/kelola/ikrar/baru", TYPED)
    pledge = the_pledge()
    page = f"/kelola/ikrar/{pledge.id}"
    assert client.get(f"/ikrar/{pledge.slug}").status_code == 404

    post(officer, page, "/buka")
    assert "Memeriksa kabar." in words(client.get(f"/ikrar/{pledge.slug}"))
    post(officer, page, "/jeda")
    assert the_pledge().status is PledgeStatus.PAUSED
    post(officer, page, "/buka")
    post(officer, page, "/tutup")

    assert the_pledge().status is PledgeStatus.CLOSED


@pytest.mark.once
def test_empty_points_are_left_out(officer: FlaskClient) -> None:
    fill(officer, "/kelola/ikrar/baru", TYPED)

    found = queries.find_in_units(the_pledge().id, frozenset({the_pledge().unit_id}))

    assert found is not None
    assert [(point.position, point.text) for point in found.points] == [
        (1, "Menjaga kerukunan."),
        (2, "Memeriksa kabar."),
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    ("press", "points"),
    [
        (("tambah", "points"), ["Menjaga kerukunan.", "", "Memeriksa kabar.", ""]),
        (("hapus", "points-1"), ["Menjaga kerukunan.", "Memeriksa kabar."]),
        (("naik", "points-2"), ["Menjaga kerukunan.", "Memeriksa kabar.", ""]),
        (("turun", "points-0"), ["", "Menjaga kerukunan.", "Memeriksa kabar."]),
        (("hapus", "points-99"), ["Menjaga kerukunan.", "", "Memeriksa kabar."]),
        (("naik", "💩"), ["Menjaga kerukunan.", "", "Memeriksa kabar."]),
    ],
)
def test_points_are_added_and_moved_without_javascript(
    officer: FlaskClient, press: tuple[str, str], points: list[str]
) -> None:
    answer = fill(officer, "/kelola/ikrar/baru", TYPED, press=press)

    soup = BeautifulSoup(answer.data, "html5lib")
    shown = [str(area.string or "").strip() for area in soup.select("textarea[name^=points]")]
    assert answer.status_code == 200
    assert shown == points
    assert soup.find("input", {"name": "title"})["value"] == TYPED["title"]


@pytest.mark.once
def test_a_declaration_without_points_is_sent_back_with_what_was_typed(officer: FlaskClient) -> None:
    answer = fill(officer, "/kelola/ikrar/baru", {**TYPED, "points-0": "", "points-2": ""})

    assert answer.status_code == 422
    assert any("satu butir" in error for error in errors_in(answer))
    assert str(TYPED["title"]) in answer.get_data(as_text=True)


def test_a_new_declaration_is_tied_to_its_event(officer: FlaskClient, unit: Unit) -> None:
    event = make_event("Doa bersama panggung", unit=unit)

    fill(officer, f"/kelola/ikrar/baru?acara={event.id}", TYPED)

    assert the_pledge().event_id == event.id
    assert the_pledge().occasion == "Doa bersama panggung"


def test_occasion_and_reader_are_part_of_the_text_and_a_session_that_goes_leaves_its_name(
    officer: FlaskClient, unit: Unit, client: FlaskClient
) -> None:
    event = make_event("Malam panggung", unit=unit)
    session = EventSession(event_id=event.id, position=0, title="Deklarasi", kind=EventKind.DECLARATION)
    db.session.add(session)
    db.session.commit()
    typed = {**TYPED, "event": f"{event.id}-{session.id}", "reader": "Siti Rekaan, ketua FKUB"}
    fill(officer, "/kelola/ikrar/baru", typed)
    pledge = the_pledge()
    actions.open_pledge(pledge, by=None, now=clock.now())
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    address = f"/ikrar/{pledge.slug}"
    frozen = client.get(f"{address}/naskah.txt").data

    assert b"Kegiatan: Deklarasi, Malam panggung\nPembaca: Siti Rekaan, ketua FKUB\n" in frozen
    assert "Dibacakan oleh Siti Rekaan, ketua FKUB" in words(client.get(address))
    assert "Deklarasi · Malam panggung" in words(client.get(address))
    assert client.get(f"{address}.json").json["reader"] == "Siti Rekaan, ketua FKUB"
    form = find_form(officer.get(f"/kelola/ikrar/{pledge.id}/ubah").get_data(as_text=True), names=["event"])
    assert values_of(form)["event"] == [typed["event"]]
    answer = fill(officer, f"/kelola/ikrar/{pledge.id}/ubah", {"reader": "Orang lain"})
    assert any("tidak dapat diubah" in error for error in errors_in(answer))

    db.session.delete(db.session.get_one(EventSession, session.id))
    db.session.commit()

    assert the_pledge().session_id is None
    assert client.get(f"{address}/naskah.txt").data == frozen
    assert "Malam panggung" in words(client.get(address))


def test_a_frozen_text_is_refused_in_words(officer: FlaskClient, unit: Unit) -> None:
    pledge = make_pledge(unit=unit)
    actions.sign_as_public(pledge.id, signing(), now=clock.now())

    answer = fill(officer, f"/kelola/ikrar/{pledge.id}/ubah", {"points-0": "Butir lain."})

    assert answer.status_code == 422
    assert any("tidak dapat diubah" in error for error in errors_in(answer))


def test_institutions_are_put_into_neutral_order_and_teams_are_all_or_none(
    officer: FlaskClient, unit: Unit
) -> None:
    pledge = make_pledge(unit=unit)
    forum = make_organisation("Forum Rekaan")
    teams = make_teams()
    page = f"/kelola/ikrar/{pledge.id}/penanda"

    some = fill(officer, page, {"lembaga": [teams[0].id, forum.id]}, action="/penanda")
    every = fill(
        officer,
        page,
        {"lembaga": [forum.id, *(row.id for row in reversed(teams))], "saksi": [forum.id]},
        action="/penanda",
    )

    assert some.status_code == 422
    assert "atau tidak satu pun" in words(some)
    assert every.status_code == 303
    rows = list(db.session.scalars(select(Signatory).order_by(Signatory.order)))
    assert [row.organisation_id for row in rows] == [*(row.id for row in teams), forum.id]


def test_an_institution_signs_at_the_table(officer: FlaskClient, unit: Unit) -> None:
    pledge = make_pledge(unit=unit)
    [row] = actions.invite_signatories(pledge, asked(make_organisation()), by=None, now=clock.now())
    page = f"/kelola/ikrar/{pledge.id}/penanda"

    post(officer, page, "/keadaan", {"keadaan": "hadir"})
    bad = fill(officer, f"{page}/{row.id}/tanda-tangan", {"name": "Ketua Rekaan", "ink": "<svg>"})
    answer = fill(
        officer, f"{page}/{row.id}/tanda-tangan", {"name": "Ketua Rekaan", "represented_by": "Wakil Rekaan"}
    )

    assert bad.status_code == 422
    assert answer.status_code == 303
    signed = db.session.scalars(select(Signatory)).one()
    assert (signed.state, signed.represented_by) == (SignatoryState.SIGNED, "Wakil Rekaan")


def test_an_officer_confirms_and_strikes_signatures(officer: FlaskClient, unit: Unit) -> None:
    pledge = make_pledge(unit=unit)
    for _ in range(2):
        actions.sign_as_public(pledge.id, signing(), now=clock.now())
    page = f"/kelola/ikrar/{pledge.id}/tanda-tangan"

    confirmed = post(officer, page, "/pastikan")
    silent = post(officer, page, "/coret")
    struck = post(officer, page, "/coret", {"reason": "Nama tiruan"})

    assert (confirmed.status_code, silent.status_code, struck.status_code) == (303, 422, 303)
    counts = queries.counts_of(pledge.id)
    assert counts.total == 1


@pytest.mark.once
def test_numbers_are_never_shown_whole_at_the_desk(officer: FlaskClient, unit: Unit) -> None:
    pledge = make_pledge(unit=unit)
    actions.sign_as_public(pledge.id, signing(phone="+6281211112222"), now=clock.now())

    page = officer.get(f"/kelola/ikrar/{pledge.id}/tanda-tangan").get_data(as_text=True)

    assert "222" in page
    assert "81211112222" not in page


@pytest.mark.parametrize("page", ["", "/ubah", "/penanda", "/kertas", "/tanda-tangan"])
def test_a_pledge_of_another_unit_does_not_exist(officer: FlaskClient, page: str) -> None:
    pledge = make_pledge(unit=make_unit("Polsek Lain"))

    assert officer.get(f"/kelola/ikrar/{pledge.id}{page}").status_code == 404


@pytest.mark.once
def test_opening_needs_the_second_factor(unit: Unit, sign_in: SignIn) -> None:
    pledge = make_pledge(unit=unit, opened=False)
    client = sign_in(make_person(Role.PETUGAS, unit=unit), second_factor=False)

    client.post(f"/kelola/ikrar/{pledge.id}/buka")

    assert the_pledge().status is PledgeStatus.DRAFT


@pytest.mark.once
def test_a_press_officer_reads_but_writes_nothing(unit: Unit, sign_in: SignIn) -> None:
    pledge = make_pledge(unit=unit)
    client = sign_in(make_person(Role.EDITOR, unit=unit))

    assert client.get(f"/kelola/ikrar/{pledge.id}").status_code == 200
    assert client.get(f"/kelola/ikrar/{pledge.id}/ubah").status_code == 404


def test_institutions_that_have_not_signed_wait_on_the_staff_home(app: Flask, unit: Unit) -> None:
    person = make_person(Role.PETUGAS, unit=unit)
    pledge = make_pledge(unit=unit)
    actions.invite_signatories(pledge, asked(make_organisation()), by=None, now=clock.now())

    with app.test_request_context():
        [line] = what_waits(person, clock.now())

    assert "1 lembaga belum menandatangani" in line.label


def test_the_declarations_of_a_person_who_leaves_pass_to_the_successor(app: Flask) -> None:
    unit = make_unit("Polsek Serah")
    leaving, staying = make_person(Role.PETUGAS, unit=unit), make_person(Role.PETUGAS, unit=unit)
    pledge = actions.draft_pledge(pledge_details(), unit_id=unit.id, by=leaving, now=clock.now())
    end_role(living_roles(leaving.id)[0], by=make_person(), now=clock.now(), successor_id=staying.id)
    db.session.expire_all()
    assert pledge.created_by_id == staying.id


@pytest.mark.parametrize("typed", ["²", "99999999999", "-1", "satu"])
def test_a_declaration_for_an_event_that_is_no_number_begins_without_one(
    officer: FlaskClient, typed: str
) -> None:
    assert officer.get("/kelola/ikrar/baru", query_string={"acara": typed}).status_code == 200
