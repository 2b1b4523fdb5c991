"""Signing in and out: passwords, throttle, the second factor, devices, links."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock, crypto
from app.core.database import db
from app.core.permissions import Role
from app.notify.models import OutboxMessage
from app.people import actions, queries
from app.people.models import Person, PersonToken, SignInSession
from app.people.public import sessions
from app.people.rules.passwords import hash_password, password_matches
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, post
from tests.support.html import check_page

PASSWORD = "rotan-bukit-lontar-telaga"
_HASH = hash_password(PASSWORD)


def make_account(role: Role | None = Role.PETUGAS, **given: Any) -> Person:
    return make_person(role, password_hash=_HASH, **given)


def enrol(person: Person) -> str:
    """Give a person a confirmed app; gives its secret."""
    secret = pyotp.random_base32()
    person.totp_sealed = crypto.encrypt(secret)
    person.totp_confirmed_at = clock.now()
    db.session.commit()
    return secret


def code_now(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/kelola/akun/").status_code == 200


def test_the_right_password_opens_the_house(client: FlaskClient) -> None:
    person = make_account()
    answer = fill(client, "/masuk", {"email": person.email.upper(), "password": PASSWORD})
    assert answer.status_code == 303
    assert is_signed_in(client)


def test_the_sign_in_page_reads_well(client: FlaskClient) -> None:
    make_unit()
    for address in (
        "/masuk",
        "/lupa-sandi",
        "/lupa-sandi?terkirim=1",
        "/daftar-tokoh",
        "/daftar-tokoh/diterima",
    ):
        check_page(client.get(address))


def test_the_answer_to_a_stranger_and_to_a_wrong_password_is_the_same(client: FlaskClient) -> None:
    person = make_account()
    wrong = fill(client, "/masuk", {"email": person.email, "password": "salah sekali ini"})
    nobody = fill(client, "/masuk", {"email": "tidak.ada@contoh.id", "password": "salah sekali ini"})
    assert wrong.status_code == nobody.status_code == 422
    assert errors_in(wrong) == errors_in(nobody) != []
    assert not is_signed_in(client)


def test_a_deactivated_account_does_not_open(client: FlaskClient) -> None:
    person = make_account(deactivated_at=clock.now())
    answer = fill(client, "/masuk", {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 422


def test_an_account_without_password_does_not_open(client: FlaskClient) -> None:
    person = make_person(Role.TOKOH)
    answer = fill(client, "/masuk", {"email": person.email, "password": "nobody has this password"})
    assert answer.status_code == 422


@pytest.mark.parametrize("known", [True, False])
def test_after_eight_misses_even_the_right_password_waits(client: FlaskClient, known: bool) -> None:
    email = make_account().email if known else "tidak.ada@contoh.id"
    for _ in range(8):
        client.post("/masuk", data={"email": email, "password": "keliru keliru"})
    answer = client.post("/masuk", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 429
    assert not is_signed_in(client)


def test_the_throttle_lets_go_after_a_quarter_of_an_hour(client: FlaskClient) -> None:
    person = make_account()
    with time_machine.travel(clock.now()) as traveller:
        for _ in range(9):
            client.post("/masuk", data={"email": person.email, "password": "keliru keliru"})
        traveller.shift(timedelta(minutes=16))
        answer = client.post("/masuk", data={"email": person.email, "password": PASSWORD})
        assert answer.status_code == 303


def test_one_address_may_not_try_many_accounts(client: FlaskClient) -> None:
    now = clock.now()
    for number in range(60):
        actions.begin_sign_in(f"orang{number}@contoh.id", address="127.0.0.1", now=now)
    person = make_account()
    assert client.post("/masuk", data={"email": person.email, "password": PASSWORD}).status_code == 429


def test_a_guesser_elsewhere_does_not_shut_the_owner_out(client: FlaskClient) -> None:
    person = make_account()
    for _ in range(8):
        actions.begin_sign_in(person.email, address="203.0.113.9", now=clock.now())
    assert client.post("/masuk", data={"email": person.email, "password": PASSWORD}).status_code == 303


def test_the_person_returns_to_where_the_house_asked_to_sign_in(client: FlaskClient) -> None:
    person = make_account()
    door = client.get("/kelola/lembaga/?jenis=adat")
    assert door.status_code == 303
    answer = fill(client, door.headers["Location"], {"email": person.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/kelola/lembaga/?jenis=adat"


@pytest.mark.parametrize(
    "target", ["//jahat.example", "https://jahat.example/", "/\\jahat.example", "javascript:1"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(client: FlaskClient, target: str) -> None:
    person = make_account()
    answer = client.post(
        "/masuk", query_string={"lanjut": target}, data={"email": person.email, "password": PASSWORD}
    )
    assert answer.status_code == 303
    assert "jahat" not in answer.headers["Location"]
    assert answer.headers["Location"].startswith("/kelola/")


def test_signing_out_ends_the_device_not_only_the_cookie(client: FlaskClient, app: Flask) -> None:
    person = make_account()
    fill(client, "/masuk", {"email": person.email, "password": PASSWORD})
    with client.session_transaction() as kept:
        stolen = dict(kept)
    assert client.post("/keluar").status_code == 303
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(stolen)
    assert not is_signed_in(thief)


def test_a_device_that_was_ended_elsewhere_is_signed_out(sign_in: Callable[..., FlaskClient]) -> None:
    person = make_account()
    old, new = sign_in(person), sign_in(person)
    page = new.get("/kelola/akun/perangkat")
    assert check_page(page).find_all("form", action=lambda at: at and at.endswith("/keluar"))
    rows = queries.living_sessions(person.id, clock.now() - sessions.IDLE)
    first = min(row.id for row in rows)
    assert post(new, "/kelola/akun/perangkat", f"/perangkat/{first}/keluar").status_code == 303
    assert not is_signed_in(old)
    assert is_signed_in(new)


def test_nobody_ends_the_device_of_another(sign_in: Callable[..., FlaskClient]) -> None:
    mine, theirs = sign_in(make_account()), sign_in(make_account())
    row = db.session.scalars(select(SignInSession).order_by(SignInSession.id.desc())).first()
    assert row is not None
    page = mine.get("/kelola/akun/")
    token = check_page(page).find("input", attrs={"name": "csrf_token"})
    assert token is not None
    answer = mine.post(f"/kelola/akun/perangkat/{row.id}/keluar", data={"csrf_token": token["value"]})
    assert answer.status_code == 404
    assert is_signed_in(theirs)


def test_a_device_idle_for_two_weeks_signs_in_again(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in(make_account())
    with time_machine.travel(clock.now() + timedelta(days=13)):
        assert is_signed_in(client)  # and is in use again from here
    with time_machine.travel(clock.now() + timedelta(days=26)):
        assert is_signed_in(client)
    with time_machine.travel(clock.now() + timedelta(days=41)):
        assert not is_signed_in(client)


# The second factor


def test_with_an_app_the_password_alone_opens_nothing(client: FlaskClient) -> None:
    person = make_account()
    secret = enrol(person)
    answer = fill(client, "/masuk", {"email": person.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/masuk/kode"
    assert not is_signed_in(client)
    check_page(client.get("/masuk/kode"))
    assert fill(client, "/masuk/kode", {"code": code_now(secret)}).status_code == 303
    assert is_signed_in(client)


def test_a_code_is_good_once(client: FlaskClient, app: Flask) -> None:
    person = make_account()
    secret = enrol(person)
    with time_machine.travel(clock.now(), tick=False):
        code = code_now(secret)
        for visitor, status in ((client, 303), (app.test_client(), 422)):
            fill(visitor, "/masuk", {"email": person.email, "password": PASSWORD})
            assert fill(visitor, "/masuk/kode", {"code": code}).status_code == status


def test_a_spare_code_is_good_once(client: FlaskClient, app: Flask) -> None:
    person = make_account()
    enrol(person)
    actions.renew_recovery_codes(person, ["ABCDE-12345"], now=clock.now())
    for visitor, status in ((client, 303), (app.test_client(), 422)):
        fill(visitor, "/masuk", {"email": person.email, "password": PASSWORD})
        assert fill(visitor, "/masuk/kode", {"code": "abcde 12345"}).status_code == status


def test_codes_cannot_be_tried_without_end(client: FlaskClient) -> None:
    person = make_account()
    secret = enrol(person)
    fill(client, "/masuk", {"email": person.email, "password": PASSWORD})
    for _ in range(8):
        assert client.post("/masuk/kode", data={"code": "000000"}).status_code == 422
    assert client.post("/masuk/kode", data={"code": code_now(secret)}).status_code == 429


def test_the_time_between_password_and_code_runs_out(client: FlaskClient) -> None:
    person = make_account()
    enrol(person)
    fill(client, "/masuk", {"email": person.email, "password": PASSWORD})
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert client.get("/masuk/kode").status_code == 303


def test_administration_sends_an_account_without_app_to_enrolment(
    sign_in: Callable[..., FlaskClient],
) -> None:
    client = sign_in(make_account(Role.ADMIN), second_factor=False)
    answer = client.get("/kelola/orang/")
    assert answer.headers["Location"] == "/kelola/akun/dua-langkah"
    check_page(client.get("/kelola/akun/dua-langkah"))


def test_enrolment_opens_administration_and_shows_spare_codes_once(
    sign_in: Callable[..., FlaskClient],
) -> None:
    person = make_account(Role.ADMIN)
    elsewhere, client = sign_in(person), sign_in(person, second_factor=False)
    page = check_page(client.get("/kelola/akun/dua-langkah"))
    key = page.select_one(".qr code")
    assert key is not None
    secret = key.get_text().replace(" ", "")
    assert fill(client, "/kelola/akun/dua-langkah", {"code": "000000"}).status_code == 422
    answer = fill(client, "/kelola/akun/dua-langkah", {"code": code_now(secret)})
    assert answer.status_code == 303
    shown = check_page(client.get(answer.headers["Location"])).select("main code")
    assert len(shown) == 10
    assert not check_page(client.get(answer.headers["Location"])).select("main code")
    assert client.get("/kelola/orang/").status_code == 200
    assert not is_signed_in(elsewhere)


def test_the_sample_instance_may_skip_the_second_factor(
    app: Flask, sign_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(make_account(Role.ADMIN), second_factor=False)
    monkeypatch.setitem(app.config, "SKIP_SECOND_FACTOR", True)
    assert client.get("/kelola/orang/").status_code == 200


# Passwords


def test_a_forgotten_password_answers_everybody_alike(client: FlaskClient) -> None:
    person = make_account(Role.TOKOH)
    known = fill(client, "/lupa-sandi", {"email": person.email})
    unknown = fill(client, "/lupa-sandi", {"email": "tidak.ada@contoh.id"})
    assert known.status_code == unknown.status_code == 303
    assert known.headers["Location"] == unknown.headers["Location"]


def test_a_leader_sets_a_new_password_by_a_link_that_is_good_once(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    person = make_account(Role.TOKOH)
    signed_in = sign_in(person)
    fill(client, "/lupa-sandi", {"email": person.email})
    message = db.session.scalars(select(OutboxMessage)).one()
    link = next(word for word in message.text.split() if "/atur-sandi/" in word)
    path = "/atur-sandi/" + link.rpartition("/")[2]
    check_page(client.get(path))
    new = {"password": "telaga-baru-di-hutan", "password_again": "telaga-baru-di-hutan"}
    assert fill(client, path, new).status_code == 303
    assert not is_signed_in(signed_in)
    assert fill(client, "/masuk", {"email": person.email, "password": new["password"]}).status_code == 303
    assert client.get(path).status_code == 410
    assert client.post(path, data=new).status_code == 410


def test_reading_the_link_does_not_use_it_up(client: FlaskClient) -> None:
    person = make_account(Role.TOKOH)
    token = crypto.new_token()
    actions.make_password_link(person, token=token, unit_id=None, by=person, now=clock.now())
    for _ in range(3):
        assert client.get(f"/atur-sandi/{token}").status_code == 200


def test_a_link_expires(client: FlaskClient) -> None:
    person = make_account(Role.TOKOH)
    token = crypto.new_token()
    actions.make_password_link(person, token=token, unit_id=None, by=person, now=clock.now())
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert client.get(f"/atur-sandi/{token}").status_code == 410


def test_an_officers_link_never_lies_on_the_send_list(client: FlaskClient) -> None:
    unit = make_unit()
    make_account(Role.ADMIN, unit=unit)
    officer = make_account(Role.PETUGAS, unit=unit)
    fill(client, "/lupa-sandi", {"email": officer.email})
    messages = db.session.scalars(select(OutboxMessage)).all()
    assert messages
    assert not any("/atur-sandi/" in message.text for message in messages)
    assert all(token.used_at for token in db.session.scalars(select(PersonToken)))


def test_links_for_one_account_do_not_pile_up(client: FlaskClient) -> None:
    person = make_account(Role.TOKOH)
    for _ in range(6):
        fill(client, "/lupa-sandi", {"email": person.email})
    assert len(db.session.scalars(select(PersonToken)).all()) == 3


@pytest.mark.parametrize("poor", ["pendek", "passwordku1", "ketapang2024", "aaaaaaaaaaaa", "bhayangkara1"])
def test_a_password_that_is_guessed_first_is_refused(client: FlaskClient, poor: str) -> None:
    person = make_account(Role.TOKOH)
    token = crypto.new_token()
    actions.make_password_link(person, token=token, unit_id=None, by=person, now=clock.now())
    answer = fill(client, f"/atur-sandi/{token}", {"password": poor, "password_again": poor})
    assert answer.status_code == 422
    assert errors_in(answer)


def test_changing_the_password_asks_for_the_old_one(sign_in: Callable[..., FlaskClient]) -> None:
    person = make_account()
    client, elsewhere = sign_in(person), sign_in(person)
    new = {"password": "telaga-baru-di-hutan", "password_again": "telaga-baru-di-hutan"}
    page = "/kelola/akun/sandi"
    assert fill(client, page, {"old": "bukan ini", **new}).status_code == 422
    assert fill(client, page, {"old": PASSWORD, **new}).status_code == 303
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    db.session.expire_all()
    assert password_matches(db.session.get_one(Person, person.id).password_hash, new["password"])


def test_devices_long_gone_and_old_links_are_dropped(sign_in: Callable[..., FlaskClient]) -> None:
    person = make_account()
    client = sign_in(person)
    actions.make_password_link(person, token=crypto.new_token(), unit_id=None, by=person, now=clock.now())
    actions.sweep_old_devices(clock.now())
    assert is_signed_in(client)
    actions.sweep_old_devices(clock.now() + timedelta(days=60))
    assert not db.session.scalars(select(SignInSession)).all()
    assert not db.session.scalars(select(PersonToken)).all()
