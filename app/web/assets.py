"""Static files under names that carry their fingerprint, so that browsers may keep them for ever.

At start the component style sheets are joined in the order of their names; every other file keeps its content.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request

STATIC = Path(__file__).parent / "static"
blueprint = Blueprint("assets", __name__)
_COMPRESSIBLE = {".css", ".js", ".svg", ".webmanifest", ".json"}


@dataclass(frozen=True)
class Asset:
    """One finished file: its type and its bytes, plain and compressed."""

    content_type: str
    plain: bytes
    gzip: bytes | None
    br: bytes | None


def init_app(app: Flask) -> None:
    """Read and join the static files; templates get `asset(name)`."""
    by_name, by_address = _build()
    app.extensions["assets"] = (by_name, by_address)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = asset_url


def asset_url(name: str) -> str:
    """The address of "app.css", "modules/<name>.js", "img/<file>" or "vendor/<path>"."""
    by_name, _ = current_app.extensions["assets"]
    return f"/aset/{by_name[name]}"


@blueprint.get("/aset/<path:address>")
def show(address: str) -> Response:
    """A fingerprinted file, to be kept for a year."""
    _, by_address = current_app.extensions["assets"]
    asset: Asset | None = by_address.get(address)
    if asset is None:
        abort(404)
    accepted = request.headers.get("Accept-Encoding", "")
    body, encoding = asset.plain, None
    if asset.br is not None and "br" in accepted:
        body, encoding = asset.br, "br"
    elif asset.gzip is not None and "gzip" in accepted:
        body, encoding = asset.gzip, "gzip"
    response = Response(body, content_type=asset.content_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _build() -> tuple[dict[str, str], dict[str, Asset]]:
    names: dict[str, str] = {}
    assets: dict[str, Asset] = {}

    def add(name: str, content: bytes) -> None:
        stem, dot, suffix = name.rpartition(".")
        address = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{suffix}"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        packed = f".{suffix}" in _COMPRESSIBLE
        names[name] = address
        assets[address] = Asset(
            kind,
            content,
            gzip.compress(content, 9, mtime=0) if packed else None,
            brotli.compress(content, quality=9) if packed else None,
        )

    for folder in ("img", "vendor"):
        for path in sorted((STATIC / folder).rglob("*")):
            if path.is_file() and path.name != "manifest.json":
                add(f"{folder}/{path.relative_to(STATIC / folder).as_posix()}", path.read_bytes())
    for path in sorted((STATIC / "js").glob("*.js")):
        add(f"modules/{path.name}", path.read_bytes())
    sheets = [path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css"))]

    def resolve(match: re.Match[str]) -> str:
        return f'url("/aset/{names["img/" + match[1]]}")'

    joined = re.sub(r'url\("\.\./img/([^"]+)"\)', resolve, "\n".join(sheets))
    add("app.css", _minify(joined).encode())
    return names, assets


def _minify(css: str) -> str:
    """Comments and indentation out; nothing cleverer, so that nothing can break."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line.strip() for line in css.splitlines() if line.strip()) + "\n"


def worker_script(name: str, *, scope: str) -> Response:
    """A module of scripts as a service worker for the pages under `scope`."""
    by_name, by_address = current_app.extensions["assets"]
    response = Response(by_address[by_name[f"modules/{name}.js"]].plain, content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = scope
    response.headers["Cache-Control"] = "no-cache"
    return response


def app_manifest(name: str, short_name: str, *, address: str) -> Response:
    """What a phone needs to put one page on its first screen as an application."""
    answer = jsonify(
        {
            "name": name,
            "short_name": short_name,
            "lang": "id",
            "id": address,
            "start_url": address,
            "scope": address,
            "display": "standalone",
            "background_color": "#fbfaf6",
            "theme_color": "#0a4338",
            "icons": [
                {"src": asset_url("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": asset_url("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            ],
        }
    )
    answer.content_type = "application/manifest+json; charset=utf-8"
    return answer
