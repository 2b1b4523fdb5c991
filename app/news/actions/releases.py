"""Releases that follow the record of their event."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.core import audit
from app.core.database import db, lock, transactional
from app.news.details import ItemStatus
from app.news.models import Article
from app.news.queries import differences_of, record_facts
from app.people.models import Person

WATCHED_FOR = timedelta(days=120)


@transactional
def compare_release(article: Article, *, by: Person, now: datetime) -> None:
    """Say that a person has compared the release with its record as it stands now."""
    lock(article)
    facts = record_facts(article)
    if facts is None:
        return
    before = article.release_facts
    article.release_facts, article.stale_at = facts, None
    audit.record(
        "news:article:compared",
        by=by,
        now=now,
        subject=article,
        name=article.title,
        before=before,
        after=facts,
    )


@transactional
def mark_stale_releases(now: datetime) -> None:
    """Mark releases whose record has changed since; take the mark off where it says the same again."""
    query = select(Article).where(
        Article.release_facts.is_not(None),
        Article.status != ItemStatus.WITHDRAWN,
        Article.created_at > now - WATCHED_FOR,
    )
    for article in db.session.scalars(query):
        stale = bool(differences_of(article))
        if stale != (article.stale_at is not None):
            article.stale_at = now if stale else None
