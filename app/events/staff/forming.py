"""Writing a proposal, and changing what was announced: the pages of the form."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, number
from app.core.text import whole_number
from app.events import actions, queries
from app.events.details import EventDetails
from app.events.forms import EventForm, values_of
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.rules import states
from app.events.staff.asking import guards_of_form, guards_of_stored
from app.events.staff.fairness import openings_text
from app.events.staff.filling import (
    first_values_of_event,
    offer_lists,
    typed_form,
    units_to_propose_to,
    zone_of,
)
from app.events.staff.previewing import Preview, may_set_aside, preview_of, reaches_following
from app.events.staff.rooms import blueprint, find_own_or_checked
from app.events.staff.series import following_text, tell_outcome
from app.regions.models import Unit
from app.web.pages import refuse
from app.web.staff import permitted

# Asking for the guards only looks; the buttons that do so never save.
LOOKS = ("periksa", "slot")


@blueprint.get("/baru")
@permitted(P.PROPOSE)
def new() -> ResponseReturnValue:
    units = units_to_propose_to()
    zone = zone_of(units)
    form = EventForm(data=first_values_of_event(zone, units))
    offer_lists(form, units)
    return _page(form, units, zone)


@blueprint.post("/baru")
@permitted(P.PROPOSE)
def create() -> ResponseReturnValue:
    units = units_to_propose_to()
    if not units:
        abort(404)
    unit = next((one for one in units if str(one.id) == request.form.get("unit_id")), units[0])
    form, moved = typed_form(units)
    if moved or _only_looks():
        return _page(form, units, unit.zone, checked=True)
    hands_in = request.form.get("aksi") == "kirim"
    if form.validate_on_submit():
        details, by, now = form.details(unit.zone), current_user.person, clock.now()
        try:
            if hands_in:
                checks = current_user.may(P.CHECK, unit.id)
                event = actions.propose(details, unit=unit, by=by, now=now, checks=checks)
            else:
                event = actions.save_draft(details, unit=unit, by=by, now=now)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            told = _("Acara sudah diajukan.") if hands_in else _("Draf sudah disimpan.")
            flash(told, "ok")
            return redirect(url_for("staff.events.show", event_id=event.id), 303)
    return _page(form, units_to_propose_to(), unit.zone, checked=True), 422


@blueprint.get("/<int:event_id>/ubah")
@permitted(P.PROPOSE, P.CHECK)
def edit(event_id: int) -> ResponseReturnValue:
    event = _editable(event_id)
    units = [event.unit]
    values = values_of(queries.details_of(event), event.zone)
    form = EventForm(data={**values, "version": str(event.version), "unit_id": str(event.unit_id)})
    offer_lists(form, units)
    return _page(form, units, event.zone, event=event, checked=True)


@blueprint.post("/<int:event_id>/ubah")
@permitted(P.PROPOSE, P.CHECK)
def update(event_id: int) -> ResponseReturnValue:
    event = _editable(event_id)
    form, moved = typed_form([event.unit])
    if moved or _only_looks():
        return _page(form, [event.unit], event.zone, event=event, checked=True)
    preview = None
    if form.validate_on_submit():
        details = _with_kept(form.details(event.zone), event)
        if states.problem_with_details(details) is None:
            preview = preview_of(event, details, form)
        if preview is not None and not preview.is_barred and preview.must_be_read(form.confirmed.data):
            form.confirmed.data = preview.digest
            return _page(form, [event.unit], event.zone, event=event, checked=True, preview=preview)
        try:
            _save(event, details, form)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Perubahan sudah disimpan."), "ok")
            return redirect(url_for("staff.events.show", event_id=event_id), 303)
        event = _editable(event_id)
    return _page(form, [event.unit], event.zone, event=event, checked=True, preview=preview), 422


@blueprint.post("/periksa")
@permitted(P.PROPOSE, P.CHECK)
def check() -> ResponseReturnValue:
    """The guards of what is typed so far, as the page's module asks for them."""
    event_id = whole_number(request.args.get("acara"))
    if event_id is not None:
        event = _editable(event_id)
        form, _moved = typed_form([event.unit])
        return render_template("events/_guards.html", **guards_of_form(form, event.zone, event))
    units = units_to_propose_to()
    form, _moved = typed_form(units)
    return render_template("events/_guards.html", **guards_of_form(form, zone_of(units), None))


def _save(event: Event, details: EventDetails, form: EventForm) -> None:
    """Do what the form asks for: to this event or to those after it as well, announced or not."""
    now, by, zone = clock.now(), current_user.person, event.zone
    version = whole_number(form.version.data)
    note = form.change_note.data or ""
    reason = form.override_reason.data or "" if may_set_aside(event) else ""
    checks = current_user.may(P.CHECK, event.unit_id)
    hands_in = request.form.get("aksi") == "kirim"
    if reaches_following(event, form):
        outcome = actions.change_following(
            event,
            details,
            by=by,
            now=now,
            checks=checks,
            publishes=current_user.may(P.PUBLISH, event.unit_id),
            note=note,
            version=version,
            set_aside=reason,
        )
        count = number(len(outcome.done))
        tell_outcome(outcome, _("%(count)s acara sesudahnya ikut diubah.", count=count), zone)
    elif states.may_change_published(event):
        actions.change_published(event, details, by=by, now=now, note=note, version=version, set_aside=reason)
        return
    else:
        actions.revise(event, details, by=by, now=now, checks=checks, version=version)
    if hands_in:
        actions.submit(event, by=by, now=now, checks=checks)


def _editable(event_id: int) -> Event:
    event, checks = find_own_or_checked(event_id)
    announced = states.may_change_published(event) and current_user.may(P.PUBLISH, event.unit_id)
    if not announced and not states.may_revise(event, checks=checks):
        abort(404)
    return event


def _with_kept(details: EventDetails, event: Event) -> EventDetails:
    """What the form does not ask stays as it is: who among the leaders has an account, the village."""
    old = {(item.title, item.leader_name): item.leader_id for item in event.programme}
    programme = tuple(
        type(item)(**{**vars(item), "leader_id": old.get((item.title, item.leader_name))})
        for item in details.programme
    )
    village = event.venue.village_code or "" if details.venue_name == event.venue.name else ""
    return type(details)(**{**vars(details), "programme": programme, "village_code": village})


def _only_looks() -> bool:
    return any(name in request.form for name in LOOKS)


def _page(
    form: EventForm,
    units: list[Unit],
    zone: str,
    *,
    event: Event | None = None,
    checked: bool = False,
    preview: Preview | None = None,
) -> str:
    extra: dict[str, Any] = {"guards": [], "slots": [], "incomplete": False, "clear": False}
    if checked and event is not None and request.method == "GET":
        extra = guards_of_stored(event, zone)
    elif checked:
        # The guards are asked of a copy, so that the errors of this try stay where they are.
        extra = guards_of_form(typed_form(units)[0], zone, event)
    return render_template(
        "events/form.html",
        form=form,
        units=units,
        event=event,
        zone_name=clock.local(clock.now(), zone).tzname(),
        preview=preview,
        openings=openings_text(event),
        following=_offer_scope(form, event),
        is_announced=event is not None and states.may_change_published(event),
        **extra,
    )


def _offer_scope(form: EventForm, event: Event | None) -> bool:
    """Whether a change may reach further events of a series, with the choice worded."""
    words = following_text(event) if event is not None else ""
    form.scope.choices = [SelectChoice("ini", _("Hanya acara ini")), SelectChoice("berikut", words)]
    return bool(words)
