"""Articles in another language."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.news.models import ArticleTranslation


def translation_of(article_id: int, language: str) -> ArticleTranslation | None:
    """The translation in any state, for staff."""
    query = select(ArticleTranslation).where(
        ArticleTranslation.article_id == article_id, ArticleTranslation.language == language
    )
    return db.session.scalar(
        query.options(joinedload(ArticleTranslation.saved_by), joinedload(ArticleTranslation.reviewed_by))
    )


def find_translation(article_id: int, language: str) -> ArticleTranslation | None:
    """The translation that the public may read: a person has reviewed it."""
    query = select(ArticleTranslation).where(
        ArticleTranslation.article_id == article_id,
        ArticleTranslation.language == language,
        ArticleTranslation.reviewed_at.is_not(None),
    )
    return db.session.scalar(query)
