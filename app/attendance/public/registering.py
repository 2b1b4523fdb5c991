"""Registering: one person or family, or a group with its coordinator."""

import secrets
from datetime import datetime

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.almanac.queries import quiet_regions
from app.attendance import actions, queries
from app.attendance.details import SeatCounts
from app.attendance.forms import GroupForm, RegisterForm
from app.attendance.models import SeatHold
from app.attendance.public.room import blueprint, form_page, public_event
from app.attendance.rules import problem_with_registering
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import when
from app.events.models import Event
from app.events.queries import find_public_id, is_quiet_for
from app.regions.queries import district_names, villages_of
from app.web.pages import refuse, words_for


def problem_of(event: Event, seats: SeatCounts | None, now: datetime) -> RuleBroken | None:
    """What keeps the public from registering."""
    code = problem_with_registering(
        event,
        is_open=seats is not None and seats.open,
        opens_at=seats.opens_at if seats else None,
        closes_at=seats.closes_at if seats else None,
        now=now,
    )
    if code is None:
        return None
    if code == "registration_not_yet" and seats is not None:
        return RuleBroken(code, when=when(seats.opens_at, event.zone))
    return RuleBroken(code)


def _problem_of_invited(event: Event, hold: SeatHold, now: datetime) -> RuleBroken | None:
    if hold.ended_at is not None or hold.expires_at <= now:
        return RuleBroken("hold_over")
    code = problem_with_registering(event, is_open=True, invited=True, now=now)
    return RuleBroken(code) if code else None


def _form_page(event: Event, form: RegisterForm, *, status: int = 200) -> Response:
    now = clock.now()
    seats = queries.counts(event.id)
    hold = queries.find_hold_by_code(event.id, form.hold_code.data) if form.hold_code.data else None
    problem = problem_of(event, seats, now) if hold is None else _problem_of_invited(event, hold, now)
    page = render_template(
        "attendance/new.html",
        event=event,
        form=form,
        seats=seats,
        hold=hold,
        is_group=isinstance(form, GroupForm),
        villages=[row.name for row in villages_of(event.district_code)],
        problem=words_for(problem) if problem else None,
    )
    return form_page(page, status)


def _offered(form: RegisterForm, slug: str, event_id: int) -> RegisterForm:
    """The form with what may be chosen; in a quiet period no session that names pairs."""
    now = clock.now()
    quiet = bool(quiet_regions(now)) and is_quiet_for(public_event(slug), now)
    form.offer(district_names(), queries.session_seats(event_id, quiet=quiet))
    return form


def _fresh(event: Event, form: RegisterForm) -> Response:
    form.submission_key.data = secrets.token_urlsafe(24)
    return _form_page(event, _offered(form, event.slug, event.id))


def _register(slug: str, form: RegisterForm) -> ResponseReturnValue:
    event_id = find_public_id(slug, clock.now())
    if event_id is None:
        abort(404)
    _offered(form, slug, event_id)
    if not form.validate():
        return _form_page(public_event(slug), form, status=422)
    try:
        registration = actions.register(
            event_id,
            details=form.details(),
            submission_key=form.submission_key.data or secrets.token_urlsafe(24),
            from_address=request.remote_addr or "",
            now=clock.now(),
        )
    except RuleBroken as broken:
        refuse(form, broken)
        return _form_page(public_event(slug), form, status=422)
    return redirect(url_for("attendance.show", code=queries.manage_code_of(registration)), 303)


@blueprint.get("/acara/<slug>/daftar")
def new(slug: str) -> ResponseReturnValue:
    """The form, with a key of its own so that pressing twice gives one ticket."""
    event = public_event(slug)
    return _fresh(event, RegisterForm(formdata=None, district_code=event.district_code))


@blueprint.post("/acara/<slug>/daftar")
def create(slug: str) -> ResponseReturnValue:
    """Register; the answer is the ticket."""
    return _register(slug, RegisterForm())


@blueprint.get("/acara/<slug>/daftar/rombongan")
def new_group(slug: str) -> ResponseReturnValue:
    """The form for a group; with the link of kept places (`jatah`) it uses those."""
    event = public_event(slug)
    code = request.args.get("jatah", "")[:64]
    hold = queries.find_hold_by_code(event.id, code) if code else None
    if code and hold is None:
        abort(404)
    form = GroupForm(
        formdata=None,
        district_code=event.district_code,
        hold_code=code,
        group_name=hold.organisation_name if hold else "",
    )
    return _fresh(event, form)


@blueprint.post("/acara/<slug>/daftar/rombongan")
def create_group(slug: str) -> ResponseReturnValue:
    """Register a group; the answer is its ticket."""
    return _register(slug, GroupForm())
