"""Photos and share cards as files."""

from flask import Blueprint, Response, abort, request

from app.core import clock
from app.media.actions import find_card
from app.media.queries import find_copy, read_card_name

blueprint = Blueprint("media", __name__, template_folder="templates")
_KEEP = "public, max-age=31536000, immutable"


@blueprint.get("/foto/<name>")
def photo(name: str) -> Response:
    """A copy of a photo. Its name holds its hash, so it may be kept for ever."""
    found = find_copy(name)
    if found is None:
        abort(404)
    return _file(*found, keep=_KEEP)


@blueprint.get("/kartu/<name>")
def card(name: str) -> Response:
    """The share card of an event, an article, a notice."""
    read = read_card_name(name)
    content = find_card(*read, now=clock.now()) if read else None
    if content is None:
        abort(404)
    # Not for ever: in masa tenang or after a withdrawal the card goes with its page.
    return _file(content, "image/jpeg", keep="public, max-age=3600")


def _file(content: bytes, mimetype: str, *, keep: str) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers["Cache-Control"] = keep
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(request)
    return response
