"""The front page, the pages about the portal, and what can be put into other sites."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event as sqlalchemy_event

from app.attendance.models import SeatPool
from app.attendance.rules import KEEP_PHONES
from app.core import clock
from app.core.database import db
from app.events.details import EventStatus
from app.events.queries import public_events
from app.home.queries import front
from app.news.actions.subscriptions import KEPT_UNCONFIRMED
from app.notify.rules import KEEP_MESSAGES
from app.pledges.details import SignWay
from tests.events.factories import make_event, make_venue
from tests.home.factories import fill_index, make_article, make_notice, make_pledge, make_signature
from tests.regions.factories import make_district
from tests.support.html import check_page

MOST_STATEMENTS = 8


@pytest.fixture
def statements(app):
    told = []

    def note(connection, cursor, statement, *_rest):
        if not statement.startswith(("PRAGMA", "BEGIN", "ROLLBACK")):
            told.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    yield told
    sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)


def _fill(rows):
    for number in range(rows):
        event = make_event(f"Acara {number}", starts_at=clock.now() + timedelta(days=1 + number % 20))
        db.session.add(SeatPool(event_id=event.id, capacity=10, taken=3))
        db.session.commit()
        make_article(f"Kabar {number}")
        make_notice(f"Maklumat {number}")
    pledge = make_pledge()
    for way in SignWay:
        make_signature(pledge, way)


def test_a_page_costs_at_most_eight_statements_however_much_there_is(client, statements):
    _fill(12)
    fill_index()
    for path in ("/", "/cari?q=acara", "/sematkan/acara", "/tentang", "/api/v1/events"):
        client.get(path)  # whatever is read once in a process is read here
        statements.clear()
        assert client.get(path).status_code == 200
        assert len(statements) <= MOST_STATEMENTS, "\n".join([path, *statements])


def test_the_next_event_stands_first_with_one_button(client):
    event = make_event("Doa bersama di balai", starts_at=clock.now() + timedelta(days=1), capacity=250)
    db.session.add(SeatPool(event_id=event.id, capacity=250, taken=142))
    db.session.commit()
    make_event("Yang kemudian", starts_at=clock.now() + timedelta(days=3))
    page = check_page(client.get("/"))
    lead = page.select_one(".lead-event")
    assert lead.h2.get_text() == "Doa bersama di balai"
    assert "142 dari 250" in lead.get_text(" ")
    assert [a["href"] for a in lead.select("a.button")] == [f"/acara/{event.slug}/daftar"]
    assert "Yang kemudian" in page.select_one(".rows").get_text(" ")


def test_a_cancelled_event_does_not_lead(client):
    make_event("Batal saja", status=EventStatus.CANCELLED)
    make_event("Tetap ada", starts_at=clock.now() + timedelta(days=9))
    assert check_page(client.get("/")).select_one(".lead-event h2").get_text() == "Tetap ada"


def test_an_event_that_runs_now_is_shown_as_running(client):
    make_event("Sedang jalan", starts_at=clock.now() - timedelta(hours=1))
    assert "Sedang berlangsung" in check_page(client.get("/")).select_one(".lead-event").get_text(" ")


def test_a_draft_is_nowhere_on_the_front_page(client):
    make_event("Rahasia acara", status=EventStatus.DRAFT)
    make_article("Rahasia kabar", published_at=clock.now() + timedelta(hours=1))
    assert "Rahasia" not in client.get("/").get_data(as_text=True)


def test_the_tiles_count_what_comes_in_thirty_days(app):
    make_district(tile_row=3, tile_col=2)
    make_district("61.04.05", tile_row=1, tile_col=1)
    venue = make_venue()
    now = clock.now()
    for days in (1, 29, 31):
        make_event(venue=venue, starts_at=now + timedelta(days=days))
    make_event(venue=venue, status=EventStatus.CANCELLED)
    make_event(venue=venue, status=EventStatus.SUBMITTED)
    counts = {
        tile.name: tile.count
        for tile in front.district_counts(public_events(now), since=now, until=now + front.AHEAD)
    }
    assert counts == {"Delta Pawan": 2, "Sandai": 0}


@pytest.mark.once
def test_each_tile_is_a_link_that_says_its_number(client):
    make_district(tile_row=3, tile_col=2)
    make_event(starts_at=clock.now() + timedelta(days=2))
    tile = check_page(client.get("/")).select_one("ul.tiles a.tile")
    assert tile["href"] == "/wilayah/delta-pawan"
    assert "1 acara" in tile.get_text(" ")


def test_the_ways_of_signing_stand_beside_the_sum(client):
    pledge = make_pledge("Ikrar contoh")
    for way in (SignWay.ONSITE, SignWay.ONSITE, SignWay.PAPER):
        make_signature(pledge, way)
    card = check_page(client.get("/")).select_one(".pledge").get_text(" ", strip=True)
    for words in ("3 tanda tangan warga, semua cara", "2 di tempat", "0 daring", "1 kertas", "0 belum"):
        assert words in card


def test_the_newest_article_leads_the_news(client):
    now = clock.now()
    make_article("Lama", published_at=now - timedelta(days=2))
    make_article("Baru", published_at=now - timedelta(minutes=1))
    assert check_page(client.get("/")).select_one(".story--lead h3").get_text() == "Baru"


@pytest.mark.once
def test_an_empty_house_tells_staff_how_to_begin(client):
    words = check_page(client.get("/")).get_text(" ")
    assert "portal ini masih kosong" in words
    assert "Belum ada acara" in words


def test_once_there_is_a_draft_the_hint_is_gone(client):
    make_event(status=EventStatus.DRAFT)
    assert "masih kosong" not in client.get("/").get_data(as_text=True)


def test_the_page_grows_old_when_the_next_event_begins(app):
    now = clock.now()
    starts = now + timedelta(hours=1)
    make_event(starts_at=starts)
    assert front.pledge_now(now).next_change == starts
    assert front.next_change(now) == starts


@pytest.mark.once
@pytest.mark.parametrize(
    "path", ["/tentang", "/privasi", "/aksesibilitas", "/laporkan", "/laporkan/terima-kasih"]
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_pages_about_the_portal_are_sound(client, path, lang):
    assert check_page(client.get(f"{path}?lang={lang}"))


@pytest.mark.once
def test_what_is_kept_and_where_to_ask_for_it_are_named(client):
    page = " ".join(BeautifulSoup(client.get("/privasi").data, "html5lib").get_text(" ").split())
    for sentence in (
        f"{KEEP_PHONES.days} hari setelah acara selesai",
        f"{KEEP_MESSAGES.days} hari setelah dikirim",
        f"bila tidak pernah Anda pastikan: {KEPT_UNCONFIRMED.days} hari",
    ):
        assert sentence in page
    links = {
        link["href"] for link in BeautifulSoup(client.get("/privasi").data, "html5lib").select("main a[href]")
    }
    assert {"/data-saya", "/langganan"} <= links


@pytest.mark.once
def test_other_sites_may_frame_only_the_embedded_list(client):
    make_event("Doa bersama")
    embedded = client.get("/sematkan/acara")
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    links = BeautifulSoup(embedded.data, "html5lib").select("main a")
    assert all(link["target"] == "_blank" for link in links)
    assert all(link["href"].startswith("http://localhost/") for link in links)
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["jumlah=x", "jumlah=-1", "jumlah=99999999", "jumlah=²", "kecamatan='--"])
def test_the_embedded_list_bears_any_argument(client, query):
    assert client.get(f"/sematkan/acara?{query}").status_code == 200
