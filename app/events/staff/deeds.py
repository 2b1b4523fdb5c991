"""The steps of an event, each a POST of its own."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.events import actions
from app.events.forms import (
    NoteForm,
    OptionalNoteForm,
    OverrideForm,
    PublishForm,
)
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.staff.rooms import blueprint, find, find_own_or_checked
from app.events.staff.showing import page_of
from app.web.forms import StaffForm
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.post("/<int:event_id>/kirim")
@permitted(P.PROPOSE, P.CHECK)
def submit(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    form = OptionalNoteForm(prefix="kirim-")
    return done_or_refused(
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
    return done_or_refused(
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
    return done_or_refused(
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
    return done_or_refused(
        event,
        "publish",
        form,
        lambda: actions.publish(
            event, at=form.at.moment(event.zone), by=current_user.person, now=clock.now()
        ),
        _("Acara sudah diumumkan."),
    )


@blueprint.post("/<int:event_id>/selesai")
@permitted(P.CHECK)
def complete(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.CHECK)
    return done_or_refused(
        event,
        "complete",
        OptionalNoteForm(),
        lambda: actions.complete(event, by=current_user.person, now=clock.now()),
        _("Acara ditandai selesai."),
    )


@blueprint.post("/<int:event_id>/catatan")
@permitted(P.PROPOSE, P.CHECK)
def add_note(event_id: int) -> ResponseReturnValue:
    event, _checks = find_own_or_checked(event_id)
    form = NoteForm(prefix="percakapan-")
    return done_or_refused(
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
    return done_or_refused(
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


def done_or_refused(
    event: Event, name: str, form: StaffForm, deed: Callable[[], Any], done: str
) -> ResponseReturnValue:
    """Do it and go back to the event, or show the event with the refusal beside the field it is about."""
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
