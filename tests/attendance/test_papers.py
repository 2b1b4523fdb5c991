"""The list of attendance on paper, before and after."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from app.attendance.actions import check_in
from app.attendance.models import Registration
from app.attendance.rules import in_list_order
from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events.models import Event
from app.invitations import actions
from app.invitations.details import Answer, AnswerDetails, Classification, LetterDetails
from app.people.models import Person
from tests.attendance.factories import make_registration
from tests.events.factories import make_event
from tests.invitations.factories import whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit

# Sheets are drawn from what any database gives.
pytestmark = pytest.mark.once


def make_evening() -> tuple[Event, Person]:
    """An event under way to which two bodies said they come, invited in the order Zeta, Alfa."""
    unit = make_unit("Polsek Daftar", head_title="Kapolsek Daftar")
    by = make_person(Role.PIMPINAN, unit=unit)
    event = make_event(unit=unit)
    bodies = [
        make_organisation(name, unit=unit, protocol_order=order, head_title="Ketua", head_name=f"Nama {name}")
        for name, order in (("Zeta", 1), ("Alfa", 2))
    ]
    details = LetterDetails("Undangan", Classification.ORDINARY, tuple(body.id for body in bodies))
    letter = actions.draft_letter(event, details=details, by=by, now=clock.now())
    letter = whole(actions.issue_letter(letter, by=by, now=clock.now()))
    for answer in (
        AnswerDetails(Answer.REPRESENTED, "Wakil Contoh", "Sekretaris"),
        AnswerDetails(Answer.COMES),
    ):
        row = whole(letter).addressees[0 if answer.answer is Answer.REPRESENTED else 1]
        actions.answer_invitation(row, details=answer, now=clock.now())
    return event, by


def sheet(client: FlaskClient, event: Event, query: str = "") -> str:
    """The text of the printed list."""
    pdf = client.get(f"/kelola/acara/{event.id}/daftar-hadir.pdf{query}").data
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_before_the_event_the_list_has_room_to_sign_and_spare_lines(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    event, by = make_evening()
    text = sheet(sign_in(by), event)
    assert "Tanda tangan" in text
    assert "Pimpinan : Kapolsek Daftar" in text
    assert "diwakili Wakil Contoh, Sekretaris" in text
    assert text.index("Nama Zeta") < text.index("Nama Alfa")
    assert "14." in text
    assert "hadir pukul" not in text


def test_after_the_event_the_list_says_who_came_and_who_did_not(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    event, by = make_evening()
    make_registration(event, "Warga Rekaan")
    guest = db.session.scalars(select(Registration).where(Registration.organisation_name == "Zeta")).one()
    check_in(guest, count=1, by=by, now=event.starts_at)
    text = sheet(sign_in(by), event, "?isi=tanda")
    assert text.count("hadir pukul") == 1
    assert text.count("tidak hadir") == 2
    assert "Tercatat hadir 1 dari 3 pendaftaran, 1 orang, 1 di antaranya diwakili." in text
    assert "Tanda tangan" not in text


def test_neither_phones_nor_faiths_go_from_hand_to_hand(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    event, by = make_evening()
    row = make_registration(event, "Warga Rekaan", phone="+6281255501234")
    text = sheet(sign_in(by), event)
    assert "Warga Rekaan" in text
    assert row.phone_mask not in text
    assert "1234" not in text
    assert "Agama" not in text


def test_a_list_without_anybody_is_a_sheet_to_write_on(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Kosong")
    text = sheet(sign_in(make_person(Role.PIMPINAN, unit=unit)), make_event(unit=unit))
    assert "12." in text


def test_invited_guests_stand_in_the_order_of_their_letters_before_all_others() -> None:
    rows = [Registration(id=n, invitee_id=invitee) for n, invitee in enumerate((None, 8, 7, None, 9))]
    places = {7: (1, 2), 8: (2, 1), 9: (1, 1)}
    assert [row.id for row in in_list_order(rows, places)] == [4, 2, 1, 0, 3]
