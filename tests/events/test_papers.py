"""The printed programme and the posters of an event."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from app.core import clock
from app.core.database import db
from app.core.faiths import Faith
from app.core.permissions import Role
from app.events.details import EventStatus, ItemKind
from app.events.messages import public_url
from app.events.models import Event, ProgrammeItem
from tests.events.factories import make_event
from tests.people.factories import make_person
from tests.regions.factories import make_unit

pytestmark = pytest.mark.once

LONG = "Rapat koordinasi, deklarasi kampanye damai, dan doa bersama lintas agama menyongsong pemilihan"
SignIn = Callable[..., FlaskClient]


def make_printable(sign_in: SignIn, **given: object) -> tuple[FlaskClient, Event]:
    """An event with a programme, and an officer of its unit."""
    unit = make_unit("Polsek Cetak", head_title="Kapolsek Cetak")
    event = make_event(unit=unit, **given)
    lines = [
        ("Pembukaan", None, "Pembawa Acara Contoh", "", ""),
        ("Doa", Faith.ISLAM, "Ustaz Rekaan", "Wakil Rekaan", ""),
        ("Doa", Faith.HINDU, "", "", "Tidak ada pemuka di kecamatan ini."),
    ]
    for place, (title, faith, leader, stand_in, absent) in enumerate(lines):
        db.session.add(
            ProgrammeItem(
                event_id=event.id,
                position=place,
                title=title,
                kind=ItemKind.PRAYER if faith else ItemKind.OPENING,
                minutes=15,
                faith=faith,
                leader_name=leader,
                represented_by=stand_in,
                absent_note=absent,
            )
        )
    db.session.commit()
    return sign_in(make_person(Role.PETUGAS, unit=unit)), event


def text_of(pdf: bytes) -> str:
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_programme_names_who_leads_who_stands_in_and_who_cannot_come(app: Flask, sign_in: SignIn) -> None:
    client, event = make_printable(sign_in)
    text = text_of(client.get(f"/kelola/acara/{event.id}/susunan-acara.pdf").data)
    assert "SUSUNAN ACARA" in text
    assert "Ustaz Rekaan, diwakili oleh Wakil Rekaan" in text
    assert "berhalangan: Tidak ada pemuka di kecamatan ini." in text
    assert "KAPOLSEK CETAK" in text


def test_an_event_without_programme_prints_a_sheet_that_says_so(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit("Polsek Hampa")
    event = make_event(unit=unit, ends_at=None)
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    text = text_of(client.get(f"/kelola/acara/{event.id}/susunan-acara.pdf").data)
    assert "Susunan acara belum diisi." in text
    assert "s.d. selesai" in text


@pytest.mark.parametrize("title", ["Doa", LONG + " " + LONG])
def test_both_posters_fit_one_sheet_with_a_code_that_leads_to_the_event(
    app: Flask, sign_in: SignIn, title: str
) -> None:
    client, event = make_printable(sign_in, title=title, theme=LONG)
    paper = client.get(f"/kelola/acara/{event.id}/poster.pdf").data
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1
    assert title.split()[-1] in text_of(paper)
    with Image.open(io.BytesIO(client.get(f"/kelola/acara/{event.id}/poster.png").data)) as picture:
        assert picture.size == (1080, 1080)
        codes = [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
    assert codes == [public_url(event)]


@pytest.mark.parametrize(
    "given",
    [
        {"status": EventStatus.CANCELLED},
        {"status": EventStatus.APPROVED, "published_at": None},
    ],
)
def test_no_poster_calls_people_to_what_is_not_announced(
    app: Flask, sign_in: SignIn, given: dict[str, object]
) -> None:
    client, event = make_printable(sign_in, **given)
    assert client.get(f"/kelola/acara/{event.id}/poster.pdf").status_code == 404
    assert "poster.png" not in client.get(f"/kelola/acara/{event.id}").get_data(as_text=True)


def test_no_poster_names_a_date_that_is_not_known(app: Flask, sign_in: SignIn) -> None:
    start = clock.now() + timedelta(days=3)
    given = {"status": EventStatus.POSTPONED, "starts_at": start, "postponed_from_at": start}
    client, event = make_printable(sign_in, **given)
    assert client.get(f"/kelola/acara/{event.id}/poster.png").status_code == 404
    text = text_of(client.get(f"/kelola/acara/{event.id}/susunan-acara.pdf").data)
    assert "menunggu tanggal baru" in text


def test_another_units_papers_do_not_exist(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(make_person(Role.PETUGAS))
    other = make_event()
    for end in ("susunan-acara.pdf", "poster.pdf", "poster.png"):
        assert client.get(f"/kelola/acara/{other.id}/{end}").status_code == 404
