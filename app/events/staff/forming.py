"""Writing a proposal, and changing what was announced."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice

from app.core import clock
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.i18n import _, number
from app.events import actions, queries
from app.events.actions.telling import Rehearsal, rehearse_change
from app.events.details import EventDetails, EventKind, Grade, ItemKind
from app.events.forms import EventForm, rearranged, values_of, with_usual_lines
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.rules import states
from app.events.rules.guards import Plan
from app.events.rules.guards import check as ask_guards
from app.events.rules.programme import order_of_prayer, usual_programme
from app.events.staff.fairness import openings_text
from app.events.staff.rooms import blueprint, find_own_or_checked
from app.events.staff.series import following_text, tell_outcome
from app.events.staff.showing import guard_items, samples_of, slot_items
from app.regions.models import Unit
from app.regions.queries import districts
from app.web.pages import refuse, words_for
from app.web.staff import permitted

# Asking for the guards only looks; the buttons that do so never save.
LOOKS = ("periksa", "slot")


@blueprint.get("/baru")
@permitted(P.PROPOSE)
def new() -> ResponseReturnValue:
    units = _units()
    zone = _zone(units)
    form = EventForm(data=_first_values(zone, units))
    _offer(form, units)
    return _page(form, units, zone)


@blueprint.post("/baru")
@permitted(P.PROPOSE)
def create() -> ResponseReturnValue:
    units = _units()
    if not units:
        abort(404)
    unit = next((one for one in units if str(one.id) == request.form.get("unit_id")), units[0])
    form, moved = _typed(units)
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
    return _page(form, _units(), unit.zone, checked=True), 422


@blueprint.get("/<int:event_id>/ubah")
@permitted(P.PROPOSE, P.CHECK)
def edit(event_id: int) -> ResponseReturnValue:
    event = _editable(event_id)
    units = [event.unit]
    values = values_of(queries.details_of(event), event.zone)
    form = EventForm(data={**values, "version": str(event.version), "unit_id": str(event.unit_id)})
    _offer(form, units)
    return _page(form, units, event.zone, event=event, checked=True)


@blueprint.post("/<int:event_id>/ubah")
@permitted(P.PROPOSE, P.CHECK)
def update(event_id: int) -> ResponseReturnValue:
    event = _editable(event_id)
    form, moved = _typed([event.unit])
    if moved or _only_looks():
        return _page(form, [event.unit], event.zone, event=event, checked=True)
    if form.validate_on_submit():
        details = _with_kept(form.details(event.zone), event)
        announced = states.may_change_published(event)
        if announced and states.problem_with_details(details) is None:
            shown = rehearse_change(
                event, details, note=form.change_note.data or "", by=current_user.person, now=clock.now()
            )
            if shown is not None and shown.samples and form.confirmed.data != shown.digest:
                form.confirmed.data = shown.digest
                return _page(form, [event.unit], event.zone, event=event, checked=True, shown=shown)
        try:
            _save(event, details, form)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Perubahan sudah disimpan."), "ok")
            return redirect(url_for("staff.events.show", event_id=event_id), 303)
        event = _editable(event_id)
    return _page(form, [event.unit], event.zone, event=event, checked=True), 422


@blueprint.post("/periksa")
@permitted(P.PROPOSE, P.CHECK)
def check() -> ResponseReturnValue:
    """The guards of what is typed so far, as the page's module asks for them."""
    text = request.args.get("acara", "")
    if text.isascii() and text.isdigit() and len(text) < 10:
        event = _editable(int(text))
        form, _moved = _typed([event.unit])
        return render_template("events/_guards.html", **_guards(form, event.zone, event))
    units = _units()
    form, _moved = _typed(units)
    return render_template("events/_guards.html", **_guards(form, _zone(units), None))


def _save(event: Event, details: EventDetails, form: EventForm) -> None:
    now, by = clock.now(), current_user.person
    text = form.version.data or ""
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    hands_in = request.form.get("aksi") == "kirim"
    if event.series_id is not None and form.scope.data == "berikut":
        checks, zone = current_user.may(P.CHECK, event.unit_id), event.zone
        note = form.change_note.data or ""
        publishes = current_user.may(P.PUBLISH, event.unit_id)
        outcome = actions.change_following(
            event, details, by=by, now=now, checks=checks, publishes=publishes, note=note, version=version
        )
        count = number(len(outcome.done))
        tell_outcome(outcome, _("%(count)s acara sesudahnya ikut diubah.", count=count), zone)
        if hands_in:
            actions.submit(event, by=by, now=now)
        return
    if states.may_change_published(event):
        note = form.change_note.data or ""
        reason = form.override_reason.data or "" if _may_set_aside(event) else ""
        actions.change_published(event, details, by=by, now=now, note=note, version=version, set_aside=reason)
        return
    checks = current_user.may(P.CHECK, event.unit_id)
    actions.revise(event, details, by=by, now=now, checks=checks, version=version)
    if hands_in:
        actions.submit(event, by=by, now=now, checks=checks)


