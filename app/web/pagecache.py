"""Finished public pages, kept whole in front of Flask.

Serves anonymous GETs of pages marked public from memory: body, compressed bytes and validator are made once.
A page is dropped when the content version moves (somebody changed something) or when its own moment comes
(time alone changes it: an expiry, a start). When only counts move (somebody registered or signed) it is made anew
twice a second at most, and by one request while the others wait. Whoever carries a session goes past this layer.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli

from app.core import cache, clock
from app.core.i18n import LANGUAGE_COOKIE, LANGUAGES
from app.web.pages import FRESH_UNTIL

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_PAGES = 2000
# How often a process looks whether content changed or a page's time came, in seconds. Asking the file system for
# every request costs more than all the rest of the answer; a change must be seen within a second.
LOOK_EVERY = 0.05
# How long a page is shown though its counts have moved on, in seconds from its making.
COUNTS_STAND = 0.5
_TEXTUAL = ("text/", "application/json", "application/ld+json", "application/atom+xml", "application/xml")


@dataclass(frozen=True, slots=True)
class Page:
    """One finished answer; `until` is a POSIX moment, 0 for never; `made` is on the monotonic clock."""

    version: int
    counts: int
    made: float
    until: float
    etag: str
    headers: list[tuple[str, str]]
    not_modified: list[tuple[str, str]]
    body: bytes
    renewing: Lock = field(default_factory=Lock, compare=False)


class PageCache:
    """WSGI layer; one store in each process, all following the one content version."""

    def __init__(
        self,
        app: WSGIApp,
        *,
        session_cookie: str,
        hosts: set[str],
        arguments: set[str],
        look_every: float = LOOK_EVERY,
        counts_stand: float = COUNTS_STAND,
    ) -> None:
        self.app = app
        self.look_every = look_every
        self.counts_stand = counts_stand
        self._looked = self._look_due = -1e9  # on the monotonic clock
        self._version = self._counts = 0
        self._now = 0.0  # POSIX, as of the last look
        self.session_cookie = f"{session_cookie}="
        self.hosts = hosts
        self.arguments = arguments
        self.pages: OrderedDict[tuple[str, str, str, str], Page] = OrderedDict()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            answer = self.app(environ, start_response)
            self._look_due = -1e9  # what was just written is seen by the very next reader of this process
            return answer
        cookies = environ.get("HTTP_COOKIE", "")
        if self.session_cookie in cookies:
            return self._through(environ, start_response)
        host = environ.get("HTTP_HOST", "localhost")
        if host.partition(":")[0] not in self.hosts and host not in self.hosts:
            return self.app(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        asked = ""
        if query:
            query, asked = self._known_arguments(query)
        language = asked or _language_of(cookies)
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
        key = (environ["PATH_INFO"], query, language, encoding)
        page = self.pages.get(key)
        if (moment := monotonic()) >= self._look_due:
            self._look(moment)
        if page is None:
            return self._make(key, environ, start_response, asked)
        if self._holds(page):
            return _answer(page, environ, start_response, method, asked)
        with page.renewing:  # whoever comes meanwhile takes what the first one made
            newer = self.pages.get(key)
            if newer is None or newer is page or not self._holds(newer):
                return self._make(key, environ, start_response, asked)
        return _answer(newer, environ, start_response, method, asked)

    def _look(self, moment: float) -> None:
        self._looked, self._look_due = moment, moment + self.look_every
        self._version, self._counts = cache.version(), cache.counts_version()
        self._now = clock.now().timestamp()

    def _holds(self, page: Page) -> bool:
        if page.version != self._version or 0 < page.until <= self._now:
            return False
        return page.counts == self._counts or self._looked < page.made + self.counts_stand

    def _known_arguments(self, query: str) -> tuple[str, str]:
        """The query reduced to what pages understand, in one order; and the language asked for."""
        pairs = [(k, v) for k, v in parse_qsl(query, max_num_fields=50) if k in self.arguments]
        asked = dict(pairs).get("lang", "")
        rest = sorted(pair for pair in pairs if pair[0] != "lang")
        return urlencode(rest), asked if asked in LANGUAGES else ""

    def _make(
        self, key: tuple[str, str, str, str], environ: Environ, start_response: StartResponse, asked: str
    ) -> Iterable[bytes]:
        # before the page is made, so that a change in between drops it
        made = monotonic()
        self._version, self._counts = version, counts = cache.version(), cache.counts_version()
        status, headers, body = _collect(self.app, environ)
        marks = [value for name, value in headers if name == FRESH_UNTIL]
        headers = [(name, value) for name, value in headers if name != FRESH_UNTIL]
        body, headers = _compressed(body, headers, key[3])
        if not marks or not status.startswith("200"):
            self.pages.pop(key, None)
            start_response(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        headers = [(k, v) for k, v in headers if k.lower() not in {"set-cookie", "etag"}]
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers.append(("ETag", etag))
        short = [
            (k, v)
            for k, v in headers
            if k.lower() not in {"content-length", "content-type", "content-encoding"}
        ]
        page = Page(version, counts, made, float(marks[0] or 0), etag, headers, short, body)
        self.pages[key] = page
        while len(self.pages) > MOST_PAGES:
            self.pages.popitem(last=False)
        return _answer(page, environ, start_response, environ["REQUEST_METHOD"], asked)

    def _through(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """For people with a session: no keeping, but compressed, since they too are on weak networks."""
        status, headers, body = _collect(self.app, environ)
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        body, headers = _compressed(body, headers, "gzip" if "gzip" in accepted else "")
        start_response(status, [(k, v) for k, v in headers if k != FRESH_UNTIL])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _answer(
    page: Page, environ: Environ, start_response: StartResponse, method: str, asked: str
) -> Iterable[bytes]:
    cookie = []
    if asked:
        cookie = [
            ("Set-Cookie", f"{LANGUAGE_COOKIE}={asked}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax")
        ]
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and page.etag in known:
        start_response("304 NOT MODIFIED", page.not_modified + cookie)
        return []
    start_response("200 OK", page.headers + cookie if cookie else page.headers)
    return [] if method == "HEAD" else [page.body]


def _language_of(cookies: str) -> str:
    if LANGUAGE_COOKIE not in cookies:
        return "id"
    for part in cookies.split(";"):
        name, _, value = part.strip().partition("=")
        if name == LANGUAGE_COOKIE and value in LANGUAGES:
            return value
    return "id"


def _collect(app: WSGIApp, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
    """Run the application and gather its whole answer. HEAD runs as GET so that both agree."""
    answer: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        answer[:] = [status, headers]
        return lambda data: None

    inner = {**environ, "REQUEST_METHOD": "GET"} if environ["REQUEST_METHOD"] == "HEAD" else environ
    result = app(inner, start)
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    return answer[0], answer[1], body


def _compressed(
    body: bytes, headers: list[tuple[str, str]], encoding: str
) -> tuple[bytes, list[tuple[str, str]]]:
    names = {name.lower(): value for name, value in headers}
    textual = names.get("content-type", "").startswith(_TEXTUAL)
    if encoding and textual and len(body) > 500 and "content-encoding" not in names:
        body = brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, 6, mtime=0)
        headers = [(k, v) for k, v in headers if k.lower() not in {"content-length", "etag", "vary"}]
        vary = ", ".join(part for part in (names.get("vary", ""), "Accept-Encoding") if part)
        headers += [("Content-Encoding", encoding), ("Content-Length", str(len(body))), ("Vary", vary)]
    return body, headers
