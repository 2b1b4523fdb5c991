"""On 24 November 2024, in masa tenang, no title that names a pair leaves: not by letter, ticket or message."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from app.attendance import actions as attendance
from app.attendance import queries as tickets
from app.attendance.details import HandOverDetails
from app.core.database import db
from app.core.permissions import Role
from app.invitations import actions as invitations
from app.invitations import queries as letters
from app.invitations.details import Classification, LetterDetails
from app.notify.models import OutboxMessage
from tests.almanac.factories import make_election
from tests.attendance.factories import make_open_event, make_registration
from tests.invitations.factories import whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_district, make_unit

WIB = ZoneInfo("Asia/Pontianak")
VOTE = datetime(2024, 11, 27, tzinfo=WIB)
THE_22ND = datetime(2024, 11, 22, 9, tzinfo=WIB)
THE_24TH = datetime(2024, 11, 24, 9, tzinfo=WIB)
THE_28TH = datetime(2024, 11, 28, 9, tzinfo=WIB)
TITLE = "Syukuran pasangan Rekaan Pertama dan Umpama Kesatu"
NEUTRAL = "Acara di Aula Contoh"


@pytest.fixture
def travel() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(THE_22ND, tick=False) as traveller:
        yield traveller


def words_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    if answer.mimetype == "application/pdf":
        reader = PdfReader(io.BytesIO(answer.data))
        pages = (
            [reader.metadata.title, *(page.extract_text() for page in reader.pages)]
            if reader.metadata
            else []
        )
        return " ".join(" ".join(str(page) for page in pages).replace("\u00a0", " ").split())
    return answer.get_data(as_text=True)


@pytest.mark.once
def test_on_the_24th_a_title_that_names_a_pair_leaves_by_no_letter_ticket_or_message(
    app: Flask, client: FlaskClient, travel: time_machine.Traveller
) -> None:
    """PKPU 13/2024 art. 1: in masa tenang nobody campaigns; the event itself lies after the vote."""
    make_district()
    make_election(vote_at=VOTE, region_code="61.04")
    unit = make_unit("Polsek Tenang")
    by = make_person(Role.PETUGAS, unit=unit)
    event = make_open_event(
        title=TITLE, unit=unit, starts_at=THE_28TH + timedelta(days=5), names_candidates=True
    )
    body = make_organisation("Lembaga Tenang", unit=unit, head_title="Ketua")
    details = LetterDetails(f"Undangan {TITLE}", Classification.ORDINARY, (body.id,))
    letter = invitations.draft_letter(event, details=details, by=by, now=THE_22ND)
    letter = whole(invitations.issue_letter(letter, by=by, now=THE_22ND))
    answer = f"/undangan/{letters.answer_code_of(letter.addressees[0])}"
    holder = make_registration(event, "Wati Contoh", party_size=2)
    ticket = f"/tiket/{tickets.manage_code_of(holder)}"
    data = ticket.replace("tiket", "data-saya")
    addresses = [
        *(answer, f"{answer}/surat.pdf", f"/periksa/{letter.check_code}"),
        *(ticket, f"{ticket}/ubah", f"{ticket}/pisah", f"{ticket}/alihkan", data, f"{data}.json"),
        f"/periksa/{holder.check_code}",
    ]

    def said() -> dict[str, tuple[bool, bool]]:
        texts = {address: words_of(client, address) for address in addresses}
        return {address: ("Rekaan Pertama" in text, NEUTRAL in text) for address, text in texts.items()}

    assert said() == dict.fromkeys(addresses, (True, False))
    travel.move_to(THE_24TH)
    assert said() == dict.fromkeys(addresses, (False, True))
    link = attendance.open_desk_link(event, label="Meja satu", hours=1, by=by, now=THE_24TH)
    desk = words_of(client, f"/meja/{tickets.desk_link_code_of(link)}")
    assert NEUTRAL in desk
    assert "Rekaan Pertama" not in desk
    travel.move_to(THE_28TH)
    assert said() == dict.fromkeys(addresses, (True, False))

    travel.move_to(THE_24TH)
    newest = max(db.session.scalars(select(OutboxMessage.id)), default=0)
    attendance.hand_over(holder, details=HandOverDetails("Pengganti Contoh", "+6281200009999"), now=THE_24TH)
    make_registration(event, "Pengganti Contoh", phone="+6281200009999", now=THE_24TH)
    second = invitations.draft_letter(event, details=details, by=by, now=THE_24TH)
    invitations.issue_letter(second, by=by, now=THE_24TH)
    invitations.withdraw_letter(second, reason="Salah alamat.", by=by, now=THE_24TH)
    sent = db.session.scalars(select(OutboxMessage).where(OutboxMessage.id > newest)).all()
    assert {row.cause for row in sent} == {
        "attendance:registration:handed_over",
        "attendance:registration:repeated",
        "invitations:letter:sent",
        "invitations:letter:withdrawn",
    }
    for row in sent:
        assert NEUTRAL in row.subject
        assert NEUTRAL in row.text
        assert "Rekaan Pertama" not in f"{row.subject} {row.text}"
