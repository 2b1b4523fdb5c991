"""Repeating an event, and moving its series on or stopping it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, day_part, number, when
from app.events import actions, queries
from app.events.actions import SeriesStep
from app.events.details import EventDetails
from app.events.forms import EndSeriesForm, SeriesForm, first_values
from app.events.messages import guard_text, guard_title
from app.events.messages.series import series_text
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.queries.series import PlannedDate, SeriesPlan
from app.events.rules.series import MOST_DATES, may_repeat, problem_with_rule
from app.events.rules.timing import end_of
from app.events.staff.rooms import blueprint, find, find_own_or_checked
from app.events.staff.series import tell_outcome
from app.events.staff.showing import page_of
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.get("/<int:event_id>/ulang")
@permitted(P.PROPOSE, P.CHECK)
def repeat(event_id: int) -> ResponseReturnValue:
    event = _repeatable(event_id)
    first = _first(event)
    form = SeriesForm(data=first_values(first))
    form.offer(first)
    return _page(event, form)


@blueprint.post("/<int:event_id>/ulang")
@permitted(P.PROPOSE, P.CHECK)
def make_series(event_id: int) -> ResponseReturnValue:
    event = _repeatable(event_id)
    form = SeriesForm()
    form.offer(_first(event))
    if form.validate_on_submit() and _is_sound(event, form):
        if "pratinjau" in request.form:
            return _page(event, form, shows=True)
        try:
            actions.make_series(
                event,
                form.rule(),
                rotates=bool(form.rotates.data),
                hands_in=form.hands_in.data == "kirim",
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            return _page(_repeatable(event_id), form, shows=True), 422
        flash(_("Rangkaian acara sudah dibuat."), "ok")
        return redirect(url_for("staff.events.show", event_id=event_id, _anchor="rangkaian"), 303)
    return _page(event, form), 422


@blueprint.post("/<int:event_id>/rangkaian/ajukan")
@permitted(P.PROPOSE, P.CHECK)
def submit_series(event_id: int) -> ResponseReturnValue:
    return _move_on(find_own_or_checked(event_id)[0], SeriesStep.SUBMIT)


@blueprint.post("/<int:event_id>/rangkaian/setujui")
@permitted(P.CHECK)
def approve_series(event_id: int) -> ResponseReturnValue:
    return _move_on(find(event_id, P.CHECK), SeriesStep.APPROVE)


@blueprint.post("/<int:event_id>/rangkaian/umumkan")
@permitted(P.PUBLISH)
def publish_series(event_id: int) -> ResponseReturnValue:
    return _move_on(find(event_id, P.PUBLISH), SeriesStep.PUBLISH)


@blueprint.post("/<int:event_id>/rangkaian/hentikan")
@permitted(P.PROPOSE, P.PUBLISH)
def end_series(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    zone = event.zone
    form = EndSeriesForm(prefix="henti-")
    if not form.validate_on_submit():
        return page_of(event, end_series=form), 422
    try:
        outcome = actions.end_series(
            event,
            form.reason.data or "",
            cancels=current_user.may(P.PUBLISH, event.unit_id),
            by=current_user.person,
            now=clock.now(),
        )
    except RuleBroken as broken:
        refuse(form, broken)
        if broken.field is None:
            flash(words_for(broken), "bad")
        return page_of(find(event_id), end_series=form), 422
    count = number(len(outcome.done))
    tell_outcome(outcome, _("Sisa rangkaian dihentikan: %(count)s acara.", count=count), zone)
    return _back(event_id)


def _move_on(event: Event, step: SeriesStep) -> ResponseReturnValue:
    event_id, zone = event.id, event.zone
    try:
        outcome = actions.move_on(event, step, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
        return _back(event_id)
    count = number(len(outcome.done))
    done = {
        SeriesStep.SUBMIT: _("%(count)s acara diajukan.", count=count),
        SeriesStep.APPROVE: _("%(count)s acara disetujui.", count=count),
        SeriesStep.PUBLISH: _("%(count)s acara diumumkan.", count=count),
    }
    tell_outcome(outcome, done[step], zone)
    return _back(event_id)


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.events.show", event_id=event_id, _anchor="rangkaian"), 303)


def _repeatable(event_id: int) -> Event:
    event, _checks = find_own_or_checked(event_id)
    if not may_repeat(event, in_series=event.series_id is not None):
        abort(404)
    return event


def _first(event: Event) -> datetime:
    return event.starts_at.astimezone(ZoneInfo(event.zone))


def _is_sound(event: Event, form: SeriesForm) -> bool:
    """Whether the rule can be shown; its refusal stands beside the field otherwise."""
    details: EventDetails = queries.details_of(event)
    problem = problem_with_rule(form.rule(), _first(event), end_of(details) - details.starts_at)
    if problem:
        refuse(form, RuleBroken(problem[0], field=problem[1], most=MOST_DATES))
    return problem is None


def _page(event: Event, form: SeriesForm, *, shows: bool = False) -> str:
    shown: dict[str, Any] = {}
    if shows:
        plan = queries.plan_series(
            queries.details_of(event),
            form.rule(),
            event.zone,
            clock.now(),
            event_id=event.id,
            rotates=bool(form.rotates.data),
        )
        shown = plan_shown(plan, series_text(form.rule(), _first(event)), event.zone)
    return render_template(
        "events/repeat.html",
        event=event,
        form=form,
        start=when(event.starts_at, event.zone),
        shows=shows,
        make=_("Buat rangkaian"),
        **shown,
    )


def plan_shown(plan: SeriesPlan, rule: str, zone: str) -> dict[str, Any]:
    """The dates of a series before they are made, as `_planned.html` shows them."""
    return {
        "dates": [_planned(one, zone) for one in plan.dates],
        "empty_months": [day_part(month, "MMMM yyyy") for month in plan.empty_months],
        "kept": number(len(plan.kept)),
        "makes": bool(plan.kept),
        "rule": rule,
    }


def _planned(one: PlannedDate, zone: str) -> dict[str, Any]:
    return {
        "when": when(one.details.starts_at, zone),
        "skipped": one.is_skipped,
        "findings": [
            {"title": guard_title(finding.guard), "text": guard_text(finding, zone)}
            for finding in one.findings
        ],
    }
