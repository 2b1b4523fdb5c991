"""The deeds that people are told of, each a POST of its own: what they will read is shown before it is sent."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.events import actions, queries
from app.events.actions.barring import bars_of_postponing, moved_to
from app.events.actions.telling import rehearse_calling_off, rehearse_postponement
from app.events.forms import PostponeForm, ReasonForm
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.rules import states
from app.events.rules.guards import Plan
from app.events.staff.asking import slot_items
from app.events.staff.deeds import done_or_refused
from app.events.staff.previewing import Preview, may_set_aside, preview_of_messages, preview_of_postponing
from app.events.staff.rooms import blueprint, find, find_own_or_checked
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.post("/<int:event_id>/tunda")
@permitted(P.PUBLISH)
def postpone(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.PUBLISH)
    zone, by, now = event.zone, current_user.person, clock.now()
    form = PostponeForm(formdata=_with_slot_taken())
    starts_at = form.starts_at.moment(zone)
    reason, set_aside = form.reason.data or "", form.override_reason.data or ""
    # A start that has passed is refused as it is; nobody reads a message about it first.
    passed = starts_at is not None and starts_at <= now
    if states.may_postpone(event) and form.validate_on_submit() and not passed:
        shown = rehearse_postponement(event, starts_at, reason=reason, by=by, now=now)
        bars = bars_of_postponing(event, starts_at, now) if starts_at else ()
        preview = preview_of_postponing(event, shown, bars, starts_at)
        unanswered = preview.is_barred or (preview.asks_reason and not states.is_reason(set_aside))
        if "slot" in request.form or unanswered or preview.must_be_read(form.confirmed.data):
            if set_aside and unanswered and not preview.is_barred:
                refuse(form, RuleBroken("reason_needed", field="override_reason"))
            slots = _slots(event, starts_at, now) if starts_at and bars else []
            return _preview(event, form, preview, _("Tunda acara"), slots=slots)
    return done_or_refused(
        event,
        "postpone",
        form,
        lambda: actions.postpone(
            event,
            starts_at,
            reason=reason,
            by=by,
            now=now,
            set_aside=set_aside if may_set_aside(event) else "",
        ),
        _("Acara ditunda, dan pesannya sudah diantrekan."),
    )


@blueprint.post("/<int:event_id>/batalkan")
@permitted(P.PUBLISH)
def cancel(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.PUBLISH)
    form = ReasonForm(prefix="batal-")
    heading, done = _("Batalkan acara"), _("Acara dibatalkan, dan pesannya sudah diantrekan.")
    return _call_off(event, "cancel", actions.cancel, form, heading, done)


@blueprint.post("/<int:event_id>/tarik")
@permitted(P.PROPOSE, P.PUBLISH)
def withdraw(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    if event.published_at is not None:
        event = find(event_id, P.PUBLISH)
    form = ReasonForm(prefix="tarik-")
    return _call_off(event, "withdraw", actions.withdraw, form, _("Tarik acara"), _("Acara ditarik."))


def _call_off(
    event: Event, name: str, deed: Callable[..., object], form: ReasonForm, heading: str, done: str
) -> ResponseReturnValue:
    """Show what people will be told, then do it: `deed` takes the event and the reason."""
    reason, by, now = form.reason.data or "", current_user.person, clock.now()
    if states.may_cancel(event) and form.validate_on_submit():
        preview = preview_of_messages(event, rehearse_calling_off(event, reason, by=by, now=now))
        if preview.must_be_read(form.confirmed.data):
            return _preview(event, form, preview, heading)
    return done_or_refused(event, name, form, lambda: deed(event, reason, by=by, now=now), done)


def _with_slot_taken() -> MultiDict[str, str]:
    """What was sent, with a free time that was pressed in place of the start that was typed."""
    typed: MultiDict[str, str] = MultiDict(request.form.items(multi=True))
    if slot := typed.get("slot"):
        typed["starts_at"] = slot
    return typed


def _slots(event: Event, starts_at: datetime, now: datetime) -> list[dict[str, str]]:
    """The next times after a start that is taken at which nothing stands in the way."""
    details = moved_to(event, starts_at)
    around = queries.surroundings_of(details, now, event_id=event.id)
    return slot_items(Plan(details, now), around) if around else []


def _preview(
    event: Event,
    form: PostponeForm | ReasonForm,
    preview: Preview,
    heading: str,
    *,
    slots: list[dict[str, str]] | None = None,
) -> ResponseReturnValue:
    """What would happen, before it does; the form goes along, and sending it with other words shows it anew."""
    form.confirmed.data = preview.digest
    page = render_template(
        "events/staff_preview.html",
        event=event,
        form=form,
        heading=heading,
        preview=preview,
        slots=slots or [],
    )
    return page, 422 if preview.is_barred or form.errors else 200
