"""Finding what is public: on both databases the same."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.database import db
from app.events.details import EventStatus
from app.home import jobs
from app.home.actions import follow_changes, rebuild_index
from app.home.details import DocumentKind
from app.home.models import SearchDocument
from app.home.queries import search
from app.home.queries.search import find
from app.home.rules.words import mark, terms_of
from app.news.details import ItemStatus
from app.pledges.details import PledgeStatus
from app.regions.models import unit_districts
from app.web.pages import label
from tests.events.factories import make_event, make_venue
from tests.home.factories import fill_index, make_article, make_notice, make_pledge
from tests.regions.factories import make_district, make_unit
from tests.support.html import check_page


def titles(typed, **more):
    return [hit.title for hit in find(terms_of(typed), clock.now(), **more).hits]


@pytest.mark.parametrize("typed", ["doa", "mendoakan", "berdoa", "didoakan", "DOA", "do", "doa bers"])
def test_every_form_finds_the_same(app, typed):
    make_event("Doa bersama di Sandai")
    fill_index()
    assert titles(typed) == ["Doa bersama di Sandai"]


def test_all_words_must_be_there(app):
    make_event("Doa bersama")
    make_event("Rapat koordinasi")
    fill_index()
    assert titles("doa rapat") == []


def test_all_four_kinds_are_found_and_narrowed(app):
    make_event("Damai di acara")
    make_pledge("Damai di ikrar")
    make_article("Damai di berita")
    make_notice("Damai di pengumuman")
    fill_index()
    found = find(terms_of("perdamaian"), clock.now())
    assert found.counts == dict.fromkeys(DocumentKind, 1)
    assert titles("damai", kind=DocumentKind.PLEDGE) == ["Damai di ikrar"]


def test_results_are_narrowed_to_one_kecamatan(client):
    here, there = make_district("61.04.05"), make_district()
    make_event("Damai di acara", venue=make_venue("Balai Sandai", district_code=here.code))
    make_article("Damai di berita", districts=[here])
    make_notice("Damai di pengumuman", districts=[here])
    make_pledge("Damai di ikrar", unit=make_unit("Polsek Sandai", districts=[here]))
    for make in (make_event, make_article, make_notice, make_pledge):
        make("Damai di tempat lain")
    make_article("Damai di dua tempat", districts=[here, there])
    fill_index()
    found = find(terms_of("damai"), clock.now(), district=here.code)
    assert found.counts == {**dict.fromkeys(DocumentKind, 1), DocumentKind.ARTICLE: 2}
    page = check_page(client.get("/cari?q=damai&kecamatan=sandai&urut=terbaru"))
    assert "tempat lain" not in page.select_one(".results").text
    form = page.select_one("form.filters")
    kept = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert kept == {"q": "damai", "urut": "terbaru"}
    assert form.select_one("option[selected]")["value"] == "sandai"
    assert len(check_page(client.get("/cari?q=damai&kecamatan=karangan")).select(".results > li")) == 9


def test_narrowing_reaches_behind_the_newest(client, monkeypatch):
    monkeypatch.setattr(search, "MOST_CANDIDATES", 3)
    here, now = make_district("61.04.05"), clock.now()
    make_pledge("Damai di ikrar lama", unit=make_unit("Polsek Sandai", districts=[here]))
    long_ago = now - timedelta(days=800)
    make_article("Damai di berita lama", districts=[here], published_at=long_ago)
    fill_index()
    for number in range(4):
        make_notice(f"Damai di pengumuman {number}")
    fill_index()
    assert titles("damai", newest_first=True) == [f"Damai di pengumuman {number}" for number in (3, 2, 1)]
    assert titles("damai", kind=DocumentKind.PLEDGE) == ["Damai di ikrar lama"]
    assert titles("damai", year=long_ago.year) == ["Damai di berita lama"]
    assert set(titles("damai", district=here.code)) == {"Damai di ikrar lama", "Damai di berita lama"}
    found = find(terms_of("damai"), now, kind=DocumentKind.PLEDGE)
    assert not found.capped, "all pledges are shown"
    page = check_page(client.get("/cari?q=damai"))
    assert [tab.text.strip() for tab in page.select("nav.tabs a")] == [
        "Semua",
        *(str(label(each)) for each in DocumentKind),
    ]
    assert str(long_ago.year) in page.select_one("p.actions").text


def test_a_unit_that_takes_on_a_kecamatan_is_found_by_it_at_once(app):
    here, unit = make_district("61.04.05"), make_unit("Polsek Sandai")
    make_pledge("Damai di ikrar", unit=unit)
    fill_index()
    assert titles("damai", district=here.code) == []
    db.session.execute(unit_districts.insert().values(unit_id=unit.id, region_code=here.code))
    db.session.commit()
    assert titles("damai", district=here.code) == ["Damai di ikrar"]


def test_nobody_can_type_a_mark(app):
    make_article("Damai")
    fill_index()
    assert titles(mark("berita")) == [] == titles(str(clock.now().year))


def test_nothing_in_one_kecamatan_offers_all_of_them(client):
    make_district("61.04.05")
    make_event("Doa bersama")
    fill_index()
    page = check_page(client.get("/cari?q=doa&kecamatan=sandai"))
    way_out = page.find("a", string="Cari di semua kecamatan")
    assert check_page(client.get(way_out["href"])).select(".results > li")


def test_a_word_in_the_title_comes_first(app):
    make_article("Kabar pagi", body="<p>Warga gotong royong.</p>")
    make_article("Gotong royong di balai", body="<p>Isi lain.</p>")
    fill_index()
    assert titles("gotong") == ["Gotong royong di balai", "Kabar pagi"]


def test_what_is_not_public_is_not_found(app):
    now = clock.now()
    make_event("Rahasia satu", status=EventStatus.DRAFT)
    make_event("Rahasia dua", published_at=now + timedelta(hours=1))
    make_article("Rahasia tiga", published_at=now + timedelta(hours=1))
    make_article("Rahasia empat", status=ItemStatus.WITHDRAWN)
    make_pledge("Rahasia lima", status=PledgeStatus.DRAFT)
    make_notice("Rahasia enam", status=ItemStatus.SUBMITTED)
    fill_index()
    assert titles("rahasia") == []


def test_a_scheduled_article_is_found_from_its_moment_on(app):
    now = clock.now()
    make_article("Kabar terjadwal", published_at=now + timedelta(hours=1))
    fill_index()
    later = find(terms_of("terjadwal"), now + timedelta(hours=1, minutes=1))
    assert [hit.title for hit in later.hits] == ["Kabar terjadwal"]


def test_a_withdrawn_thing_is_gone_at_once_though_the_index_still_holds_it(app):
    article = make_article("Kabar keliru")
    fill_index()
    article.status = ItemStatus.WITHDRAWN
    db.session.commit()
    assert titles("keliru") == []


def test_a_changed_title_is_followed(app):
    event = make_event("Nama lama")
    fill_index()
    event.title, event.changed_at = "Nama segar", clock.now() + timedelta(seconds=1)
    db.session.commit()
    assert follow_changes(clock.now()) == 1
    assert titles("segar") == ["Nama segar"]
    assert titles("lama") == []


def test_following_again_touches_nothing(app):
    make_event()
    fill_index()
    assert follow_changes(clock.now()) == 0


def test_what_is_gone_leaves_the_index(app):
    event = make_event("Sementara saja")
    fill_index()
    event.status = EventStatus.WITHDRAWN
    db.session.commit()
    fill_index()
    assert db.session.query(SearchDocument).count() == 0


def test_rebuilding_gives_the_same_index(app):
    make_event("Doa bersama")
    make_article("Kabar doa")
    fill_index()
    assert rebuild_index(clock.now()) == 2
    assert sorted(titles("doa")) == ["Doa bersama", "Kabar doa"]


def test_the_job_reads_nothing_while_nothing_changed(app, monkeypatch):
    jobs.reindex(clock.now())
    monkeypatch.setattr("app.home.actions.follow_changes", lambda now: pytest.fail("read for nothing"))
    jobs.reindex(clock.now())


def test_a_session_that_names_candidates_is_not_searched(app):
    event = make_event("Deklarasi damai")
    event_id = event.id
    from app.events.details import EventKind, ItemKind  # noqa: PLC0415
    from app.events.models import EventSession, ProgrammeItem  # noqa: PLC0415

    session = EventSession(
        event_id=event_id,
        position=0,
        title="Paslon Rekaan",
        kind=EventKind.DECLARATION,
        names_candidates=True,
    )
    db.session.add(session)
    db.session.flush()
    db.session.add(
        ProgrammeItem(
            event_id=event_id,
            session_id=session.id,
            position=0,
            title="Sambutan Rekaan",
            kind=ItemKind.SPEECH,
            minutes=5,
        )
    )
    db.session.commit()
    fill_index()
    assert titles("rekaan") == []


def test_the_page_marks_the_hits(client):
    make_event("Doa bersama di Sandai")
    fill_index()
    page = check_page(client.get("/cari?q=mendoakan"))
    assert [mark.get_text() for mark in page.select(".results h2 mark")] == ["Doa"]


def test_markup_in_a_title_stays_text(client):
    make_event("Doa <script>alert(1)</script>")
    fill_index()
    assert b"<script>alert" not in client.get("/cari?q=doa").data


def test_nothing_found_offers_other_ways(client):
    make_event("Doa bersama")
    fill_index()
    page = check_page(client.get("/cari?q=doa+zzzz+delta"))
    words = page.get_text(" ")
    assert "Tidak ada yang cocok" in words
    assert "Kecamatan Delta Pawan" in words
    assert page.select_one('a[href="/cari?q=doa"]')


def test_an_empty_search_says_what_to_type(client):
    assert "mendoakan" in check_page(client.get("/cari")).get_text(" ")


def test_pages_of_results_lead_on(client):
    for number in range(25):
        make_event(f"Doa ke {number}")
    fill_index()
    first = BeautifulSoup(client.get("/cari?q=doa").data, "html5lib")
    assert len(first.select(".results > li")) == 20
    second = BeautifulSoup(client.get(first.select_one("a[rel=next]")["href"]).data, "html5lib")
    assert len(second.select(".results > li")) == 5


@given(
    q=st.text(max_size=150),
    kind=st.sampled_from(["", "acara", "x", "' OR 1=1"]),
    page=st.text(max_size=5) | st.sampled_from(["0", "-1", "999", "²"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_input_breaks_the_search(client, q, kind, page):
    answer = client.get("/cari", query_string={"q": q, "jenis": kind, "halaman": page})
    assert answer.status_code in ({400} if "\x00" in q + page else {200})


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "doa OR", "NEAR(", "a* b*", "-doa", "title_stems:doa", "doa & !x", "(((", "AND"],
)
def test_signs_of_the_query_languages_are_just_text(client, typed):
    make_event("Doa bersama")
    fill_index()
    assert client.get("/cari", query_string={"q": typed}).status_code == 200
