"""Reading news. Public or not is decided in one place for each: `public_articles`, `public_notices`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import all_stages, quiet_stage
from app.core import crypto
from app.core.database import db
from app.events.models import Event
from app.media.details import Picture
from app.media.models import Photo
from app.media.queries import photos_by_id, picture_of
from app.news.details import ItemStatus, Stage, Urgency
from app.news.models import Article, ArticleRevision, Correction, Notice, article_districts, notice_districts
from app.news.rules.prose import photo_ids, pieces_of
from app.news.rules.publishing import stage_of
from app.pledges.queries import pledges_of_event
from app.records.details import PledgeState

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


def public_notices(now: datetime) -> Select[Notice]:
    """Notices with a public page, whether they are still valid or not."""
    return select(Notice).where(
        Notice.status == ItemStatus.PUBLISHED, Notice.published_at <= now, Notice.valid_from <= now
    )


def valid_notices(now: datetime) -> Select[Notice]:
    """Notices that hold at a moment: not expired, not replaced."""
    return public_notices(now).where(Notice.valid_until > now, Notice.replaced_by_id.is_(None))


def next_change_of_articles(now: datetime) -> datetime | None:
    """When time alone will change what `public_articles` gives: a schedule comes due, a quiet period turns."""
    scheduled = select(func.min(Article.published_at)).where(
        Article.status == ItemStatus.PUBLISHED, Article.published_at > now
    )
    turns = [moment for stage in all_stages() for moment in (stage.starts_at, stage.ends_at) if moment > now]
    return min((at for at in (db.session.scalar(scheduled), *turns) if at is not None), default=None)


def next_change_of_notices(now: datetime) -> datetime | None:
    """When the next notice begins or ends by itself."""
    conditions = [Notice.status == ItemStatus.PUBLISHED, Notice.valid_until > now]
    moments = union_all(
        select(func.min(Notice.valid_until).label("at")).where(*conditions),
        select(func.min(Notice.valid_from)).where(*conditions, Notice.valid_from > now),
        select(func.min(Notice.published_at)).where(*conditions, Notice.published_at > now),
    ).subquery()
    return min((at for at in db.session.scalars(select(moments.c.at)) if at is not None), default=None)


def _for_lists(query: Select[Article]) -> Select[Article]:
    return query.options(joinedload(Article.unit), joinedload(Article.cover))


def page_of_articles(now: datetime, *, number: int, district_code: str | None = None) -> Page:
    """A page of public articles, newest first, in one statement. Pages count from 1; beyond the end is empty."""
    query = public_articles(now)
    if district_code is not None:
        query = query.where(_about(district_code))
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


def articles_in_feed(now: datetime, *, limit: int = 30) -> list[Article]:
    """The newest public articles with what a feed tells of them."""
    query = public_articles(now).options(
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
    """Others to read: of the same event first, then of the same kecamatan or unit, newest first."""
    codes = [region.code for region in article.districts]
    nearby = exists().where(
        article_districts.c.article_id == Article.id, article_districts.c.region_code.in_(codes)
    )
    same_event = and_(Article.event_id.is_not(None), Article.event_id == article.event_id)
    query = _for_lists(public_articles(now)).where(Article.id != article.id)
    query = query.where(or_(same_event, nearby, Article.unit_id == article.unit_id))
    order = (same_event.desc(), nearby.desc(), Article.published_at.desc(), Article.id.desc())
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def shown_pieces(body: str) -> list[str | Picture]:
    """A clean text in the pieces a page shows: texts and photos. A photo that was removed leaves no trace."""
    photos = photos_by_id(photo_ids(body))
    found: list[str | Picture] = []
    for piece in pieces_of(body):
        shown = piece if isinstance(piece, str) else picture_of(photos.get(piece))
        if shown is not None:
            found.append(shown)
    return found


def find_withdrawn(model: type[Article] | type[Notice], slug: str) -> str | None:
    """Why the item at an address was withdrawn; None when none was."""
    return db.session.scalar(
        select(model.withdrawn_reason).where(model.slug == slug, model.status == ItemStatus.WITHDRAWN)
    )


def slug_of(model: type[Article] | type[Notice], row_id: int) -> str | None:
    """The present slug of an article or a notice."""
    return db.session.scalar(select(model.slug).where(model.id == row_id))


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


def fresh_articles(now: datetime, since: datetime) -> list[Article]:
    """Public articles of the last days, for the news sitemap."""
    query = (
        public_articles(now).where(Article.published_at >= since).options(selectinload(Article.corrections))
    )
    return list(db.session.scalars(query.order_by(Article.published_at.desc()).limit(1000)))


def urgent_notices(now: datetime) -> tuple[list[Notice], list[datetime]]:
    """Notices for the banner of every page, newest first, and the moments at which that will change by itself.

    One statement, since every page asks it; those that lie ahead are read for their moments only.
    """
    query = select(Notice).where(
        Notice.status == ItemStatus.PUBLISHED,
        Notice.urgency == Urgency.URGENT,
        Notice.valid_until > now,
        Notice.replaced_by_id.is_(None),
    )
    rows = list(db.session.scalars(query.order_by(Notice.published_at.desc(), Notice.id.desc()).limit(20)))
    begins = {row.id: max(row.valid_from, row.published_at or row.valid_from) for row in rows}
    shown = [row for row in rows if begins[row.id] <= now]
    turns = [row.valid_until if begins[row.id] <= now else begins[row.id] for row in rows]
    return shown[:3], turns


def notices_valid(now: datetime, *, limit: int = 100) -> list[Notice]:
    """All valid notices, the urgent first."""
    order = (Notice.urgency == Urgency.URGENT).desc(), Notice.published_at.desc(), Notice.id.desc()
    query = valid_notices(now).options(joinedload(Notice.unit), selectinload(Notice.districts))
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def notices_over(now: datetime, *, limit: int = 20) -> list[Notice]:
    """Notices that have ended or were replaced, newest end first."""
    over = or_(Notice.valid_until <= now, Notice.replaced_by_id.is_not(None))
    query = public_notices(now).where(over).options(joinedload(Notice.unit), selectinload(Notice.districts))
    return list(db.session.scalars(query.order_by(Notice.valid_until.desc(), Notice.id.desc()).limit(limit)))


def find_public_notice(slug: str, now: datetime) -> Notice | None:
    """A public notice with everything its page shows."""
    query = public_notices(now).where(Notice.slug == slug)
    return db.session.scalar(
        query.options(joinedload(Notice.unit), joinedload(Notice.replaced_by), selectinload(Notice.districts))
    )


def find_notice_by_code(typed: str) -> Notice | None:
    """The notice that carries a code, in any state that was ever public, with the one that replaced it."""
    query = select(Notice).where(
        Notice.code == crypto.read_code(typed),
        Notice.status.in_([ItemStatus.PUBLISHED, ItemStatus.WITHDRAWN]),
    )
    return db.session.scalar(query.options(joinedload(Notice.unit), joinedload(Notice.replaced_by)))


def newest_version_of(notice: Notice) -> Notice:
    """The last in the row of replacements; the chain is followed at most 20 steps."""
    for _step in range(20):
        if notice.replaced_by_id is None:
            break
        query = select(Notice).where(Notice.id == notice.replaced_by_id).options(joinedload(Notice.unit))
        notice = db.session.scalars(query).one()
    return notice


def find_public_card_subject(
    model: type[Article] | type[Notice], row_id: int, now: datetime
) -> Article | Notice | None:
    """A public article or notice by its id, with what its share card shows."""
    if model is Article:
        rows = public_articles(now).where(Article.id == row_id)
        return db.session.scalar(rows.options(joinedload(Article.unit), joinedload(Article.cover)))
    notices = public_notices(now).where(Notice.id == row_id).options(joinedload(Notice.unit))
    return db.session.scalar(notices)


def notices_of_district(district_code: str, now: datetime, *, limit: int = 5) -> list[Notice]:
    """Valid notices for a kecamatan, those for the whole regency included."""
    here = exists().where(
        notice_districts.c.notice_id == Notice.id, notice_districts.c.region_code == district_code
    )
    anywhere = exists().where(notice_districts.c.notice_id == Notice.id)
    query = valid_notices(now).where(or_(here, not_(anywhere)))
    return list(db.session.scalars(query.order_by(Notice.published_at.desc()).limit(limit)))


# ---- for staff


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
    """What waits for an editor: submitted by others, or published by others in an emergency; oldest first."""
    found: list[Article | Notice] = []
    for model in (Article, Notice):
        unapproved = and_(
            model.status == ItemStatus.PUBLISHED,
            model.emergency_at.is_not(None),
            model.approved_at.is_(None),
            model.published_by_id != but_by,
        )
        waiting = and_(model.status == ItemStatus.SUBMITTED, model.submitted_by_id != but_by)
        found += db.session.scalars(
            select(model).where(model.unit_id.in_(unit_ids), or_(waiting, unapproved))
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


def pledge_states(event_id: int, now: datetime) -> tuple[PledgeState, ...]:
    """How far the declarations of an event were signed by those asked, in the order of signing."""
    found = []
    for pledge in pledges_of_event(event_id, now):
        missing = tuple(row.institution for row in pledge.signatories if row.signed_at is None)
        total = len(pledge.signatories)
        found.append(PledgeState(pledge.title, total - len(missing), total, missing))
    return tuple(found)


def events_offered(unit_ids: frozenset[int], *, chosen: Event | None, limit: int = 40) -> list[Event]:
    """The units' events an article may be about, the latest first, the chosen one always among them."""
    query = select(Event).where(Event.unit_id.in_(unit_ids)).order_by(Event.starts_at.desc(), Event.id.desc())
    rows = list(db.session.scalars(query.limit(limit)))
    return rows if chosen is None or any(row.id == chosen.id for row in rows) else [chosen, *rows]


def photos_offered(photos: Iterable[Photo], chosen: Photo | None) -> list[Photo]:
    """The photos the form offers as cover, the chosen one always among them."""
    rows = list(photos)
    return rows if chosen is None or any(row.id == chosen.id for row in rows) else [chosen, *rows]
