"""Translating an article, and standing behind the translation."""

from datetime import datetime

from sqlalchemy import select

from app.core import audit, cache
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken
from app.news.actions.photos import refuse_photos_of_others
from app.news.details import TranslationDetails
from app.news.models import Article, ArticleTranslation
from app.news.rules.prose import clean_prose
from app.people.models import Person


@transactional
def save_translation(
    article: Article, details: TranslationDetails, *, language: str, by: Person, now: datetime
) -> None:
    """Keep a translation; whatever was reviewed before waits for a review again.

    Raises RuleBroken("photo_of_another_unit").
    """
    lock(article)
    refuse_photos_of_others(details.body, known=article.body, by=by)
    insert_once(
        ArticleTranslation,
        article_id=article.id,
        language=language,
        title="",
        subtitle="",
        body="",
        by_machine=False,
        version=article.version,
        saved_at=now,
    )
    row = db.session.scalars(
        select(ArticleTranslation)
        .where(ArticleTranslation.article_id == article.id, ArticleTranslation.language == language)
        .with_for_update()
    ).one()
    row.title, row.subtitle, row.body = details.title, details.subtitle, clean_prose(details.body)
    row.by_machine, row.version = details.by_machine, article.version
    row.saved_at, row.saved_by_id = now, by.id
    row.reviewed_at = row.reviewed_by_id = None
    audit.record("news:article:translated", by=by, now=now, subject=article, name=article.title)
    cache.bump_after_commit()


@transactional
def review_translation(row: ArticleTranslation, article: Article, *, by: Person, now: datetime) -> None:
    """Stand behind a translation that somebody else saved; from now on the public reads it.

    Raises RuleBroken ("own_translation", "translation_reviewed").
    """
    lock(row)
    if row.saved_by_id == by.id:
        raise RuleBroken("own_translation")
    if row.reviewed_at is not None:
        raise RuleBroken("translation_reviewed")
    row.reviewed_at, row.reviewed_by_id = now, by.id
    audit.record("news:article:translation_reviewed", by=by, now=now, subject=article, name=article.title)
    cache.bump_after_commit()
