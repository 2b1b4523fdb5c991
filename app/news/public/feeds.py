"""What other programs read: Atom feeds with the full text, and the sitemap of news."""

import re
from datetime import timedelta
from xml.sax.saxutils import escape

import feedgenerator
from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _
from app.news.details import Topic
from app.news.public.room import blueprint
from app.news.queries import (
    articles_in_feed,
    fresh_articles,
    next_change_of_articles,
    next_change_of_notices,
    notices_valid,
    shown_pieces,
)
from app.regions.queries import districts, main_unit
from app.web.pages import absolute, fresh_until, label, moment_of_page, public_page

ATOM = "application/atom+xml; charset=utf-8"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# Search engines read a news sitemap for this long.
NEWS_DAYS = timedelta(days=2)


@blueprint.get("/berita/umpan.xml")
@public_page("kecamatan", "topik")
def feed() -> ResponseReturnValue:
    """The newest articles, full text; of one kecamatan or one topic when asked."""
    now = moment_of_page()
    wanted, asked = request.args.get("kecamatan", ""), request.args.get("topik", "")
    place = next((region for region in districts() if region.slug == wanted), None)
    if (wanted and place is None) or (asked and asked not in list(Topic)):
        abort(404)
    topic = Topic(asked) if asked else None
    fresh_until(next_change_of_articles(now))
    name = " · ".join(part for part in (_("Berita"), place.name if place else "", label(topic)) if part)
    pages = [
        url_for(endpoint, kecamatan=wanted or None, topik=asked or None)
        for endpoint in ("news.index", "news.feed")
    ]
    atom = _feed(name, *pages)
    for article in articles_in_feed(now, district_code=place.code if place else None, topic=topic):
        address = absolute(url_for("news.show", slug=article.slug))
        changed = max([article.published_at or now, *(row.at for row in article.corrections)])
        notes = "".join(f"<p><strong>Ralat:</strong> {escape(row.note)}</p>" for row in article.corrections)
        atom.add_item(
            title=article.title,
            link=address,
            unique_id=f"{absolute('/berita/')}#{article.id}",
            description=article.lead,
            content=notes + _full_text(article.body),
            author_name=article.byline or article.unit.name,
            pubdate=article.published_at,
            updateddate=changed,
        )
    return Response(atom.writeString("utf-8"), content_type=ATOM)


@blueprint.get("/pengumuman/umpan.xml")
@public_page()
def notice_feed() -> ResponseReturnValue:
    """The notices that hold now, full text. What has ended or was replaced is not in it any more."""
    now = moment_of_page()
    fresh_until(next_change_of_notices(now))
    atom = _feed(_("Pengumuman"), url_for("news.notices"), url_for("news.notice_feed"))
    for notice in notices_valid(now, limit=30):
        atom.add_item(
            title=notice.title,
            link=absolute(url_for("news.notice", slug=notice.slug)),
            unique_id=f"{absolute('/pengumuman/')}#{notice.id}",
            description=notice.lead,
            content=_full_text(notice.body),
            author_name=notice.unit.name,
            pubdate=notice.published_at,
            updateddate=notice.published_at,
        )
    return Response(atom.writeString("utf-8"), content_type=ATOM)


@blueprint.get("/berita/sitemap.xml")
@public_page()
def sitemap() -> ResponseReturnValue:
    """The articles of the last month, those of the last two days marked as news."""
    now = moment_of_page()
    fresh_until(next_change_of_articles(now))
    unit = main_unit()
    name = escape(f"Rukun {unit.name}" if unit else "Rukun")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">',
    ]
    for article in fresh_articles(now, now - timedelta(days=31)):
        assert article.published_at is not None
        changed = max([article.published_at or now, *(row.at for row in article.corrections)])
        address = escape(absolute(url_for("news.show", slug=article.slug)))
        lines.append(f"<url><loc>{address}</loc><lastmod>{changed.isoformat(timespec='seconds')}</lastmod>")
        if article.published_at > now - NEWS_DAYS:
            lines.append(
                f"<news:news><news:publication><news:name>{name}</news:name><news:language>id</news:language>"
                "</news:publication><news:publication_date>"
                f"{article.published_at.isoformat(timespec='seconds')}</news:publication_date>"
                f"<news:title>{escape(article.title)}</news:title></news:news>"
            )
        lines.append("</url>")
    lines.append("</urlset>")
    return Response("\n".join(lines), content_type="application/xml; charset=utf-8")


def _full_text(body: str) -> str:
    """A text with its photos for readers elsewhere: every address absolute."""
    html = render_template("news/_body.html", body=shown_pieces(body, moment_of_page()))
    html = re.sub(r'((?:href|src|srcset)=")/(?!/)', rf"\g<1>{absolute('/')}", html)
    return html.replace(", /foto/", f", {absolute('/foto/')}")


def _feed(title: str, page: str, own: str) -> feedgenerator.Atom1Feed:
    unit = main_unit()
    return feedgenerator.Atom1Feed(
        title=f"{title} · {unit.name}" if unit else title,
        link=absolute(page),
        feed_url=absolute(own),
        description=title,
        language="id",
        author_name=unit.name if unit else "Rukun",
    )
