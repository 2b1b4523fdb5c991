"""Letters: order, numbers, answers, paper."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from app.attendance.details import RegistrationStatus
from app.attendance.models import Registration
from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.invitations import actions, queries
from app.invitations.details import Answer, AnswerDetails, LetterStatus
from app.invitations.rules import in_protocol_order, problem_with_addressees
from app.notify.models import OutboxMessage
from app.people.details import OrganisationKind
from tests.events.factories import make_event
from tests.invitations.factories import make_issued_letter, make_letter, whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post


def test_campaign_teams_are_invited_all_or_none(app: Flask) -> None:
    unit = make_unit()
    teams = [
        make_organisation(f"Tim {n}", unit=unit, kind=OrganisationKind.CAMPAIGN_TEAM, ballot_number=n)
        for n in (1, 2)
    ]
    other = make_organisation("Lembaga", unit=unit)
    bodies = [*teams, other]
    assert problem_with_addressees([teams[0].id, other.id], bodies) == "teams_incomplete"
    assert problem_with_addressees([team.id for team in teams], bodies) is None
    assert problem_with_addressees([other.id], bodies) is None
    assert problem_with_addressees([], bodies) == "no_addressees"


def test_bodies_stand_in_protocol_order_and_teams_by_ballot_number(app: Flask) -> None:
    unit = make_unit()
    kind = OrganisationKind.CAMPAIGN_TEAM
    make = [
        ("Tim B", {"kind": kind, "ballot_number": 2, "protocol_order": 700}),
        ("Zeta", {"protocol_order": 20}),
        ("Tim A", {"kind": kind, "ballot_number": 1, "protocol_order": 900}),
        ("Alfa", {"protocol_order": 800}),
    ]
    rows = [make_organisation(name, unit=unit, **given) for name, given in make]
    assert [row.name for row in in_protocol_order(rows)] == ["Zeta", "Tim A", "Tim B", "Alfa"]


def test_numbers_follow_each_other_without_gaps_in_the_unit_and_year(app: Flask) -> None:
    unit = make_unit("Polsek Nomor")
    event = make_event(unit=unit)
    by = make_person(Role.PETUGAS, unit=unit)
    first, second = make_letter(event, by=by), make_letter(event, by=by)
    second = actions.issue_letter(second, by=by, now=clock.now())
    first = actions.issue_letter(first, by=by, now=clock.now())
    assert (second.serial, first.serial) == (1, 2)
    assert second.number is not None
    assert second.number.startswith("B/Und-1/")
    assert queries.letters_out_of_step() == []


def test_a_refused_issue_takes_no_number(app: Flask) -> None:
    letter, by = make_issued_letter()
    with pytest.raises(RuleBroken, match="letter_issued"):
        actions.issue_letter(letter, by=by, now=clock.now())
    next_letter = actions.issue_letter(make_letter(whole(letter).event, by=by), by=by, now=clock.now())
    assert next_letter.serial == 2


def test_an_answer_puts_the_guest_on_the_list_and_a_later_one_takes_him_off(app: Flask) -> None:
    letter, _ = make_issued_letter()
    addressee = whole(letter).addressees[0]
    details = AnswerDetails(Answer.REPRESENTED, "Wakil Contoh", "Sekretaris")
    actions.answer_invitation(addressee, details=details, now=clock.now())
    guest = db.session.scalars(select(Registration)).one()
    assert (guest.status, guest.represented_by) == (RegistrationStatus.CONFIRMED, "Wakil Contoh, Sekretaris")
    assert guest.organisation_name == addressee.organisation_name
    actions.answer_invitation(addressee, details=AnswerDetails(Answer.UNABLE), now=clock.now())
    db.session.refresh(guest)
    assert guest.status is RegistrationStatus.CANCELLED


def test_a_representative_needs_a_name(app: Flask) -> None:
    letter, _ = make_issued_letter()
    with pytest.raises(RuleBroken, match="representative_missing") as refused:
        actions.answer_invitation(
            whole(letter).addressees[0], details=AnswerDetails(Answer.REPRESENTED), now=clock.now()
        )
    assert refused.value.field == "represented_by"


def test_issuing_queues_a_message_with_the_bodys_own_link(app: Flask) -> None:
    letter, _ = make_issued_letter(email="lembaga@contoh.id")
    message = db.session.scalars(select(OutboxMessage)).one()
    code = queries.answer_code_of(whole(letter).addressees[0])
    assert f"/undangan/{code}" in message.text
    assert message.to_email == "lembaga@contoh.id"


def test_withdrawing_takes_the_guests_off_and_keeps_the_number(app: Flask) -> None:
    letter, by = make_issued_letter()
    actions.answer_invitation(
        whole(letter).addressees[0], details=AnswerDetails(Answer.COMES), now=clock.now()
    )
    letter = actions.withdraw_letter(letter, reason="Acara dipindah.", by=by, now=clock.now())
    assert (letter.status, letter.serial) == (LetterStatus.WITHDRAWN, 1)
    assert db.session.scalars(select(Registration.status)).one() is RegistrationStatus.CANCELLED
    with pytest.raises(RuleBroken, match="letter_withdrawn"):
        actions.answer_invitation(
            whole(letter).addressees[0], details=AnswerDetails(Answer.COMES), now=clock.now()
        )


def test_a_body_answers_by_its_own_link(app: Flask, client: FlaskClient) -> None:
    letter, _ = make_issued_letter()
    url = f"/undangan/{queries.answer_code_of(whole(letter).addressees[0])}"
    refused = fill(client, url, {"answer": "diwakili"})
    assert refused.status_code == 422
    assert "Tulis nama yang mewakili." in refused.get_data(as_text=True)
    assert fill(client, url, {"answer": "diwakili", "represented_by": "Wakil"}).status_code == 303
    assert "Wakil" in client.get(url).get_data(as_text=True)


def test_opening_the_link_answers_nothing(app: Flask, client: FlaskClient) -> None:
    letter, _ = make_issued_letter()
    client.get(f"/undangan/{queries.answer_code_of(whole(letter).addressees[0])}")
    db.session.rollback()
    assert whole(letter).addressees[0].answer is None


def test_the_paper_names_number_addressee_and_check_address_and_is_tagged(
    app: Flask, client: FlaskClient
) -> None:
    letter, _ = make_issued_letter()
    response = client.get(f"/undangan/{queries.answer_code_of(whole(letter).addressees[0])}/surat.pdf")
    reader = PdfReader(io.BytesIO(response.data))
    text = " ".join(reader.pages[0].extract_text().split())
    assert letter.number in text
    assert whole(letter).addressees[0].organisation_name in text
    assert letter.check_code in text.replace(" ", "")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(reader.pages) == 1


def test_the_check_page_knows_a_letter_and_says_when_it_was_withdrawn(
    app: Flask, client: FlaskClient
) -> None:
    letter, by = make_issued_letter()
    address = f"/periksa/{letter.check_code.lower()}"
    assert "Surat asli" in client.get(address).get_data(as_text=True)
    actions.withdraw_letter(letter, reason="Keliru tanggal.", by=by, now=clock.now())
    page = client.get(address).get_data(as_text=True)
    assert "Sudah ditarik" in page
    assert "Keliru tanggal." in page


def test_staff_write_issue_and_take_answers(app: Flask, sign_in) -> None:  # type: ignore[no-untyped-def]
    unit = make_unit("Polsek Surat")
    event = make_event(unit=unit)
    body = make_organisation("Lembaga Satu", unit=unit, head_title="Ketua")
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    created = fill(client, f"/kelola/undangan/acara/{event.id}/baru", {"organisation_ids": [str(body.id)]})
    assert created.status_code == 303, created.get_data(as_text=True)
    page = created.headers["Location"]
    assert client.get(f"{page}/surat.pdf").data[:5] == b"%PDF-"
    assert fill(client, f"{page}/ubah", {"subject": "Undangan baru"}).status_code == 303
    assert post(client, page, "/terbitkan").status_code == 303
    shown = client.get(page).get_data(as_text=True)
    assert "B/Und-1/" in shown
    addressee = db.session.scalars(select(queries.Addressee)).one()
    answered = post(client, page, f"/jawaban/{addressee.id}", {f"a{addressee.id}-answer": "hadir"})
    assert answered.status_code == 303
    assert client.get("/kelola/undangan/").status_code == 200
    assert post(client, page, "/tarik", {"reason": ""}).status_code == 422
    assert post(client, page, "/tarik", {"reason": "Dibatalkan"}).status_code == 303


def test_another_units_letter_does_not_exist(app: Flask, sign_in) -> None:  # type: ignore[no-untyped-def]
    letter, _ = make_issued_letter()
    client = sign_in(make_person(Role.PETUGAS))
    assert client.get(f"/kelola/undangan/{letter.id}").status_code == 404
