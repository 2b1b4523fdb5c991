"""Where things stand or stood: withdrawn, moved, in the sitemap, on a card."""

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.news.details import ItemStatus
from app.news.models import Article, Correction, Notice
from app.news.queries.articles import public_articles
from app.news.queries.notices import public_notices

LEAST_SLUG = 8


def find_withdrawn(model: type[Article] | type[Notice], slug: str) -> str | None:
    """Why the item at an address was withdrawn; None when none was."""
    return db.session.scalar(
        select(model.withdrawn_reason).where(model.slug == slug, model.status == ItemStatus.WITHDRAWN)
    )


def slug_of(model: type[Article] | type[Notice], row_id: int) -> str | None:
    """The present slug of an article or a notice."""
    return db.session.scalar(select(model.slug).where(model.id == row_id))


def slug_meant_by(model: type[Article] | type[Notice], typed: str) -> str | None:
    """The slug at the beginning of an address to which a messenger glued a full stop or the next word.

    The longest that fits counts; a very short one proves nothing.
    """
    begun = re.match(r"[a-z0-9-]+", typed)
    stem = begun[0].strip("-") if begun else ""
    if len(stem) < LEAST_SLUG:
        return None
    parts = [stem[:length] for length in range(len(stem), LEAST_SLUG - 1, -1)]
    found = select(model.slug).where(model.slug.in_(parts), model.slug != typed)
    states = (ItemStatus.PUBLISHED, ItemStatus.WITHDRAWN)
    return db.session.scalar(
        found.where(model.status.in_(states)).order_by(func.length(model.slug).desc()).limit(1)
    )


def changed_pages(now: datetime) -> list[tuple[str, datetime]]:
    """Paths of all public articles and notices with the moment of their last change, for the sitemap."""
    last = select(func.max(Correction.at)).where(Correction.article_id == Article.id).scalar_subquery()
    articles = public_articles(now).with_only_columns(
        Article.slug, Article.published_at, last.label("corrected")
    )
    notices = public_notices(now).with_only_columns(Notice.slug, Notice.published_at)
    pages = [
        (f"/berita/{row.slug}", row.corrected or row.published_at)
        for row in db.session.execute(articles.order_by(Article.published_at.desc()).limit(45_000))
    ]
    pages += [
        (f"/pengumuman/{row.slug}", row.published_at)
        for row in db.session.execute(notices.order_by(Notice.published_at.desc()).limit(4_000))
    ]
    return pages


def find_public_card_subject(
    model: type[Article] | type[Notice], row_id: int, now: datetime
) -> Article | Notice | None:
    """A public article or notice by its id, with what its share card shows."""
    if model is Article:
        rows = public_articles(now).where(Article.id == row_id)
        return db.session.scalar(rows.options(joinedload(Article.unit), joinedload(Article.cover)))
    notices = public_notices(now).where(Notice.id == row_id).options(joinedload(Notice.unit))
    return db.session.scalar(notices)
