"""The ticket: what its holder sees, changes, gives back."""

from datetime import datetime, timedelta
from urllib.parse import quote

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.attendance import actions, queries
from app.attendance.details import Need, RegistrationKind, RegistrationStatus
from app.attendance.forms import (
    CorrectForm,
    CorrectGroupForm,
    HandOverForm,
    PartyForm,
    SessionsForm,
    SplitForm,
    district_choices,
)
from app.attendance.messages import span_of, ticket_text
from app.attendance.models import Registration
from app.attendance.public.room import blueprint, private, ticket_behind
from app.attendance.rules import (
    LARGEST_GROUP,
    LARGEST_PARTY,
    LONG_EVENING,
    is_over,
    latest_end,
    problem_with_changing,
)
from app.core import clock
from app.core.errors import RuleBroken
from app.documents.rules import qr_svg
from app.events.details import EventStatus
from app.events.models import Event
from app.events.queries import is_quiet_for, session_times, title_to_say
from app.regions.queries import district_names, villages_of
from app.web.assets import worker_script
from app.web.forms import Form
from app.web.pages import absolute, refuse


def _largest(registration: Registration) -> int:
    """How many people a ticket may be for: a group that an officer made larger stays as large as it is."""
    if registration.kind is not RegistrationKind.GROUP:
        return LARGEST_PARTY
    return max(LARGEST_GROUP, registration.party_size)


def _ticket_page(registration: Registration, form: PartyForm, *, status: int = 200) -> Response:
    now = clock.now()
    event = registration.event
    ticket = queries.ticket_of(registration)
    code = queries.manage_code_of(registration)
    problem = problem_with_changing(event, checked_in=ticket.checked_in_at is not None, now=now)
    phone = queries.phone_of(registration)
    called, quiet = title_to_say(event, now), is_quiet_for(event, now)
    text = ticket_text(event, registration, code, called=called)
    page = render_template(
        "attendance/show.html",
        event=event,
        called=called,
        ticket=ticket,
        code=code,
        grouped=_grouped(ticket.check_code),
        qr_svg=Markup(qr_svg(absolute(f"/periksa/{ticket.check_code}"))),  # noqa: S704 – drawn by ourselves
        form=form,
        changeable=problem is None and ticket.status is not RegistrationStatus.CANCELLED,
        whatsapp_url=f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}",
        share_text=text,
        largest_party=_largest(registration),
        registration=registration,
        names=queries.names_of(registration),
        sessions=_sessions_shown(registration, quiet=quiet),
        chooses_sessions=bool(queries.session_seats(event.id, quiet=quiet)),
        lost_sessions=queries.lost_sessions_of(registration.id, quiet=quiet),
        needs=[Need(value) for value in registration.needs],
        postponed=event.status is EventStatus.POSTPONED,
        event_cancelled=event.status is EventStatus.CANCELLED,
        passed_on=request.args.get("baru", ""),
        kept=request.args.get("luring") == "1",  # the copy that stays on the phone: nothing to press in it
        keep_seconds=_keep_seconds(event, now),
        now=now,
        over=is_over(event, now - LONG_EVENING),  # many begin late: the code must not go before they do
        span=span_of(event),
    )
    return private(page, status)


def _sessions_shown(registration: Registration, *, quiet: bool) -> list[tuple[str, datetime | None]]:
    """The chosen sessions with their times."""
    chosen = queries.chosen_sessions(registration.id, quiet=quiet)
    times = session_times(registration.event) if chosen else {}
    return [(title, times.get(session_id)) for session_id, title in chosen]


def _keep_seconds(event: Event, now: datetime) -> int:
    """How long a phone may keep its copy: to the end of the next day, but to the event's end when it names pairs."""
    extra = timedelta(0) if event.names_candidates else timedelta(days=1)
    return max(0, int((latest_end(event) + extra - now).total_seconds()))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@blueprint.get("/tiket/<code>")
def show(code: str) -> ResponseReturnValue:
    """The ticket, for whoever holds its link."""
    registration = ticket_behind(code)
    form = PartyForm(formdata=None, party_size=registration.party_size)
    form.allow(_largest(registration))
    return _ticket_page(registration, form)


@blueprint.post("/tiket/<code>/jumlah")
def change(code: str) -> ResponseReturnValue:
    """Come with more or fewer people."""
    form = PartyForm()
    registration = ticket_behind(code)
    form.allow(_largest(registration))
    if form.validate():
        try:
            actions.change_party_size(registration, party_size=form.party_size.data, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("attendance.show", code=code), 303)
    return _ticket_page(ticket_behind(code), form, status=422)


def _correct_form(registration: Registration) -> CorrectForm | CorrectGroupForm:
    kind = CorrectGroupForm if registration.kind is RegistrationKind.GROUP else CorrectForm
    kept: dict[str, object] = {
        name: getattr(registration, name)
        for name in ("name", "district_code", "village", "needs", "needs_note")
    }
    kept["group_name"] = registration.organisation_name
    kept["members"] = "\n".join(queries.names_of(registration))
    form = kind(data=kept)
    form.district_code.choices = district_choices(district_names())
    return form


def _form_page(
    template: str, registration: Registration, form: Form, *, status: int = 200, **more: object
) -> Response:
    """A form of its own that changes something about a ticket."""
    page = render_template(
        f"attendance/{template}.html",
        called=title_to_say(registration.event, clock.now()),
        code=queries.manage_code_of(registration),
        form=form,
        **more,
    )
    return private(page, status)


