"""The read API: what the public pages say, as JSON. It starts from the same public queries as they do."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core import clock
from app.core.database import db
from app.core.i18n import DEFAULT_ZONE
from app.core.text import whole_number
from app.events.models import Event
from app.events.queries import public_events, with_summary
from app.home.public.blueprint import blueprint
from app.home.queries.front import next_change
from app.home.rules.openapi import MOST_PER_PAGE, document
from app.news.models import Article
from app.news.queries import public_articles
from app.pledges.models import Pledge
from app.pledges.queries import counts_by_way, public_pledges
from app.regions.queries import districts
from app.web.pages import absolute, fresh_until, moment_of_page, public_page

PER_PAGE = 50
_KEPT = ("per_page", "from", "to", "district")
MOST_PAGES = 10_000


class _Unreadable(Exception):
    """An argument that cannot be read; the answer says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _answers(view: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    def answered() -> ResponseReturnValue:
        try:
            return view()
        except _Unreadable as error:
            return jsonify({"error": "unreadable_argument", "argument": error.name}), 400

    answered.__name__ = view.__name__
    return answered


@blueprint.get("/api/v1/events")
@public_page("page", "per_page", "from", "to", "district")
@_answers
def api_events() -> ResponseReturnValue:
    now = moment_of_page()
    query = public_events(now)
    if since := _day("from"):
        query = query.where(Event.starts_at >= clock.start_of(since, DEFAULT_ZONE))
    if until := _day("to"):
        query = query.where(Event.starts_at < clock.start_of(until + timedelta(days=1), DEFAULT_ZONE))
    if code := request.args.get("district", ""):
        query = query.where(Event.district_code == code[:20])
    rows, paging = _paged(query, Event.starts_at, Event.id)
    events = db.session.scalars(with_summary(rows)).unique().all()
    _fresh(now)
    return jsonify({"data": [_event(event) for event in events], "paging": paging})


@blueprint.get("/api/v1/pledges")
@public_page("page", "per_page")
@_answers
def api_pledges() -> ResponseReturnValue:
    now = moment_of_page()
    rows, paging = _paged(public_pledges(now), Pledge.on.desc(), Pledge.id.desc())
    query = rows.options(joinedload(Pledge.unit), selectinload(Pledge.points))
    pledges = db.session.scalars(query).unique().all()
    counts = counts_by_way([pledge.id for pledge in pledges])
    _fresh(now)
    data = [
        {
            "id": pledge.origin,
            "title": pledge.title,
            "url": absolute(f"/ikrar/{pledge.slug}"),
            "on": pledge.on.isoformat(),
            "status": pledge.status.value,
            "place": pledge.place,
            "points": [point.text for point in pledge.points],
            "text_hash": pledge.text_hash,
            "opens_at": _moment(pledge.opens_at, pledge.unit.zone),
            "closes_at": _moment(pledge.closes_at, pledge.unit.zone),
            "signatures": {way.value: count for way, count in counts[pledge.id].by_way.items()},
            "unit": {"name": pledge.unit.name, "url": absolute(f"/unit/{pledge.unit.slug}")},
            "log": absolute(f"/ikrar/{pledge.slug}/catatan/checkpoint"),
        }
        for pledge in pledges
    ]
    return jsonify({"data": data, "paging": paging})


@blueprint.get("/api/v1/articles")
@public_page("page", "per_page")
@_answers
def api_articles() -> ResponseReturnValue:
    now = moment_of_page()
    rows, paging = _paged(public_articles(now), Article.published_at.desc(), Article.id.desc())
    query = rows.options(
        joinedload(Article.unit), selectinload(Article.districts), selectinload(Article.corrections)
    )
    articles = db.session.scalars(query).unique().all()
    _fresh(now)
    data = [
        {
            "id": article.id,
            "title": article.title,
            "subtitle": article.subtitle,
            "lead": article.lead,
            "byline": article.byline,
            "url": absolute(f"/berita/{article.slug}"),
            "published_at": _moment(article.published_at, article.unit.zone),
            "corrected_at": _moment(
                max((each.at for each in article.corrections), default=None), article.unit.zone
            ),
            "districts": [region.code for region in article.districts],
            "unit": {"name": article.unit.name, "url": absolute(f"/unit/{article.unit.slug}")},
        }
        for article in articles
    ]
    return jsonify({"data": data, "paging": paging})


@blueprint.get("/api/v1/regions")
@public_page("page", "per_page")
@_answers
def api_regions() -> ResponseReturnValue:
    everything = districts()
    number, size = _page()
    rows = everything[(number - 1) * size : number * size]
    data = [
        {
            "code": region.code,
            "name": region.name,
            "url": absolute(f"/wilayah/{region.slug}"),
            "calendar": absolute(f"/wilayah/{region.slug}/acara.ics"),
            "zone": region.zone,
            "lat": region.lat,
            "lon": region.lon,
            "tile": {"row": region.tile_row, "column": region.tile_col},
        }
        for region in rows
    ]
    return jsonify({"data": data, "paging": _paging(number, size, len(everything))})


@blueprint.get("/api/v1/openapi.json")
@public_page()
def api_document() -> ResponseReturnValue:
    return jsonify(document(absolute("")))


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.uid,
        "title": event.title,
        "theme": event.theme,
        "url": absolute(f"/acara/{event.slug}"),
        "calendar": absolute(f"/acara/{event.slug}.ics"),
        "kinds": [kind.value for kind in event.kinds],
        "status": event.status.value,
        "audience": event.audience.value,
        "starts_at": _moment(event.starts_at, event.zone),
        "ends_at": _moment(event.ends_at, event.zone),
        "postponed_from": _moment(event.postponed_from_at, event.zone),
        "venue": {"name": event.venue.name, "address": event.venue.address, "kind": event.venue.kind.value},
        "district": {"code": event.district.code, "name": event.district.name},
        "unit": {"name": event.unit.name, "url": absolute(f"/unit/{event.unit.slug}")},
        "sequence": event.sequence,
    }


