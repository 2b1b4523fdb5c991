"""The front page, what can be put into other sites, and the pages about this portal."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.attendance.rules import KEEP_PHONES as KEEP_REGISTRATIONS
from app.core import clock
from app.core.i18n import _, _n, clock_time, day_part, number, span, when
from app.core.text import whole_number
from app.events.details import EventStatus
from app.events.models import Event
from app.events.queries import public_events
from app.home.actions import PHONE_KEPT
from app.home.public.blueprint import blueprint
from app.home.queries import front
from app.home.queries.front import ComingEvent, DistrictTile
from app.media.queries import picture_of
from app.news.actions.subscriptions import KEPT_UNCONFIRMED
from app.news.queries import newest_articles
from app.notify.rules import KEEP_MESSAGES
from app.pledges.details import SignWay
from app.pledges.rules.states import KEEP_PHONES as KEEP_SIGNATURES
from app.regions.rules import TILE_LIMIT
from app.web.headers import embeddable
from app.web.pages import fresh_until, moment_of_page, public_page

# The first of these is shown large, the rest as rows.
EVENTS_SHOWN = 6


@blueprint.get("/")
@public_page()
def index() -> ResponseReturnValue:
    now = moment_of_page()
    visible = public_events(now)
    events = front.coming(visible, now, limit=EVENTS_SHOWN)
    tiles = front.district_counts(visible, since=now, until=now + front.AHEAD)
    pledge = front.pledge_now(now)
    articles = newest_articles(now, limit=4)
    # Midnight too: "today" and the thirty days ahead move on.
    fresh_until(pledge.next_change, _next_midnight(now))
    empty = not events and not articles and pledge.pledge is None
    return render_template(
        "home/index.html",
        lead=lead_of(events[0], now) if events else None,
        rows=[row_of(each.event, each) for each in events[1:]],
        tiles=[tile_of(tile) for tile in tiles if _on_map(tile)],
        without_tile=[tile for tile in tiles if not _on_map(tile) and tile.count],
        pledge=pledge.pledge,
        counts=pledge.counts,
        ways=ways_of(pledge.counts.by_way) if pledge.counts else [],
        stories=[story_of(article) for article in articles],
        new_house=empty and front.is_new_house(),
    )


@blueprint.get("/sematkan/acara")
@embeddable
@public_page("kecamatan", "jumlah")
def embed_events() -> ResponseReturnValue:
    """Coming events as a small page that other sites may show in a frame."""
    now = moment_of_page()
    wanted = whole_number(request.args.get("jumlah"), digits=3)
    limit = 5 if wanted is None else min(20, max(1, wanted))
    district = request.args.get("kecamatan", "")
    events = front.coming(public_events(now), now, limit=limit, district_slug=district)
    fresh_until(*(moment for each in events for moment in (each.event.starts_at, each.event.ends_at)))
    fresh_until(now + timedelta(minutes=5))
    return render_template("home/embed.html", rows=[row_of(each.event, each) for each in events])


@blueprint.get("/tentang")
@public_page()
def about() -> ResponseReturnValue:
    return render_template("home/about.html")


@blueprint.get("/privasi")
@public_page()
def privacy() -> ResponseReturnValue:
    kept = {
        "attendance": KEEP_REGISTRATIONS,
        "pledges": KEEP_SIGNATURES,
        "reports": PHONE_KEPT,
        "unconfirmed": KEPT_UNCONFIRMED,
        "messages": KEEP_MESSAGES,
    }
    return render_template("home/privacy.html", kept={what: time.days for what, time in kept.items()})


@blueprint.get("/aksesibilitas")
@public_page()
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


def lead_of(coming: ComingEvent, now: datetime) -> dict[str, Any]:
    """The next event, large: facts and one button."""
    event = coming.event
    facts: list[dict[str, Any]] = [
        {
            "icon": "calendar",
            "term": _("Waktu"),
            "text": span(event.starts_at, event.ends_at, event.zone),
            "old": when(event.postponed_from_at, event.zone) if event.postponed_from_at else None,
        },
        {
            "icon": "pin",
            "term": _("Tempat"),
            "text": _(
                "%(venue)s, Kecamatan %(district)s", venue=event.venue.name, district=event.district.name
            ),
        },
    ]
    if coming.prayers > 1:
        text = _("pemuka dari %(count)s agama dan kepercayaan, bergantian", count=number(coming.prayers))
        facts.append({"icon": "hands", "term": _("Doa dipimpin"), "text": text})
    if coming.capacity is not None and coming.taken is not None:
        text = _(
            "%(taken)s dari %(capacity)s terisi",
            taken=number(coming.taken),
            capacity=number(coming.capacity),
        )
        facts.append({"icon": "people", "term": _("Tempat duduk"), "text": text})
    # The page may be read until the event begins without being made again: a seat taken makes it anew.
    return {
        "title": event.title,
        "url": f"/acara/{event.slug}",
        "facts": facts,
        "states": states_of(event, coming),
        "band": (
            _("Sedang berlangsung") if event.starts_at <= now else _("Acara terdekat"),
            nearness(event, now),
        ),
        "join_url": f"/acara/{event.slug}/daftar" if may_join(coming, now) else None,
        "full": coming.is_full,
    }


def may_join(coming: ComingEvent, now: datetime) -> bool:
    """Whether the front page offers the registration: seats are kept, open, and the event has not begun."""
    event = coming.event
    return coming.taken is not None and coming.seats_open and event.starts_at > now


def nearness(event: Event, now: datetime) -> str:
    """ "hari ini", "besok", "5 hari lagi": beside the date, never instead of it."""
    days = (clock.day_in(event.starts_at, event.zone) - clock.day_in(now, event.zone)).days
    if days < 0:
        return ""
    if days == 0:
        return _("hari ini")
    if days == 1:
        return _("besok")
    return _n("%(num)s hari lagi", "%(num)s hari lagi", days)


def row_of(event: Event, coming: ComingEvent | None = None) -> dict[str, Any]:
    """An event as a row."""
    return {
        "url": f"/acara/{event.slug}",
        "title": event.title,
        "tile": {
            "weekday": day_part(event.starts_at, "EEE", event.zone),
            "day": day_part(event.starts_at, "d", event.zone),
            "month": day_part(event.starts_at, "MMM", event.zone),
            "iso": clock.day_in(event.starts_at, event.zone).isoformat(),
            "tone": "off" if event.status is EventStatus.CANCELLED else "",
        },
        "meta": [
            _("pukul %(time)s", time=clock_time(event.starts_at, event.zone)),
            event.venue.name,
            event.district.name,
        ],
        "states": states_of(event, coming),
    }


def states_of(event: Event, coming: ComingEvent | None = None) -> list[dict[str, str]]:
    """What stands beside an event's title: postponed, cancelled, full."""
    found = []
    if event.status is EventStatus.CANCELLED:
        found.append({"label": _("Dibatalkan"), "tone": "bad"})
    elif event.postponed_from_at is not None and event.postponed_from_at != event.starts_at:
        before = when(event.postponed_from_at, event.zone)
        found.append({"label": _("Ditunda · semula %(day)s", day=before), "tone": "warn"})
    if coming is not None and coming.is_full:
        found.append({"label": _("Penuh · daftar tunggu"), "tone": "info"})
    return found


