"""A phone's queue reaches the house: once, in its own time, and beside what other desks did."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.details import RegistrationStatus
from app.attendance.models import Registration
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.permissions import Role
from app.events.models import Event
from app.regions.models import Unit
from tests.attendance.factories import make_open_event, make_registration, pool_of
from tests.people.factories import make_person
from tests.regions.factories import make_unit

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def today(app: Flask) -> Event:
    return make_open_event(
        unit=make_unit("Polsek Meja"), starts_at=clock.now() + timedelta(hours=1), capacity=5
    )


class Phone:
    """What desk.js sends, without the browser."""

    def __init__(self, client: FlaskClient, event: Event, desk: str = "meja 1") -> None:
        self.client, self.desk, self.cursor = client, desk, 0
        self.address = f"/kelola/acara/{event.id}/meja"

    def list(self) -> dict[str, Any]:
        taken: dict[str, Any] = self.client.get(f"{self.address}/daftar.json").get_json()
        return taken

    def send(self, *deeds: dict[str, Any]) -> dict[str, Any]:
        answer = self.client.post(
            f"{self.address}/sinkron",
            json={"desk": self.desk, "cursor": self.cursor, "deeds": deeds},
            headers={"X-CSRFToken": self.list()["token"]},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        got: dict[str, Any] = answer.get_json()
        self.cursor = got["cursor"]
        return got


def deed(kind: str, **given: Any) -> dict[str, Any]:
    return {"id": secrets.token_hex(16), "kind": kind, "age_ms": 0, **given}


def phone(sign_in: SignIn, event: Event, desk: str = "meja 1") -> Phone:
    unit = db.session.get_one(Unit, event.unit_id)
    return Phone(sign_in(make_person(Role.PETUGAS, unit=unit)), event, desk)


def test_the_list_taken_along_holds_no_number_and_is_on_record(today: Event, sign_in: SignIn) -> None:
    make_registration(today, "Sari Contoh", phone="+6281200001234")
    desk = phone(sign_in, today)
    answer = desk.client.get(f"{desk.address}/daftar.json")
    assert answer.get_json()["rows"][0]["digits"] == "234"
    assert "8120000" not in answer.get_data(as_text=True)
    again = desk.client.get(f"{desk.address}/daftar.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert list(db.session.scalars(select(AuditEntry.tag))).count("attendance:list:taken") == 1


def test_a_line_sent_twice_is_done_once_in_its_own_time(today: Event, sign_in: SignIn) -> None:
    guest = make_registration(today, party_size=3)
    desk = phone(sign_in, today)
    line = deed("hadir", code=guest.check_code, count=2, age_ms=3_600_000)
    first, second = desk.send(line), desk.send(line)
    assert [answer["results"][0]["outcome"] for answer in (first, second)] == ["dicatat", "dicatat"]
    db.session.rollback()
    assert guest.checked_in_count == 2
    assert guest.checked_in_at is not None
    assert clock.now() - guest.checked_in_at > timedelta(minutes=59)
    assert second["counts"]["present"] == 2


def test_the_second_desk_learns_when_and_where_the_guest_came_in(today: Event, sign_in: SignIn) -> None:
    guest = make_registration(today)
    one, two = phone(sign_in, today, "meja 1"), phone(sign_in, today, "meja 2")
    two.send(deed("hadir", code=guest.check_code, count=1, age_ms=60_000))
    late = deed("hadir", code=guest.check_code, count=1, age_ms=30_000)
    result = one.send(late)["results"][0]
    assert (result["outcome"], result["row"]["desk"]) == ("sudah", "meja 2")
    # Taking back the check-in that never held does not take back the other desk's.
    undone = one.send(deed("urung", of=late["id"]))["results"][0]
    assert undone["outcome"] == "ditolak"
    assert "meja lain" in undone["words"]
    db.session.rollback()
    assert guest.checked_in_desk == "meja 2"


def test_desks_hear_of_each_other_and_of_the_ordinary_page(today: Event, sign_in: SignIn) -> None:
    guests = [make_registration(today, f"Tamu {name}") for name in ("Satu", "Dua")]
    one, two = phone(sign_in, today), phone(sign_in, today, "meja 2")
    one.send(deed("hadir", code=guests[0].check_code, count=1))
    actions.check_in(guests[1], by=make_person(Role.PETUGAS), now=clock.now())
    news = two.send()
    assert {row["code"] for row in news["changes"]} == {guest.check_code for guest in guests}
    assert news["counts"]["present"] == 2
    assert two.send()["changes"] == []


def test_a_walk_in_of_the_phone_is_one_guest_and_can_be_taken_back(today: Event, sign_in: SignIn) -> None:
    desk = phone(sign_in, today)
    line = deed("langsung", name="Tamu  Langsung", party=4, age_ms=5000)
    desk.send(line)
    row = desk.send(line)["results"][0]["row"]
    assert (row["name"], row["count"]) == ("Tamu Langsung", 4)
    assert pool_of(today).taken == 4
    desk.send(deed("urung", of=line["id"]))
    assert pool_of(today).taken == 0
    assert db.session.scalars(select(Registration)).one().status is RegistrationStatus.CANCELLED
    assert queries.seats_that_differ() == []


def test_a_walk_in_beyond_the_seats_is_let_in_and_takes_none(today: Event, sign_in: SignIn) -> None:
    make_registration(today, party_size=4)
    row = phone(sign_in, today).send(deed("langsung", name="Rombongan", party=3))["results"][0]["row"]
    assert row["outside"] is True
    assert pool_of(today).taken == 4


def test_a_wrong_check_in_of_this_phone_is_undone(today: Event, sign_in: SignIn) -> None:
    guest = make_registration(today)
    desk = phone(sign_in, today)
    line = deed("hadir", code=guest.check_code, count=1)
    desk.send(line)
    assert desk.send(deed("urung", of=line["id"]))["results"][0]["outcome"] == "dicatat"
    db.session.rollback()
    assert guest.checked_in_at is None


@pytest.mark.once
@pytest.mark.parametrize(
    "line",
    [
        "teks",
        {},
        {"id": "pendek", "kind": "hadir"},
        {"id": "x" * 20, "kind": "terbang"},
        {"id": "x" * 20, "kind": "langsung", "name": " ", "party": 2},
        {"id": "x" * 20, "kind": "langsung", "name": "Ada", "party": 100_000},
        {"id": "x" * 20, "kind": "hadir", "code": "TIDAKADA", "age_ms": 1e300},
        {"id": "x" * 20, "kind": "hadir", "code": "TIDAKADA", "count": "banyak"},
        {"id": "x" * 20, "kind": "urung", "of": "entah"},
    ],
)
def test_a_line_that_says_nothing_is_refused_and_never_an_error(
    today: Event, sign_in: SignIn, line: Any
) -> None:
    assert phone(sign_in, today).send(line)["results"][0]["outcome"] == "ditolak"
    assert db.session.scalars(select(Registration)).all() == []


@pytest.mark.once
def test_without_the_token_or_at_another_units_event_nothing_is_taken(today: Event, sign_in: SignIn) -> None:
    desk = phone(sign_in, today)
    assert desk.client.post(f"{desk.address}/sinkron", json={"deeds": []}).status_code == 400
    stranger = sign_in(make_person(Role.PETUGAS, unit=make_unit("Polsek Lain")))
    for page in ("daftar.json", "pekerja.js", "manifest.webmanifest"):
        assert stranger.get(f"{desk.address}/{page}").status_code == 404


@pytest.mark.once
def test_the_page_that_the_phone_keeps_names_nobody(today: Event, sign_in: SignIn) -> None:
    guest = make_registration(today, "Nama Rahasia")
    actions.check_in(guest, by=make_person(Role.PETUGAS), now=clock.now())
    desk = phone(sign_in, today)
    assert "Nama Rahasia" in desk.client.get(desk.address).get_data(as_text=True)
    kept = desk.client.get(f"{desk.address}?luring=1").get_data(as_text=True)
    assert "Nama Rahasia" not in kept
    assert 'data-module="desk"' in kept
    worker = desk.client.get(f"{desk.address}/pekerja.js")
    assert worker.headers["Service-Worker-Allowed"] == desk.address
