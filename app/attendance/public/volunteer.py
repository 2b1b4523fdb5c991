"""The desk of a volunteer who has a link and no account: names and codes, no numbers."""

from datetime import timedelta

from flask import Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.attendance import actions, queries
from app.attendance.forms import read_lines
from app.attendance.messages.desk import list_for_phone, news_for_phone
from app.attendance.models import DeskLink
from app.attendance.public.room import blueprint, private
from app.attendance.rules import SEND_AFTER, may_check_in
from app.core import clock
from app.events.queries import title_to_say
from app.web.assets import app_manifest, worker_script


def _link(code: str, *, sending: bool = False) -> DeskLink:
    """The link while it holds, else 404; what a phone has kept may be sent a little longer."""
    link = queries.find_living_desk_link(code, clock.now(), grace=SEND_AFTER if sending else timedelta(0))
    if link is None:
        abort(404)
    return link


@blueprint.get("/meja/<code>")
def volunteer_desk(code: str) -> ResponseReturnValue:
    """The desk's application for a volunteer; once the link is over, where to get another."""
    now = clock.now()
    link = queries.find_living_desk_link(code, now)
    if link is None:
        if queries.was_desk_link(code):
            return private(render_template("attendance/volunteer_over.html"), 410)
        abort(404)
    page = render_template(
        "attendance/volunteer.html",
        event=link.event,
        called=title_to_say(link.event, now),
        link=link,
        here=url_for("attendance.volunteer_desk", code=code),
        keep_seconds=int((link.expires_at - now).total_seconds()),
        is_open=may_check_in(link.event, now),
    )
    return private(page)


@blueprint.get("/meja/<code>/daftar.json")
def volunteer_list(code: str) -> ResponseReturnValue:
    """The list for the volunteer's phone, without any digit of a number. Taking it along goes on record."""
    link = _link(code)
    now = clock.now()
    body, mark = list_for_phone(link.event_id, digits=False, token="tautan", now=now)  # noqa: S106 – not a secret
    if not request.if_none_match.contains(mark):
        actions.note_list_taken(link.event, rows=len(body["rows"]), by=None, now=now)
    answer = jsonify(body)
    answer.set_etag(mark)
    answer.headers["Cache-Control"] = "private, no-cache"  # names: nobody in between may keep them
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer.make_conditional(request)


@blueprint.post("/meja/<code>/sinkron")
def volunteer_sync(code: str) -> ResponseReturnValue:
    """Take a piece of the volunteer's queue; the desk bears the name that the station gave the link."""
    link = _link(code, sending=True)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("deeds", []), list):
        abort(400)
    now = clock.now()
    event_id = link.event_id
    results = actions.apply_desk_deeds(event_id, read_lines(sent, now), desk=link.label, by=None, now=now)
    return jsonify(news_for_phone(event_id, sent, results, digits=False, now=now))


@blueprint.get("/meja/<code>/pekerja.js")
def volunteer_worker(code: str) -> Response:
    """The service worker of this desk alone."""
    _link(code)
    return worker_script("desk-worker", scope=url_for("attendance.volunteer_desk", code=code))


@blueprint.get("/meja/<code>/manifest.webmanifest")
def volunteer_manifest(code: str) -> Response:
    """What a phone needs to put this desk on its first screen."""
    link = _link(code)
    address = url_for("attendance.volunteer_desk", code=code)
    return app_manifest(
        f"{link.label} · {title_to_say(link.event, clock.now())}", link.label, address=address
    )