def _correct_page(
    registration: Registration, form: CorrectForm | CorrectGroupForm, *, status: int = 200
) -> Response:
    return _form_page(
        "correct",
        registration,
        form,
        status=status,
        event=registration.event,
        fixed_group=registration.hold_id is not None,
        villages=[row.name for row in villages_of(registration.event.district_code)],
    )


@blueprint.get("/tiket/<code>/ubah")
def edit(code: str) -> ResponseReturnValue:
    """Put name, place, needs and a group's names right."""
    registration = ticket_behind(code)
    return _correct_page(registration, _correct_form(registration))


@blueprint.post("/tiket/<code>/ubah")
def update(code: str) -> ResponseReturnValue:
    """Keep what was put right."""
    registration = ticket_behind(code)
    form = _correct_form(registration)
    if form.validate():
        try:
            actions.correct_registration(registration, details=form.details(), now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("attendance.show", code=code), 303)
    return _correct_page(ticket_behind(code), form, status=422)


def _session_ids(registration: Registration) -> list[int]:
    return [session_id for session_id, _title in queries.chosen_sessions(registration.id)]


def _sessions_form(registration: Registration, now: datetime) -> SessionsForm:
    """What may be chosen, with what is chosen ticked; in a quiet period no session that names pairs."""
    quiet = is_quiet_for(registration.event, now)
    # Given by hand, for when no box is ticked the browser sends nothing at all.
    sent = request.form if request.method == "POST" else None
    form = SessionsForm(sent, data={"session_ids": _session_ids(registration)})
    form.offer(queries.session_seats(registration.event_id, quiet=quiet))
    return form


@blueprint.get("/tiket/<code>/sesi")
def sessions(code: str) -> ResponseReturnValue:
    """Come for other sessions."""
    registration = ticket_behind(code)
    return _form_page("sessions", registration, _sessions_form(registration, clock.now()))


@blueprint.post("/tiket/<code>/sesi")
def choose_sessions(code: str) -> ResponseReturnValue:
    """Keep the choice; a session that is not shown at present stays as it was chosen."""
    now = clock.now()
    registration = ticket_behind(code)
    form = _sessions_form(registration, now)
    if form.validate():
        chosen = form.chosen_of(_session_ids(registration))
        try:
            actions.choose_sessions(registration, session_ids=chosen, now=now)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("attendance.show", code=code), 303)
    return _form_page("sessions", ticket_behind(code), form, status=422)


def _split_page(registration: Registration, form: SplitForm, *, status: int = 200) -> Response:
    form.offer(queries.names_of(registration))
    return _form_page("split", registration, form, status=status, largest=registration.party_size - 1)


@blueprint.get("/tiket/<code>/pisah")
def split(code: str) -> ResponseReturnValue:
    """Give a part of the group a ticket of its own."""
    registration = ticket_behind(code)
    if registration.party_size < 2:
        abort(404)
    return _split_page(registration, SplitForm(formdata=None))


@blueprint.post("/tiket/<code>/pisah")
def make_split(code: str) -> ResponseReturnValue:
    """The answer is the new ticket, ready to be sent on."""
    registration = ticket_behind(code)
    form = SplitForm()
    form.offer(queries.names_of(registration))
    if form.validate():
        try:
            part = actions.split_group(registration, details=form.details(), now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            new_code = queries.manage_code_of(part)
            return redirect(url_for("attendance.show", code=new_code, baru="pisah"), 303)
    return _split_page(ticket_behind(code), form, status=422)


@blueprint.get("/tiket/<code>/alihkan")
def pass_ticket(code: str) -> ResponseReturnValue:
    """Give the ticket to somebody else."""
    return _form_page("hand_over", ticket_behind(code), HandOverForm(formdata=None))


@blueprint.post("/tiket/<code>/alihkan")
def hand_over(code: str) -> ResponseReturnValue:
    """The answer is the ticket under its new link, ready to be sent on; the old link ends."""
    form = HandOverForm()
    registration = ticket_behind(code)
    if form.validate():
        try:
            registration = actions.hand_over(registration, details=form.details(), now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            new_code = queries.manage_code_of(registration)
            return redirect(url_for("attendance.show", code=new_code, baru="alih"), 303)
    return _form_page("hand_over", ticket_behind(code), form, status=422)


@blueprint.post("/tiket/<code>/pasti")
def confirm(code: str) -> ResponseReturnValue:
    """Say "yes, I come"."""
    actions.confirm_coming(ticket_behind(code), now=clock.now())
    return redirect(url_for("attendance.show", code=code), 303)


@blueprint.get("/tiket/<code>/pekerja.js")
def worker(code: str) -> ResponseReturnValue:
    """The service worker of this ticket alone; it shows the kept copy when there is no network."""
    ticket_behind(code)
    return worker_script("ticket-worker", scope=url_for("attendance.show", code=code))


@blueprint.post("/tiket/<code>/batal")
def cancel(code: str) -> ResponseReturnValue:
    """Give the seats back."""
    actions.cancel_registration(ticket_behind(code), now=clock.now())
    return redirect(url_for("attendance.show", code=code), 303)


@blueprint.post("/tiket/<code>/hapus")
def erase(code: str) -> ResponseReturnValue:
    """Delete the visitor's data; the link answers no more."""
    registration = ticket_behind(code)
    actions.erase_registration(registration, now=clock.now())
    return redirect(url_for("attendance.erased"), 303)


@blueprint.get("/tiket/terhapus")
def erased() -> ResponseReturnValue:
    """What remains after deleting: nothing, said in words."""
    return private(render_template("attendance/erased.html"))
