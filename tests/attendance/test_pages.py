"""Registering, the ticket, the desk and the lists, as people meet them."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import event as sql_event
from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.details import RegistrationStatus, WalkInDetails
from app.attendance.models import Registration
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.models import Event
from app.regions.models import Unit
from tests.attendance.factories import make_open_event, make_registration, pool_of
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post

SignIn = Callable[..., FlaskClient]
GIVEN = {"name": "Rekaan Contoh", "phone": "0812-0000-1234", "party_size": "2", "agree": True}


def url_of(event: Event) -> str:
    return f"/acara/{event.slug}/daftar"


def body(answer: Any) -> str:
    return " ".join(answer.get_data(as_text=True).split())


@pytest.fixture
def today(app: Flask) -> Event:
    """An event that starts within the hour, so that its desk is open."""
    unit = make_unit("Polsek Meja")
    return make_open_event(unit=unit, starts_at=clock.now() + timedelta(hours=1), capacity=5)


@pytest.fixture
def desk(today: Event, sign_in: SignIn) -> tuple[FlaskClient, str]:
    """An officer at the desk of that event."""
    unit = db.session.get_one(Unit, today.unit_id)
    return sign_in(make_person(Role.PETUGAS, unit=unit)), f"/kelola/acara/{today.id}/meja"


def test_the_answer_to_the_form_is_the_ticket(app: Flask, client: FlaskClient) -> None:
    event = make_open_event()
    answer = fill(client, url_of(event), GIVEN)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert "Terdaftar" in body(page)
    assert "0812-••••-234" in body(page)
    assert "https://wa.me/628120000" in body(page)
    assert f"/acara/{event.slug}.ics" in body(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "<svg" in body(page)


def test_the_qr_code_is_not_the_key_to_cancel(app: Flask, client: FlaskClient) -> None:
    registration = make_registration(make_open_event())
    assert client.get(f"/tiket/{registration.check_code}").status_code == 404
    assert client.post(f"/tiket/{registration.check_code}/batal").status_code == 404
    checked = body(client.get(f"/periksa/{registration.check_code}"))
    assert "Tiket hadir" in checked
    assert registration.name not in checked


def test_pressing_twice_gives_the_same_ticket(app: Flask, client: FlaskClient) -> None:
    event = make_open_event()
    page = client.get(url_of(event)).get_data(as_text=True)
    key = page.partition('name="submission_key"')[2].partition('value="')[2].partition('"')[0]
    data = {"name": "A", "phone": "081200001234", "party_size": "2", "agree": "y", "submission_key": key}
    first, second = (client.post(url_of(event), data=data) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert pool_of(event).taken == 2


def test_a_number_sent_in_again_gets_a_page_of_the_same_form(app: Flask, client: FlaskClient) -> None:
    event = make_open_event()
    make_registration(event, "Pemilik Nomor", phone="+6281200001234")
    repeated = client.get(fill(client, url_of(event), GIVEN).headers["Location"])
    other = client.get(fill(client, url_of(event), {**GIVEN, "phone": "0812-0000-9234"}).headers["Location"])

    def shape(page: Any) -> list[str]:
        text = page.get_data(as_text=True)
        return [part.partition(" ")[0].partition(">")[0] for part in text.split("<") if part[:1].isalpha()]

    without_qr = [name for name in shape(repeated) if name != "path"]
    assert without_qr == [name for name in shape(other) if name != "path"]
    assert "Pemilik Nomor" not in body(repeated)
    assert pool_of(event).taken == 3


@pytest.mark.once
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient
) -> None:
    answer = fill(client, url_of(make_open_event()), {**GIVEN, "phone": "12", "party_size": "99"})
    assert answer.status_code == 422
    assert "Nomor ini belum benar" in body(answer)
    assert "Isi angka dari 1 sampai 10." in body(answer)
    assert "Rekaan Contoh" in body(answer)


@pytest.mark.once
def test_without_consent_nothing_is_kept(app: Flask, client: FlaskClient) -> None:
    assert fill(client, url_of(make_open_event()), {**GIVEN, "agree": None}).status_code == 422
    assert db.session.scalars(select(Registration)).all() == []


@pytest.mark.once
def test_a_program_that_fills_in_everything_is_asked_not_to(app: Flask, client: FlaskClient) -> None:
    answer = fill(client, url_of(make_open_event()), {**GIVEN, "situs": "https://contoh.id"})
    assert answer.status_code == 422


def test_a_full_event_says_so_and_gives_a_place_in_line(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=1)
    make_registration(event)
    assert "Masuk daftar tunggu" in body(client.get(url_of(event)))
    page = client.get(fill(client, url_of(event), GIVEN).headers["Location"])
    assert "Daftar tunggu, urutan 1" in body(page)


def test_number_and_cancellation_are_changed_on_the_ticket(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=4)
    ticket = f"/tiket/{queries.manage_code_of(make_registration(event))}"
    assert fill(client, ticket, {"party_size": "3"}).status_code == 303
    assert pool_of(event).taken == 3
    refused = fill(client, ticket, {"party_size": "5"})
    assert refused.status_code == 422
    assert "Masih ada 1 kursi." in body(refused)
    assert client.get(f"{ticket}/batal").status_code == 405
    assert post(client, ticket, "/batal").status_code == 303
    assert "Dibatalkan" in body(client.get(ticket))
    assert pool_of(event).taken == 0


def test_a_visitor_deletes_their_data(app: Flask, client: FlaskClient) -> None:
    ticket = f"/tiket/{queries.manage_code_of(make_registration(make_open_event()))}"
    answer = post(client, ticket.replace("/tiket/", "/data-saya/"), "/hapus")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(ticket).status_code == 404


@pytest.mark.once
def test_an_event_that_is_not_public_has_no_form(app: Flask, client: FlaskClient) -> None:
    assert client.get("/acara/tidak-ada/daftar").status_code == 404


# All that can be sent as UTF-8; said so, it is not worked out anew by hypothesis, which takes seconds.
ANY_CHARACTER = st.characters(exclude_categories=["Cs"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["name", "phone", "party_size", "district_code", "agree", "situs", "submission_key"]),
        st.text(ANY_CHARACTER, max_size=80),
    )
)
def test_whatever_is_sent_the_form_answers(app: Flask, typed: dict[str, str]) -> None:
    event = db.session.scalar(select(Event)) or make_open_event(capacity=None)
    assert app.test_client().post(url_of(event), data=typed).status_code in {303, 422}


def test_a_public_event_page_costs_one_statement_for_its_seats(app: Flask) -> None:
    event = make_open_event()
    seen: list[str] = []
    sql_event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    queries.counts(event.id)
    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 2


def test_a_code_is_checked_in_once_and_the_second_scan_says_who(
    today: Event, desk: tuple[FlaskClient, str]
) -> None:
    client, url = desk
    code = make_registration(today, "Tamu Rekaan", party_size=2).check_code
    first = fill(client, url, {"code": f"http://localhost/periksa/{code}"}, action="/kode")
    assert first.status_code == 303
    assert "Tamu Rekaan, 2 orang: hadir." in body(client.get(url))
    fill(client, url, {"code": code.lower()}, action="/kode")
    again = body(client.get(f"{url}?q={code}"))
    assert "Sudah dicatat hadir pukul" in again
    assert "oleh Orang Contoh" in again


@pytest.mark.once
def test_an_unknown_code_is_told_beside_the_field(desk: tuple[FlaskClient, str]) -> None:
    client, url = desk
    answer = fill(client, url, {"code": "ZZZZ"}, action="/kode")
    assert answer.status_code == 422
    assert "Kode ini tidak ada di acara ini." in body(answer)


@pytest.mark.parametrize("typed", ["rekaan", "REKAAN TA", "0812-0000-7777", "777", "62 812 0000 7777"])
def test_the_desk_finds_by_name_number_or_last_digits(
    today: Event, desk: tuple[FlaskClient, str], typed: str
) -> None:
    client, url = desk
    make_registration(today, "Ustaz Rekaan Tamu, S.Pd.", phone="+6281200007777")
    assert "Ustaz Rekaan Tamu" in body(client.get(url, query_string={"q": typed}))


def test_part_of_a_party_comes_and_a_slip_is_undone(today: Event, desk: tuple[FlaskClient, str]) -> None:
    client, url = desk
    registration = make_registration(today, "Tamu Rekaan", party_size=3)
    page = f"{url}?q=tamu"
    assert fill(client, page, {"count": "2"}, action=f"/{registration.id}/hadir").status_code == 303
    db.session.rollback()
    assert registration.checked_in_count == 2
    assert post(client, url, f"/{registration.id}/urung").status_code == 303
    db.session.rollback()
    assert registration.checked_in_at is None
    assert pool_of(today).taken == 3


def test_a_walk_in_beyond_the_seats_is_noted_and_takes_none(
    today: Event, desk: tuple[FlaskClient, str]
) -> None:
    client, url = desk
    make_registration(today, party_size=5)
    given = {"name": "Datang Langsung", "party_size": "2"}
    assert fill(client, url, given, action="/langsung").status_code == 303
    assert "di luar kapasitas" in body(client.get(url))
    assert pool_of(today).taken == 5


def test_a_walk_in_with_a_registered_number_is_pointed_to_the_registration(
    today: Event, desk: tuple[FlaskClient, str]
) -> None:
    client, url = desk
    make_registration(today, phone="+6281200005555")
    given = {"name": "Orang Sama", "phone": "081200005555"}
    answer = fill(client, url, given, action="/langsung")
    assert answer.status_code == 422
    assert "Nomor ini sudah terdaftar" in body(answer)


def test_a_number_sent_in_twice_is_merged_at_the_desk(today: Event, desk: tuple[FlaskClient, str]) -> None:
    client, url = desk
    make_registration(today, "Pemilik Rekaan", phone="+6281200005555")
    double = make_registration(today, "Nama Kedua", phone="+6281200005555")
    assert "Nama Kedua" in body(client.get(url))
    fill(client, url, {"code": double.check_code}, action="/kode")
    db.session.rollback()
    assert double.checked_in_at is None
    post(client, url, f"/{double.id}/gabung")
    db.session.rollback()
    assert double.status is RegistrationStatus.CANCELLED


def test_who_waits_and_stands_at_the_desk_is_let_in(today: Event) -> None:
    by = make_person(Role.PETUGAS)
    make_registration(today, party_size=5)
    waiting = make_registration(today)
    actions.check_in(waiting, by=by, now=clock.now())
    assert (waiting.outside_capacity, waiting.seats_held) == (True, 0)
    assert pool_of(today).taken == 5


@pytest.mark.once
def test_the_desk_opens_a_day_before_the_event(app: Flask) -> None:
    event = make_open_event()
    registration = make_registration(event)
    by = make_person(Role.PETUGAS)
    with pytest.raises(RuleBroken, match="desk_not_open"):
        actions.check_in(registration, by=by, now=clock.now())
    with pytest.raises(RuleBroken, match="desk_not_open"):
        actions.add_walk_in(event, details=WalkInDetails("A", 1), by=by, now=clock.now())


def test_lists_are_masked_audited_and_safe_for_spreadsheets(
    today: Event, desk: tuple[FlaskClient, str]
) -> None:
    client, _ = desk
    make_registration(today, "=HYPERLINK(1)", phone="+6281200005555")
    base = f"/kelola/acara/{today.id}"
    assert "0812-••••-555" in body(client.get(f"{base}/kehadiran"))
    text = client.get(f"{base}/kehadiran.csv").data.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert row[1] == "'=HYPERLINK(1)"
    assert "5555" not in text
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}/kehadiran.xlsx").data)).active
    assert sheet is not None
    assert sheet["B2"].data_type == "s"
    paper = PdfReader(io.BytesIO(client.get(f"{base}/daftar-hadir.pdf").data))
    assert "Tanda tangan" in paper.pages[0].extract_text()
    db.session.rollback()
    tags = db.session.scalars(select(AuditEntry.tag).order_by(AuditEntry.id)).all()
    assert tags == ["attendance:list:viewed"] + ["attendance:list:exported"] * 3


@pytest.mark.once
def test_export_asks_for_the_second_factor(today: Event, sign_in: SignIn) -> None:
    admin = make_person(Role.ADMIN, unit=make_unit("Polsek Tanpa Faktor"))
    client = sign_in(admin, second_factor=False)
    assert client.get(f"/kelola/acara/{today.id}/kehadiran.csv").status_code == 303


def test_another_units_desk_does_not_exist(today: Event, sign_in: SignIn) -> None:
    client = sign_in(make_person(Role.PETUGAS))
    for page in ("meja", "kehadiran", "kehadiran.csv", "daftar-hadir.pdf"):
        assert client.get(f"/kelola/acara/{today.id}/{page}").status_code == 404


def test_staff_change_seats_close_open_and_promote(today: Event, desk: tuple[FlaskClient, str]) -> None:
    client, _ = desk
    make_registration(today, party_size=4)
    waiting = make_registration(today, party_size=2)
    url = f"/kelola/acara/{today.id}/kehadiran"
    seats = f"/kelola/acara/{today.id}/kursi"
    assert fill(client, seats, {"capacity": "3"}, action="/kursi").status_code == 422
    waiting_url = f"{url}?tahap=menunggu"
    post(client, waiting_url, f"/{waiting.id}/kursi", {"reason": "tamu kehormatan"})
    assert "tidak cukup" in body(client.get(url))
    post(client, waiting_url, f"/{waiting.id}/kursi")
    assert "Tulis alasan" in body(client.get(url))
    assert fill(client, seats, {"capacity": "6"}, action="/kursi").status_code == 303
    db.session.rollback()
    assert waiting.status is RegistrationStatus.CONFIRMED
    assert post(client, seats, "/tutup").status_code == 303
    assert not pool_of(today).open
    assert post(client, seats, "/buka").status_code == 303
    assert pool_of(today).open


@pytest.mark.once
@pytest.mark.parametrize("lasts", [None, timedelta(hours=2)])
def test_after_the_start_the_ticket_says_what_holds(
    app: Flask, client: FlaskClient, lasts: timedelta | None
) -> None:
    starts = clock.now() + timedelta(days=1)
    event = make_open_event(starts_at=starts, ends_at=starts + lasts if lasts else None)
    ticket = f"/tiket/{queries.manage_code_of(make_registration(event))}"
    starts_at = event.starts_at
    with time_machine.travel(starts_at + timedelta(minutes=10), tick=False):
        assert "Ubah jumlah" not in body(client.get(ticket))
        assert client.post(f"{ticket}/batal").status_code == 409
    with time_machine.travel(starts_at + timedelta(hours=3), tick=False):
        assert "Kode QR tiket" in body(client.get(ticket)), "an evening that began late takes its guests in"
    with time_machine.travel(starts_at + timedelta(hours=13), tick=False):
        page = body(client.get(ticket))
        assert "Acara sudah selesai" in page
        assert "Kode QR tiket" not in page
