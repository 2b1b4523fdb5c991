"""Reading subscriptions."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core import crypto
from app.core.database import db
from app.news.models import Article, Subscription
from app.news.queries.articles import public_articles


def find_subscription(code: str) -> Subscription | None:
    """The subscription behind the code of a mail."""
    return db.session.scalar(select(Subscription).where(Subscription.code == crypto.read_code(code)))


def subscribers() -> list[tuple[int, bool, datetime]]:
    """Everyone who said yes: id, whether once a day, until when they were told."""
    query = select(Subscription.id, Subscription.digest, Subscription.told_until)
    rows = db.session.execute(query.where(Subscription.confirmed_at.is_not(None)).order_by(Subscription.id))
    return [(row.id, row.digest, row.told_until) for row in rows]


def published_between(since: datetime, until: datetime, now: datetime) -> list[Article]:
    """Public articles that appeared in (since, until], oldest first."""
    query = public_articles(now).where(Article.published_at > since, Article.published_at <= until)
    query = query.options(joinedload(Article.unit), selectinload(Article.districts))
    return list(db.session.scalars(query.order_by(Article.published_at, Article.id).limit(200)))
