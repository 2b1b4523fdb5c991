import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.news.actions import mark_stale_releases
from app.news.models import Article
from app.news.queries import differences_of
from app.news.rules.lengths import WEB_WORDS, WHATSAPP_CHARACTERS, lengths_of
from app.news.rules.release_facts import Difference, differences, facts_of
from tests.events.factories import make_event
from tests.news.factories import make_article
from tests.news.test_release import EVENING
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import post
from tests.support.html import check_page


@pytest.fixture
def unit(app):
    return make_unit("Polsek Rilis")


@pytest.fixture
def writer(unit):
    return make_person(Role.PENULIS, unit=unit)


def draft_from(client, event):
    page = client.get("/kelola/berita/baru").text
    token = BeautifulSoup(page, "html5lib").find("input", {"name": "csrf_token"})["value"]
    client.post(f"/kelola/berita/dari-acara/{event.id}", data={"csrf_token": token})
    return db.session.query(Article).order_by(Article.id.desc()).first()


def test_a_changed_figure_of_the_record_is_named():
    before = facts_of(EVENING)
    now = facts_of(replace(EVENING, present=(EVENING.present or 0) + 7))
    [changed] = differences(before, now)
    assert changed.name == "jumlah hadir"
    assert changed.before != changed.now


def test_what_the_record_gained_and_lost_is_named():
    assert differences({"tema": "Rukun"}, {"hasil": "Damai"}) == [
        Difference("tema", "Rukun", ""),
        Difference("hasil", "", "Damai"),
    ]


def test_a_correction_of_the_event_marks_its_release_until_somebody_compared_it(sign_in, unit, writer):
    event = make_event("Doa bersama contoh", unit=unit)
    client = sign_in(writer)
    article = draft_from(client, event)
    now = clock.now()
    mark_stale_releases(now)
    assert article.stale_at is None
    event.theme = "Tema yang diperbaiki"
    db.session.commit()
    mark_stale_releases(now)
    assert article.stale_at == now
    page = f"/kelola/berita/{article.id}"
    shown = check_page(client.get(page)).find(id="catatan-acara").text
    assert "Tema yang diperbaiki" in shown
    assert "Catatan acara berubah" in client.get("/kelola/berita/").text
    assert post(client, page, "/cocokkan").status_code == 303
    db.session.refresh(article)
    assert (article.stale_at, differences_of(article)) == (None, [])
    mark_stale_releases(now + timedelta(minutes=5))
    assert article.stale_at is None


def test_the_three_lengths_keep_whole_paragraphs():
    lines = [f"Paragraf {number} " + "kata " * 60 for number in range(8)]
    made = lengths_of(
        title="Judul", subtitle="Sub", lines=lines, unit="Polsek Contoh", address="https://x.id/a"
    )
    assert all(line in made.media for line in lines)
    assert len(made.web.split()) <= WEB_WORDS + 10
    assert made.web.endswith("https://x.id/a")
    assert made.whatsapp.startswith("*Judul*")
    assert len(made.whatsapp) < WHATSAPP_CHARACTERS + 100


def test_the_release_lies_ready_in_three_lengths_and_on_the_letterhead(sign_in, unit, writer):
    body = "<p>KETAPANG – Paragraf satu.</p><h2>Latar</h2><ul><li>butir</li></ul><p>#tag_ [x] $y$</p>"
    article = make_article("Judul rilis contoh", unit=unit, body=body)
    client = sign_in(writer)
    page = check_page(client.get(f"/kelola/berita/{article.id}/rilis"))
    assert f"/berita/{article.slug}" in page.find(id="wa").text
    answer = client.get(f"/kelola/berita/{article.id}/rilis.pdf")
    assert answer.content_type == "application/pdf"
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(answer.data)).pages)
    for words in ("POLSEK RILIS", "SIARAN PERS", "Judul rilis contoh", "Paragraf satu.", "#tag_ [x] $y$"):
        assert words in text
    assert "BELUM UNTUK DISIARKAN" not in text
    stranger = sign_in(make_person(Role.PENULIS, unit=make_unit("Polsek Jauh")))
    assert stranger.get(f"/kelola/berita/{article.id}/rilis.pdf").status_code == 404


def test_the_moment_of_a_record_is_told_on_the_units_clocks():
    facts = facts_of(
        replace(EVENING, starts_at=datetime(2024, 11, 20, 12, 30, tzinfo=UTC), zone="Asia/Makassar")
    )
    assert "pukul 20.30 WITA" in facts["waktu mulai"]
