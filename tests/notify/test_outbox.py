"""The outbox: mail with retries, the send-list of officers."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.core import clock, jobs
from app.core.audit import AuditEntry
from app.core.database import db, is_sqlite, transactional
from app.core.permissions import Role
from app.notify import actions, queries
from app.notify.details import Channel, MessageStatus, Outgoing, Recipient
from app.notify.jobs import SmtpChannel, delivering, use_channels
from app.notify.models import OutboxMessage
from app.notify.staff import waiting_for
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import post
from tests.support.plans import way_of


class Box:
    """A mail server's answers, and what it took."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.taken: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.taken.append(envelope.content)
        return self.answer


@contextmanager
def mail_server(box: Box, *, patience: float = 5, a_minute: int = 0) -> Iterator[None]:
    """A real SMTP server on loopback, and the house told to use it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with mail_at(port, patience=patience, a_minute=a_minute):
            yield
    finally:
        controller.stop()


@contextmanager
def mail_at(port: int, *, patience: float = 5, a_minute: int = 0) -> Iterator[None]:
    actions.configure(mail=True)
    channel = SmtpChannel("127.0.0.1", port, "rukun@contoh.id", domain="contoh.id", patience=patience)
    use_channels({Channel.EMAIL: channel}, a_minute={Channel.EMAIL: a_minute})
    try:
        yield
    finally:
        actions.configure(mail=False)
        use_channels({})


def queue(**given: Any) -> OutboxMessage:
    values: dict[str, Any] = {
        "key": "acara:1:orang:1",
        "cause": "events:event:changed",
        "to": Recipient("Orang Contoh", "orang@contoh.id", "+6281200000001"),
        "subject": "Perubahan acara",
        "text": "Acara pindah ke aula.",
        "unit_id": None,
        "now": clock.now(),
        **given,
    }
    return actions.queue_message(**values)


def work(now: datetime | None = None) -> OutboxMessage:
    """Let the worker do what is due; gives the one message afterwards."""
    jobs.run_due(lambda: now or clock.now())
    db.session.rollback()
    return db.session.scalars(select(OutboxMessage)).one()


def test_a_message_leaves_by_mail_once(app: Flask) -> None:
    box = Box()
    unit = make_unit()
    with mail_server(box):
        queue(unit_id=unit.id)
        message = work()
        assert message.status is MessageStatus.SENT
        work()
    assert len(box.taken) == 1
    assert b"Acara pindah ke aula." in box.taken[0]
    assert b"<rukun-%d@contoh.id>" % message.id in box.taken[0]


def test_a_server_that_takes_few_mails_a_minute_gets_no_more(app: Flask) -> None:
    box = Box()
    with mail_server(box, a_minute=2):
        for number in range(3):
            queue(key=f"acara:1:orang:{number}")
        noon = clock.now()
        for minutes, taken in ((0, 2), (2, 3)):
            jobs.run_due(lambda minutes=minutes: noon + timedelta(minutes=minutes))
            assert len(box.taken) == taken


@pytest.mark.once
def test_a_server_that_says_later_is_tried_again_and_the_message_waits(app: Flask) -> None:
    box = Box("450 mailbox busy")
    with mail_server(box):
        queue()
        message = work()
        assert (message.status, message.attempts) == (MessageStatus.WAITING, 1)
        assert "450" in message.last_error
        box.answer = "250 OK"
        assert work(clock.now() + timedelta(minutes=2)).status is MessageStatus.SENT


@pytest.mark.once
def test_a_server_that_refuses_for_good_ends_it_among_the_failed(app: Flask) -> None:
    with mail_server(Box("550 no such user")):
        queue()
        message = work()
    assert message.status is MessageStatus.FAILED
    assert "550 no such user" in message.last_error
    assert db.session.scalars(select(jobs.Job)).all() == []


@pytest.mark.once
def test_a_server_that_is_down_loses_nothing(app: Flask) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with mail_at(port):
        queue()
        assert work().status is MessageStatus.WAITING


@pytest.mark.once
def test_a_server_that_never_answers_costs_only_patience(app: Flask) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        held: list[Any] = []
        threading.Thread(target=lambda: held.append(silent.accept()), daemon=True).start()
        with mail_at(silent.getsockname()[1], patience=0.2):
            queue()
            message = work()
        for connection, _address in held:
            connection.close()
    assert message.status is MessageStatus.WAITING
    assert "time" in message.last_error.lower()


def test_when_all_waits_are_used_up_the_message_is_failed_and_officers_can_retry(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (jobs, delivering):
        monkeypatch.setattr(room, "WAITS", (30, 120))
    box = Box("451 try later")
    now = clock.now()
    with mail_server(box):
        message = queue()
        for _ in range(len(jobs.WAITS) + 2):
            now += timedelta(days=1)
            message = work(now)
        assert message.status is MessageStatus.FAILED
        box.answer = "250 OK"
        actions.retry_message(message, by=make_person(Role.ADMIN), now=now)
        assert work(now).status is MessageStatus.SENT


def test_without_mail_the_message_waits_for_an_officer(app: Flask) -> None:
    message = queue()
    assert message.channel is Channel.PETUGAS
    assert queries.whatsapp_link(message).startswith("https://wa.me/6281200000001?text=Acara%20pindah")
    assert message.phone_mask == "0812-••••-001"


def test_the_same_key_is_one_message_whose_text_is_brought_up_to_date(app: Flask) -> None:
    queue()
    queue(text="Acara pindah ke lapangan.")
    assert [row.text for row in db.session.scalars(select(OutboxMessage))] == ["Acara pindah ke lapangan."]


def test_a_rolled_back_change_leaves_no_message(app: Flask) -> None:
    def fails() -> None:
        queue()
        raise ValueError

    with pytest.raises(ValueError):
        transactional(fails)()
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_an_officer_sends_by_hand_and_marks_it(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    unit = make_unit("Polsek Pesan")
    officer = make_person(Role.PETUGAS, unit=unit)
    message = queue(unit_id=unit.id)
    client = sign_in(officer)
    page = client.get("/kelola/pesan/").get_data(as_text=True)
    assert "https://wa.me/6281200000001" in page
    assert "Untuk Orang Contoh" in page
    assert post(client, "/kelola/pesan/", f"/{message.id}/terkirim").status_code == 303
    db.session.rollback()
    assert (message.status, message.sent_by_id) == (MessageStatus.SENT, officer.id)
    assert "notify:message:sent" in db.session.scalars(select(AuditEntry.tag)).all()
    assert "Untuk Orang Contoh" in client.get("/kelola/pesan/?tahap=terkirim").get_data(as_text=True)


def test_another_units_messages_and_those_that_open_accounts_are_not_shown(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    other = queue(unit_id=make_unit("Polsek Lain").id)
    secret = queue(key="akun:1", unit_id=None)
    client = sign_in(make_person(Role.PETUGAS))
    page = client.get("/kelola/pesan/").get_data(as_text=True)
    assert "Untuk Orang Contoh" not in page
    for message in (other, secret):
        assert queries.find_message(message.id, frozenset({999}), house=False) is None
    admin = sign_in(make_person(Role.ADMIN))
    assert "Untuk Orang Contoh" in admin.get("/kelola/pesan/").get_data(as_text=True)


@pytest.mark.once
def test_a_message_that_opens_an_account_keeps_no_text_once_it_has_left(app: Flask) -> None:
    message = queue(unit_id=None, text="tautan rahasia")
    actions.mark_sent_by_hand(message, by=make_person(Role.ADMIN), now=clock.now())
    assert message.text == ""


def test_what_waits_is_counted_with_the_age_of_the_oldest(app: Flask) -> None:
    unit = make_unit("Polsek Umur")
    old = clock.now() - timedelta(days=2)
    queue(unit_id=unit.id, now=old)
    queue(key="acara:1:orang:2", unit_id=unit.id)
    queue(key="acara:1:orang:3", unit_id=unit.id, due_at=clock.now() + timedelta(days=1))

    class Person:
        def may(self, permission: object) -> bool:
            return False

        def unit_ids(self, permission: object) -> frozenset[int]:
            return frozenset({unit.id})

    with app.test_request_context():
        lines = waiting_for(Person(), clock.now())
    assert [(line.label, line.since) for line in lines] == [("2 pesan perlu dikirim", old)]


def test_a_waiting_message_that_is_put_off_leaves_later(app: Flask) -> None:
    today = clock.now()
    with mail_at(9):
        queue(due_at=today)
        queue(due_at=today + timedelta(days=1))
    assert db.session.scalars(select(jobs.Job.run_at)).all() == [today + timedelta(days=1)]


@pytest.mark.race
def test_messages_queued_at_once_under_one_key_are_one(app: Flask) -> None:
    def put(number: int) -> int:
        with app.app_context():
            return queue(text=f"naskah {number}").id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(put, range(24)))
    assert len(ids) == 1
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_a_hall_full_of_people_is_told_in_few_statements(app: Flask) -> None:
    everyone = [
        Outgoing(
            f"acara:1:orang:{number}", "events:event:changed", Recipient(f"Rekaan {number}"), "S", "T", None
        )
        for number in range(250)
    ]
    statements: list[str] = []

    def hear(*heard: Any) -> None:
        statements.append(heard[2])

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        actions.queue_messages(everyone, now=clock.now())
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    actions.queue_messages(everyone, now=clock.now())
    assert len(statements) < 10
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 250


def test_what_is_taken_back_is_under_the_stem_and_no_other_whose_number_begins_so(app: Flask) -> None:
    for key in (
        "event:1",
        "event:1:x",
        "event:1:seat:registration:1",
        "event:1:seat:registration:12",
        "event:12:x",
    ):
        queue(key=key)

    def waiting() -> set[str]:
        query = select(OutboxMessage.key).where(OutboxMessage.status == MessageStatus.WAITING)
        return set(db.session.scalars(query))

    assert queries.keys_under("event:1") == waiting() - {"event:12:x"}
    actions.cancel_messages("event:1:seat:registration:1")
    assert waiting() == {"event:1", "event:1:x", "event:1:seat:registration:12", "event:12:x"}
    actions.cancel_messages("event:1:")
    assert waiting() == {"event:12:x"}


def test_keys_under_a_stem_are_found_by_the_index(app: Flask) -> None:
    way = way_of(select(OutboxMessage.id).where(queries.under("event:1")), without=("seqscan",))
    assert len(re.findall(r"key>\?" if is_sqlite() else r"Index Cond: \(+key\)::text >=", way)) == 1
