"""Letters: order, numbers, answers, paper."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance.details import RegistrationStatus
from app.attendance.models import Registration
from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.events.actions import cancel, postpone
from app.invitations import actions, queries
from app.invitations.details import (
    Answer,
    AnswerDetails,
    Classification,
    LetterDetails,
    LetterStatus,
)
from app.notify.models import OutboxMessage
from tests.events.factories import make_event
from tests.invitations.factories import make_issued_letter, make_letter, whole
from tests.people.factories import make_organisation, make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post


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
    answered = fill(client, f"{page}/jawaban/{addressee.id}", {"answer": "hadir"})
    assert answered.status_code == 303
    assert client.get(f"{page}/surat-{addressee.id}.pdf").data[:5] == b"%PDF-"
    assert client.get("/kelola/undangan/").status_code == 200
    assert post(client, page, "/tarik", {"reason": ""}).status_code == 422
    assert post(client, page, "/tarik", {"reason": "Dibatalkan"}).status_code == 303


def test_another_units_letter_does_not_exist(app: Flask, sign_in) -> None:  # type: ignore[no-untyped-def]
    letter, _ = make_issued_letter()
    client = sign_in(make_person(Role.PETUGAS))
    assert client.get(f"/kelola/undangan/{letter.id}").status_code == 404


def test_one_filter_shows_those_who_gave_one_answer(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    unit = make_unit("Polsek Saring")
    by = make_person(Role.PETUGAS, unit=unit)
    bodies = [make_organisation(name, unit=unit) for name in ("Lembaga Datang", "Lembaga Diam")]
    details = LetterDetails("Undangan", Classification.ORDINARY, tuple(body.id for body in bodies))
    letter = actions.draft_letter(make_event(unit=unit), details=details, by=by, now=clock.now())
    letter = actions.issue_letter(letter, by=by, now=clock.now())
    actions.answer_invitation(
        whole(letter).addressees[0], details=AnswerDetails(Answer.COMES), now=clock.now()
    )
    client = sign_in(by)
    page = f"/kelola/undangan/{letter.id}"
    for narrowed, there, gone in (("belum", "Diam", "Datang"), ("hadir", "Datang", "Diam")):
        text = client.get(f"{page}?jawaban={narrowed}").get_data(as_text=True)
        assert f"Lembaga {there}" in text
        assert f"Lembaga {gone}" not in text
    assert client.get(f"{page}?jawaban=entah").get_data(as_text=True).count("Lembaga D") >= 2


def test_a_letter_to_a_cancelled_event_is_neither_issued_nor_answered(
    app: Flask, client: FlaskClient
) -> None:
    letter, by = make_issued_letter()
    event = whole(letter).event
    draft = make_letter(event, by=by)
    cancel(event, "Cuaca buruk.", by=by, now=clock.now())
    with pytest.raises(RuleBroken, match="event_not_inviting"):
        actions.issue_letter(draft, by=by, now=clock.now())
    url = f"/undangan/{queries.answer_code_of(whole(letter).addressees[0])}"
    assert "Acara ini dibatalkan" in client.get(url).get_data(as_text=True)


def test_a_letter_comes_too_late_once_the_event_has_begun(app: Flask) -> None:
    by = make_person(Role.PETUGAS)
    event = make_event(starts_at=clock.now() - timedelta(minutes=1))
    with pytest.raises(RuleBroken, match="event_begun"):
        actions.issue_letter(make_letter(event, by=by), by=by, now=clock.now())


def test_an_event_put_off_without_a_date_can_still_be_answered(app: Flask) -> None:
    letter, by = make_issued_letter()
    event = whole(letter).event
    postpone(event, None, reason="Aula dipakai.", by=by, now=clock.now())
    late = event.starts_at + timedelta(days=1)
    answered = actions.answer_invitation(
        whole(letter).addressees[0], details=AnswerDetails(Answer.COMES), now=late
    )
    assert answered.answer is Answer.COMES
