"""Finding what is public."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    column,
    desc,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import joinedload, selectinload

from app.core.database import db, is_sqlite
from app.events.details import EventStatus
from app.events.models import Event
from app.events.queries import public_events
from app.home.details import DocumentKind, Draft
from app.home.models import SearchDocument
from app.home.rules import words
from app.news.models import Article, Notice
from app.news.queries import public_articles, public_notices
from app.pledges.models import Pledge
from app.pledges.queries import public_pledges
from app.regions.models import Region, unit_districts

# Of a word that stands nearly everywhere only the newest are looked at, so that search stays quick as years pass.
MOST_CANDIDATES = 400
PAGE = 20
# What is or will be public is what is public at a moment beyond all plans.
_FAR = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Hit:
    """A line of the results."""

    kind: DocumentKind
    title: str
    text: str
    path: str
    place: str
    zone: str
    at: datetime
    status: EventStatus | None


@dataclass(frozen=True)
class Found:
    """One page of what was found. counts, years: before narrowing.

    capped: more may lie further back. sampled: before narrowing so, and the counts are of the newest alone.
    """

    hits: list[Hit]
    counts: dict[DocumentKind, int]
    total: int
    pages: int
    capped: bool
    sampled: bool = False
    years: list[int] = field(default_factory=list)


def find(
    terms: list[words.Term],
    now: datetime,
    *,
    kind: DocumentKind | None = None,
    year: int | None = None,
    district: str | None = None,
    newest_first: bool = False,
    number: int = 1,
) -> Found:
    """What is public and holds all terms: those with the terms in the title first, then those nearest in time.

    year: only what is of that year, by UTC. district: only what a kecamatan (its code) is about; of pledges those of
    the units that serve it. newest_first: by time alone.
    """
    if not terms:
        return Found([], {}, 0, 1, capped=False)
    about = [_about(district)] if district else []
    rows, sampled = _newest([*terms, *about], now, district)
    capped = sampled
    counts = {each: sum(row.kind is each for row in rows) for each in DocumentKind}
    years = _years(rows, sampled=sampled)
    narrowing = [words.marked_as(str(each)) for each in (kind and kind.value, year) if each]
    shown = [row for row in rows if kind in {None, row.kind} and year in {None, row.at.year}]
    if sampled and narrowing:
        # What is looked for may lie behind the newest.
        shown, capped = _newest([*terms, *about, *narrowing], now, district)
    if newest_first:
        shown.sort(key=lambda row: row.at, reverse=True)
    else:
        shown.sort(key=lambda row: (-words.hits_among(row.title_stems, terms), abs(row.at - now)))
    total = len(shown)
    ids = [row.id for row in shown[(number - 1) * PAGE : number * PAGE]]
    return Found(
        _hits(ids),
        counts,
        total,
        max(1, -(-total // PAGE)),
        capped=capped,
        sampled=sampled,
        years=years,
    )


def _newest(
    terms: list[words.Term], now: datetime, district: str | None
) -> tuple[list[Row[int, DocumentKind, str, datetime]], bool]:
    """What is public of the newest documents that hold all terms; whether more may lie behind them."""
    ids = db.session.scalars(_candidates(terms)).all()
    document = SearchDocument
    query = select(document.id, document.kind, document.title_stems, document.at).where(
        document.id.in_(ids), _is_public(now, district)
    )
    rows = list(db.session.execute(query)) if ids else []
    return rows, len(ids) == MOST_CANDIDATES


def _years(rows: Sequence[Any], *, sampled: bool) -> list[int]:
    """The years to narrow by, newest first; of a sample, all since the first of any kind."""
    years = {row.at.year for row in rows}
    if sampled and years:
        document = SearchDocument
        first = [
            select(document.at)
            .where(document.kind == kind)
            .order_by(document.subject_id)
            .limit(1)
            .scalar_subquery()
            for kind in DocumentKind
        ]
        oldest = (each.year for each in db.session.execute(select(*first)).one() if each)
        years |= set(range(min(*years, *oldest), max(years)))
    return sorted(years, reverse=True)


def _about(district: str) -> words.Term:
    """What finds all that a kecamatan is about, by its own code or by a unit that serves it."""
    units = db.session.scalars(_units_in(district))
    return words.marked_as(district, *(_unit_mark(unit_id) for unit_id in units))


def _unit_mark(unit_id: int) -> str:
    return f"satuan {unit_id}"


def _candidates(terms: list[words.Term]) -> Select[int]:
    """The newest documents that hold all terms."""
    if is_sqlite():
        index = table("search_index", column("rowid"))
        match = text("search_index MATCH :match").bindparams(match=words.match_for_fts5(terms))
        return select(index.c.rowid).where(match).order_by(desc(index.c.rowid)).limit(MOST_CANDIDATES)
    simple: ColumnElement[str] = literal_column("'simple'")
    vector = func.to_tsvector(
        simple, SearchDocument.title_stems.op("||")(literal_column("' '")).op("||")(SearchDocument.stems)
    )
    match_text = words.match_for_tsquery(terms)
    return (
        select(SearchDocument.id)
        .where(vector.op("@@")(func.to_tsquery(simple, match_text)))
        .order_by(SearchDocument.id.desc())
        .limit(MOST_CANDIDATES)
    )


def _is_public(now: datetime, district: str | None) -> ColumnElement[bool]:
    """Each kind's own public query decides, at this moment, row by row; and what a kecamatan has to do with it."""
    sources: tuple[tuple[DocumentKind, Any, Any, Callable[[str], ColumnElement[bool]]], ...] = (
        (DocumentKind.EVENT, public_events(now), Event.id, lambda code: Event.district_code == code),
        (
            DocumentKind.PLEDGE,
            public_pledges(now),
            Pledge.id,
            lambda code: Pledge.unit_id.in_(_units_in(code)),
        ),
        (
            DocumentKind.ARTICLE,
            public_articles(now),
            Article.id,
            lambda code: Article.districts.any(Region.code == code),
        ),
        (
            DocumentKind.NOTICE,
            public_notices(now),
            Notice.id,
            lambda code: Notice.districts.any(Region.code == code),
        ),
    )
    return or_(
        *(
            and_(
                SearchDocument.kind == kind,
                query.where(
                    key == SearchDocument.subject_id, *([about(district)] if district else ())
                ).exists(),
            )
            for kind, query, key, about in sources
        )
    )


