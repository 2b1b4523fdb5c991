"""What staff see of articles and notices."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.database import db
from app.events.models import Event
from app.media.models import Photo
from app.news.details import ItemStatus, Stage
from app.news.models import Article, ArticleRevision, Notice
from app.news.rules.prose import photo_ids
from app.news.rules.publishing import stage_of
from app.news.rules.release_facts import Difference, differences, facts_of
from app.records.queries import record_of_event
from app.regions.queries import units


def stage_of_article(article: Article, now: datetime, *, corrected: bool = False) -> Stage:
    """How an article stands."""
    return stage_of(
        article.status,
        now=now,
        published_at=article.published_at,
        awaits_approval=article.emergency_at is not None and article.approved_at is None,
        corrected=corrected,
    )


def stage_of_notice(notice: Notice, now: datetime) -> Stage:
    """How a notice stands."""
    return stage_of(
        notice.status,
        now=now,
        published_at=notice.published_at,
        awaits_approval=notice.emergency_at is not None and notice.approved_at is None,
        valid_until=notice.valid_until,
    )


def find_article(article_id: int, unit_ids: frozenset[int]) -> Article | None:
    """An article of one of the units with everything staff see of it."""
    query = select(Article).where(Article.id == article_id, Article.unit_id.in_(unit_ids))
    return db.session.scalar(
        query.options(
            joinedload(Article.unit),
            joinedload(Article.cover),
            joinedload(Article.event).joinedload(Event.venue),
            joinedload(Article.written_by),
            joinedload(Article.submitted_by),
            joinedload(Article.published_by),
            joinedload(Article.checking_by),
            selectinload(Article.districts),
            selectinload(Article.corrections),
            selectinload(Article.revisions).joinedload(ArticleRevision.saved_by),
        )
    )


def find_notice(notice_id: int, unit_ids: frozenset[int]) -> Notice | None:
    """A notice of one of the units with everything staff see of it."""
    query = select(Notice).where(Notice.id == notice_id, Notice.unit_id.in_(unit_ids))
    return db.session.scalar(
        query.options(
            joinedload(Notice.unit),
            joinedload(Notice.written_by),
            joinedload(Notice.submitted_by),
            joinedload(Notice.published_by),
            joinedload(Notice.checking_by),
            joinedload(Notice.replaced_by),
            selectinload(Notice.districts),
        )
    )


def articles_of_units(
    unit_ids: frozenset[int], *, status: ItemStatus | None, number: int, size: int = 20
) -> tuple[list[Article], int]:
    """One page of the units' articles, last changed first; how many there are in all."""
    query = select(Article).where(Article.unit_id.in_(unit_ids))
    if status is not None:
        query = query.where(Article.status == status)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.options(
        joinedload(Article.unit), joinedload(Article.written_by), selectinload(Article.corrections)
    )
    rows = rows.order_by(Article.changed_at.desc(), Article.id.desc())
    return list(db.session.scalars(rows.limit(size).offset((number - 1) * size))), total


def counts_by_status(unit_ids: frozenset[int]) -> dict[ItemStatus, int]:
    """How many articles the units have in each state."""
    query = select(Article.status, func.count()).where(Article.unit_id.in_(unit_ids)).group_by(Article.status)
    return {row[0]: row[1] for row in db.session.execute(query)}


def notices_of_units(unit_ids: frozenset[int], *, limit: int = 100) -> list[Notice]:
    """The units' notices, last changed first."""
    query = select(Notice).where(Notice.unit_id.in_(unit_ids)).options(joinedload(Notice.unit))
    return list(db.session.scalars(query.order_by(Notice.changed_at.desc(), Notice.id.desc()).limit(limit)))


def submitted_items(unit_ids: frozenset[int], *, but_by: int) -> list[Article | Notice]:
    """What waits for an editor, oldest first: submitted by others, published by others in an emergency, approved."""
    found: list[Article | Notice] = []
    for model in (Article, Notice):
        unapproved = and_(
            model.status == ItemStatus.PUBLISHED,
            model.emergency_at.is_not(None),
            model.approved_at.is_(None),
            model.published_by_id != but_by,
        )
        waiting = and_(model.status == ItemStatus.SUBMITTED, model.submitted_by_id != but_by)
        dateless = model.status == ItemStatus.APPROVED
        found += db.session.scalars(
            select(model).where(model.unit_id.in_(unit_ids), or_(waiting, unapproved, dateless))
        )
    return sorted(found, key=lambda item: item.emergency_at or item.submitted_at or item.changed_at)


def returned_items(person_id: int, unit_ids: frozenset[int]) -> list[Article | Notice]:
    """What a writer got back, and what came back to the units for a writer who has left."""
    found: list[Article | Notice] = []
    for model in (Article, Notice):
        query = select(model).where(
            model.status == ItemStatus.RETURNED,
            or_(
                model.written_by_id == person_id,
                model.submitted_by_id == person_id,
                and_(model.written_by_id.is_(None), model.unit_id.in_(unit_ids)),
            ),
        )
        found += db.session.scalars(query)
    return found


def articles_about_event(event_id: int, unit_ids: frozenset[int]) -> list[Article]:
    """All articles of an event in any state, for the event's staff page."""
    query = select(Article).where(Article.event_id == event_id, Article.unit_id.in_(unit_ids))
    return list(db.session.scalars(query.options(selectinload(Article.corrections)).order_by(Article.id)))


def items_with_photo(photo_id: int) -> list[Article | Notice]:
    """Articles and notices that show a photo, as cover, in the text or in a gallery; newest change first."""
    alone, gallery = f'data-photo="{photo_id}"', 'data-gallery="'
    articles = select(Article).where(
        or_(Article.cover_id == photo_id, Article.body.contains(alone), Article.body.contains(gallery))
    )
    notices = select(Notice).where(or_(Notice.body.contains(alone), Notice.body.contains(gallery)))
    found: list[Article | Notice] = [*db.session.scalars(articles), *db.session.scalars(notices)]
    shown = [
        item
        for item in found
        if getattr(item, "cover_id", None) == photo_id or photo_id in photo_ids(item.body)
    ]
    return sorted(shown, key=lambda item: item.changed_at, reverse=True)


def events_offered(unit_ids: frozenset[int], *, chosen: Event | None, limit: int = 40) -> list[Event]:
    """The units' events an article may be about, the latest first, the chosen one always among them."""
    query = select(Event).where(Event.unit_id.in_(unit_ids)).order_by(Event.starts_at.desc(), Event.id.desc())
    rows = list(db.session.scalars(query.limit(limit)))
    return rows if chosen is None or any(row.id == chosen.id for row in rows) else [chosen, *rows]


def photos_offered(photos: Iterable[Photo], chosen: Photo | None) -> list[Photo]:
    """The photos the form offers as cover, the chosen one always among them."""
    rows = list(photos)
    return rows if chosen is None or any(row.id == chosen.id for row in rows) else [chosen, *rows]


def record_facts(article: Article) -> dict[str, str] | None:
    """What the record of the article's event says; None when there is no such record."""
    if article.event_id is None:
        return None
    record = record_of_event(article.event_id, frozenset(unit.id for unit in units()))
    return facts_of(record) if record is not None else None


def differences_of(article: Article) -> list[Difference]:
    """What the record tells otherwise than when the release was drafted or last compared."""
    if article.release_facts is None:
        return []
    present = record_facts(article)
    return differences(article.release_facts, present) if present is not None else []
