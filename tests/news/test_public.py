import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event as listen

from app.almanac.details import StageKind
from app.almanac.models import Election, ElectionStage
from app.core import cache, clock
from app.core.database import db
from app.news.details import ItemStatus, Topic, Urgency
from tests.media.factories import make_photo
from tests.news.factories import make_article, make_notice
from tests.regions.factories import make_district
from tests.support.html import check_page


class Statements:
    """Counts what is sent to the database, transaction words aside."""

    def __enter__(self):
        self.sent = []
        listen.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def _note(self, connection, cursor, statement, *rest):
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            self.sent.append(statement)

    def __exit__(self, *error):
        listen.remove(db.engine, "before_cursor_execute", self._note)


def quiet_now(hours: int = 24):
    election = Election(name="Pemilihan rekaan", kind="pilkada", invented=True)
    db.session.add(election)
    db.session.flush()
    now = clock.now()
    db.session.add(
        ElectionStage(
            election_id=election.id,
            kind=StageKind.MASA_TENANG,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=hours),
        )
    )
    db.session.commit()
    cache.bump()


def test_the_list_shows_published_articles_newest_first(client):
    old = make_article("Berita lama", published_at=clock.now() - timedelta(days=2))
    new = make_article("Berita baru")
    make_article("Masih konsep", status=ItemStatus.DRAFT, published_at=None)
    page = check_page(client.get("/berita/"))
    titles = [link.get_text() for link in page.select(".story h2 a")]
    assert titles == [new.title, old.title]


def test_an_empty_list_says_what_to_do(client):
    page = check_page(client.get("/berita/"))
    assert "Belum ada berita" in page.get_text()


def test_the_list_of_a_kecamatan_holds_its_articles_only(client):
    sandai = make_district("61.04.05")
    make_article("Dari Sandai", districts=(sandai.code,))
    make_article("Dari tempat lain")
    page = check_page(client.get("/berita/?kecamatan=sandai"))
    assert [link.get_text() for link in page.select(".story h2 a")] == ["Dari Sandai"]


def test_a_scheduled_article_appears_when_its_moment_has_come(client, monkeypatch):
    moment = clock.now() + timedelta(hours=2)
    article = make_article("Terjadwal", published_at=moment)
    assert client.get(f"/berita/{article.slug}").status_code == 404
    monkeypatch.setattr("app.core.clock._shift", timedelta(hours=2, seconds=1))
    assert client.get(f"/berita/{article.slug}").status_code == 200


def test_the_page_of_an_article_carries_what_whatsapp_and_search_engines_read(client):
    photo = make_photo(copies=True)
    article = make_article("Kapolsek Contoh Pimpin Doa Bersama", cover_id=photo.id)
    page = check_page(client.get(f"/berita/{article.slug}"))
    image = page.find("meta", property="og:image")["content"]
    assert image == f"http://localhost/kartu/berita-{article.id}-{article.version}.jpg"
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == article.title
    assert data["image"] == [image]
    assert photo.credit in page.select_one("figcaption").get_text()
    assert page.select_one("figure img")["alt"] == photo.alt


def test_a_title_cannot_break_out_of_the_data_of_search_engines(client):
    article = make_article("Awas </script><script>alert(1)</script>")
    page = check_page(client.get(f"/berita/{article.slug}"))
    data = json.loads(page.find("script", type="application/ld+json").string)
    assert data["headline"] == article.title
    assert "<script>alert" not in client.get(f"/berita/{article.slug}").text


def test_a_withdrawn_article_is_gone_and_says_why(client):
    article = make_article(status=ItemStatus.WITHDRAWN, withdrawn_reason="Foto dipakai tanpa izin.")
    answer = client.get(f"/berita/{article.slug}")
    assert answer.status_code == 410
    assert "Foto dipakai tanpa izin." in answer.text


def test_masa_tenang_hides_what_names_candidates_everywhere(client):
    named = make_article("Tim semua pasangan calon hadir", names_candidates=True)
    plain = make_article("Warga gotong royong")
    quiet_now()
    assert client.get(f"/berita/{named.slug}").status_code == 404
    assert client.get(f"/kartu/berita-{named.id}-{named.version}.jpg").status_code == 404
    for address in ("/berita/", "/berita/umpan.xml", "/berita/sitemap.xml"):
        text = client.get(address).text
        assert named.slug not in text, address
        assert plain.slug in text, address


