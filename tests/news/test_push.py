"""Web push: a push service played by a server on loopback, which reads nothing, and a browser that does."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import select

from app.core import clock, crypto, jobs
from app.core.database import db
from app.core.jobs import Job
from app.news.actions import tell_subscribers
from app.news.details import Topic
from app.news.models import Subscription
from app.notify import actions
from app.notify.details import Channel, MessageStatus
from app.notify.jobs import PushChannel, use_channels
from app.notify.models import OutboxMessage
from app.notify.rules import is_push_service
from tests.news.factories import make_article
from tests.support.forms import fill
from tests.support.html import check_page

DAY = datetime(2026, 11, 25, 3, tzinfo=UTC)  # ten in the morning on the clocks of Ketapang
NIGHT = datetime(2026, 11, 25, 15, tzinfo=UTC)


def coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Service:
    """What the push service answers next, and what it was given."""

    origin: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    given: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


class Phone:
    """A browser that has agreed: it alone reads what is sent to its endpoint."""

    def __init__(self, origin: str, name: str = "ponsel") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.sent = {"endpoint": f"{origin}/kirim/{name}", "p256dh": coded(point), "auth": coded(self.secret)}

    def reads(self, body: bytes) -> dict[str, str]:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        told: dict[str, str] = json.loads(plain)
        return told


@pytest.fixture
def service(app: Flask) -> Iterator[Service]:
    """A push service, and a house that knows it."""
    here = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.given.append(
                (self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            )
            status, headers = here.answers.pop(0) if here.answers else (201, {})
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    before = app.config["PUSH_SERVICES"]
    app.config["PUSH_SERVICES"] = here.origin
    use_channels({Channel.PUSH: PushChannel("http://localhost", [here.origin], patience=5)})
    actions.configure(mail=False, push=True)
    yield here
    app.config["PUSH_SERVICES"] = before
    actions.configure(mail=False)
    use_channels({})
    server.shutdown()
    thread.join()
    server.server_close()


def follow(client, phone, **given):
    return client.post("/langganan/perangkat", data={**phone.sent, "digest": "segera", **given})


def publish_and_tell(title="Jembatan dibuka", at=None, **given):
    """An article appears after everybody was told last; its messages are queued. When."""
    now = at or clock.now() + timedelta(minutes=5)
    db.session.execute(db.update(Subscription).values(told_until=now - timedelta(minutes=5)))
    db.session.commit()
    make_article(title, published_at=now - timedelta(minutes=1), **given)
    site = "http://localhost"
    tell_subscribers(
        now,
        article_address=lambda slug: f"{site}/berita/{slug}",
        manage_address=lambda code: f"{site}/langganan/{code}",
    )
    return now


def message():
    return db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()


def test_a_phone_that_follows_is_sent_what_only_it_can_read(client, service):
    phone = Phone(service.origin)
    address = follow(client, phone).get_json()["address"]
    page = check_page(client.get(address))
    assert "Langganan di perangkat ini berjalan" in page.text
    publish_and_tell(at=DAY)
    jobs.run_due(lambda: DAY)
    [(path, headers, body)] = service.given
    assert path == "/kirim/ponsel"
    assert b"Jembatan" not in body
    told = phone.reads(body)
    assert told["title"] == "Jembatan dibuka"
    assert told["link"].startswith("http://localhost/berita/jembatan-dibuka")
    assert told["leave"] == f"http://localhost{address}/berhenti"
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "86400")
    db.session.rollback()
    assert message().status is MessageStatus.SENT
    assert client.post(f"{address}/berhenti").status_code == 303  # the button on the notice itself
    assert db.session.query(Subscription).count() == 0


def test_what_is_sent_is_signed_with_the_key_the_page_gives_to_browsers(client, service):
    page = check_page(client.get("/langganan"))
    given = page.select_one("[data-key]")["data-key"]
    assert given == crypto.push_public_key()
    follow(client, Phone(service.origin))
    publish_and_tell(at=DAY)
    jobs.run_due(lambda: DAY)
    kind, _blank, words = service.given[0][1]["authorization"].partition(" ")
    token, key = (part.partition("=")[2] for part in words.split(","))
    assert (kind, key) == ("vapid", given)
    head, claims, signature = token.split(".")
    assert json.loads(decoded(claims))["aud"] == service.origin
    halves = decoded(signature)
    signed = encode_dss_signature(int.from_bytes(halves[:32]), int.from_bytes(halves[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    public.verify(signed, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_wants_no_more_is_forgotten_and_nobody_is_troubled(client, service, status):
    follow(client, Phone(service.origin, "pergi"))
    follow(client, Phone(service.origin, "tinggal"))
    publish_and_tell(at=DAY)
    service.answers.append((status, {}))
    jobs.run_due(lambda: DAY)
    db.session.rollback()
    assert db.session.query(Subscription).count() == 1
    states = db.session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id))
    assert list(states) == [MessageStatus.CANCELLED, MessageStatus.SENT]
    assert db.session.query(OutboxMessage).filter(OutboxMessage.push_sealed.is_not(None)).count() == 1


@pytest.mark.parametrize(
    ("status", "headers", "state"),
    [
        (429, {"Retry-After": "120"}, MessageStatus.WAITING),
        (503, {}, MessageStatus.WAITING),
        (302, {"Location": "http://127.0.0.1:1/"}, MessageStatus.FAILED),
        (413, {}, MessageStatus.FAILED),
    ],
)
def test_a_busy_service_is_asked_again_and_a_refusal_is_seen_by_staff(
    client, service, status, headers, state
):
    follow(client, Phone(service.origin))
    publish_and_tell(at=DAY)
    service.answers.append((status, headers))
    jobs.run_due(lambda: DAY)
    db.session.rollback()
    assert message().status is state
    assert db.session.query(Subscription).count() == 1
    if state is MessageStatus.WAITING:
        assert jobs.run_due(lambda: DAY) == 0  # not at once
        jobs.run_due(lambda: DAY + timedelta(minutes=3))
        assert len(service.given) == 2


def test_no_phone_rings_at_night(client, service):
    follow(client, Phone(service.origin))
    publish_and_tell(at=NIGHT)
    jobs.run_due(lambda: NIGHT)
    assert service.given == []
    morning = db.session.scalars(select(Job.run_at)).one()
    jobs.run_due(lambda: morning)
    assert len(service.given) == 1


def test_asking_again_changes_what_one_phone_follows(client, service):
    phone = Phone(service.origin)
    first = follow(client, phone).get_json()
    assert follow(client, phone, topics=[Topic.TRAFFIC.value]).get_json() == first
    row = db.session.query(Subscription).one()
    assert row.topics == [Topic.TRAFFIC.value]
    assert phone.sent["endpoint"].encode() not in row.address_sealed
    publish_and_tell("Topik lain", at=DAY, topic=Topic.SOCIAL)
    assert message() is None
    other = fill(client, first["address"], {"digest": "harian"})
    assert other.status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://contoh.id/kirim"},
        {"endpoint": "http://169.254.169.254/"},
        {"endpoint": ""},
        {"p256dh": coded(b"\x04" + bytes(64))},
        {"p256dh": "bukan kunci"},
        {"auth": "pendek"},
        {"digest": "kadang"},
        {"topics": "karangan"},
    ],
)
def test_what_no_browser_would_send_is_refused(client, service, wrong):
    answer = follow(client, Phone(service.origin), **wrong)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]
    assert db.session.query(Subscription).count() == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com.contoh.id/", False),
        ("https://contohfcm.googleapis.com@127.0.0.1/", False),
        ("https://fcm.googleapis.com:8443/", False),
        ("https://[", False),
        ("file:///etc/passwd", False),
        ("http://127.0.0.1:9000/x", True),
        ("http://127.0.0.1:90001/x", False),
    ],
)
def test_only_known_push_services_are_ever_called(endpoint, known):
    services = ["fcm.googleapis.com", "push.services.mozilla.com", "http://127.0.0.1:9000"]
    assert is_push_service(endpoint, services) is known


def test_one_network_address_cannot_fill_the_table(client, service, monkeypatch):
    monkeypatch.setattr("app.news.actions.subscriptions.MOST_ASKED_AN_HOUR", 2)
    answers = [follow(client, Phone(service.origin, f"p{number}")).status_code for number in range(3)]
    assert answers == [200, 200, 429]


def test_without_the_library_the_page_says_so(app, client):
    actions.configure(mail=False)
    page = check_page(client.get("/langganan"))
    assert page.select_one("[data-module=push]") is None
    assert "belum dapat mengirim e-mail atau pemberitahuan" in page.text
    assert client.post("/langganan/perangkat", data=Phone("https://contoh.id").sent).status_code == 404
