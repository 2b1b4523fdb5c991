"""Numbers, drawing and the check page."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from app.core import clock
from app.core.database import transactional
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.documents import actions
from app.documents.queries import head_of, letterhead_of
from app.documents.rules import draw, draw_png, number_text, problem_with_pattern, qr_svg, roman_month
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill

ON = date(2026, 11, 20)


def test_months_are_written_in_roman() -> None:
    assert [roman_month(month) for month in (1, 4, 9, 11, 12)] == ["I", "IV", "IX", "XI", "XII"]


def test_a_number_reads_as_its_pattern_says_and_empty_parts_fall_away() -> None:
    pattern = "B/Und-{nomor}/{romawi}/{kka}/{tahun}/{unit}"
    whole = number_text(pattern, serial=7, on=ON, archive_code="BIN.1", unit_code="Res Ktp")
    assert whole == "B/Und-7/XI/BIN.1/2026/Res Ktp"
    assert number_text(pattern, serial=7, on=ON) == "B/Und-7/XI/2026"


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("B/{nomor}/{tahun}", None),
        ("B/{nomor}", "pattern_incomplete"),
        ("B/{nomor.__class__}/{tahun}", "pattern_unknown_hole"),
        ("B/{nomor}/{tahun}}", "pattern_unknown_hole"),
        ("{nomor}{tahun}" + "x" * 80, "pattern_too_long"),
    ],
)
def test_a_pattern_that_would_repeat_numbers_or_run_code_is_named(pattern: str, problem: str | None) -> None:
    assert problem_with_pattern(pattern) == problem


@given(st.text(max_size=90))
def test_no_pattern_breaks_the_check(pattern: str) -> None:
    if problem_with_pattern(pattern) is None:
        assert "2026" in number_text(pattern, serial=1, on=ON)


def test_each_unit_and_year_counts_for_itself(app: Flask) -> None:
    one, two = make_unit("Polsek Satu"), make_unit("Polsek Dua")
    take = actions.take_number
    serials = [take(unit, "undangan", on=on).serial for unit, on in ((one, ON), (one, ON), (two, ON))]
    assert serials == [1, 2, 1]
    assert take(one, "undangan", on=date(2027, 1, 2)).serial == 1


def test_a_number_is_not_used_up_when_the_letter_fails(app: Flask) -> None:
    unit = make_unit()

    def fails() -> None:
        actions.take_number(unit, "undangan", on=ON)
        raise RuleBroken("x")

    with pytest.raises(RuleBroken):
        transactional(fails)()
    assert actions.take_number(unit, "undangan", on=ON).serial == 1


def test_a_pdf_is_tagged_has_a_title_a_language_and_its_own_fonts(app: Flask) -> None:
    unit = make_unit(letterhead="Daerah Contoh\nJalan Contoh 1", address="Jalan Contoh 1", head_name="Nama")
    sheet = {"title": "Kop", "head": vars(letterhead_of(unit)), "signs": vars(head_of(unit)), "date": "1"}
    reader = PdfReader(io.BytesIO(draw("kop", sheet)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("id")
    assert reader.metadata is not None
    assert reader.metadata.title == "Kop"
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    assert all("Liberation" in font.get_object()["/BaseFont"] for font in fonts)
    text = reader.pages[0].extract_text()
    assert text.upper().count("JALAN CONTOH 1") == 1


def test_what_people_type_stays_text(app: Flask) -> None:
    typed = '#panic("x") *tebal* $x$ \\ "'
    sheet = {"title": "Kop", "head": {"lines": [typed], "address": "", "place": ""}, "date": ""}
    signs = {"office": typed, "name": typed, "rank_and_number": typed}
    text = PdfReader(io.BytesIO(draw("kop", {**sheet, "signs": signs}))).pages[0].extract_text()
    assert '#panic("x") *tebal* $x$' in " ".join(text.split())


def test_a_qr_code_scales_with_its_frame() -> None:
    svg = qr_svg("https://contoh.id/periksa/ABC")
    assert "viewBox" in svg
    assert "width=" not in svg.partition(">")[0]


def test_an_unknown_code_is_a_404_in_plain_words(app: Flask, client: FlaskClient) -> None:
    response = client.get("/periksa/ABCDEFGH")
    assert response.status_code == 404
    assert "Kode tidak tercatat" in response.get_data(as_text=True)


def test_a_typed_code_leads_to_its_own_address(app: Flask, client: FlaskClient) -> None:
    response = client.get("/periksa/?kode=k7m2-9qxa%20oil")
    assert response.headers["Location"] == "/periksa/K7M29QXA011"
    assert client.get("/periksa/").status_code == 200
    assert client.get("/periksa/?kode=%F0%9F%98%80").status_code == 200


def test_staff_set_the_pattern_and_see_the_next_number(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Pola")
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    page = f"/kelola/dokumen/{unit.id}/undangan"
    assert fill(client, page, {"pattern": "B/{nomor}"}).status_code == 422
    assert fill(client, page, {"pattern": "X/{nomor}/{tahun}"}).status_code == 303
    year = clock.day_in(clock.now(), unit.zone).year
    assert f"X/1/{year}" in client.get("/kelola/dokumen/").get_data(as_text=True)
    assert client.get(f"/kelola/dokumen/{unit.id}/kop.pdf").data[:5] == b"%PDF-"
    assert client.get(f"/kelola/dokumen/{make_unit('Polsek Asing').id}/undangan").status_code == 404


def test_a_letterhead_fits_the_page_as_a_picture(app: Flask) -> None:
    unit = make_unit()
    sheet = {"title": "Kop", "head": vars(letterhead_of(unit)), "signs": vars(head_of(unit)), "date": "1"}
    picture = Image.open(io.BytesIO(draw_png("kop", sheet, ppi=72)))
    assert abs(picture.width / picture.height - 210 / 297) < 0.01