def _units_in(district: str) -> Select[int]:
    return select(unit_districts.c.unit_id).where(unit_districts.c.region_code == district)


def _hits(ids: Sequence[int]) -> list[Hit]:
    if not ids:
        return []
    query = (
        select(SearchDocument, Event.status)
        .outerjoin(
            Event, and_(SearchDocument.kind == DocumentKind.EVENT, Event.id == SearchDocument.subject_id)
        )
        .where(SearchDocument.id.in_(ids))
    )
    found = {row[0].id: row for row in db.session.execute(query)}
    return [
        Hit(row.kind, row.title, row.text, row.path, row.place, row.zone, row.at, status)
        for row, status in (found[each] for each in ids if each in found)
    ]


# ---- what the index is made from


def present_marks(kind: DocumentKind) -> dict[int, datetime]:
    """What the index holds of a kind: id of the thing → when it was last changed."""
    query = select(SearchDocument.subject_id, SearchDocument.changed_at).where(SearchDocument.kind == kind)
    return dict(db.session.execute(query).all())


def wanted_marks(kind: DocumentKind) -> dict[int, datetime]:
    """What it should hold: all that is or will be public."""
    query, model = _source(kind)
    rows = db.session.execute(query.with_only_columns(model.id, model.changed_at)).all()
    return {row[0]: row[1] for row in rows}


def drafts(kind: DocumentKind, ids: Sequence[int]) -> Iterator[Draft]:
    """What the index is to keep of some things, oldest first, read in parts of 200."""
    make = {
        DocumentKind.EVENT: _event_drafts,
        DocumentKind.PLEDGE: _pledge_drafts,
        DocumentKind.ARTICLE: _article_drafts,
        DocumentKind.NOTICE: _notice_drafts,
    }[kind]
    for start in range(0, len(ids), 200):
        yield from make(ids[start : start + 200])