def _editable(event_id: int) -> Event:
    event, checks = find_own_or_checked(event_id)
    announced = states.may_change_published(event) and current_user.may(P.PUBLISH, event.unit_id)
    if not announced and not states.may_revise(event, checks=checks):
        abort(404)
    return event


def _may_set_aside(event: Event) -> bool:
    """Whether the person may override guards here and now, with the second factor that takes."""
    return current_user.may(P.OVERRIDE, event.unit_id) and current_user.second_factor_address() is None


def _with_kept(details: EventDetails, event: Event) -> EventDetails:
    """What the form does not ask stays as it is: who among the leaders has an account, the village."""
    old = {(item.title, item.leader_name): item.leader_id for item in event.programme}
    programme = tuple(
        type(item)(**{**vars(item), "leader_id": old.get((item.title, item.leader_name))})
        for item in details.programme
    )
    village = event.venue.village_code or "" if details.venue_name == event.venue.name else ""
    return type(details)(**{**vars(details), "programme": programme, "village_code": village})


def _typed(units: list[Unit]) -> tuple[EventForm, bool]:
    """The form as it was sent, with a free time taken over or a row added, removed or moved."""
    typed: MultiDict[str, str] = MultiDict(request.form.items(multi=True))
    moved = rearranged(typed)
    if moved is None and "contoh" in typed:
        moved = _with_usual_lines(typed)
    if moved is not None:
        typed = moved
    if slot := typed.get("slot"):
        _take_slot(typed, slot)
    form = EventForm(formdata=typed)
    _offer(form, units)
    return form, moved is not None


