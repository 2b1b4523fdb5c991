"""Registering to attend, and the ticket."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.attendance import actions, queries
from app.attendance.details import RegistrationKind, RegistrationStatus, SeatCounts
from app.attendance.forms import PartyForm, RegisterForm, district_choices
from app.attendance.messages import ticket_text
from app.attendance.models import Registration
from app.attendance.rules import LARGEST_PARTY, problem_with_changing, problem_with_registering
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, clock_time, span
from app.documents.details import Checked
from app.documents.rules import qr_svg
from app.events.details import EventStatus
from app.events.models import Event
from app.events.queries import find_public_by_slug
from app.regions.queries import districts
from app.web.pages import absolute, fresh_until, label, refuse, words_for

blueprint = Blueprint("attendance", __name__, template_folder="templates")


def _event(slug: str) -> Event:
    event = find_public_by_slug(slug, clock.now())
    if event is None:
        abort(404)
    return event


def _private(page: str, status: int = 200) -> Response:
    """A page for one person: kept by nobody, found by no search engine."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _problem(event: Event, seats: SeatCounts | None, now: datetime) -> str | None:
    return problem_with_registering(
        status=event.status,
        audience=event.audience,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_open=seats is not None and seats.open,
        now=now,
    )


def _choices(form: RegisterForm) -> RegisterForm:
    form.district_code.choices = district_choices([(row.code, row.name) for row in districts()])
    return form


def _form_page(event: Event, form: RegisterForm, *, status: int = 200) -> Response:
    seats = queries.counts(event.id)
    problem = _problem(event, seats, clock.now())
    page = render_template(
        "attendance/new.html",
        event=event,
        form=form,
        seats=seats,
        problem=words_for(RuleBroken(problem)) if problem else None,
    )
    return _private(page, status)


@blueprint.get("/acara/<slug>/daftar")
def new(slug: str) -> ResponseReturnValue:
    """The form, with a key of its own so that pressing twice gives one ticket."""
    event = _event(slug)
    form = _choices(RegisterForm(district_code=event.district_code))
    form.submission_key.data = secrets.token_urlsafe(24)
    return _form_page(event, form)


@blueprint.post("/acara/<slug>/daftar")
def create(slug: str) -> ResponseReturnValue:
    """Register; the answer is the ticket."""
    event = _event(slug)
    form = _choices(RegisterForm())
    if not form.validate():
        return _form_page(event, form, status=422)
    try:
        registration = actions.register(
            event,
            details=form.details(),
            submission_key=form.submission_key.data or secrets.token_urlsafe(24),
            from_address=request.remote_addr or "",
            now=clock.now(),
        )
    except RuleBroken as broken:
        refuse(form, broken)
        return _form_page(_event(slug), form, status=422)
    return redirect(url_for("attendance.show", code=queries.manage_code_of(registration)), 303)


def _ticket(code: str) -> Registration:
    registration = queries.find_by_manage_code(code)
    if registration is None:
        abort(404)
    return registration


def _ticket_page(registration: Registration, form: PartyForm, *, status: int = 200) -> Response:
    now = clock.now()
    event = registration.event
    ticket = queries.ticket_of(registration)
    code = queries.manage_code_of(registration)
    problem = problem_with_changing(
        status=event.status, starts_at=event.starts_at, checked_in=ticket.checked_in_at is not None, now=now
    )
    phone = queries.phone_of(registration)
    text = ticket_text(event, registration, code)
    page = render_template(
        "attendance/show.html",
        event=event,
        ticket=ticket,
        code=code,
        grouped=_grouped(ticket.check_code),
        qr_svg=Markup(qr_svg(absolute(f"/periksa/{ticket.check_code}"))),  # noqa: S704 – drawn by ourselves
        form=form,
        changeable=problem is None and ticket.status is not RegistrationStatus.CANCELLED,
        whatsapp_url=f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}",
        share_text=text,
        largest_party=LARGEST_PARTY,
        postponed=event.status is EventStatus.POSTPONED,
        event_cancelled=event.status is EventStatus.CANCELLED,
        over=(event.ends_at or event.starts_at) <= now,
    )
    return _private(page, status)


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@blueprint.get("/tiket/<code>")
def show(code: str) -> ResponseReturnValue:
    """The ticket, for whoever holds its link."""
    registration = _ticket(code)
    return _ticket_page(registration, PartyForm(party_size=registration.party_size))