def tile_of(tile: DistrictTile) -> dict[str, Any]:
    """A kecamatan on the map of tiles."""
    return {
        "label": tile.name,
        "url": f"/wilayah/{tile.slug}",
        "n": tile.count,
        "row": tile.row,
        "col": tile.column,
        "text": _n("%(num)s acara", "%(num)s acara", tile.count) if tile.count else _("belum ada acara"),
    }


def _on_map(tile: DistrictTile) -> bool:
    return (
        tile.row is not None
        and tile.column is not None
        and 1 <= tile.row <= TILE_LIMIT
        and 1 <= tile.column <= TILE_LIMIT
    )


def ways_of(by_way: dict[SignWay, int]) -> list[dict[str, Any]]:
    """Signatures by way, in words; never silently added up."""
    words = {
        SignWay.ONSITE: _("di tempat"),
        SignWay.ONLINE: _("daring, terverifikasi"),
        SignWay.PAPER: _("kertas"),
        SignWay.UNVERIFIED: _("belum terverifikasi"),
    }
    return [{"label": words[way], "count": by_way[way], "key": way.value} for way in SignWay]


def story_of(article: Any) -> dict[str, Any]:
    """An article of the front page."""
    return {
        "url": f"/berita/{article.slug}",
        "title": article.title,
        "lead": article.lead,
        "kicker": article.unit.name,
        "day": article.published_at,
        "zone": article.unit.zone,
        "picture": picture_of(article.cover),
    }


def _next_midnight(now: datetime) -> datetime:
    """The next midnight in the westernmost zone of the country that is still to come; WIB serves all pages."""
    zone = "Asia/Jakarta"
    return clock.start_of(clock.day_in(now, zone) + timedelta(days=1), zone)


def foot_nav(now: datetime) -> list[dict[str, str]]:
    """Further lines in the foot of every page; those of features that are left out are left out too."""
    lines = (
        ("/periksa", _("Periksa tanda tangan, surat, atau pengumuman")),
        ("/kalender-lintas-agama", _("Kalender lintas agama")),
        ("/laporkan", _("Laporkan masalah")),
    )
    known = {rule.rule.rstrip("/") for rule in current_app.url_map.iter_rules()}
    return [{"label": words, "url": path} for path, words in lines if path in known]
