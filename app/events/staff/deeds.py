"""The steps of an event, each a POST of its own."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.events import actions
from app.events.actions.telling import Rehearsal, rehearse_calling_off, rehearse_postponement
from app.events.forms import (
    NoteForm,
    OptionalNoteForm,
    OverrideForm,
    PostponeForm,
    PublishForm,
    ReasonForm,
)
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.rules import states
from app.events.staff.rooms import blueprint, find, find_own_or_checked
from app.events.staff.showing import page_of, samples_of
from app.web.forms import StaffForm
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.post("/<int:event_id>/kirim")
@permitted(P.PROPOSE, P.CHECK)
def submit(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    form = OptionalNoteForm(prefix="kirim-")
    return _do(
        event,
        "submit",
        form,
        lambda: actions.submit(
            event,
            note=form.note.data or "",
            by=current_user.person,
            now=clock.now(),
            checks=current_user.may(P.CHECK, event.unit_id),
        ),
        _("Acara sudah diajukan."),
    )


@blueprint.post("/<int:event_id>/kembalikan")
@permitted(P.CHECK)
def send_back(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.CHECK)
    form = NoteForm()
    return _do(
        event,
        "return",
        form,
        lambda: actions.return_with_note(
            event, form.note.data or "", by=current_user.person, now=clock.now()
        ),
        _("Acara dikembalikan kepada pengusul."),
    )


@blueprint.post("/<int:event_id>/setujui")
@permitted(P.CHECK)
def approve(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.CHECK)
    form = OptionalNoteForm()
    return _do(
        event,
        "approve",
        form,
        lambda: actions.approve(event, note=form.note.data or "", by=current_user.person, now=clock.now()),
        _("Acara disetujui."),
    )


@blueprint.post("/<int:event_id>/umumkan")
@permitted(P.PUBLISH)
def publish(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.PUBLISH)
    form = PublishForm()
    return _do(
        event,
        "publish",
        form,
        lambda: actions.publish(
            event, at=form.at.moment(event.zone), by=current_user.person, now=clock.now()
        ),
        _("Acara sudah diumumkan."),
    )


@blueprint.post("/<int:event_id>/tunda")
@permitted(P.PUBLISH)
def postpone(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.PUBLISH)
    zone = event.zone
    form = PostponeForm()
    if states.may_postpone(event) and form.validate_on_submit():
        shown = rehearse_postponement(
            event,
            form.starts_at.moment(zone),
            reason=form.reason.data or "",
            by=current_user.person,
            now=clock.now(),
        )
        if not _was_shown(form, shown):
            return _preview(event, form, shown, _("Tunda acara"))
    return _do(
        event,
        "postpone",
        form,
        lambda: actions.postpone(
            event,
            form.starts_at.moment(zone),
            reason=form.reason.data or "",
            by=current_user.person,
            now=clock.now(),
        ),
        _("Acara ditunda, dan pesannya sudah diantrekan."),
    )


@blueprint.post("/<int:event_id>/batalkan")
@permitted(P.PUBLISH)
def cancel(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.PUBLISH)
    form = ReasonForm(prefix="batal-")
    if states.may_cancel(event) and form.validate_on_submit():
        shown = rehearse_calling_off(event, form.reason.data or "", by=current_user.person, now=clock.now())
        if not _was_shown(form, shown):
            return _preview(event, form, shown, _("Batalkan acara"))
    return _do(
        event,
        "cancel",
        form,
        lambda: actions.cancel(event, form.reason.data or "", by=current_user.person, now=clock.now()),
        _("Acara dibatalkan, dan pesannya sudah diantrekan."),
    )


@blueprint.post("/<int:event_id>/selesai")
@permitted(P.CHECK)
def complete(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.CHECK)
    return _do(
        event,
        "complete",
        OptionalNoteForm(),
        lambda: actions.complete(event, by=current_user.person, now=clock.now()),
        _("Acara ditandai selesai."),
    )


@blueprint.post("/<int:event_id>/tarik")
@permitted(P.PROPOSE, P.PUBLISH)
def withdraw(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    if event.published_at is not None:
        event = find(event_id, P.PUBLISH)
    form = ReasonForm(prefix="tarik-")
    if states.may_cancel(event) and form.validate_on_submit():
        shown = rehearse_calling_off(event, form.reason.data or "", by=current_user.person, now=clock.now())
        if not _was_shown(form, shown):
            return _preview(event, form, shown, _("Tarik acara"))
    return _do(
        event,
        "withdraw",
        form,
        lambda: actions.withdraw(event, form.reason.data or "", by=current_user.person, now=clock.now()),
        _("Acara ditarik."),
    )


@blueprint.post("/<int:event_id>/catatan")
@permitted(P.PROPOSE, P.CHECK)
def add_note(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    form = NoteForm(prefix="percakapan-")
    return _do(
        event,
        "note",
        form,
        lambda: actions.add_note(event, form.note.data or "", by=current_user.person, now=clock.now()),
        _("Pesan sudah dikirim."),
    )


@blueprint.post("/<int:event_id>/alasan")
@permitted(P.OVERRIDE)
def override(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.OVERRIDE)
    form = OverrideForm(prefix="alasan-")
    return _do(
        event,
        "override",
        form,
        lambda: actions.override_guard(
            event,
            form.fingerprint.data or "",
            form.reason.data or "",
            by=current_user.person,
            now=clock.now(),
        ),
        _("Alasan sudah dicatat."),
    )


def _do(event: Event, name: str, form: StaffForm, deed: Callable[[], Any], done: str) -> ResponseReturnValue:
    event_id = event.id
    if form.validate_on_submit():
        try:
            deed()
        except RuleBroken as broken:
            refuse(form, broken)
            if broken.field is None or broken.field not in form:
                flash(words_for(broken), "bad")
        else:
            flash(done, "ok")
            return redirect(url_for("staff.events.show", event_id=event_id), 303)
    return page_of(find(event_id), **{name: form}), 422


def _was_shown(form: PostponeForm | ReasonForm, shown: Rehearsal) -> bool:
    """Whether the texts that would leave now are those the person has read; nothing to read counts as read."""
    return not shown.samples or form.confirmed.data == shown.digest


def _preview(
    event: Event, form: PostponeForm | ReasonForm, shown: Rehearsal, heading: str
) -> ResponseReturnValue:
    """The texts before they are sent; the form goes along, and sending it with other words shows them anew."""
    form.confirmed.data = shown.digest
    return render_template(
        "events/staff_preview.html",
        event=event,
        form=form,
        heading=heading,
        samples=samples_of(shown),
        count=shown.count,
    )
