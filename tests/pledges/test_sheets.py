"""Paper sheets: two officers read each line for themselves; only what they read alike is counted."""

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.pledges import actions, queries
from app.pledges.details import LineOutcome, Reading, SignWay
from app.pledges.models import PledgeSheet, PledgeSheetLine, PledgeSheetReading, PledgeSignature
from app.pledges.rules.readings import differences
from app.pledges.rules.states import KEEP_PHONES
from tests.media.factories import picture_bytes
from tests.people.factories import make_person
from tests.pledges.factories import make_pledge, signing
from tests.pledges.test_signing import refused
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill
from tests.support.html import check_page

SITI = Reading("Siti Rekaan", "+6281211112222", "61.04.16", shown=True)


def make_sheet(lines: int = 3) -> PledgeSheet:
    return actions.add_sheet(make_pledge(), picture_bytes(), lines=lines, by=make_person(), now=clock.now())


def read(sheet: PledgeSheet, line: int, *readings: Reading) -> list[LineOutcome | None]:
    """Each reading by another officer."""
    return [actions.read_line(sheet, line, one, by=make_person(), now=clock.now()) for one in readings]


def test_a_line_counts_once_two_officers_have_read_the_same(app: Flask) -> None:
    sheet = make_sheet()

    outcomes = read(sheet, 1, SITI, Reading("Hj. SITI REKAAN", "+6281211112222", "61.04.16", shown=True))

    assert outcomes == [None, LineOutcome.COUNTED]
    assert queries.counts_of(sheet.pledge_id).by_way[SignWay.PAPER] == 1
    signature = db.session.scalars(select(PledgeSignature)).one()
    assert queries.lines_on_paper([signature.id]) == {signature.id: (1, 1)}
    assert db.session.scalars(select(PledgeSheetReading)).all() == []
    line = db.session.scalars(select(PledgeSheetLine)).one()
    assert line.first_reader_id != line.second_reader_id


def test_the_same_officer_reading_twice_counts_nothing(app: Flask) -> None:
    sheet, officer = make_sheet(), make_person()

    for _ in range(2):
        assert actions.read_line(sheet, 1, SITI, by=officer, now=clock.now()) is None

    assert queries.counts_of(sheet.pledge_id).total == 0
    assert len(db.session.scalars(select(PledgeSheetReading)).all()) == 1


def test_different_readings_wait_until_two_people_agree(app: Flask) -> None:
    sheet = make_sheet()
    other = Reading("Sita Rekaan", SITI.phone, SITI.district_code, shown=True)

    assert read(sheet, 1, SITI, other) == [None, None]
    assert queries.counts_of(sheet.pledge_id).total == 0
    assert read(sheet, 1, other) == [LineOutcome.COUNTED]
    assert db.session.scalars(select(PledgeSignature.name)).one() == "Sita Rekaan"


@pytest.mark.once
def test_what_differs_is_named() -> None:
    assert differences(SITI, SITI) == ()
    assert differences(SITI, Reading(blank=True)) == ("blank",)
    assert differences(Reading(blank=True), Reading("x", blank=True)) == ()
    assert differences(SITI, Reading("Lain", "", "61.04.05")) == ("name", "phone", "district_code", "shown")


def test_an_empty_line_and_one_that_signed_before_are_settled_without_a_count(app: Flask) -> None:
    sheet = make_sheet()
    pledge = db.session.get_one(type(make_pledge()), sheet.pledge_id)
    actions.sign_as_public(pledge.id, signing(name=SITI.name, phone=SITI.phone), now=clock.now())

    assert read(sheet, 1, Reading(blank=True), Reading(blank=True))[-1] is LineOutcome.BLANK
    assert read(sheet, 2, SITI, SITI)[-1] is LineOutcome.SIGNED_BEFORE
    assert queries.counts_of(sheet.pledge_id).by_way[SignWay.PAPER] == 0
    assert refused(actions.read_line, sheet, 2, SITI, by=make_person(), now=clock.now()) == "line_settled"
    assert refused(actions.read_line, sheet, 4, SITI, by=make_person(), now=clock.now()) == "line_unknown"