def _with_usual_lines(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """The usual programme of the ticked kinds put in, begun by the faith whose turn it is to open."""
    kinds = {kind for kind in EventKind if kind.value in typed.getlist("kinds")}
    asked = {faith for faith in Faith if faith.value in typed.getlist("faiths")}
    usual = usual_programme(kinds, order_of_prayer(asked, _opened_by()))
    if not usual.lines:
        flash(_("Pilih dahulu jenis acaranya; untuk jenis ini belum ada susunan yang lazim."), "warn")
    return with_usual_lines(typed, usual)


def _opened_by() -> list[Faith]:
    return [opening.faith for opening in queries.openings_before(clock.now())]


def _take_slot(typed: MultiDict[str, str], slot: str) -> None:
    """Move the start to a free time and the end along with it."""
    try:
        start = datetime.strptime(slot, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 – local, as fields are
        old = datetime.strptime(typed.get("starts_at", "")[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
        end = datetime.strptime(typed.get("ends_at", "")[:16], "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        typed["starts_at"] = slot
        return
    typed["starts_at"] = slot
    try:
        typed["ends_at"] = (start + (end - old)).strftime("%Y-%m-%dT%H:%M")
    except OverflowError:
        typed["ends_at"] = ""


def _only_looks() -> bool:
    return any(name in request.form for name in LOOKS)


def _units() -> list[Unit]:
    """The units to which the person may propose."""
    return queries.units_for(current_user.unit_ids(P.PROPOSE))


def _zone(units: list[Unit]) -> str:
    return units[0].zone if units else "Asia/Pontianak"


def _offer(form: EventForm, units: list[Unit]) -> None:
    form.offer([(row.code, row.name) for row in districts()], [(str(unit.id), unit.name) for unit in units])


def _first_values(zone: str, units: list[Unit]) -> dict[str, Any]:
    """A new proposal: a week from now in the evening, every faith with the same five minutes."""
    day = clock.local(clock.now(), zone) + timedelta(days=7)
    starts_at = day.replace(hour=19, minute=30, second=0, microsecond=0, tzinfo=None)
    prayers = [
        {
            "title": _("Doa"),
            "kind": ItemKind.PRAYER.value,
            "minutes": 5,
            "faith": faith.value,
        }
        for faith in order_of_prayer(Faith, _opened_by())
    ]
    return {
        "starts_at": starts_at,
        "faiths": [faith.value for faith in Faith],
        "unit_id": str(units[0].id) if units else "",
        "sessions": [{}],
        "programme": [
            {"title": _("Pembukaan"), "kind": ItemKind.OPENING.value, "minutes": 10},
            *prayers,
            {"title": _("Penutup"), "kind": ItemKind.CLOSING.value, "minutes": 10},
        ],
    }


def _guards(form: EventForm, zone: str, event: Event | None) -> dict[str, Any]:
    """Guards and free times of what is typed; a word of what is missing when it is not enough."""
    details = form.plan(zone)
    if details is None:
        return _unasked(_why_unasked(form))
    # A plan that cannot be kept is not asked about: a year-long event would meet every guard of every day.
    problem = states.problem_with_details(replace(details, title=details.title or _("Acara")))
    if problem is not None:
        return _unasked(words_for(RuleBroken(problem[0], field=problem[1])))
    now = clock.now()
    around = queries.surroundings_of(details, now, event_id=event.id if event else None)
    if around is None:
        return _unasked()
    is_known = event is not None and event.starts_at == details.starts_at
    plan = Plan(
        details, now, is_announced=is_known and event is not None and states.may_change_published(event)
    )
    given = {override.fingerprint for override in event.overrides} if event else set()
    findings = tuple(one for one in ask_guards(plan, around) if one.fingerprint not in given)
    hard = any(finding.grade.value in {"tolak", "alasan"} for finding in findings)
    return {
        "guards": guard_items(findings, zone),
        "slots": slot_items(plan, around) if hard else [],
        "incomplete": False,
        "clear": not hard,
    }


def _why_unasked(form: EventForm) -> str:
    """What about the fields keeps the guards from being asked, once there is a time; empty before."""
    if form.ends_at.errors:
        return str(form.ends_at.errors[0])
    wrong = [field.label.text for field in form.asked_of() if field.errors]
    if not form.starts_at.data or not wrong:
        return ""
    return _("Belum dapat diperiksa; betulkan dahulu: %(fields)s.", fields=", ".join(map(str, wrong)))


def _unasked(why: str = "") -> dict[str, Any]:
    """No guard could be asked: too little is filled in, or what is filled in cannot be, with why."""
    return {"guards": [], "slots": [], "incomplete": True, "why": why, "clear": False}


def _page(
    form: EventForm,
    units: list[Unit],
    zone: str,
    *,
    event: Event | None = None,
    checked: bool = False,
    shown: Rehearsal | None = None,
) -> str:
    extra: dict[str, Any] = {"guards": [], "slots": [], "incomplete": False, "clear": False}
    if checked and event is not None and request.method == "GET":
        extra = _guards_of(event, zone)
    elif checked:
        # The guards are asked of a copy, so that the errors of this try stay where they are.
        extra = _guards(_typed(units)[0], zone, event)
    announced = event is not None and states.may_change_published(event)
    asks_reason = any(item["grade"] == Grade.REASON.value for item in extra["guards"])
    return render_template(
        "events/form.html",
        form=form,
        units=units,
        event=event,
        zone_name=clock.local(clock.now(), zone).tzname(),
        samples=samples_of(shown) if shown else [],
        count=shown.count if shown else 0,
        openings=openings_text(event),
        following=_offer_scope(form, event),
        is_announced=announced,
        asks_reason=announced and asks_reason and event is not None and _may_set_aside(event),
        **extra,
    )


def _offer_scope(form: EventForm, event: Event | None) -> bool:
    """Whether a change may reach further events of a series, with the choice worded."""
    words = following_text(event) if event is not None else ""
    form.scope.choices = [SelectChoice("ini", _("Hanya acara ini")), SelectChoice("berikut", words)]
    return bool(words)


def _guards_of(event: Event, zone: str) -> dict[str, Any]:
    """The guards of an event as it is stored, when its form is opened."""
    now = clock.now()
    details = queries.details_of(event)
    around = queries.surroundings_of(details, now, event_id=event.id, ahead=0)
    if around is None:
        return _unasked()
    announced = states.may_change_published(event)
    findings = ask_guards(Plan(details, now, is_announced=announced), around)
    return {"guards": guard_items(findings, zone), "slots": [], "incomplete": False, "clear": False}
