"""What every page shares: the site's own values, labels, slots, refusals in words, error pages."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from app.core import clock, i18n
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.storage import StorageAway
from app.web.forms import Form
from app.web.house import House, the_house
from app.web.staff import StaffMember

log = logging.getLogger(__name__)
P = ParamSpec("P")

# Query arguments that public pages understand; the page cache drops all others.
page_arguments: set[str] = {"lang"}
FRESH_UNTIL = "X-Rukun-Fresh-Until"
# Fields whose forms are not offered for sending again: a page never repeats what they held.
SECRET_FIELDS = frozenset({"password", "code"})
# Tells a phone for how many seconds it may show its own copy of this page (see static/js/site-worker.js).
KEEP = "Rukun-Keep"
COPIES_LAST = timedelta(days=3)
# A page kept whole tells its seconds for so long at most, so that no copy reaches into masa tenang.
KEEP_SLACK = timedelta(hours=1)


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: the number of a row. One that no database column holds is no page."""

    def __init__(self, url_map: Map, **limits: Any) -> None:
        super().__init__(url_map, **{"max": 2**31 - 1, **limits})


def init_app(app: Flask, house: House) -> None:
    """Give templates their context and people their error pages."""
    app.url_map.converters["int"] = RowNumber
    app.jinja_env.filters.update(i18n.filters())
    app.jinja_env.filters["label"] = label
    app.jinja_env.globals.update(
        slot=render_slot, lang_url=lang_url, absolute=absolute, now=moment_of_page, page_url=page_url
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _storage_error)
    app.register_error_handler(InterfaceError, _storage_error)
    app.register_error_handler(StorageAway, _storage_error)
    app.register_error_handler(RuleBroken, _refusal)
    app.register_error_handler(Exception, _unexpected)


def moment_of_page() -> datetime:
    """One `now` for the whole page, so that all its parts agree."""
    if "now" not in g:
        g.now = clock.now()
    moment: datetime = g.now
    return moment


class Site:
    """`site` in templates. Values come from features and are read only when a page uses them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, Any] = {}

    name = "Rukun"

    def __getattr__(self, key: str) -> Any:
        if key not in self._known:
            provide = self._house.site_values.get(key)
            self._known[key] = provide(moment_of_page()) if provide else None
        return self._known[key]

    @property
    def public_url(self) -> str:
        return str(current_app.config["PUBLIC_URL"]).rstrip("/")

    @property
    def nav(self) -> list[dict[str, Any]]:
        """The public menu."""
        items = sorted(self._house.public_nav, key=lambda item: item.order)
        return [{"label": item.label, "url": url_for(item.endpoint), "key": item.key} for item in items]

    @property
    def staff_nav(self) -> dict[str, list[dict[str, str]]]:
        """The lines of the staff menu that the signed-in person may open, under the titles of their groups."""
        person = cast("StaffMember", current_user)
        groups: dict[str, list[dict[str, str]]] = {}
        for item in sorted(self._house.staff_nav, key=lambda item: item.order):
            if item.permission is None or person.may(item.permission):
                line = {"label": str(item.label), "url": url_for(item.endpoint), "key": item.key}
                groups.setdefault(str(item.group), []).append(line)
        return groups


def _context() -> dict[str, Any]:
    return {
        "site": Site(the_house(current_app)),
        "lang": i18n.language(),
        "_n": i18n._n,
        "csp_nonce": g.get("csp_nonce"),
    }


def label(member: StrEnum | None) -> str:
    """How an enum member reads."""
    if member is None:
        return ""
    return str(the_house(current_app).labels.get((type(member), str(member)), member.value))


def words_for(broken: RuleBroken) -> str:
    """A refusal as a sentence in the reader's language."""
    text = str(the_house(current_app).refusals.get(broken.code, _("Permintaan ini tidak dapat dijalankan.")))
    return text % broken.holes if broken.holes and "%(" in text else text


def refuse(form: Form, broken: RuleBroken) -> None:
    """Put an action's refusal where the form shows it."""
    form.refuse(broken, words_for(broken))


def render_slot(name: str, *subjects: Any) -> Markup:
    """What upper floors put into this place."""
    renders = the_house(current_app).slots.get(name, [])
    return Markup("").join(Markup(render(*subjects)) for render in renders)  # noqa: S704


