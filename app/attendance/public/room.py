"""What the public pages of attendance share."""

from flask import Blueprint, Response, abort, make_response

from app.attendance import queries
from app.attendance.models import Registration
from app.core import clock
from app.events.models import Event
from app.events.queries import find_public_by_slug

blueprint = Blueprint("attendance", __name__, template_folder="../templates")


def public_event(slug: str) -> Event:
    """The announced event of an address, or 404."""
    event = find_public_by_slug(slug, clock.now())
    if event is None:
        abort(404)
    return event


def ticket_behind(code: str) -> Registration:
    """The registration behind somebody's own link, or 404."""
    registration = queries.find_by_manage_code(code)
    if registration is None:
        abort(404)
    return registration


def form_page(page: str, status: int = 200) -> Response:
    """A form with a key of its own: going back shows the same one, so that sending it again gives the same ticket."""
    response = private(page, status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def private(page: str, status: int = 200) -> Response:
    """A page for one person: kept by nobody, found by no search engine."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
