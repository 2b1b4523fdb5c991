"""Letting a series go on."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, number
from app.events import actions, queries
from app.events.forms import ExtendSeriesForm
from app.events.messages.series import series_text
from app.events.models import Event, EventSeries
from app.events.permissions import EventPermission as P
from app.events.queries.series import last_position, plan_extension
from app.events.rules.series import MOST_DATES, may_extend, problem_with_longer, rule_of
from app.events.rules.timing import end_of
from app.events.staff.repeating import plan_shown
from app.events.staff.rooms import blueprint, find_own_or_checked
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/<int:event_id>/rangkaian/perpanjang")
@permitted(P.PROPOSE, P.CHECK)
def extend(event_id: int) -> ResponseReturnValue:
    event, series = _extendable(event_id)
    return _page(event, series, ExtendSeriesForm())


@blueprint.post("/<int:event_id>/rangkaian/perpanjang")
@permitted(P.PROPOSE, P.CHECK)
def extend_series(event_id: int) -> ResponseReturnValue:
    event, series = _extendable(event_id)
    form = ExtendSeriesForm()
    if form.validate_on_submit() and _is_sound(event, series, form):
        if "pratinjau" in request.form:
            return _page(event, series, form, shows=True)
        try:
            made = actions.extend_series(
                event,
                count=form.count.data,
                until=form.until.data,
                hands_in=form.hands_in.data == "kirim",
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event, series = _extendable(event_id)
            return _page(event, series, form, shows=_is_sound(event, series, form)), 422
        flash(_("%(count)s acara ditambahkan ke rangkaian.", count=number(made)), "ok")
        return redirect(url_for("staff.events.show", event_id=event_id, _anchor="rangkaian"), 303)
    return _page(event, series, form), 422


def _extendable(event_id: int) -> tuple[Event, EventSeries]:
    event, _checks = find_own_or_checked(event_id)
    series = queries.find_series(event.series_id) if event.series_id is not None else None
    if series is None or not may_extend(event, has_ended=series.ended_at is not None):
        abort(404)
    return event, series


def _is_sound(event: Event, series: EventSeries, form: ExtendSeriesForm) -> bool:
    """Whether the longer rule can be shown; its refusal stands beside the field otherwise."""
    old, first = rule_of(series.rule)
    details = queries.details_of(event)
    longer = replace(old, count=form.count.data, until=form.until.data)
    problem = problem_with_longer(old, longer, first, end_of(details) - details.starts_at)
    if problem:
        refuse(form, RuleBroken(problem[0], field=problem[1], most=MOST_DATES))
    return problem is None


def _page(event: Event, series: EventSeries, form: ExtendSeriesForm, *, shows: bool = False) -> str:
    old, first = rule_of(series.rule)
    shown: dict[str, Any] = {}
    if shows:
        longer = replace(old, count=form.count.data, until=form.until.data)
        plan = plan_extension(event, series, longer, clock.now(), last=last_position(series.id))
        shown = plan_shown(plan, series_text(longer, first), event.zone)
    return render_template(
        "events/extend.html",
        event=event,
        form=form,
        now_rule=series_text(old, first),
        shows=shows,
        make=_("Perpanjang rangkaian"),
        **shown,
    )
