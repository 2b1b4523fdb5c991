"""The register of letter numbers: no gaps, no number twice, the void ones stay."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.documents import actions, queries
from app.documents.models import LetterNumberEntry
from app.invitations.actions import withdraw_letter
from app.regions.models import Unit
from tests.invitations.factories import make_issued_letter
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill

ON = date(2026, 11, 20)


def lines() -> list[tuple[int, str, str]]:
    """The register: serial, number, reason of the void ones."""
    rows = db.session.scalars(select(LetterNumberEntry).order_by(LetterNumberEntry.serial))
    return [(row.serial, row.text, row.void_reason) for row in rows]


def test_every_number_that_is_given_out_stands_in_the_register(app: Flask) -> None:
    unit = make_unit()
    for about in ("Undangan satu", "Undangan dua"):
        actions.take_number(unit, "undangan", on=ON, about=about)
    assert [line[:2] for line in lines()] == [(1, "B/Und-1/XI/2026"), (2, "B/Und-2/XI/2026")]
    assert queries.registers_out_of_step() == []


def test_a_withdrawn_letters_number_stays_void_with_its_reason_and_is_not_given_again(app: Flask) -> None:
    letter, by = make_issued_letter()
    withdraw_letter(letter, reason="Keliru tanggal.", by=by, now=clock.now())
    assert [line[2] for line in lines()] == ["Keliru tanggal."]
    unit = db.session.get_one(Unit, letter.unit_id)
    assert actions.take_number(unit, "undangan", on=clock.now().date()).serial == 2


def test_a_number_that_another_pattern_would_repeat_is_refused(app: Flask) -> None:
    unit, by = make_unit(), make_person(Role.PETUGAS)
    change = {"archive_code": "", "by": by, "now": clock.now()}
    actions.change_pattern(unit, "undangan", pattern="B-{nomor}1/{tahun}", **change)
    actions.take_number(unit, "undangan", on=ON)  # B-11/2026
    actions.change_pattern(unit, "undangan", pattern="B-{nomor}/{tahun}", **change)
    actions.skip_numbers(unit, "undangan", up_to=10, reason="Buku kertas.", on=ON, by=by, now=clock.now())
    with pytest.raises(RuleBroken, match="number_taken") as refused:
        actions.take_number(unit, "undangan", on=ON)
    assert refused.value.holes == {"number": "B-11/2026"}
    assert len(lines()) == 10


def test_a_station_goes_on_from_its_paper_book(app: Flask) -> None:
    unit, by = make_unit(), make_person(Role.PETUGAS)
    actions.skip_numbers(unit, "undangan", up_to=37, reason="Buku kertas.", on=ON, by=by, now=clock.now())
    assert actions.take_number(unit, "undangan", on=ON).serial == 38
    assert [line[0] for line in lines()] == list(range(1, 39))
    assert {line[2] for line in lines()[:37]} == {"Buku kertas."}
    assert queries.registers_out_of_step() == []


@pytest.mark.parametrize(
    ("up_to", "code"), [(5, "number_used_up"), (3, "number_used_up"), (9999, "too_many")]
)
def test_a_number_that_was_used_is_not_entered_again(app: Flask, up_to: int, code: str) -> None:
    unit, by = make_unit(), make_person(Role.PETUGAS)
    skip = {"reason": "Buku kertas.", "on": ON, "by": by, "now": clock.now()}
    actions.skip_numbers(unit, "undangan", up_to=5, **skip)
    with pytest.raises(RuleBroken, match=code):
        actions.skip_numbers(unit, "undangan", up_to=up_to, **skip)


def test_a_line_that_is_missing_from_the_register_is_found(app: Flask) -> None:
    unit = make_unit()
    for _ in range(3):
        actions.take_number(unit, "undangan", on=ON)
    db.session.execute(delete(LetterNumberEntry).where(LetterNumberEntry.serial == 2))
    db.session.commit()
    assert len(queries.registers_out_of_step()) == 1


@pytest.mark.race
def test_letters_issued_at_once_get_one_number_each_and_leave_no_gap(app: Flask) -> None:
    unit_id = make_unit().id

    def take(_: int) -> int:
        with app.app_context():
            return actions.take_number(db.session.get_one(Unit, unit_id), "undangan", on=ON).serial

    with ThreadPoolExecutor(6) as pool:
        serials = sorted(pool.map(take, range(24)))
    assert serials == list(range(1, 25))
    db.session.rollback()
    assert queries.registers_out_of_step() == []


def test_staff_see_the_register_with_its_letters_and_carry_on_from_paper(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    letter, by = make_issued_letter()
    client = sign_in(make_person(Role.PETUGAS, unit=letter.unit))
    page = f"/kelola/dokumen/{letter.unit_id}/undangan/buku"
    shown = client.get(page).get_data(as_text=True)
    assert f'href="/kelola/undangan/{letter.id}"' in shown
    assert "Undangan doa bersama" in shown
    refused = fill(client, page, {"up_to": "1", "reason": "Kertas"})
    assert refused.status_code == 422
    assert any("sudah dipakai: nomor terakhir" in text for text in errors_in(refused))
    assert fill(client, page, {"up_to": "3", "reason": "Kertas"}).status_code == 303
    withdraw_letter(letter, reason="Keliru tanggal.", by=by, now=clock.now())
    again = client.get(page).get_data(as_text=True)
    assert again.count("Batal") == 3
    assert "Keliru tanggal." in again
    assert client.get(f"{page}?tahun=2019&halaman=9").status_code == 200
    assert client.get(f"/kelola/dokumen/{make_unit('Polsek Asing').id}/undangan/buku").status_code == 404
