"""WhatsApp's gateway, played by a server on loopback, with limits and reports; and what people want to hear."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select

from app.core import jobs
from app.core.database import db
from app.core.jobs import Job
from app.core.permissions import Role
from app.notify import actions
from app.notify.details import Channel, MessageStatus, Recipient, Weight, Wish
from app.notify.jobs import WhatsAppChannel, use_channels
from app.notify.jobs.channels import Slower
from app.notify.models import MessagePreference, OutboxMessage
from app.notify.rules import UNSURE, is_wanted, quiet_until
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)  # twelve o'clock on the clocks of Pontianak
SECRET = "rahasia-aplikasi"


class Gateway:
    """What the other side answers next, and what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any, dict[str, str]]] = []
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str] = []

    def answer(self, status: int, code: int = 0, **headers: str) -> None:
        self.answers.append((status, {"error": {"code": code, "message": "problem"}}, headers))


@pytest.fixture
def gateway() -> Iterator[tuple[Gateway, str]]:
    """A server that behaves as the gateway does, and its address."""
    told = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append({"path": self.path, **body})
            told.tokens.append(self.headers["Authorization"])
            fine = {"messages": [{"id": f"wamid.{len(told.asked)}"}]}
            status, answer, headers = told.answers.pop(0) if told.answers else (200, fine, {})
            text = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_words: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield told, f"http://127.0.0.1:{server.server_port}/v21.0"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def house(app: Flask, gateway: tuple[Gateway, str]) -> Iterator[Gateway]:
    """The house told to use that gateway."""
    told, url = gateway
    set_up(WhatsAppChannel(url, "12345", "kunci", patience=5))
    app.config["WHATSAPP_APP_SECRET"] = SECRET
    app.config["WHATSAPP_VERIFY_TOKEN"] = "bukti"
    yield told
    app.config["WHATSAPP_APP_SECRET"] = app.config["WHATSAPP_VERIFY_TOKEN"] = ""
    actions.configure(mail=False)
    use_channels({})


def set_up(channel: WhatsAppChannel, *, a_minute: int = 100) -> None:
    actions.configure(mail=False, whatsapp=True)
    use_channels(
        {Channel.WHATSAPP: channel},
        a_minute={Channel.WHATSAPP: a_minute},
        leave=lambda code: f"https://contoh.id/pesan-saya/{code}",
    )


def queue(key: str = "acara:1:orang:1", **given: Any) -> OutboxMessage:
    values: dict[str, Any] = {
        "key": key,
        "cause": "events:event:changed",
        "to": Recipient("Orang Contoh", phone="+6281200000001"),
        "subject": "Perubahan acara",
        "text": "Acara pindah.\nKe aula.",
        "unit_id": None,
        "now": NOON,
        **given,
    }
    return actions.queue_message(**values)


def work(now: datetime = NOON) -> int:
    return jobs.run_due(lambda: now)


def fresh(message: OutboxMessage) -> OutboxMessage:
    db.session.rollback()
    return db.session.get_one(OutboxMessage, inspect(message).identity[0])


def report(client: FlaskClient, status: str, *, secret: str = SECRET, **given: Any) -> Any:
    value = {"statuses": [{"id": "wamid.1", "status": status, **given}]}
    return hear(client, value, secret=secret)


def hear(client: FlaskClient, value: dict[str, Any], *, secret: str = SECRET) -> Any:
    body = json.dumps({"entry": [{"changes": [{"value": value}]}]}).encode()
    mark = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": mark, "Content-Type": "application/json"}
    return client.post("/pengait/whatsapp", data=body, headers=headers)


@pytest.mark.once
def test_a_message_leaves_as_the_gateway_wants_it(house: Gateway) -> None:
    message = queue()
    work()
    (asked,) = house.asked
    assert asked["path"] == "/v21.0/12345/messages"
    assert house.tokens == ["Bearer kunci"]
    assert (asked["to"], asked["type"]) == ("6281200000001", "text")
    assert asked["text"]["body"].startswith("Acara pindah.\nKe aula.")
    assert "https://contoh.id/pesan-saya/" in asked["text"]["body"]
    assert asked["biz_opaque_callback_data"] == f"rukun-{fresh(message).id}"
    message = fresh(message)
    assert (message.status, message.provider_id) == (MessageStatus.SENT, "wamid.1")


@pytest.mark.once
def test_a_template_holds_the_text_on_one_line(house: Gateway, gateway: tuple[Gateway, str]) -> None:
    set_up(WhatsAppChannel(gateway[1], "12345", "kunci", template="kabar_acara"))
    queue()
    work()
    template = house.asked[0]["template"]
    assert (template["name"], template["language"]) == ("kabar_acara", {"code": "id"})
    assert template["components"][0]["parameters"][0]["text"].startswith("Acara pindah. Ke aula.")


