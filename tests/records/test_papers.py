"""The papers, read back from the PDF: every word is there, gaps are marked, long meetings fill many pages."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from app.core import clock, storage
from app.core.i18n import in_indonesian
from app.records.actions import draw_sheet, drawing, paper_of
from app.records.details import FollowUpDetails, ReportDetails, SheetKind, SpeakerDetails, Stamp
from app.records.queries import file_of
from tests.media.factories import make_photo
from tests.records.factories import REPORT, make_minutes, make_report, sealed, whole

pytestmark = pytest.mark.once

LONG = "Komisaris Besar Polisi Umpama Teladan Negara Sejahtera Sentosa Abadi, S.H., S.I.K., M.H., M.Si. "


def drawn(event, kind, stamp=None):
    event = whole(event)
    with in_indonesian():
        pdf = draw_sheet(event, paper_of(event, kind), stamp or Stamp(1))
    return PdfReader(io.BytesIO(pdf))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_minutes_say_who_said_what_and_who_does_what_by_when(event, officer):
    make_minutes(event, officer)
    text = words(drawn(event, SheetKind.MINUTES))
    for part in (
        "NOTULA",
        event.title,
        "Pimpinan : Kapolsek Contoh",
        "Notulis : Notulis Contoh",
        "Rapat dibuka.",
        "Camat Contoh (diwakili Sekcam)",
        "satu",
        "Bertemu lagi.",
        "apel kesiapan",
        "Satpol PP",
        "Rabu, 1 Januari 2020",
        "KONSEP, belum ditandatangani",
    ):
        assert part in text


def test_what_nobody_wrote_is_a_marked_gap_and_is_not_made_up(event, officer):
    make_minutes(
        event, officer, tasks=(), decisions=(), speakers=(), opening="", opened_at=None, closed_at=None
    )
    text = words(drawn(event, SheetKind.MINUTES))
    assert text.count("[belum diisi]") == 5  # begin, end, opening, speakers, decisions
    make_report(event, officer, ReportDetails("Kapolsek", ""))
    text = words(drawn(event, SheetKind.REPORT))
    assert text.count("[belum diisi]") == 10
    assert "kondusif" not in text
    assert "belum dihitung di meja kehadiran" in text


def test_papers_are_tagged_in_indonesian_and_have_a_title(event, officer):
    make_minutes(event, officer)
    reader = drawn(event, SheetKind.MINUTES)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("id")
    assert reader.metadata.title == "Notula"
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()


def test_a_long_meeting_fills_pages_that_are_numbered_and_loses_nothing(event, officer):
    speakers = tuple(
        SpeakerDetails(
            f"{LONG}{number}", points="\n".join(f"pokok {number}-{point}. {LONG}" for point in range(6))
        )
        for number in range(25)
    )
    tasks = tuple(FollowUpDetails(f"tugas {number} {LONG}", LONG) for number in range(40))
    make_minutes(event, officer, speakers=speakers, tasks=tasks)
    reader = drawn(event, SheetKind.MINUTES)
    text = words(reader)
    pages = len(reader.pages)
    assert pages > 8
    assert all(f"pokok {number}-{point}." in text for number in range(25) for point in range(6))
    assert all(f"tugas {number} " in text for number in range(40))
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} dari {pages}" in " ".join(page.extract_text().split())
    assert "-\n" not in "".join(page.extract_text() for page in reader.pages)  # nothing is hyphenated


def test_the_report_carries_figures_incidents_and_photos(event, officer, unit):
    photo = make_photo(unit=unit, caption="Peserta rapat", alt="Peserta duduk melingkar")
    make_report(event, officer, replace(REPORT, photo_ids=(photo.id,)))
    reader = drawn(event, SheetKind.REPORT)
    text = words(reader)
    for part in (
        "Polsek Contoh 12 pengamanan",
        "Linmas 5",
        "Jumlah 17",
        "Peserta rapat",
        "Lampiran: dokumentasi",
    ):
        assert part in text
    assert any(page.images for page in reader.pages)


def test_the_code_on_a_signed_paper_leads_to_its_check(event, officer):
    make_minutes(event, officer)
    sheet = sealed(event, SheetKind.MINUTES, officer)
    text = words(PdfReader(io.BytesIO(storage.store().read(file_of(sheet.pdf_sha256)))))
    spaced = " ".join(sheet.code[place : place + 4] for place in range(0, 16, 4))
    assert f"Kode periksa: {spaced}" in text
    assert "KONSEP" not in text


def test_a_phone_reads_the_address_of_the_check_from_the_square(event, officer, monkeypatch):
    make_minutes(event, officer)
    drawings = []
    monkeypatch.setattr(drawing, "draw", lambda template, data: drawings.append(data) or b"%PDF")
    event = whole(event)
    draw_sheet(
        event, paper_of(event, SheetKind.MINUTES), Stamp(1, code="ABCD1234ABCD1234", at=clock.now(), by="X")
    )
    page = '#set page(width: 6cm, height: 6cm, margin: 1cm)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    png = typst.compile(page.encode(), format="png", sys_inputs={"svg": drawings[0]["qr"]})
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert found.text == "http://localhost/periksa/ABCD1234ABCD1234"


@pytest.mark.parametrize("kind", list(SheetKind))
def test_a_paper_of_an_event_that_ends_on_another_day_is_drawn(event, officer, kind):
    make_minutes(event, officer, closed_at=event.starts_at + timedelta(days=1))
    make_report(event, officer)
    assert len(drawn(event, kind).pages) >= 1


def test_the_signatures_of_the_minutes_never_stand_without_what_they_sign(event, officer):
    tasks = tuple(FollowUpDetails(f"tugas rekaan {n}.", "Kabag Ops") for n in range(1, 31))
    make_minutes(event, officer, tasks=tasks)
    for count in (6, 14, 18, 22, 26, 30):
        paper = replace(paper_of(whole(event), SheetKind.MINUTES), tasks=tasks[:count])
        with in_indonesian():
            reader = PdfReader(io.BytesIO(draw_sheet(whole(event), paper, Stamp(1))))
        assert f"tugas rekaan {count}." in reader.pages[-1].extract_text()
