import xml.etree.ElementTree as ET

import feedparser

from tests.media.factories import make_photo
from tests.news.factories import make_article, make_notice


def test_the_feed_of_news_is_read_by_an_independent_parser(client):
    photo = make_photo(copies=True)
    article = make_article("Doa & damai <di> Contoh", body=f"<p>Satu.</p><p>[foto {photo.id}]</p><p>Dua.</p>")
    answer = client.get("/berita/umpan.xml")
    assert answer.content_type.startswith("application/atom+xml")
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    [entry] = feed.entries
    assert (
        entry.title_detail.value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        == article.title
    )
    assert entry.link == f"http://localhost/berita/{article.slug}"
    assert "Dua." in entry.content[0].value
    assert f'src="http://localhost/foto/{photo.key}-640.jpg"' in entry.content[0].value


def test_the_feed_of_notices_holds_what_is_valid(client):
    notice = make_notice("Pengumuman contoh")
    feed = feedparser.parse(client.get("/pengumuman/umpan.xml").data)
    assert [entry.title for entry in feed.entries] == [notice.title]


def test_an_empty_feed_is_a_feed(client):
    assert not feedparser.parse(client.get("/berita/umpan.xml").data).bozo


def test_the_sitemap_of_news_is_well_formed(client):
    article = make_article("Satu & dua")
    tree = ET.fromstring(client.get("/berita/sitemap.xml").data)
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "n": "http://www.google.com/schemas/sitemap-news/0.9",
    }
    assert tree.find("s:url/s:loc", names).text == f"http://localhost/berita/{article.slug}"
    assert tree.find("s:url/n:news/n:title", names).text == article.title