@pytest.mark.once
def test_too_many_at_once_wait_as_long_as_the_gateway_says_and_count_as_no_failure(house: Gateway) -> None:
    house.answer(429, 130429, Retry_After="90")
    message = queue()
    work()
    job = db.session.scalars(select(Job)).one()
    assert (job.run_at, job.attempts) == (NOON + timedelta(seconds=90), 0)
    work(NOON + timedelta(seconds=89))
    assert len(house.asked) == 1
    work(NOON + UNSURE)
    assert fresh(message).status is MessageStatus.SENT
    assert fresh(message).attempts == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("status", "code", "becomes"),
    [
        (500, 131000, MessageStatus.WAITING),
        (401, 190, MessageStatus.WAITING),
        (400, 131026, MessageStatus.FAILED),
        (400, 100, MessageStatus.FAILED),
    ],
)
def test_what_passes_is_tried_again_and_what_does_not_is_given_up(
    house: Gateway, status: int, code: int, becomes: MessageStatus
) -> None:
    house.answer(status, code)
    message = queue()
    work()
    assert fresh(message).status is becomes
    assert str(code) in fresh(message).last_error


@pytest.mark.once
@pytest.mark.parametrize(
    "words", [{"error": "sibuk"}, {"error": {"code": None}}, {"error": {"code": "x"}}, [], "?"]
)
def test_a_gateway_that_speaks_unlike_itself_is_judged_by_its_status(house: Gateway, words: Any) -> None:
    for status, becomes in ((503, MessageStatus.WAITING), (400, MessageStatus.FAILED)):
        house.answers.append((status, words, {}))
        message = queue(key=f"acara:{status}:orang:1")
        work()
        assert fresh(message).status is becomes
        assert str(status) in fresh(message).last_error


@pytest.mark.once
@pytest.mark.parametrize(
    ("told", "seconds"),
    [("90", 90), ("99999", 3600), ("²", 60), ("Wed, 25 Nov 2026 15:00:00 GMT", 60), (None, 60)],
)
def test_how_long_to_wait_is_taken_from_the_answer_within_reason(told: str | None, seconds: float) -> None:
    assert Slower.as_told(told).seconds == seconds


@pytest.mark.once
def test_a_gateway_that_is_away_is_tried_again(house: Gateway) -> None:
    set_up(WhatsAppChannel("http://127.0.0.1:9", "12345", "kunci", patience=1))
    message = queue()
    work()
    assert fresh(message).status is MessageStatus.WAITING


@pytest.mark.once
def test_by_night_nobodys_phone_rings(house: Gateway) -> None:
    evening = NOON.replace(hour=14, minute=30)  # half past nine
    message = queue(now=evening)
    work(evening)
    assert house.asked == []
    morning = quiet_until(evening, "Asia/Pontianak")
    assert morning is not None
    assert morning.hour == 23
    work(morning)
    assert fresh(message).status is MessageStatus.SENT


def test_only_so_many_leave_in_a_minute(house: Gateway, gateway: tuple[Gateway, str]) -> None:
    set_up(WhatsAppChannel(gateway[1], "12345", "kunci"), a_minute=2)
    for number in range(7):
        queue(f"acara:1:orang:{number}")
    work()
    assert len(house.asked) == 2
    come_back = db.session.scalars(select(Job.run_at).order_by(Job.run_at)).all()
    assert sum(at <= NOON + timedelta(minutes=1) for at in come_back) == 3, "not all at once"
    for minute in range(1, 5):
        work(NOON + timedelta(minutes=minute, seconds=minute))
    assert len(house.asked) == 7


def test_a_try_that_was_cut_off_is_settled_by_the_report_and_sent_once(
    house: Gateway, client: FlaskClient
) -> None:
    message = queue()
    actions.begin_try(fresh(message), now=NOON)  # the worker is killed after the gateway took it
    work(NOON + timedelta(seconds=5))
    assert house.asked == []
    assert report(client, "sent", biz_opaque_callback_data=f"rukun-{fresh(message).id}").status_code == 204
    work(NOON + timedelta(hours=1))
    assert house.asked == []
    assert fresh(message).status is MessageStatus.SENT


def test_a_try_that_was_cut_off_and_not_reported_is_repeated(house: Gateway) -> None:
    message = queue()
    actions.begin_try(fresh(message), now=NOON)
    work(NOON + timedelta(seconds=5))
    work(NOON + UNSURE + timedelta(seconds=1))
    assert len(house.asked) == 1
    assert fresh(message).status is MessageStatus.SENT


def test_reports_say_what_arrived_and_what_did_not(house: Gateway, client: FlaskClient) -> None:
    message = queue()
    work()
    report(client, "delivered")
    assert fresh(message).delivered_at is not None
    report(client, "failed", errors=[{"code": 131026, "title": "Undeliverable"}])
    assert fresh(message).status is MessageStatus.FAILED
    assert fresh(message).last_error == "131026 Undeliverable"


