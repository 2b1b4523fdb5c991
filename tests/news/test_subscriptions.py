from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.core.database import db
from app.news.actions import (
    confirm_subscription,
    forget_unconfirmed,
    tell_subscribers,
)
from app.news.details import Topic
from app.news.models import Subscription
from app.news.rules.subscribing import is_digest_due, is_wanted
from app.notify.jobs import SmtpChannel
from app.notify.models import OutboxMessage
from tests.news.factories import make_article
from tests.regions.factories import make_district
from tests.support.forms import errors_in, fill
from tests.support.html import check_page

ADDRESS = "warga@contoh.id"


@pytest.fixture
def mailing(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_HOST", "log")
    return app


def ask(client, **given):
    return fill(client, "/langganan", {"email": ADDRESS, "digest": "segera", **given})


def tell(now):
    return tell_subscribers(now, article_address="/berita/{}".format, manage_address="/langganan/{}".format)


def mails(about):
    query = db.session.query(OutboxMessage).filter(OutboxMessage.cause == f"news:subscription:{about}")
    return [message.text for message in query.order_by(OutboxMessage.id)]


def test_nothing_is_sent_before_the_owner_of_the_address_pressed_a_button(mailing, client):
    assert ask(client).status_code == 303
    row = db.session.query(Subscription).one()
    assert ADDRESS.encode() not in row.address_sealed
    assert f"/langganan/{row.code}" in mails("asked")[0]
    make_article("Sesudah diminta", published_at=clock.now() + timedelta(seconds=1))
    check_page(client.get(f"/langganan/{row.code}"))  # as a mail program does by itself
    assert tell(clock.now() + timedelta(minutes=1)) == 0
    assert fill(client, f"/langganan/{row.code}", action="/setuju").status_code == 303
    check_page(client.get(f"/langganan/{row.code}"))
    now = clock.now() + timedelta(minutes=5)
    make_article("Sesudah dipastikan", published_at=now)
    assert tell(now + timedelta(minutes=1)) == 1
    assert "Sesudah dipastikan" in mails("told")[0]
    assert tell(now + timedelta(minutes=2)) == 0


def test_ending_takes_one_tap_and_forgets_the_address(mailing, client):
    ask(client)
    code = db.session.query(Subscription).one().code
    page = f"/langganan/{code}"
    # under "no-referrer" browsers send "Origin: null" with a form, and the portal would refuse its own buttons
    assert client.get(page).headers["Referrer-Policy"] == "same-origin"
    assert client.get(f"{page}/berhenti").headers["Location"] == page
    assert fill(client, page, action="/berhenti").status_code == 303
    assert db.session.query(Subscription).count() == 0
    assert client.post(f"{page}/berhenti").status_code == 303
    assert client.get(page).status_code == 404
    check_page(client.get("/langganan/berhenti"))


def test_the_mail_programs_own_button_ends_this_subscription_alone(mailing, client):
    ask(client)
    row = db.session.query(Subscription).one()
    confirm_subscription(row, now=clock.now())
    soon = clock.now() + timedelta(minutes=5)
    make_article("Jalan dibuka", published_at=soon)
    assert tell(soon + timedelta(minutes=1)) == 1
    message = db.session.query(OutboxMessage).filter_by(cause="news:subscription:told").one()
    letter = SmtpChannel("localhost", 25, "rukun@contoh.id").letter(message, "http://localhost/pesan-saya/x")
    assert letter["List-Unsubscribe"] == f"</langganan/{row.code}/berhenti>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "pesan-saya" not in letter.get_content()
    body = {"List-Unsubscribe": "One-Click"}  # as RFC 8058 has it sent: no cookie, no origin
    assert client.post(f"/langganan/{row.code}/berhenti", data=body).status_code == 303
    assert db.session.query(Subscription).count() == 0


def test_the_answer_tells_nobody_who_follows_already(mailing, client):
    first = ask(client)
    confirm_subscription(db.session.query(Subscription).one(), now=clock.now())
    again = ask(client, topics=["lalu-lintas"])
    assert (first.status_code, first.headers["Location"]) == (again.status_code, again.headers["Location"])
    row = db.session.query(Subscription).one()
    assert (row.topics, row.confirmed_at is not None) == ([], True)  # a stranger cannot change it
    check_page(client.get(again.headers["Location"]))


def test_one_address_gets_at_most_three_such_mails_a_day(mailing, client):
    for _each in range(5):
        assert ask(client).status_code == 303
    assert len(mails("asked")) == 3


def test_topics_and_pace_can_be_changed(mailing, client):
    ask(client)
    row = db.session.query(Subscription).one()
    page = f"/langganan/{row.code}"
    assert fill(client, page, {"topics": ["lalu-lintas"], "digest": "harian"}).status_code == 303
    db.session.refresh(row)
    assert (row.topics, row.digest) == (["lalu-lintas"], True)
    assert client.post(page, data={"topics": "x", "digest": "harian"}).status_code == 422


@pytest.mark.parametrize("typed", ["", "bukan", "a@b", "x" * 200 + "@contoh.id", "a b@contoh.id"])
def test_an_address_that_cannot_be_is_refused_beside_the_field(mailing, client, typed):
    answer = ask(client, email=typed)
    assert answer.status_code == 422
    assert errors_in(answer)
    assert db.session.query(Subscription).count() == 0


def test_without_a_mail_server_the_page_says_so(client):
    page = check_page(client.get("/langganan"))
    assert "belum dapat mengirim e-mail" in page.text
    assert client.post("/langganan", data={"email": ADDRESS}).status_code == 404


def test_who_never_answered_is_forgotten_after_a_week(mailing, client):
    ask(client)
    forget_unconfirmed(clock.now() + timedelta(days=6))
    assert db.session.query(Subscription).count() == 1
    forget_unconfirmed(clock.now() + timedelta(days=8))
    assert db.session.query(Subscription).count() == 0


def test_only_what_is_followed_is_told(mailing, client):
    place = make_district()
    ask(client, topics=["lalu-lintas"], districts=[place.code])
    row = db.session.query(Subscription).one()
    row.districts = [place.code]
    db.session.commit()
    confirm_subscription(row, now=clock.now())
    soon = clock.now() + timedelta(minutes=1)
    make_article("Topik lain", topic=Topic.SOCIAL, published_at=soon)
    make_article("Topik ini di sini", topic=Topic.TRAFFIC, districts=(place.code,), published_at=soon)
    assert tell(soon + timedelta(minutes=1)) == 1
    [text] = mails("told")
    assert "Topik ini di sini" in text
    assert "Topik lain" not in text


@pytest.mark.parametrize(
    ("article", "wanted", "told"),
    [
        ((None, []), ([], []), True),
        ((None, []), (["sosial"], []), False),
        (("sosial", ["a"]), (["sosial"], ["a", "b"]), True),
        (("sosial", ["a"]), (["sosial"], ["b"]), False),
        (("sosial", []), (["sosial"], ["b"]), True),
    ],
)
def test_topics_and_places_are_matched(article, wanted, told):
    (topic, districts), (topics_wanted, districts_wanted) = article, wanted
    matched = is_wanted(
        topic=topic, districts=districts, topics_wanted=topics_wanted, districts_wanted=districts_wanted
    )
    assert matched is told


def test_a_digest_comes_once_a_day_in_the_morning_of_the_unit():
    told = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # 06.30 WIB on the 25th
    zone = "Asia/Jakarta"
    assert not is_digest_due(told, now=datetime(2026, 11, 25, 12, tzinfo=UTC), zone=zone)
    assert not is_digest_due(told, now=datetime(2026, 11, 25, 22, 30, tzinfo=UTC), zone=zone)
    assert is_digest_due(told, now=datetime(2026, 11, 25, 23, 5, tzinfo=UTC), zone=zone)


def test_one_network_address_cannot_fill_many_mailboxes(mailing, client, monkeypatch):
    monkeypatch.setattr("app.news.actions.subscriptions.MOST_ASKED_AN_HOUR", 2)
    answers = [ask(client, email=f"warga{number}@contoh.id") for number in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len(mails("asked")) == 2
