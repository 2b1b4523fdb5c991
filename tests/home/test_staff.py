"""The staff home and the problems that people tell of."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.home.actions import MANY_FROM_ONE_ADDRESS, PHONE_KEPT, forget_phones
from app.home.models import ProblemReport
from app.regions.details import UnitKind
from tests.events.factories import make_event
from tests.home.factories import make_pledge, make_signature
from tests.people.factories import make_person
from tests.regions.factories import make_district, make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page


@pytest.fixture
def polres(app):
    return make_unit("Polres Contoh", kind=UnitKind.POLRES)


def _tell(client, **given):
    return fill(client, "/laporkan", {"message": "Tombol daftar tidak jalan", **given})


@pytest.mark.once
def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get("/kelola/")
    assert answer.status_code == 303
    assert "/masuk" in answer.headers["Location"]


@pytest.mark.once
@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_staff_home(polres, sign_in, role):
    make_event(unit=polres, starts_at=clock.now() + timedelta(minutes=1))
    make_signature(make_pledge(unit=polres))
    page = check_page(sign_in(make_person(role, unit=polres)).get("/kelola/"))
    sees_all = "Seluruh wilayah" in page.get_text(" ")
    assert sees_all is (role in {Role.PIMPINAN, Role.ADMIN})


def test_what_waits_is_shown_with_its_age(polres, client, sign_in):
    _tell(client)
    words = check_page(sign_in(make_person(Role.PETUGAS, unit=polres)).get("/kelola/")).get_text(" ")
    assert "Tombol daftar tidak jalan" in words
    assert "sejak" in words


def test_a_writer_is_not_bothered_with_reports(polres, client, sign_in):
    _tell(client)
    writer = sign_in(make_person(Role.PENULIS, unit=polres))
    assert "Tombol daftar" not in writer.get("/kelola/").get_data(as_text=True)
    assert writer.get("/kelola/laporan").status_code == 404


def test_an_officer_of_another_unit_sees_no_report(polres, client, sign_in):
    _tell(client)
    report = db.session.query(ProblemReport).one()
    other = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Lain")))
    assert other.get(f"/kelola/laporan/{report.id}").status_code == 404
    assert "Tombol" not in other.get("/kelola/laporan").get_data(as_text=True)


def test_kecamatan_without_an_event_are_named_to_the_leader(polres, sign_in):
    make_district()
    make_district("61.04.05")
    make_event(unit=polres, starts_at=clock.now() - timedelta(days=3))
    page = check_page(sign_in(make_person(Role.PIMPINAN, unit=polres)).get("/kelola/"))
    quiet = page.select_one("section[aria-labelledby=sepi]").get_text(" ")
    assert "Sandai" in quiet
    assert "Delta Pawan" not in quiet


def test_a_report_is_settled_with_what_was_done(polres, client, sign_in):
    _tell(client, phone="0812-0000-1234")
    officer = sign_in(make_person(Role.PETUGAS, unit=polres))
    report_id = db.session.query(ProblemReport.id).scalar()
    assert "0812-0000-1234" in officer.get(f"/kelola/laporan/{report_id}").get_data(as_text=True)
    answer = fill(officer, f"/kelola/laporan/{report_id}", {"answer": "Sudah diperbaiki"})
    assert answer.status_code == 303
    page = check_page(officer.get(f"/kelola/laporan/{report_id}"))
    assert "Sudah diperbaiki" in page.get_text(" ")
    assert check_page(officer.get("/kelola/laporan"))
    assert "Tombol daftar" not in officer.get("/kelola/").get_data(as_text=True)


def test_a_phone_number_lies_sealed(polres, client):
    _tell(client, phone="0812-0000-1234")
    assert b"81200001234" not in db.session.query(ProblemReport.phone_sealed).scalar()


def test_phones_go_ninety_days_after_settling(polres, client, sign_in):
    _tell(client, phone="0812-0000-1234")
    row = db.session.query(ProblemReport).one()
    row.settled_at = clock.now()
    db.session.commit()
    forget_phones(clock.now() + PHONE_KEPT - timedelta(days=1))
    assert db.session.query(ProblemReport.phone_sealed).scalar()
    forget_phones(clock.now() + PHONE_KEPT + timedelta(days=1))
    assert db.session.query(ProblemReport.phone_sealed).scalar() is None


@pytest.mark.once
def test_an_empty_report_is_sent_back_with_what_was_typed(polres, client):
    answer = _tell(client, message="", phone="12")
    assert answer.status_code == 422
    assert len(errors_in(answer)) >= 2
    assert 'value="12"' in answer.get_data(as_text=True)


def test_many_reports_from_one_address_are_marked_and_none_is_refused(polres, client, sign_in):
    for _number in range(MANY_FROM_ONE_ADDRESS + 2):
        assert _tell(client).status_code == 303
    marks = [row.crowded for row in db.session.query(ProblemReport).order_by(ProblemReport.id)]
    assert marks == [False] * MANY_FROM_ONE_ADDRESS + [True] * 2
    page = check_page(sign_in(make_person(Role.PETUGAS, unit=polres)).get("/kelola/laporan"))
    assert page.get_text(" ").count("Banyak dari satu alamat") == 2


@pytest.mark.once
def test_a_foreign_site_cannot_send_reports(polres, client):
    answer = client.post("/laporkan", data={"message": "x"}, headers={"Origin": "https://lain.example"})
    assert answer.status_code == 403
