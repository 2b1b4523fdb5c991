"""The letterhead of a unit and its emblem."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.documents import actions
from app.documents.queries import emblem_file, emblem_picture, head_of, letterhead_of
from app.documents.rules import draw
from app.regions.models import Unit
from tests.media.factories import picture_bytes
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, post

pytestmark = pytest.mark.once


def sheet_of(unit: Unit) -> PdfReader:
    """A sheet with the unit's letterhead."""
    data = {"title": "Kop", "head": vars(letterhead_of(unit)), "signs": vars(head_of(unit)), "date": "1"}
    return PdfReader(io.BytesIO(draw("kop", data)))


def with_emblem(**save: str) -> Unit:
    unit = make_unit("Polsek Lambang", letterhead="Daerah Contoh\nSektor Contoh")
    content = picture_bytes((900, 600), "PNG", **save)
    return actions.change_emblem(unit, content, by=make_person(Role.PETUGAS), now=clock.now())


def test_no_emblem_is_printed_unless_a_unit_uploaded_one(app: Flask) -> None:
    assert len(sheet_of(make_unit()).pages[0].images) == 0


def test_an_uploaded_emblem_stands_above_the_lines_with_a_text_for_the_blind(app: Flask) -> None:
    reader = sheet_of(with_emblem())
    assert len(reader.pages[0].images) == 1
    assert alternatives_in(reader) == ["Lambang SEKTOR CONTOH"]


def alternatives_in(reader: PdfReader) -> list[str]:
    """The alternative texts of the tagged figures."""
    found = []
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values()))):
        thing = reader.get_object(number)
        if isinstance(thing, dict) and "/Alt" in thing:
            found.append(str(thing["/Alt"]))
    return found


def test_an_emblem_is_kept_small_and_without_what_hung_on_the_file(app: Flask) -> None:
    unit = with_emblem()
    with Image.open(io.BytesIO(emblem_picture(unit))) as kept:
        assert (kept.size, kept.format, kept.info) == ((400, 267), "PNG", {})
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.tag == "documents:emblem:changed")).one()
    assert entry.unit_id == unit.id


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "emblem_wrong_type"),
        (picture_bytes((120, 400), "PNG"), "emblem_too_small"),
        (picture_bytes((300, 300), "PNG")[:90], "emblem_broken"),
    ],
)
def test_what_is_no_picture_becomes_no_emblem(app: Flask, content: bytes, code: str) -> None:
    unit = make_unit()
    with pytest.raises(RuleBroken, match=code):
        actions.change_emblem(unit, content, by=make_person(Role.PETUGAS), now=clock.now())
    assert unit.emblem == ""


def test_a_lost_file_costs_the_emblem_and_not_the_letter(app: Flask) -> None:
    unit = with_emblem()
    (app.config["INSTANCE"] / "uploads" / emblem_file(unit.emblem)).unlink()
    assert emblem_picture(unit) is None
    assert len(sheet_of(unit).pages) == 1


def test_staff_upload_see_and_remove_the_emblem_of_their_unit(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Kop")
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    page = f"/kelola/dokumen/{unit.id}/kop"
    assert "tidak membawa lambang" in client.get(page).get_data(as_text=True)
    refused = fill(client, page, {"file": (io.BytesIO(b"bukan gambar"), "lambang.png")})
    assert refused.status_code == 422
    assert any("bukan gambar PNG" in text for text in errors_in(refused))
    assert fill(client, page, {"file": (io.BytesIO(picture_bytes(kind="PNG")), "l.png")}).status_code == 303
    assert client.get(f"{page}.png").data[:4] == b"\x89PNG"
    assert client.get(f"{page}.pdf").data[:5] == b"%PDF-"
    assert post(client, page, "/kop/tanpa-lambang").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Unit, unit.id).emblem == ""


def test_another_units_letterhead_does_not_exist(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    other = make_unit("Polsek Lain")
    client = sign_in(make_person(Role.PETUGAS))
    for end in ("kop", "kop.pdf", "kop.png"):
        assert client.get(f"/kelola/dokumen/{other.id}/{end}").status_code == 404
