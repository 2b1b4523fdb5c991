"""The citizen's own data: see, take along, put right, delete, ask."""

from datetime import datetime
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.attendance import actions, queries
from app.attendance.forms import DataRequestForm, OpenDataRequestForm
from app.attendance.models import Registration
from app.attendance.public.room import blueprint, private, ticket_behind
from app.attendance.rules import phones_expire_at
from app.core import clock
from app.core.errors import RuleBroken
from app.events.queries import is_quiet_for, title_to_say
from app.web.pages import refuse


def _page(registration: Registration, form: DataRequestForm, *, status: int = 200) -> Response:
    event, now = registration.event, clock.now()
    page = render_template(
        "attendance/own_data.html",
        event=event,
        called=title_to_say(event, now),
        registration=registration,
        code=queries.manage_code_of(registration),
        names=queries.names_of(registration),
        sessions=queries.session_titles_of(registration.id, quiet=is_quiet_for(event, now)),
        consents=queries.consents_of(registration.id),
        requests=queries.requests_of(registration.id),
        expires_at=phones_expire_at(event.starts_at, event.ends_at),
        form=form,
        sent=request.args.get("terkirim") == "1",
        now=now,
    )
    return private(page, status)


@blueprint.get("/data-saya/<code>")
def own_data(code: str) -> ResponseReturnValue:
    """Everything that is kept of the holder of a ticket."""
    return _page(ticket_behind(code), DataRequestForm(formdata=None))


@blueprint.get("/data-saya/<code>.json")
def own_data_file(code: str) -> ResponseReturnValue:
    """The same to take along, whole, for machines."""
    registration = ticket_behind(code)
    answer = jsonify(_everything(registration, clock.now()))
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _everything(registration: Registration, now: datetime) -> dict[str, Any]:
    shown = registration.shown_as or registration.status
    event = registration.event
    return {
        "event": {"title": title_to_say(event, now), "starts_at": event.starts_at.isoformat()},
        "name": registration.name,
        "phone": queries.phone_of(registration),
        "party_size": registration.party_size,
        "status": shown.value,
        "district_code": registration.district_code,
        "village": registration.village,
        "organisation": registration.organisation_name,
        "members": queries.names_of(registration),
        "sessions": queries.session_titles_of(registration.id, quiet=is_quiet_for(event, now)),
        "sessions_left_out": queries.lost_sessions_of(registration.id, quiet=is_quiet_for(event, now)),
        "needs": registration.needs,
        "needs_note": registration.needs_note,
        "registered_at": registration.registered_at.isoformat(),
        "checked_in_at": registration.checked_in_at.isoformat() if registration.checked_in_at else None,
        "checked_in_count": registration.checked_in_count,
        "ticket_code": registration.check_code,
        "consents": [
            {
                "purpose": consent.purpose,
                "text_version": consent.text_version,
                "given_at": consent.given_at.isoformat(),
                "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
            }
            for consent in queries.consents_of(registration.id)
        ],
        "requests": [
            {"kind": row.kind.value, "asked_at": row.asked_at.isoformat(), "answer": row.answer}
            for row in queries.requests_of(registration.id)
        ],
        "deleted_at": phones_expire_at(event.starts_at, event.ends_at).isoformat(),
    }


@blueprint.post("/data-saya/<code>/minta")
def ask(code: str) -> ResponseReturnValue:
    """Ask for what one cannot do oneself; the law's clock starts."""
    registration = ticket_behind(code)
    form = DataRequestForm()
    if not form.validate():
        return _page(registration, form, status=422)
    actions.ask_about_data(
        form.details(name=registration.name, phone=queries.phone_of(registration)),
        registration=registration,
        unit_id=registration.event.unit_id,
        now=clock.now(),
    )
    return redirect(url_for("attendance.own_data", code=code, terkirim=1, _anchor="permintaan"), 303)


def _open_page(form: OpenDataRequestForm, *, status: int = 200) -> Response:
    sent = request.args.get("terkirim") == "1"
    return private(render_template("attendance/ask.html", form=form, sent=sent), status)


@blueprint.get("/data-saya")
def ask_without_ticket() -> ResponseReturnValue:
    """For who has no ticket at hand: ask an officer."""
    return _open_page(OpenDataRequestForm(formdata=None))


@blueprint.post("/data-saya")
def send_without_ticket() -> ResponseReturnValue:
    """Put the request into the Polres' inbox."""
    form = OpenDataRequestForm()
    if not form.validate():
        return _open_page(form, status=422)
    try:
        actions.ask_about_data(
            form.details(name=form.name.data, phone=form.phone.e164 or ""),
            registration=None,
            unit_id=None,
            now=clock.now(),
            from_address=request.remote_addr or "",
        )
    except RuleBroken as broken:
        refuse(form, broken)
        return _open_page(form, status=422)
    return redirect(url_for("attendance.ask_without_ticket", terkirim=1), 303)