@blueprint.post("/tiket/<code>/jumlah")
def change(code: str) -> ResponseReturnValue:
    """Come with more or fewer people."""
    form = PartyForm()
    registration = _ticket(code)
    if form.validate():
        try:
            actions.change_party_size(registration, party_size=form.party_size.data, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("attendance.show", code=code), 303)
    return _ticket_page(_ticket(code), form, status=422)


@blueprint.post("/tiket/<code>/batal")
def cancel(code: str) -> ResponseReturnValue:
    """Give the seats back."""
    actions.cancel_registration(_ticket(code), now=clock.now())
    return redirect(url_for("attendance.show", code=code), 303)


@blueprint.post("/tiket/<code>/hapus")
def erase(code: str) -> ResponseReturnValue:
    """Delete the visitor's data; the link answers no more."""
    registration = _ticket(code)
    actions.erase_registration(registration, now=clock.now())
    return redirect(url_for("attendance.erased"), 303)


@blueprint.get("/tiket/terhapus")
def erased() -> ResponseReturnValue:
    """What remains after deleting: nothing, said in words."""
    return _private(render_template("attendance/erased.html"))


def _standing(event: Event) -> SeatCounts | None:
    """How the event stands; asked once a page, however many places show it."""
    kept: dict[int, SeatCounts | None] = g.setdefault("seat_counts", {})
    if event.id not in kept:
        kept[event.id] = queries.counts(event.id)
    return kept[event.id]


def event_actions(event: Event) -> str:
    """For `event.actions`: the way to register, when there is one."""
    fresh_until(event.starts_at, event.ends_at)
    seats = _standing(event)
    if seats is None or _problem(event, seats, clock.now()) is not None:
        return ""
    return render_template("attendance/_event_actions.html", event=event, seats=seats)


def event_aside(event: Event) -> str:
    """For `event.aside`: seats taken and left, or why nobody can register."""
    seats = _standing(event)
    if seats is None:
        return ""
    problem = _problem(event, seats, clock.now())
    if problem in {"event_cancelled", "event_over"}:
        return ""
    words = words_for(RuleBroken(problem)) if problem else None
    return render_template("attendance/_event_aside.html", event=event, seats=seats, problem=words)


TONES = {RegistrationStatus.CONFIRMED: "ok", RegistrationStatus.WAITING: "warn"}


def check_ticket(code: str, now: datetime) -> Checked | None:
    """What /periksa/ says of a ticket's code: that it is on record, for what and how many; no name, no number."""
    registration = queries.find_by_check_code(code)
    if registration is None or registration.kind is not RegistrationKind.INDIVIDUAL:
        return None
    event = registration.event
    shown = registration.shown_as or registration.status
    facts = [
        (_("Acara"), event.title),
        (_("Waktu"), span(event.starts_at, event.ends_at, event.zone)),
        (_("Jumlah orang"), str(registration.party_size)),
    ]
    if registration.checked_in_at is not None:
        facts.append((_("Dicatat hadir"), clock_time(registration.checked_in_at, event.zone)))
    if event.status is EventStatus.CANCELLED:
        state, tone = _("Acara dibatalkan"), "bad"
    else:
        state, tone = label(shown), TONES.get(shown, "bad")
    return Checked(
        kind=_("Tiket hadir"),
        title=event.title,
        state=state,
        tone=tone,
        facts=tuple(facts),
        note=_(
            "Kode ini hanya untuk dipindai di meja kehadiran; nama dan nomor pemegangnya tidak ditampilkan."
        ),
        url=f"/acara/{event.slug}",
        url_label=_("Halaman acara"),
    )


SLOTS: dict[str, Callable[[Any], str]] = {"event.actions": event_actions, "event.aside": event_aside}
