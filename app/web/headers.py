"""Guards on every request and headers on every answer."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core.i18n import LANGUAGE_COOKIE, LANGUAGES

V = TypeVar("V", bound=Callable[..., Any])

SAFE = {"GET", "HEAD", "OPTIONS"}
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def init_app(app: Flask) -> None:
    """Install host check, forgery guard and security headers."""
    if app.config["TRUSTED_PROXIES"]:
        count = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    app.before_request(_refuse_unknown_host)
    app.before_request(_refuse_nul)
    app.before_request(_refuse_foreign_writes)
    app.after_request(_add_headers)


def known_hosts(public_url: str) -> set[str]:
    """The host names (without port) this installation answers to."""
    return {urlsplit(public_url).hostname or "localhost", *LOOPBACK}


def _refuse_unknown_host() -> None:
    host = request.environ.get("HTTP_HOST", "localhost")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and ":" in host else host
    if name.lower() not in known_hosts(current_app.config["PUBLIC_URL"]):
        abort(400)


def _refuse_nul() -> None:
    """No text holds a NUL; PostgreSQL would refuse it deep inside a query."""
    if "\x00" in request.path:
        abort(404)
    if "%00" in request.environ.get("QUERY_STRING", ""):
        abort(400)


def _refuse_foreign_writes() -> None:
    """Forms without a session are guarded by what browsers say of where a request comes from.

    Cross-site and foreign or opaque origins are refused; a client that sends neither header is let through,
    the rate limits count it.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site == "cross-site":
        abort(403)
    origin = request.headers.get("Origin")
    if origin is None:
        return
    own = {request.host_url.rstrip("/"), str(current_app.config["PUBLIC_URL"]).rstrip("/")}
    if origin not in own:
        abort(403)


def nonce() -> str:
    """A nonce for this answer's Content-Security-Policy; a view asks for it before it renders.

    Templates then see it as `csp_nonce`. A page with a nonce is never kept.
    """
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def embeddable(view: V) -> V:
    """Mark a view whose page other sites may show in a frame."""
    view.embeddable = True  # type: ignore[attr-defined]
    return view


def _add_headers(response: Response) -> Response:
    headers = response.headers
    extra = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    view = current_app.view_functions.get(request.endpoint or "")
    frame = "*" if getattr(view, "embeddable", False) else "'none'"
    headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src 'self'{extra}; style-src 'self'{extra}; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frame}",
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin" if frame == "'none'" else "cross-origin")
    if frame == "'none'":
        headers.setdefault("X-Frame-Options", "DENY")
    if str(current_app.config["PUBLIC_URL"]).startswith("https://"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    headers.setdefault("Cache-Control", "no-store" if request.path.startswith("/kelola") else "no-cache")
    headers.add("Vary", "Cookie")
    if (asked := request.args.get("lang")) in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, str(asked), max_age=31_536_000, samesite="Lax", httponly=True)
    return response
