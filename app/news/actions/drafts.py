"""What stands in an editor but was not saved yet: kept on the server, so that a crash costs nothing.

Keeping it is no deed of the newsroom but a safety net under one person's own typing: nobody else reads it, so it
leaves no entry in the audit log. Saving does.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.core.database import db, insert_once, transactional
from app.news.details import ArticleDetails
from app.news.models import Article, ArticleDraft
from app.news.rules.prose import clean_prose
from app.people.models import Person

KEPT_FOR = timedelta(days=30)
PRESENT_FOR = timedelta(hours=1)


@transactional
def note_editor(article: Article, *, by: Person, now: datetime) -> None:
    """Let others see that somebody has the editor of an article open."""
    insert_once(
        ArticleDraft,
        article_id=article.id,
        person_id=by.id,
        version=article.version,
        title="",
        subtitle="",
        body="",
        seen_at=now,
    )
    mine = (ArticleDraft.article_id == article.id, ArticleDraft.person_id == by.id)
    db.session.execute(update(ArticleDraft).where(*mine).values(seen_at=now))


@transactional
def keep_draft(article: Article, details: ArticleDetails, *, version: int, by: Person, now: datetime) -> None:
    """Keep what somebody has typed so far. version: the one of the article that it began from."""
    note_editor(article, by=by, now=now)
    mine = (ArticleDraft.article_id == article.id, ArticleDraft.person_id == by.id)
    kept = {
        "title": details.title,
        "subtitle": details.subtitle,
        "body": clean_prose(details.body),
        "version": version,
        "saved_at": now,
    }
    db.session.execute(update(ArticleDraft).where(*mine).values(**kept))


@transactional
def discard_draft(article: Article, *, by: Person) -> None:
    """Forget what somebody typed and did not save."""
    mine = (ArticleDraft.article_id == article.id, ArticleDraft.person_id == by.id)
    db.session.execute(delete(ArticleDraft).where(*mine))


@transactional
def sweep_drafts(now: datetime) -> None:
    """Forget who had an editor open hours ago, and what nobody came back for in a month."""
    empty = ArticleDraft.saved_at.is_(None) & (ArticleDraft.seen_at < now - PRESENT_FOR)
    old = ArticleDraft.seen_at < now - KEPT_FOR
    ids = list(db.session.scalars(select(ArticleDraft.id).where(empty | old).limit(500)))
    db.session.execute(delete(ArticleDraft).where(ArticleDraft.id.in_(ids)))