def _source(kind: DocumentKind) -> tuple[Select[Any], Any]:
    sources: dict[DocumentKind, tuple[Callable[[datetime], Any], Any]] = {
        DocumentKind.EVENT: (public_events, Event),
        DocumentKind.PLEDGE: (public_pledges, Pledge),
        DocumentKind.ARTICLE: (public_articles, Article),
        DocumentKind.NOTICE: (public_notices, Notice),
    }
    query, model = sources[kind]
    return query(_FAR), model


def _event_drafts(ids: Sequence[int]) -> Iterator[Draft]:
    query = public_events(_FAR).where(Event.id.in_(ids)).order_by(Event.starts_at, Event.id)
    query = query.options(
        joinedload(Event.unit),
        joinedload(Event.venue),
        joinedload(Event.district),
        selectinload(Event.sessions),
        selectinload(Event.programme),
    )
    for event in db.session.scalars(query):
        # Names of prayer leaders are announced with the programme; sessions that name candidates stay out.
        hidden = {session.id for session in event.sessions if session.names_candidates}
        parts = [event.theme, event.summary, event.venue.name, event.district.name, event.unit.name]
        parts += [session.title for session in event.sessions if not session.names_candidates]
        for item in event.programme:
            if item.session_id not in hidden:
                parts += [item.title, item.leader_name]
        yield Draft(
            DocumentKind.EVENT,
            event.id,
            event.title,
            _joined(parts),
            f"/acara/{event.slug}",
            _joined([event.venue.name, event.district.name], sign=", "),
            event.zone,
            event.starts_at,
            event.changed_at,
            (event.district_code,),
        )


def _pledge_drafts(ids: Sequence[int]) -> Iterator[Draft]:
    query = public_pledges(_FAR).where(Pledge.id.in_(ids)).order_by(Pledge.on, Pledge.id)
    for pledge in db.session.scalars(query.options(joinedload(Pledge.unit), selectinload(Pledge.points))):
        parts = [pledge.occasion, pledge.preamble, *(point.text for point in pledge.points), pledge.unit.name]
        yield Draft(
            DocumentKind.PLEDGE,
            pledge.id,
            pledge.title,
            _joined(parts),
            f"/ikrar/{pledge.slug}",
            pledge.place or pledge.unit.name,
            pledge.unit.zone,
            pledge.opens_at or pledge.created_at,
            pledge.changed_at,
            (_unit_mark(pledge.unit_id),),
        )


def _article_drafts(ids: Sequence[int]) -> Iterator[Draft]:
    query = public_articles(_FAR).where(Article.id.in_(ids)).order_by(Article.published_at, Article.id)
    query = query.options(joinedload(Article.unit), selectinload(Article.districts))
    for article in db.session.scalars(query):
        parts = [article.subtitle, words.plain_text(article.body) or article.lead, article.byline]
        yield Draft(
            DocumentKind.ARTICLE,
            article.id,
            article.title,
            _joined([*parts, article.unit.name, *(region.name for region in article.districts)]),
            f"/berita/{article.slug}",
            article.unit.name,
            article.unit.zone,
            article.published_at or article.created_at,
            article.changed_at,
            tuple(region.code for region in article.districts),
        )


def _notice_drafts(ids: Sequence[int]) -> Iterator[Draft]:
    query = public_notices(_FAR).where(Notice.id.in_(ids)).order_by(Notice.published_at, Notice.id)
    query = query.options(joinedload(Notice.unit), selectinload(Notice.districts))
    for notice in db.session.scalars(query):
        yield Draft(
            DocumentKind.NOTICE,
            notice.id,
            notice.title,
            _joined(
                [
                    words.plain_text(notice.body) or notice.lead,
                    notice.unit.name,
                    *(region.name for region in notice.districts),
                ]
            ),
            f"/pengumuman/{notice.slug}",
            notice.unit.name,
            notice.unit.zone,
            notice.published_at or notice.created_at,
            notice.changed_at,
            tuple(region.code for region in notice.districts),
        )


def _joined(parts: Sequence[str], *, sign: str = " · ") -> str:
    return sign.join(part.strip() for part in parts if part and part.strip())
