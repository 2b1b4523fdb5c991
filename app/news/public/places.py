"""What news puts into the pages of lower floors, and the cards of its own."""

from datetime import datetime

from flask import render_template, url_for

from app.core.i18n import _, day, when
from app.documents.details import Checked
from app.media.details import Card
from app.media.queries import picture_of
from app.news.details import ItemStatus
from app.news.models import Article, Notice
from app.news.queries import (
    articles_of_event,
    changed_pages,
    find_notice_by_code,
    find_public_card_subject,
    newest_articles,
    newest_version_of,
    notices_of_district,
    urgent_notices,
)
from app.web.pages import absolute, fresh_until, label, moment_of_page


def banner(now: datetime) -> list[dict[str, str]]:
    """Urgent notices for every page, which is made anew when the first of them begins or ends."""
    rows, turns = urgent_notices(now)
    fresh_until(*turns)
    return [{"title": row.title, "url": url_for("news.notice", slug=row.slug)} for row in rows]


def event_news(event: object) -> str:
    """Articles about an event, for its public page."""
    articles = articles_of_event(event.id, moment_of_page())  # type: ignore[attr-defined]
    pictures = {article.id: picture_of(article.cover) for article in articles}
    return render_template("news/_of_event.html", articles=articles, pictures=pictures) if articles else ""


def region_news(region: object) -> str:
    """News and notices of a kecamatan, for its page."""
    now = moment_of_page()
    code: str = region.code  # type: ignore[attr-defined]
    articles = newest_articles(now, limit=4, district_code=code)
    notices = notices_of_district(code, now)
    fresh_until(*(notice.valid_until for notice in notices))
    if not articles and not notices:
        return ""
    pictures = {article.id: picture_of(article.cover) for article in articles}
    return render_template(
        "news/_of_region.html", articles=articles, notices=notices, pictures=pictures, region=region
    )


def pages_for_sitemap(now: datetime) -> list[tuple[str, datetime]]:
    """All public articles and notices."""
    return [(absolute(path), changed) for path, changed in changed_pages(now)]


def article_card(article_id: int, now: datetime) -> tuple[int, Card] | None:
    """The share card of a public article: its cover, else its title."""
    article = find_public_card_subject(Article, article_id, now)
    if not isinstance(article, Article):
        return None
    picture = picture_of(article.cover)
    return article.version, Card(
        title=article.title,
        kicker=_("Berita"),
        lines=(day(article.published_at, article.unit.zone),),
        unit=article.unit.name,
        photo_key=article.cover.key if picture and article.cover else "",
        focus=(article.cover.focus_x, article.cover.focus_y) if article.cover else (50, 50),
    )


def notice_card(notice_id: int, now: datetime) -> tuple[int, Card] | None:
    """The share card of a public notice."""
    notice = find_public_card_subject(Notice, notice_id, now)
    if not isinstance(notice, Notice):
        return None
    until = _("Berlaku sampai %(until)s", until=when(notice.valid_until, notice.unit.zone))
    return notice.version, Card(notice.title, str(label(notice.kind)), (until,), notice.unit.name)


def check_notice(code: str, now: datetime) -> Checked | None:
    """What `/periksa/` says of a notice's code: whether it holds, and the newest version when it was replaced."""
    notice = find_notice_by_code(code)
    if notice is None or notice.published_at is None or notice.published_at > now:
        return None
    newest = newest_version_of(notice)
    zone = notice.unit.zone
    facts = (
        (_("Diterbitkan oleh"), notice.unit.name),
        (_("Terbit"), when(notice.published_at, zone)),
        (_("Berlaku sampai"), when(notice.valid_until, zone)),
    )
    kind = label(notice.kind)
    if notice.status is ItemStatus.WITHDRAWN:
        return Checked(kind, notice.title, _("Sudah dicabut"), "bad", facts, notice.withdrawn_reason)
    if newest.id != notice.id:
        if newest.status is ItemStatus.WITHDRAWN:
            return Checked(kind, notice.title, _("Sudah diganti, lalu dicabut"), "bad", facts)
        address = url_for("news.notice", slug=newest.slug)
        note = _("Versi terbaru: %(title)s", title=newest.title)
        return Checked(
            kind, notice.title, _("Sudah diganti"), "warn", facts, note, address, _("Buka versi terbaru")
        )
    address = url_for("news.notice", slug=notice.slug)
    if notice.valid_until <= now:
        return Checked(kind, notice.title, _("Sudah berakhir"), "warn", facts, "", address, _("Buka"))
    return Checked(kind, notice.title, _("Asli dan berlaku"), "ok", facts, "", address, _("Buka pengumuman"))
