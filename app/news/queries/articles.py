"""Reading articles. What the public may see of them is decided in one place: `public_articles`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import all_stages, quiet_stage
from app.core.database import db
from app.events.models import Event
from app.media.models import Photo
from app.media.queries import photos_by_id, picture_of
from app.news.details import ItemStatus, Shown, Topic
from app.news.models import Article, article_districts
from app.news.rules.prose import Piece, article_ids, photo_ids, pieces_of

PAGE = 12


@dataclass(frozen=True)
class Page:
    """One page of a list. total: rows in all."""

    rows: list[Article]
    number: int
    pages: int
    total: int


def quiet_at(moment: datetime) -> bool:
    """Whether what names candidate pairs is held back at a moment (masa tenang, voting day)."""
    return quiet_stage(moment) is not None


def public_articles(now: datetime) -> Select[Article]:
    """What the public may read at a moment; list, page, feed, sitemap, card, search and API all start here."""
    query = select(Article).where(Article.status == ItemStatus.PUBLISHED, Article.published_at <= now)
    return query.where(Article.names_candidates.is_(False)) if quiet_at(now) else query


def next_change_of_articles(now: datetime) -> datetime | None:
    """When time alone will change what `public_articles` gives: a schedule comes due, a quiet period turns."""
    scheduled = select(func.min(Article.published_at)).where(
        Article.status == ItemStatus.PUBLISHED, Article.published_at > now
    )
    turns = [moment for stage in all_stages() for moment in (stage.starts_at, stage.ends_at) if moment > now]
    return min((at for at in (db.session.scalar(scheduled), *turns) if at is not None), default=None)


def _for_lists(query: Select[Article]) -> Select[Article]:
    return query.options(joinedload(Article.unit), joinedload(Article.cover))


def page_of_articles(
    now: datetime, *, number: int, district_code: str | None = None, topic: Topic | None = None
) -> Page:
    """A page of public articles, newest first, in one statement. Pages count from 1; beyond the end is empty."""
    query = public_articles(now)
    if district_code is not None:
        query = query.where(_about(district_code))
    if topic is not None:
        query = query.where(Article.topic == topic)
    rows = _for_lists(query).order_by(Article.published_at.desc(), Article.id.desc())
    counted = rows.add_columns(func.count().over()).limit(PAGE).offset((number - 1) * PAGE)
    found = db.session.execute(counted).all()
    total = int(found[0][1]) if found else 0
    return Page([row[0] for row in found], number, max(1, -(-total // PAGE)), total)


def _about(district_code: str) -> ColumnElement[bool]:
    return exists().where(
        article_districts.c.article_id == Article.id, article_districts.c.region_code == district_code
    )


def newest_articles(now: datetime, *, limit: int = 4, district_code: str | None = None) -> list[Article]:
    """The newest public articles, with unit and cover: front page, region page."""
    query = public_articles(now)
    if district_code is not None:
        query = query.where(_about(district_code))
    rows = _for_lists(query).order_by(Article.published_at.desc(), Article.id.desc())
    return list(db.session.scalars(rows.limit(limit)))


def articles_of_event(event_id: int, now: datetime) -> list[Article]:
    """What was published about an event, newest first."""
    query = _for_lists(public_articles(now)).where(Article.event_id == event_id)
    return list(db.session.scalars(query.order_by(Article.published_at.desc(), Article.id.desc()).limit(10)))


def articles_in_feed(
    now: datetime, *, limit: int = 30, district_code: str | None = None, topic: Topic | None = None
) -> list[Article]:
    """The newest public articles with what a feed tells of them."""
    query = public_articles(now)
    if district_code is not None:
        query = query.where(_about(district_code))
    if topic is not None:
        query = query.where(Article.topic == topic)
    query = query.options(
        joinedload(Article.unit), joinedload(Article.cover), selectinload(Article.corrections)
    )
    return list(
        db.session.scalars(query.order_by(Article.published_at.desc(), Article.id.desc()).limit(limit))
    )


def find_public_article(slug: str, now: datetime) -> Article | None:
    """A public article with everything its page shows."""
    query = public_articles(now).where(Article.slug == slug)
    return db.session.scalar(
        query.options(
            joinedload(Article.unit),
            joinedload(Article.cover),
            joinedload(Article.event).joinedload(Event.venue),
            selectinload(Article.districts),
            selectinload(Article.corrections),
        )
    )


def related_articles(article: Article, now: datetime, *, limit: int = 3) -> list[Article]:
    """Others to read: of the same event first, then of the same kecamatan, topic or unit, newest first."""
    codes = [region.code for region in article.districts]
    nearby = exists().where(
        article_districts.c.article_id == Article.id, article_districts.c.region_code.in_(codes)
    )
    same_topic = and_(Article.topic.is_not(None), Article.topic == article.topic)
    same_event = and_(Article.event_id.is_not(None), Article.event_id == article.event_id)
    query = _for_lists(public_articles(now)).where(Article.id != article.id)
    query = query.where(or_(same_event, nearby, same_topic, Article.unit_id == article.unit_id))
    order = (
        same_event.desc(),
        nearby.desc(),
        same_topic.desc(),
        Article.published_at.desc(),
        Article.id.desc(),
    )
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def shown_pieces(body: str, now: datetime) -> list[str | Shown]:
    """A clean text in the pieces a page shows. What was removed or is not public at a moment leaves no trace."""
    photos = photos_by_id(photo_ids(body))
    others = _public_by_id(article_ids(body), now)
    return [
        shown
        for piece in pieces_of(body)
        if (shown := piece if isinstance(piece, str) else _shown(piece, photos, others)) is not None
    ]


def _shown(piece: Piece, photos: dict[int, Photo], others: dict[int, Article]) -> Shown | None:
    if piece.kind == "pull":
        return Shown("pull", text=piece.text)
    if piece.kind == "read":
        other = others.get(piece.ids[0])
        return Shown("read", text=other.title, slug=other.slug) if other is not None else None
    pictures = tuple(
        picture for number in piece.ids if (picture := picture_of(photos.get(number))) is not None
    )
    if not pictures:
        return None
    return Shown("photo" if len(pictures) == 1 else "gallery", pictures=pictures)


def _public_by_id(ids: list[int], now: datetime) -> dict[int, Article]:
    if not ids:
        return {}
    return {row.id: row for row in db.session.scalars(public_articles(now).where(Article.id.in_(ids)))}


def fresh_articles(now: datetime, since: datetime) -> list[Article]:
    """Public articles of the last days, for the news sitemap."""
    query = (
        public_articles(now).where(Article.published_at >= since).options(selectinload(Article.corrections))
    )
    return list(db.session.scalars(query.order_by(Article.published_at.desc()).limit(1000)))
