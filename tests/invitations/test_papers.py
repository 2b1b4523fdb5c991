"""The letter on paper: what it says, what its codes say, how it looks to a machine that reads aloud."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from app.core import clock, crypto
from app.core.permissions import Role
from app.documents.rules import draw, draw_png
from app.invitations import actions, queries
from app.invitations.details import Classification, Layout, LetterDetails, TypedAddressee
from app.invitations.messages import LETTER_TEMPLATE, answer_address, letter_paper
from app.invitations.models import Addressee, Letter
from app.people.models import Person
from tests.events.factories import make_event
from tests.invitations.factories import make_issued_letter, make_letter, whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit

pytestmark = pytest.mark.once

LONG = "Majelis Musyawarah Kerukunan Umat Beragama dan Adat Contoh Kabupaten Rekaan Bagian Hulu Sungai"


def make_many(count: int, layout: Layout, **more: Any) -> tuple[Letter, Person]:
    """An issued letter to one organisation with a long name and others typed by hand."""
    unit = make_unit("Polsek Kertas")
    by = make_person(Role.PETUGAS, unit=unit)
    body = make_organisation(LONG, unit=unit, head_title="Ketua", protocol_order=1)
    typed = tuple(TypedAddressee(f"Desa {n}", "Kepala Desa", f"Nama Rekaan {n}") for n in range(2, count + 1))
    details = LetterDetails(
        f"Undangan {LONG}", Classification.ORDINARY, (body.id,), typed=typed, layout=layout, **more
    )
    letter = actions.draft_letter(make_event(unit=unit), details=details, by=by, now=clock.now())
    return whole(actions.issue_letter(letter, by=by, now=clock.now())), by


def paper_of(letter: Letter, sheets: Sequence[Addressee | None]) -> dict[str, Any]:
    return letter_paper(letter, sheets, called=letter.event.title)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(reader: PdfReader, page: int = 0) -> str:
    return " ".join(reader.pages[page].extract_text().replace("\u00a0", " ").split())


def codes_on(paper: dict[str, Any]) -> list[str]:
    """What the QR codes of the first page say to a scanner."""
    with Image.open(io.BytesIO(draw_png(LETTER_TEMPLATE, paper, ppi=120))) as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def test_the_letter_names_number_addressee_and_check_address(app: Flask, client: FlaskClient) -> None:
    letter, _ = make_issued_letter()
    response = client.get(f"/undangan/{queries.answer_code_of(whole(letter).addressees[0])}/surat.pdf")
    reader = read(response.data)
    text = text_of(reader)
    assert letter.number in text
    assert whole(letter).addressees[0].organisation_name in text
    assert letter.check_code in text.replace(" ", "")
    assert "Halaman 1 dari 1" in text


def test_a_machine_that_reads_aloud_finds_title_language_and_tags(app: Flask) -> None:
    letter, _ = make_issued_letter()
    reader = read(draw(LETTER_TEMPLATE, paper_of(letter, letter.addressees)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("id")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == f"Undangan {letter.event.title}"


def test_the_qr_code_leads_to_ones_own_answer_and_is_not_the_check_code(app: Flask) -> None:
    letter, _ = make_issued_letter()
    code = queries.answer_code_of(letter.addressees[0])
    assert codes_on(paper_of(letter, letter.addressees)) == [answer_address(code)]
    assert crypto.read_code(letter.check_code) not in code


def test_each_addressee_gets_a_sheet_that_counts_its_own_pages(app: Flask) -> None:
    letter, _ = make_many(3, Layout.SINGLE)
    reader = read(draw(LETTER_TEMPLATE, paper_of(letter, letter.addressees)))
    assert len(reader.pages) == 3
    assert all("Halaman 1 dari 1" in text_of(reader, page) for page in range(3))
    assert LONG.upper() not in text_of(reader, 1)
    assert "KEPALA DESA Desa 2" in text_of(reader, 1)


def test_500_addressees_stand_on_the_attached_list_with_number_and_date(app: Flask) -> None:
    letter, _ = make_many(500, Layout.LISTED)
    reader = read(draw(LETTER_TEMPLATE, paper_of(letter, [None])))
    first, annex = text_of(reader), text_of(reader, 1)
    assert "Yth. (daftar terlampir)" in first
    assert "Lampiran : satu berkas" in first
    assert "DAFTAR YANG DIUNDANG" in annex
    assert letter.number in annex
    assert LONG in annex
    count = len(reader.pages)
    last = text_of(reader, -2) + text_of(reader, -1)
    assert "500 Kepala Desa" in last
    assert f"Halaman {count} dari {count}" in last


def test_the_signature_never_stands_alone_behind_the_list(app: Flask) -> None:
    """Whatever the length: on its page stand the last two rows at least, under the heads of their columns."""
    letter, _ = make_many(22, Layout.LISTED)
    paper = paper_of(letter, [None])
    pages = set()
    for count in range(14, 23):
        reader = read(draw(LETTER_TEMPLATE, {**paper, "listed": paper["listed"][:count]}))
        last = text_of(reader, -1)
        assert f"Nama Rekaan {count - 1} " in last
        assert f"Nama Rekaan {count} " in last
        assert "Jabatan dan nama" in last
        pages.add(len(reader.pages))
    assert pages == {2, 3}


def test_the_copy_with_the_list_answers_for_nobody_and_ones_own_copy_for_oneself(app: Flask) -> None:
    letter, _ = make_many(2, Layout.LISTED)
    assert codes_on(paper_of(letter, [None])) == []
    own = letter.addressees[1]
    assert codes_on(paper_of(letter, [own])) == [answer_address(queries.answer_code_of(own))]


def test_a_letter_of_a_unit_that_filled_nothing_in_still_reads(app: Flask) -> None:
    letter, _ = make_many(1, Layout.SINGLE, references="", copies="", closing="")
    text = text_of(read(draw(LETTER_TEMPLATE, paper_of(letter, letter.addressees))))
    assert "POLSEK KERTAS" in text
    assert "di tempat" in text
    assert "Tembusan" not in text
    assert "Rujukan" not in text


def test_the_contact_stands_on_paper_as_numbers_are_written_here(app: Flask) -> None:
    by = make_person(Role.PETUGAS)
    event = make_event(contact_name="Petugas Contoh", contact_phone="+6281234567890")
    letter = whole(make_letter(event, by=by))
    assert "Petugas Contoh 0812-3456-7890" in text_of(
        read(draw(LETTER_TEMPLATE, paper_of(letter, letter.addressees)))
    )


def test_what_an_officer_typed_stays_text_on_paper(app: Flask) -> None:
    typed = '#panic("x") *tebal* $x$'
    letter, _ = make_many(1, Layout.SINGLE, closing=typed, copies=typed, references=typed, enclosure=typed)
    text = text_of(read(draw(LETTER_TEMPLATE, paper_of(letter, letter.addressees))))
    assert text.count('#panic("x") *tebal* $x$') == 4


@pytest.mark.parametrize(("layout", "pages"), [(Layout.SINGLE, 2), (Layout.LISTED, 2)])
def test_staff_get_all_sheets_or_the_one_with_the_list(
    app: Flask, sign_in: Callable[..., FlaskClient], layout: Layout, pages: int
) -> None:
    letter, by = make_many(2, layout)
    client = sign_in(by)
    reader = read(client.get(f"/kelola/undangan/{letter.id}/surat.pdf").data)
    assert len(reader.pages) == pages


def test_many_single_sheets_come_a_hundred_at_a_time(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    letter, by = make_many(102, Layout.SINGLE)
    client = sign_in(by)
    page = f"/kelola/undangan/{letter.id}"
    assert "Lembar 101 sampai 102" in client.get(page).get_data(as_text=True)
    assert len(read(client.get(f"{page}/surat.pdf?mulai=101").data).pages) == 2
    assert client.get(f"{page}/surat.pdf?mulai=103").status_code == 404