def _moment(moment: datetime | None, zone: str) -> str | None:
    """ISO 8601 with the offset of the unit's zone: 2024-11-20T19:30:00+07:00."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def _page() -> tuple[int, int]:
    return _number("page", 1, MOST_PAGES), _number("per_page", PER_PAGE, MOST_PER_PAGE)


def _number(name: str, default: int, most: int) -> int:
    number = whole_number(request.args.get(name, str(default)))
    if number is None or not 1 <= number <= most:
        raise _Unreadable(name)
    return number


def _day(name: str) -> date | None:
    typed = request.args.get(name, "")
    if not typed:
        return None
    try:
        found = date.fromisoformat(typed)
    except ValueError as error:
        raise _Unreadable(name) from error
    if not 2000 <= found.year <= 2100:
        raise _Unreadable(name)
    return found


def _paged(query: Select[Any], *order: Any) -> tuple[Select[Any], dict[str, Any]]:
    number, size = _page()
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.order_by(*order).limit(size).offset((number - 1) * size)
    return rows, _paging(number, size, total)


def _paging(number: int, size: int, total: int) -> dict[str, Any]:
    def address(page: int) -> str:
        kept = {name: request.args[name] for name in _KEPT if request.args.get(name)}
        return absolute(f"{request.path}?{urlencode({'page': page, **kept})}")

    pages = max(1, -(-total // size))
    return {
        "page": number,
        "pages": pages,
        "per_page": size,
        "total": total,
        "next": address(number + 1) if number < pages else None,
        "previous": address(number - 1) if number > 1 else None,
    }


def _fresh(now: datetime) -> None:
    """These lists turn by time alone at the same moments as the front page."""
    fresh_until(next_change(now))
