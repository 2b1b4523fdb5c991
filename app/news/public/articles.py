"""Articles for everyone."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _, language
from app.core.slugs import subject_of_old_slug
from app.core.text import truncate
from app.events.details import PUBLIC_STATES
from app.events.models import Event
from app.media.queries import card_url, picture_of
from app.news.details import Topic
from app.news.models import Article
from app.news.public.room import blueprint
from app.news.queries import (
    find_public_article,
    find_translation,
    find_withdrawn,
    next_change_of_articles,
    page_of_articles,
    related_articles,
    shown_pieces,
    slug_meant_by,
    slug_of,
)
from app.news.rules.sharing import whatsapp_text, whatsapp_url
from app.regions.queries import districts
from app.web.pages import absolute, fresh_until, label, moment_of_page, public_page
from app.web.paging import page_number, paging


@blueprint.get("/berita/")
@public_page("halaman", "kecamatan", "topik")
def index() -> ResponseReturnValue:
    """All articles, newest first; of one kecamatan or one topic when asked."""
    now = moment_of_page()
    number = page_number()
    places = districts()
    wanted = request.args.get("kecamatan", "")
    place = next((region for region in places if region.slug == wanted), None)
    if wanted and place is None:
        abort(404)
    topic = _topic(request.args.get("topik", ""))
    page = page_of_articles(now, number=number, district_code=place.code if place else None, topic=topic)
    if number > 1 and not page.rows:
        abort(404)
    fresh_until(next_change_of_articles(now))
    pictures = {article.id: picture_of(article.cover) for article in page.rows}
    return render_template(
        "news/index.html",
        articles=page.rows,
        pictures=pictures,
        page=paging(number, page.pages),
        place=place,
        topic=topic,
        topics=[(each.value, label(each)) for each in Topic],
        feed_url=url_for("news.feed", kecamatan=wanted or None, topik=topic.value if topic else None),
        options=[(region.slug, region.name) for region in places],
    )


@blueprint.get("/berita/<slug>")
@public_page()
def show(slug: str) -> ResponseReturnValue:
    """One article; an old address leads to the new, a withdrawn article says why."""
    now = moment_of_page()
    article = find_public_article(slug, now)
    if article is None:
        return _gone_or_moved(slug)
    fresh_until(next_change_of_articles(now) if article.names_candidates else None)
    return _page(article, related_articles(article, now))


def _topic(asked: str) -> Topic | None:
    """A topic by its word in the address; 404 for any other word."""
    if asked and asked not in list(Topic):
        abort(404)
    return Topic(asked) if asked else None


def _page(article: Article, related: list[Article]) -> str:
    address = absolute(url_for("news.show", slug=article.slug))
    asked = language()
    translation = find_translation(article.id, asked) if asked != "id" else None
    text = whatsapp_text(article.title, [article.subtitle or truncate(article.lead, 300)], address)
    return render_template(
        "news/show.html",
        article=article,
        event=shown_event(article, moment_of_page()),
        body=shown_pieces(translation.body if translation else article.body, moment_of_page()),
        translation=translation,
        cover=picture_of(article.cover),
        card=absolute(card_url("berita", article.id, article.version)),
        address=address,
        description=truncate(article.lead or article.subtitle or article.title, 155),
        data=_json_ld(article, address),
        share_text=text,
        share_url=whatsapp_url(text),
        related=related,
        pictures={row.id: picture_of(row.cover) for row in related},
    )


def shown_event(article: Article, now: datetime) -> Event | None:
    """The event an article is about, while the public sees it."""
    event = article.event
    if event is None or event.status not in PUBLIC_STATES:
        return None
    return event if event.published_at is not None and event.published_at <= now else None


def _gone_or_moved(slug: str) -> ResponseReturnValue:
    reason = find_withdrawn(Article, slug)
    if reason is not None:
        abort(410, description=_("Berita ini ditarik. Alasan: %(reason)s", reason=reason))
    known = subject_of_old_slug(Article, slug)
    present = slug_of(Article, known) if known is not None else None
    present = present or slug_meant_by(Article, slug)
    if present is None or present == slug:
        abort(404)
    return redirect(url_for("news.show", slug=present), 301)


def _json_ld(article: Article, address: str) -> dict[str, Any]:
    assert article.published_at is not None
    changed = max([article.published_at, *(correction.at for correction in article.corrections)])
    publisher = {"@type": "GovernmentOrganization", "name": article.unit.name, "url": absolute("/")}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": truncate(article.title, 110),
        "description": truncate(article.lead or article.title, 155),
        "datePublished": article.published_at.isoformat(),
        "dateModified": changed.isoformat(),
        "inLanguage": "id",
        "mainEntityOfPage": address,
        "image": [absolute(card_url("berita", article.id, article.version))],
        "author": [{"@type": "Organization", "name": article.byline or article.unit.name}],
        "publisher": publisher,
    }
    if article.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": row.note, "datePublished": row.at.isoformat()}
            for row in article.corrections
        ]
    if article.event is not None:
        data["about"] = {
            "@type": "Event",
            "name": article.event.title,
            "startDate": article.event.starts_at.isoformat(),
            "location": {"@type": "Place", "name": article.event.venue.name},
        }
    if article.districts:
        data["contentLocation"] = [{"@type": "Place", "name": region.name} for region in article.districts]
    return data
