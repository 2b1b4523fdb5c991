"""What the editor of an article needs to know: unsaved text, who else is there, earlier texts."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core import crypto
from app.core.database import db
from app.news.details import ItemStatus
from app.news.models import Article, ArticleDraft, ArticleNote, ArticleRevision, FactCheck
from app.news.queries.articles import public_articles
from app.news.rules.publishing import PRESENT_FOR


def find_draft(article_id: int, person_id: int) -> ArticleDraft | None:
    """What a person typed into the editor of an article and did not save."""
    return db.session.scalar(
        select(ArticleDraft).where(
            ArticleDraft.article_id == article_id,
            ArticleDraft.person_id == person_id,
            ArticleDraft.saved_at.is_not(None),
        )
    )


def others_writing(article_id: int, now: datetime, *, but: int) -> list[str]:
    """The names of others who have the editor of an article open at this moment."""
    query = select(ArticleDraft).where(
        ArticleDraft.article_id == article_id,
        ArticleDraft.person_id != but,
        ArticleDraft.seen_at > now - PRESENT_FOR,
    )
    rows = db.session.scalars(query.options(joinedload(ArticleDraft.person)).order_by(ArticleDraft.id))
    return [row.person.full_name for row in rows]


def find_revision(article_id: int, number: int) -> ArticleRevision | None:
    """The text of an article as it was saved under a number."""
    query = select(ArticleRevision).where(
        ArticleRevision.article_id == article_id, ArticleRevision.number == number
    )
    return db.session.scalar(query.options(joinedload(ArticleRevision.saved_by)))


def newest_revision(article_id: int) -> ArticleRevision | None:
    """The text of an article as it was saved last, with who saved it."""
    query = select(ArticleRevision).where(ArticleRevision.article_id == article_id)
    query = query.options(joinedload(ArticleRevision.saved_by)).order_by(ArticleRevision.number.desc())
    return db.session.scalar(query.limit(1))


def articles_to_read(unit_ids: frozenset[int], now: datetime, *, limit: int = 30) -> list[Article]:
    """The newest public articles that a text may ask to read also."""
    query = public_articles(now).where(Article.unit_id.in_(unit_ids))
    order = (Article.published_at.desc(), Article.id.desc())
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def articles_by_id(ids: list[int], unit_ids: frozenset[int], now: datetime) -> dict[int, Article]:
    """Articles by their ids, for the editor: those of one's units in any state, others once they are public."""
    if not ids:
        return {}
    public = public_articles(now).with_only_columns(Article.id)
    query = select(Article).where(Article.id.in_(ids))
    query = query.where(or_(Article.unit_id.in_(unit_ids), Article.id.in_(public)))
    return {row.id: row for row in db.session.scalars(query)}


def notes_of(article_id: int) -> list[ArticleNote]:
    """The newsroom's notes beside an article, newest first."""
    query = select(ArticleNote).where(ArticleNote.article_id == article_id)
    query = query.options(joinedload(ArticleNote.by)).order_by(ArticleNote.at.desc(), ArticleNote.id.desc())
    return list(db.session.scalars(query.limit(200)))


def fact_checks_of(article_id: int) -> list[FactCheck]:
    """Who outside was asked about an article, newest first."""
    query = select(FactCheck).where(FactCheck.article_id == article_id)
    return list(db.session.scalars(query.order_by(FactCheck.asked_at.desc(), FactCheck.id.desc())))


def find_fact_check(code: str, now: datetime) -> FactCheck | None:
    """The check behind a link that still holds, with its article."""
    query = (
        select(FactCheck)
        .join(FactCheck.article)
        .where(
            FactCheck.code == crypto.read_code(code),
            FactCheck.expires_at > now,
            Article.status != ItemStatus.WITHDRAWN,
        )
    )
    return db.session.scalar(
        query.options(
            joinedload(FactCheck.article).joinedload(Article.unit),
            joinedload(FactCheck.article, Article.cover),
        )
    )