def absolute(path: str) -> str:
    """An address on this site that works from outside; never taken from the Host header."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path


def page_url(**changes: Any) -> str:
    """This page with some query arguments changed; None takes one away."""
    arguments = {**request.args.to_dict(), **changes}
    query = urlencode({key: value for key, value in arguments.items() if value not in (None, "")})
    return f"{request.path}?{query}" if query else request.path


def lang_url(code: str) -> str:
    """This page in another language."""
    return page_url(lang=code)


def public_page(
    *arguments: str,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Mark a view whose page is the same for everyone, so that it is kept whole until content changes.

    arguments: the query arguments it understands. A view that depends on time calls `fresh_until`.
    """
    page_arguments.update(arguments)

    def mark(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def marked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            response: Response = make_response(view(*args, **kwargs))
            if response.status_code == 200 and "csp_nonce" not in g:
                _allow_copies(response)
                until: datetime | None = g.get("fresh_until")
                response.headers[FRESH_UNTIL] = "" if until is None else repr(until.timestamp())
            return response

        return marked

    return mark


def _allow_copies(response: Response) -> None:
    """Let phones keep a page that is the same for everyone, until `site.copies_end`; with a session they keep none."""
    if response.mimetype != "text/html" or current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        return
    now, lasting = moment_of_page(), COPIES_LAST
    end: datetime | None = Site(the_house(current_app)).copies_end
    if end is not None and end < now + COPIES_LAST + KEEP_SLACK:
        lasting = end - now - KEEP_SLACK
        fresh_until(now + KEEP_SLACK)
    if lasting > timedelta():
        response.headers[KEEP] = str(int(lasting.total_seconds()))


def fresh_until(*moments: datetime | None) -> None:
    """Say when time alone will change this page (a start, an expiry); the earliest future one counts."""
    coming = [moment for moment in moments if moment is not None and moment > moment_of_page()]
    if g.get("fresh_until"):
        coming.append(g.fresh_until)
    g.fresh_until = min(coming, default=None)


def _error_page(status: int, title: str, text: str) -> tuple[str, int]:
    return render_template("web/error.html", status=status, title=title, text=text), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    sentences = {
        400: (_("Permintaan tidak terbaca"), _("Alamat atau isian ini tidak dapat dibaca oleh server.")),
        403: (_("Permintaan ditolak"), _("Kirim ulang dari halaman Rukun sendiri, bukan dari situs lain.")),
        404: (_("Halaman tidak ditemukan"), _("Alamat ini tidak ada, atau Anda tidak berhak melihatnya.")),
        405: (_("Cara membuka tidak sesuai"), _("Halaman ini tidak dapat dibuka dengan cara itu.")),
        410: (_("Sudah ditarik"), error.description or _("Isi halaman ini sudah ditarik.")),
        413: (_("Berkas terlalu besar"), _("Kecilkan foto atau berkasnya, lalu kirim lagi.")),
        429: (_("Terlalu sering"), _("Tunggu beberapa menit, lalu coba lagi.")),
    }
    title, text = sentences.get(
        error.code, (_("Terjadi gangguan"), _("Coba lagi sebentar lagi. Yang sudah tersimpan tidak hilang."))
    )
    page, status = _error_page(error.code, title, text)
    response = make_response(page, status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _refusal(broken: RuleBroken) -> ResponseReturnValue:
    """A refusal that no form caught: the state changed between opening the page and pressing the button."""
    return _error_page(409, _("Tidak dapat dijalankan"), words_for(broken))


def _storage_error(error: OperationalError | InterfaceError | StorageAway) -> ResponseReturnValue:
    """The database is locked, full or gone, or the bucket of files is. What was sent is on the page, to be sent
    again with one press.
    """
    log.error("storage: %s", error)
    db.session.rollback()
    text = _("Penyimpanan sedang sibuk atau penuh. Yang Anda kirim belum tersimpan; coba lagi sebentar lagi.")
    response = make_response(_plain_error(_("Terjadi gangguan"), text, again=_what_was_sent()), 503)
    response.headers["Retry-After"] = "10"
    response.headers["Cache-Control"] = "no-store"
    return response


def _what_was_sent() -> list[tuple[str, str]]:
    """The fields of a form, in order; nothing when it held a file or a password, which no page repeats."""
    fields = list(request.form.items(multi=True)) if request.method == "POST" else []
    secret = any(name in SECRET_FIELDS for name, _value in fields)
    return [] if request.files or secret else fields


def _unexpected(error: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise error
    log.error("unexpected error on %s", request.path, exc_info=error)
    db.session.rollback()
    text = _("Kami mencatat gangguan ini. Coba lagi sebentar lagi.")
    return make_response(_plain_error(_("Terjadi gangguan"), text), 500)


def _plain_error(title: str, text: str, *, again: Sequence[tuple[str, str]] = ()) -> str:
    """A page that needs neither database nor menu. again: the fields of a form that may be sent once more."""
    return render_template("web/plain_error.html", title=title, text=text, again=again)
