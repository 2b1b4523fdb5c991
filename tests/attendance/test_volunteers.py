"""A volunteer's desk: a link, no account, no numbers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.attendance import queries
from app.attendance.models import DeskLink
from app.core import clock
from app.core.audit import AuditEntry
from app.core.database import db
from app.core.permissions import Role
from app.events.models import Event
from app.regions.models import Unit
from tests.attendance.factories import make_open_event, make_registration
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def today(app: Flask) -> Event:
    unit = make_unit("Polsek Relawan")
    return make_open_event(unit=unit, starts_at=clock.now() + timedelta(hours=1), capacity=20)


@pytest.fixture
def officer(today: Event, sign_in: SignIn) -> FlaskClient:
    unit = db.session.get_one(Unit, today.unit_id)
    return sign_in(make_person(Role.PETUGAS, unit=unit))


@pytest.fixture
def link(today: Event, officer: FlaskClient) -> str:
    """The address of a volunteer's desk."""
    page = f"/kelola/acara/{today.id}/meja/relawan"
    assert fill(officer, page, {"label": "meja timur", "hours": "3"}).status_code == 303
    return f"/meja/{queries.desk_link_code_of(db.session.scalars(select(DeskLink)).one())}"


def check_in(client: FlaskClient, link: str, code: str, number: int = 1) -> Any:
    deeds = [{"id": f"{number:032}", "kind": "hadir", "code": code, "count": 1, "age_ms": 0}]
    return client.post(f"{link}/sinkron", json={"desk": "nama lain", "cursor": 0, "deeds": deeds})


def test_a_volunteer_checks_in_without_an_account_and_sees_no_digit_of_a_number(
    today: Event, client: FlaskClient, officer: FlaskClient, link: str
) -> None:
    guest = make_registration(today, "Tamu Rekaan", phone="+6281200007777")
    assert client.get(link).status_code == 200
    taken = client.get(f"{link}/daftar.json")
    assert "private" in taken.headers["Cache-Control"]
    got = taken.get_json()
    assert [row["name"] for row in got["rows"]] == ["Tamu Rekaan"]
    assert "777" not in str(got["rows"])
    answer = check_in(client, link, guest.check_code).get_json()
    assert answer["results"][0]["outcome"] == "dicatat"
    assert "777" not in str(answer)
    db.session.rollback()
    assert (guest.checked_in_desk, guest.checked_in_by_id) == ("meja timur", None)
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.tag == "attendance:registration:checked_in")
    ).one()
    assert entry.after["desk"] == "meja timur"
    page = officer.get(f"/kelola/acara/{today.id}/meja/relawan").get_data(as_text=True)
    assert "meja timur" in page
    tags = db.session.scalars(select(AuditEntry.tag)).all()
    assert "attendance:list:taken" in tags


def test_a_link_ends_by_itself_and_what_the_phone_kept_may_still_be_sent(
    today: Event, client: FlaskClient, link: str
) -> None:
    guest = make_registration(today)
    with time_machine.travel(clock.now() + timedelta(hours=4), tick=False):
        over = client.get(link)
        assert over.status_code == 410
        assert "Minta tautan baru kepada petugas" in over.get_data(as_text=True)
        assert client.get(f"{link}/daftar.json").status_code == 404
        assert check_in(client, link, guest.check_code).status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=28), tick=False):
        assert check_in(client, link, guest.check_code, 2).status_code == 404


@pytest.mark.once
def test_a_revoked_link_does_nothing_any_more(
    today: Event, client: FlaskClient, officer: FlaskClient, link: str
) -> None:
    guest = make_registration(today)
    assert post(officer, f"/kelola/acara/{today.id}/meja/relawan", "/cabut").status_code == 303
    assert client.get(link).status_code == 410
    assert client.get(f"{link}X").status_code == 404
    for page in ("/daftar.json", "/pekerja.js", "/manifest.webmanifest"):
        assert client.get(link + page).status_code == 404
    assert check_in(client, link, guest.check_code).status_code == 404


def test_a_link_is_for_its_event_alone(app: Flask, client: FlaskClient, link: str) -> None:
    elsewhere = make_registration(make_open_event(starts_at=clock.now() + timedelta(hours=1)))
    answer = check_in(client, link, elsewhere.check_code).get_json()
    assert answer["results"][0]["outcome"] == "ditolak"
    assert client.post(f"{link}/sinkron", data="x").status_code == 400
    assert client.post(f"{link}/sinkron", json={"cursor": 10**30, "deeds": []}).status_code == 200
    assert client.post(f"{link}/sinkron", json={"cursor": True, "deeds": [{"id": 10**30}]}).status_code == 200