@pytest.mark.once
def test_a_report_without_the_right_signature_is_refused(house: Gateway, client: FlaskClient) -> None:
    message = queue()
    work()
    assert report(client, "failed", secret="lain").status_code == 403
    assert client.post("/pengait/whatsapp", json={}).status_code == 403
    assert fresh(message).status is MessageStatus.SENT


@pytest.mark.once
@pytest.mark.parametrize("value", [None, [], {"statuses": "x"}, {"statuses": [{"status": "sent", "id": 7}]}])
def test_nonsense_with_the_right_signature_changes_nothing(
    house: Gateway, client: FlaskClient, value: Any
) -> None:
    assert hear(client, value).status_code == 204


@pytest.mark.once
def test_the_address_proves_itself_once(house: Gateway, client: FlaskClient) -> None:
    right = {"hub.mode": "subscribe", "hub.verify_token": "bukti", "hub.challenge": "1158"}
    assert client.get("/pengait/whatsapp", query_string=right).data == b"1158"
    assert client.get("/pengait/whatsapp", query_string={**right, "hub.verify_token": "x"}).status_code == 404


@pytest.mark.once
def test_without_a_secret_there_is_no_such_address(app: Flask, client: FlaskClient) -> None:
    assert client.post("/pengait/whatsapp", json={}).status_code == 404
    assert client.get("/pengait/whatsapp").status_code == 404


@pytest.mark.once
def test_what_is_wanted_follows_from_weight_and_wish() -> None:
    wanted = {(weight, wish) for weight in Weight for wish in Wish if is_wanted(weight, wish)}
    assert wanted == {
        (Weight.NEEDED, Wish.ALL),
        (Weight.EXTRA, Wish.ALL),
        (Weight.NEEDED, Wish.NEEDED),
    }


def test_one_wish_holds_for_every_message_to_a_number(app: Flask, client: FlaskClient) -> None:
    message = queue()
    page = f"/pesan-saya/{message.preference_code}"
    assert fill(client, page, {"wish": "perlu"}).status_code == 303
    assert queue("lain:1", weight=Weight.EXTRA).status is MessageStatus.CANCELLED
    assert queue("lain:2").status is MessageStatus.WAITING
    assert fill(client, page, {"wish": "tidak"}).status_code == 303
    assert fresh(message).status is MessageStatus.CANCELLED
    assert queue("lain:3").status is MessageStatus.CANCELLED
    assert client.get("/pesan-saya/tidak-ada").status_code == 404
    assert client.get(f"{page}/berhenti").status_code == 303
    assert client.post(f"{page}", data={"wish": "lain"}).status_code == 422


def test_a_mail_program_or_a_word_in_the_chat_ends_all_messages(house: Gateway, client: FlaskClient) -> None:
    code = queue().preference_code
    said = {"messages": [{"from": "6281200000001", "text": {"body": " Berhenti "}}]}
    assert hear(client, said).status_code == 204
    db.session.rollback()
    assert db.session.get_one(MessagePreference, code).wish is Wish.NOTHING
    actions.set_preference(code, wish=Wish.ALL, by_email=False, now=NOON)
    client.post(f"/pesan-saya/{code}/berhenti", data={"List-Unsubscribe": "One-Click"})
    db.session.rollback()
    assert db.session.get_one(MessagePreference, code).wish is Wish.NOTHING


def test_everything_given_up_is_tried_again_with_one_press(house: Gateway, sign_in: Any) -> None:
    unit = make_unit("Polsek Pesan")
    message = queue(unit_id=unit.id)
    actions.note_failed_try(message, error="131026", for_good=True)
    client = sign_in(make_person(Role.PETUGAS, unit=unit))
    assert post(client, "/kelola/pesan/?tahap=gagal", "/gagal/ulang").status_code == 303
    assert fresh(message).status is MessageStatus.WAITING


def test_what_left_long_ago_holds_no_name_and_no_number(house: Gateway) -> None:
    message = queue()
    work()
    assert actions.forget_messages(NOON + timedelta(days=89)) == 0
    assert actions.forget_messages(NOON + timedelta(days=91)) == 1
    gone = fresh(message)
    assert (gone.to_name, gone.phone_sealed, gone.text, gone.status) == ("", None, "", MessageStatus.SENT)


@pytest.mark.once
def test_the_night_is_that_of_the_units_own_clocks(house: Gateway) -> None:
    east = make_unit("Polsek Timur", zone="Asia/Jayapura")
    noon_here_evening_there = NOON.replace(hour=12, minute=30)  # 19.30 in Pontianak, 21.30 in Jayapura
    here = queue("acara:1:orang:1", now=noon_here_evening_there)
    there = queue("acara:1:orang:2", now=noon_here_evening_there, unit_id=east.id)
    work(noon_here_evening_there)
    assert (fresh(here).status, fresh(there).status) == (MessageStatus.SENT, MessageStatus.WAITING)
    work(NOON.replace(hour=21))  # six in the morning there
    assert fresh(there).status is MessageStatus.SENT