@pytest.mark.parametrize("count", [1, 30])
def test_pages_of_news_take_few_statements_whatever_they_show(client, count):
    place = make_district()
    photo = make_photo(copies=True)
    articles = [make_article(districts=(place.code,), cover_id=photo.id) for _ in range(count)]
    notices = [make_notice(districts=(place.code,), urgency=Urgency.URGENT) for _ in range(count)]
    addresses = [
        "/berita/",
        f"/berita/{articles[0].slug}",
        "/berita/umpan.xml",
        "/pengumuman/",
        f"/pengumuman/{notices[0].slug}",
        "/pengumuman/umpan.xml",
    ]
    for address in addresses:
        with Statements() as statements:
            assert client.get(address).status_code == 200
        assert len(statements.sent) <= 8, (address, statements.sent)


@pytest.mark.parametrize(
    "address",
    [
        "/berita/?halaman=2",
        "/berita/?kecamatan=tidak-ada",
        "/berita/%00",
        "/berita/..%2f..%2fetc",
        "/pengumuman/%ff",
        "/kartu/berita-1-1.jpg",
        "/kartu/berita-99999999999999999999-1.jpg",
        "/foto/x-640.jpg",
    ],
)
def test_addresses_that_make_no_sense_are_not_found(client, address):
    assert client.get(address).status_code in {400, 404}


@pytest.mark.parametrize("typed", ["dua", "0", "-1", "999999999999999999999999", "", "²"])
def test_halaman_that_is_no_number_of_a_page_is_the_first_page(client, typed):
    make_article("Satu-satunya")
    assert "Satu-satunya" in client.get("/berita/", query_string={"halaman": typed}).text


def test_an_urgent_notice_stands_on_every_page_and_goes_by_itself(client, monkeypatch):
    notice = make_notice("Jalan Contoh ditutup malam ini", urgency=Urgency.URGENT)
    banner = BeautifulSoup(client.get("/berita/").text, "html.parser").select_one(".notice--urgent")
    assert notice.title in banner.get_text()
    monkeypatch.setattr("app.core.clock._shift", timedelta(days=2))
    page = BeautifulSoup(client.get("/berita/").text, "html.parser")
    assert page.select_one(".notice--urgent") is None


def test_a_notice_that_has_ended_still_has_its_page_and_says_so(client):
    now = clock.now()
    notice = make_notice(valid_from=now - timedelta(days=3), valid_until=now - timedelta(days=1))
    page = check_page(client.get(f"/pengumuman/{notice.slug}"))
    assert "Sudah berakhir" in page.get_text()
    assert notice.slug not in client.get("/pengumuman/umpan.xml").text


def test_a_replaced_notice_leads_to_the_newest(client):
    new = make_notice("Pengalihan arus, diperbarui")
    old = make_notice("Pengalihan arus", replaced_by_id=new.id)
    page = check_page(client.get(f"/pengumuman/{old.slug}"))
    assert page.select_one(".panel--warn a")["href"] == f"/pengumuman/{new.slug}"


def test_a_notice_not_yet_valid_is_not_public(client):
    notice = make_notice(valid_from=clock.now() + timedelta(hours=1))
    assert client.get(f"/pengumuman/{notice.slug}").status_code == 404


@pytest.mark.parametrize("glued", [".", ",", ").", "Selengkapnya", "baca", "...", "”", "-", ".Terima kasih"])
def test_an_address_survives_what_a_messenger_glues_on(client, glued):
    article = make_article("Warga Contoh Gelar Doa")
    answer = client.get(f"/berita/{article.slug}{glued}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/berita/{article.slug}")
    notice = make_notice("Jembatan ditutup")
    assert client.get(f"/pengumuman/{notice.slug}{glued}").headers["Location"] == f"/pengumuman/{notice.slug}"


def test_a_repaired_address_never_leads_to_a_draft_or_to_something_else(client):
    make_article("Rahasia yang belum terbit", status=ItemStatus.DRAFT, published_at=None)
    make_article("Doa")
    for path in ("rahasia-yang-belum-terbit.", "doa-bersama.", "x", "%00", "doa."):
        assert client.get(f"/berita/{path}").status_code in {400, 404}


def test_a_topic_has_its_page_and_its_feed(client):
    make_article("Tentang jalan", topic=Topic.TRAFFIC)
    make_article("Tentang kerukunan", topic=Topic.HARMONY)
    page = check_page(client.get("/berita/?topik=lalu-lintas")).find("main").text
    assert "Tentang jalan" in page
    assert "Tentang kerukunan" not in page
    feed = client.get("/berita/umpan.xml?topik=lalu-lintas").text
    assert "Tentang jalan" in feed
    assert "Tentang kerukunan" not in feed
    for path in ("/berita/?topik=x", "/berita/umpan.xml?topik=x", "/berita/umpan.xml?kecamatan=x"):
        assert client.get(path).status_code == 404
    check_page(client.get("/berita/?topik=sosial"))
