"""The ticket given to another person, kept on the phone, and the data behind it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.details import RegistrationStatus
from app.attendance.models import DataRequest, Registration, RegistrationConsent
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.permissions import Role
from app.notify.models import OutboxMessage
from tests.almanac.factories import make_election
from tests.attendance.factories import make_open_event, make_registration, pool_of
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, find_form, post, values_of

SignIn = Callable[..., FlaskClient]


def body(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())  # type: ignore[attr-defined]


def ticket_of(registration: Registration) -> str:
    return f"/tiket/{queries.manage_code_of(registration)}"


def test_a_ticket_is_given_to_somebody_else_with_its_seats(app: Flask, client: FlaskClient) -> None:
    event = make_open_event(capacity=3)
    row = make_registration(event, "Pemilik Lama", party_size=3)
    old_ticket, old_code = ticket_of(row), row.check_code
    given = {"name": "Pemilik Baru", "phone": "0812-0000-9999", "agree": True}
    answer = fill(client, f"{old_ticket}/alihkan", given)
    assert answer.status_code == 303, errors_in(answer)
    page = body(client.get(answer.headers["Location"]))
    assert "Pemilik Baru" in page
    assert "https://wa.me/6281200009999" in page
    assert client.get(old_ticket).status_code == 404
    assert client.get(f"/periksa/{old_code}").status_code == 404
    db.session.rollback()
    assert (row.name, row.seats_held, pool_of(event).taken) == ("Pemilik Baru", 3, 3)
    consents = db.session.scalars(select(RegistrationConsent).order_by(RegistrationConsent.id)).all()
    assert [consent.withdrawn_at is None for consent in consents] == [False, True]
    message = db.session.scalars(select(OutboxMessage)).one()
    assert answer.headers["Location"].partition("?")[0] in message.text


def test_giving_a_ticket_to_a_number_on_the_list_tells_nobody_and_marks_it(
    app: Flask, client: FlaskClient
) -> None:
    event = make_open_event()
    make_registration(event, phone="+6281200009999")
    row = make_registration(event, "Pemilik Lama")
    given = {"name": "Pemilik Baru", "phone": "0812-0000-9999", "agree": True}
    answer = fill(client, f"{ticket_of(row)}/alihkan", given)
    assert answer.status_code == 303
    db.session.rollback()
    assert (row.status, row.note, row.phone_hash) == (RegistrationStatus.CONFIRMED, "nomor_ganda", None)
    assert queries.phone_of(row) == "+6281200009999"


def test_a_wrong_number_is_put_right_and_tells_nobody_who_else_is_on_the_list(
    app: Flask, client: FlaskClient
) -> None:
    event = make_open_event(capacity=10)
    make_registration(event, phone="+6281200000031")
    row = make_registration(event, phone="+6281200000032")
    page = f"/tiket/{queries.manage_code_of(row)}/ubah"
    assert fill(client, page, {"phone": "12"}).status_code == 422
    for typed, hashed, note in (
        ("0812-0000-0031", None, "nomor_ganda"),
        ("0812-0000-0033", queries.phone_hash("+6281200000033"), ""),
        ("", queries.phone_hash("+6281200000033"), ""),
    ):
        assert fill(client, page, {"phone": typed}).status_code == 303
        db.session.rollback()
        assert (row.phone_hash, row.note) == (hashed, note)
    assert (queries.phone_of(row), row.phone_mask) == ("+6281200000033", "0812-••••-033")
    assert make_registration(event, phone="+6281200000032").status is RegistrationStatus.CONFIRMED


@pytest.mark.once
def test_giving_a_ticket_away_needs_the_other_persons_consent(app: Flask, client: FlaskClient) -> None:
    row = make_registration(make_open_event())
    answer = fill(client, f"{ticket_of(row)}/alihkan", {"name": "Baru", "phone": "081200009999"})
    assert answer.status_code == 422


@pytest.mark.once
def test_the_copy_for_the_phone_says_when_it_was_made_and_has_nothing_to_press(
    app: Flask, client: FlaskClient
) -> None:
    ticket = ticket_of(make_registration(make_open_event(), party_size=2))
    kept = client.get(f"{ticket}?luring=1").get_data(as_text=True)
    assert "Salinan di ponsel ini" in kept
    assert "Terakhir diperbarui" in kept
    assert "<svg" in kept
    assert f'action="{ticket}' not in kept
    worker = client.get(f"{ticket}/pekerja.js")
    assert worker.headers["Service-Worker-Allowed"] == ticket
    assert b"rukun-ticket" in worker.data


def test_the_citizen_sees_and_takes_along_what_is_kept(app: Flask, client: FlaskClient) -> None:
    row = make_registration(make_open_event(), "Warga Rekaan", phone="+6281200007777")
    url = ticket_of(row).replace("/tiket/", "/data-saya/")
    page = client.get(url)
    assert "Warga Rekaan" in body(page)
    assert "+62812" not in body(page)
    assert page.headers["Cache-Control"] == "no-store"
    everything = client.get(f"{url}.json")
    assert everything.get_json()["phone"] == "+6281200007777"
    assert everything.get_json()["consents"][0]["text_version"] == "hadir-2"
    assert "attachment" in everything.headers["Content-Disposition"]
    assert client.get(f"/data-saya/{row.check_code}").status_code == 404
    assert client.get(f"/data-saya/{row.check_code}.json").status_code == 404


def test_a_request_reaches_the_station_with_a_clock_of_72_hours_and_its_answer_the_citizen(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    unit = make_unit("Polsek Data")
    row = make_registration(make_open_event(unit=unit), "Warga Rekaan")
    url = ticket_of(row).replace("/tiket/", "/data-saya/")
    assert fill(client, url, {"text": "tanpa pilihan"}, action="/minta").status_code == 422
    assert fill(client, url, {"kind": "keberatan", "text": "Mohon."}, action="/minta").status_code == 303
    request = db.session.scalars(select(DataRequest)).one()
    assert request.due_at - request.asked_at == timedelta(hours=72)
    officer = sign_in(make_person(Role.PETUGAS, unit=unit))
    inbox = "/kelola/permintaan-data/"
    assert "Keberatan atas pemakaian data saya" in body(officer.get(inbox))
    assert "permintaan data pribadi perlu dijawab" in body(officer.get("/kelola/"))
    page = f"{inbox}{request.id}"
    assert fill(officer, page, {"answer": ""}, action=f"/{request.id}").status_code == 422
    assert fill(officer, page, {"answer": "Sudah kami hapus."}, action=f"/{request.id}").status_code == 303
    assert "Sudah kami hapus." in body(client.get(url))
    stranger = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Lain")))
    assert stranger.get(page).status_code == 404
    assert "Warga Rekaan" not in " ".join(
        str(vars(entry)) for entry in db.session.scalars(select(AuditEntry)).all()
    )


def test_who_has_no_ticket_asks_by_number_and_an_officer_deletes(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    unit = make_unit("Polres Data", kind="polres")
    row = make_registration(make_open_event(unit=unit), phone="+6281200007777")
    given = {"kind": "hapus", "name": "Warga Rekaan", "phone": "081200007777"}
    assert fill(client, "/data-saya", given).status_code == 303
    request = db.session.scalars(select(DataRequest)).one()
    officer = sign_in(make_person(Role.ADMIN, unit=unit))
    page = f"/kelola/permintaan-data/{request.id}"
    assert post(officer, page, f"/hapus/{row.id}").status_code == 303
    db.session.rollback()
    assert (row.name, row.phone_hash) == ("", None)
    other = make_registration(make_open_event(unit=unit))
    assert officer.post(f"{page}/hapus/{other.id}").status_code in {400, 404}
    actions.answer_request(request, answer="Selesai.", by=make_person(Role.ADMIN), now=clock.now())
    actions.forget_people(clock.now() + timedelta(days=91))
    db.session.rollback()
    assert (request.name, request.phone_sealed) == ("", None)


def test_an_officer_who_answers_sees_what_the_own_units_keep_under_a_number_and_no_more(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    unit, phone = make_unit("Polsek Penjawab"), "+6281200008888"
    own = make_registration(make_open_event(title="Acara sendiri", unit=unit), phone=phone)
    other = make_registration(
        make_open_event(title="Acara satuan lain", unit=make_unit("Polsek Lain")), phone=phone
    )
    url = ticket_of(own).replace("/tiket/", "/data-saya/")
    assert fill(client, url, {"kind": "hapus", "text": "Mohon dihapus."}, action="/minta").status_code == 303
    request = db.session.scalars(select(DataRequest)).one()
    officer = sign_in(make_person(Role.PETUGAS, unit=unit))
    page = f"/kelola/permintaan-data/{request.id}"
    text = officer.get(page).get_data(as_text=True)
    assert "Acara sendiri" in text
    assert "Acara satuan lain" not in text
    values = values_of(find_form(text, names=[], action=f"/hapus/{own.id}"))
    assert officer.post(f"{page}/hapus/{other.id}", data=values).status_code == 404
    db.session.rollback()
    assert other.phone_hash is not None


def test_nobody_floods_the_inbox_of_requests_from_one_address(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.attendance.actions.requests.MOST_AN_HOUR", 2)
    given = {"kind": "hapus", "name": "Warga Rekaan", "phone": "081200007777"}
    answers = [fill(client, "/data-saya", given) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 422]
    assert "Terlalu banyak permintaan" in answers[-1].get_data(as_text=True)
    assert len(db.session.scalars(select(DataRequest)).all()) == 2


@pytest.mark.once
def test_in_masa_tenang_the_check_of_a_ticket_does_not_say_a_title_that_names_a_pair(
    app: Flask, client: FlaskClient
) -> None:
    event = make_open_event(title="Syukuran paslon rekaan", names_candidates=True)
    row = make_registration(event)
    address = f"/periksa/{row.check_code}"
    assert "Syukuran paslon rekaan" in client.get(address).get_data(as_text=True)
    make_election(vote_at=clock.now() + timedelta(days=1))
    page = client.get(address).get_data(as_text=True)
    assert "Syukuran paslon rekaan" not in page
    assert "Acara di " in page
