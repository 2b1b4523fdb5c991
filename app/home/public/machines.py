"""What programs ask for: sitemap, robots, manifest, liveness, readiness, figures."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest
from itertools import islice

from flask import Response, abort, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from prometheus_client import REGISTRY, CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core import cache, migrating
from app.core.database import db
from app.core.i18n import _
from app.home.public.blueprint import blueprint
from app.home.queries.figures import house_figures
from app.regions.queries import main_unit
from app.web.assets import asset_url
from app.web.house import the_house
from app.web.pages import absolute, fresh_until, moment_of_page, public_page

# The protocol's own bound for one file (sitemaps.org).
MOST_IN_SITEMAP = 50_000
# Below this there is no room for a day's photos and the database's own log.
LEAST_FREE = 200 * 1024 * 1024
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via")


def pages_for_sitemap(now: datetime) -> Iterable[tuple[str, datetime]]:
    """The front page, always as new as the day, and the pages about this portal."""
    for endpoint in ("index", "about", "privacy", "accessibility"):
        yield absolute(url_for(f"home.{endpoint}")), now


@blueprint.get("/sitemap.xml")
@public_page()
def sitemap() -> ResponseReturnValue:
    now = moment_of_page()
    pages = (page for source in the_house(current_app).sitemap for page in source(now))
    fresh_until(_in_an_hour(now))
    body = render_template("home/sitemap.xml", pages=list(islice(pages, MOST_IN_SITEMAP)))
    return Response(body, content_type="application/xml; charset=utf-8")


def _in_an_hour(now: datetime) -> datetime:
    return datetime.fromtimestamp(now.timestamp() + 3600, tz=now.tzinfo)


@blueprint.get("/robots.txt")
@public_page()
def robots() -> ResponseReturnValue:
    closed = (
        "/kelola/",
        "/cari",
        "/tiket/",
        "/tanda-terima/",
        "/data-saya/",
        "/meja/",
        "/undangan/",
        "/langganan/",
        "/cek-fakta/",
        "/masuk",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {absolute('/sitemap.xml')}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/manifest.webmanifest")
@public_page()
def manifest() -> ResponseReturnValue:
    unit = main_unit()
    answer = jsonify(
        {
            "name": f"Rukun · {unit.name}" if unit else "Rukun",
            "short_name": "Rukun",
            "lang": "id",
            "dir": "ltr",
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#fbfaf6",
            "theme_color": "#0a4338",
            "icons": [
                {"src": asset_url("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
                {"src": asset_url("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": asset_url("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
                {
                    "src": asset_url("img/icon-maskable-512.png"),
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "maskable",
                },
            ],
            "shortcuts": [
                {"name": _("Acara"), "url": url_for("events.index")},
                {"name": _("Berita"), "url": url_for("news.index")},
            ],
        }
    )
    answer.content_type = "application/manifest+json; charset=utf-8"
    return answer


@blueprint.get("/sehat")
def alive() -> ResponseReturnValue:
    """Whether this process answers at all; asks nothing of anything."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/siap")
def ready() -> ResponseReturnValue:
    """Whether visitors can be served: database there, schema current, room on the disk. 503 when not."""
    found = {"database": _asks_database(), "migrations": False, "disk": _has_room()}
    if found["database"]:
        try:
            found["migrations"] = migrating.is_current()
        except SQLAlchemyError:
            found["database"] = False
    answer = jsonify({"ready": all(found.values()), **found})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if all(found.values()) else 503


def _asks_database() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def _has_room() -> bool:
    return shutil.disk_usage(current_app.config["INSTANCE"]).free >= LEAST_FREE


@blueprint.get("/metrik")
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus. They are read from the database, so that every process tells the same."""
    if not _may_read_figures():
        abort(404)
    registry = CollectorRegistry()
    for name, (words, labels, values) in house_figures(moment_of_page()).items():
        gauge = Gauge(name, words, labels, registry=registry)
        for key, value in values.items():
            (gauge.labels(*key) if labels else gauge).set(value)
    Gauge("rukun_content_version", "Stamp of the last public change, POSIX seconds", registry=registry).set(
        cache.version() / 1e9
    )
    Gauge("rukun_disk_free_bytes", "Room left for the instance folder", registry=registry).set(
        shutil.disk_usage(current_app.config["INSTANCE"]).free
    )
    body = generate_latest(registry) + generate_latest(REGISTRY)
    answer = Response(body, content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_read_figures() -> bool:
    """A token, or a peer on this machine that no proxy stands in front of."""
    token = str(current_app.config["METRICS_TOKEN"])
    sign, _blank, given = request.headers.get("Authorization", "").partition(" ")
    if token and sign.lower() == "bearer" and compare_digest(given.encode(), token.encode()):
        return True
    forwarded = any(name in request.headers for name in _FORWARDED)
    # with a proxy believed, ProxyFix has put the visitor's address here and kept the peer's own beside it
    peer = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR") or request.remote_addr
    return not forwarded and peer in {"127.0.0.1", "::1"}