def test_the_same_scan_is_not_taken_twice_and_no_sheet_after_the_list_is_sealed(app: Flask) -> None:
    pledge, officer, scan = make_pledge(), make_person(), picture_bytes()
    sheet = actions.add_sheet(pledge, scan, lines=2, by=officer, now=clock.now())
    given = {"lines": 2, "by": officer, "now": clock.now()}

    assert refused(actions.add_sheet, pledge, scan, **given) == "sheet_known"
    assert refused(actions.add_sheet, pledge, b"kertas", **given) == "photo_wrong_type"
    assert refused(actions.add_sheet, pledge, scan, **{**given, "lines": 61}) == "sheet_lines"
    actions.close(pledge, by=officer, now=clock.now())
    assert refused(actions.add_sheet, pledge, picture_bytes(), **given) == "pledge_closed"
    assert refused(actions.read_line, sheet, 1, SITI, by=officer, now=clock.now()) == "pledge_closed"


def test_scan_and_readings_go_with_the_phones(app: Flask) -> None:
    sheet, officer, now = make_sheet(), make_person(), clock.now()
    read(sheet, 1, SITI)
    pledge = queries.find_public_by_id(sheet.pledge_id, now)
    assert pledge is not None
    assert queries.scan_of(sheet) is not None
    actions.close(pledge, by=officer, now=now)

    actions.sweep_phones(now + KEEP_PHONES)
    assert len(db.session.scalars(select(PledgeSheetReading)).all()) == 1
    actions.sweep_phones(now + KEEP_PHONES * 1.01)

    db.session.expire_all()
    assert queries.scan_of(sheet) is None
    assert db.session.scalars(select(PledgeSheetReading)).all() == []


def test_two_officers_work_through_a_sheet_without_seeing_each_others_reading_first(
    sign_in: Callable[..., FlaskClient],
) -> None:
    unit = make_unit("Polsek Kertas")
    pledge = make_pledge(unit=unit)
    first, second = (sign_in(make_person(Role.PETUGAS, unit=unit)) for _ in range(2))
    list_page, page = f"/kelola/ikrar/{pledge.id}/kertas", f"/kelola/ikrar/{pledge.id}/kertas/1"
    line = {"name": "Siti Rekaan", "phone": "0812-1111-2222", "district_code": "61.04.16", "shown": True}

    wrong = fill(first, list_page, {"file": (io.BytesIO(b"bukan foto"), "x.jpg"), "lines": "2"})
    assert wrong.status_code == 422
    assert errors_in(wrong)
    scan = {"file": (io.BytesIO(picture_bytes()), "lembar.jpg"), "lines": "2"}
    assert fill(first, list_page, scan).headers["Location"].endswith("/kertas/1")
    empty = fill(first, page, {"name": "", "district_code": ""})
    assert (empty.status_code, len(errors_in(empty)) >= 2) == (422, True)
    assert fill(first, page, line).status_code == 303
    assert "Baris 2" in _heading(first.get(page))

    assert "Siti" not in second.get(page).get_data(as_text=True)
    differing = fill(second, page, {**line, "phone": "0812-1111-2223"})
    text = second.get(differing.headers["Location"]).get_data(as_text=True)
    assert "Berbeda: nomor telepon." in text
    assert "+6281211112222" in text
    agreed = fill(second, differing.headers["Location"], line)

    assert "baris" not in agreed.headers["Location"]
    assert queries.counts_of(pledge.id).by_way[SignWay.PAPER] == 1
    picture = second.get(f"{page}/pindaian.jpg")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/jpeg", "no-store")


def test_another_units_sheet_does_not_exist(sign_in: Callable[..., FlaskClient]) -> None:
    sheet = make_sheet()
    stranger = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Lain")))

    for end in ("", "/1", "/1/pindaian.jpg"):
        assert stranger.get(f"/kelola/ikrar/{sheet.pledge_id}/kertas{end}").status_code == 404


def _heading(answer: object) -> str:
    soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")  # type: ignore[attr-defined]
    found = soup.find(id="baris")
    return found.get_text() if found else ""


def test_the_page_of_a_sheet_whose_scan_is_gone_says_so_and_shows_no_broken_picture(
    sign_in: Callable[..., FlaskClient],
) -> None:
    unit = make_unit("Polsek Kertas")
    officer = make_person(Role.PETUGAS, unit=unit)
    sheet = actions.add_sheet(make_pledge(unit=unit), picture_bytes(), lines=3, by=officer, now=clock.now())
    client, address = sign_in(officer), f"/kelola/ikrar/{sheet.pledge_id}/kertas/1"
    assert check_page(client.get(address)).select_one("figure img") is not None

    db.session.get_one(PledgeSheet, sheet.id).scan_sealed = None
    db.session.commit()

    page = check_page(client.get(address))
    assert page.select_one("figure img") is None
    assert "sudah dihapus" in page.figcaption.get_text()
    assert client.get(f"{address}/pindaian.jpg").status_code == 404
