"""The reminders of an event on its staff page."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, number, when
from app.events import actions, queries
from app.events.details import Reminder
from app.events.messages import word
from app.events.models import Event, EventReminder
from app.events.permissions import EventPermission as P
from app.events.staff.rooms import blueprint, find
from app.web.pages import words_for
from app.web.staff import permitted


def reminders_shown(event: Event, now: datetime) -> list[dict[str, Any]]:
    """Each reminder with when it leaves and what became of it."""
    return [_shown(row, event, now) for row in queries.reminders_of(event.id)]


def _shown(row: EventReminder, event: Event, now: datetime) -> dict[str, Any]:
    coming = row.sent_at is None and row.due_at is not None and row.due_at > now
    state, tone = _state(row, coming=coming)
    text = when(row.due_at, event.zone) if row.due_at and row.sent_at is None else ""
    if row.sent_at is not None:
        text = _(
            "Diantrekan untuk %(count)s orang, %(when)s",
            count=number(row.told),
            when=when(row.sent_at, event.zone),
        )
    return {
        "which": row.which.value,
        "title": word(row.which),
        "text": text,
        "state": {"label": state, "tone": tone},
        "switch": ("off" if row.off_at is None else "on") if coming else None,
    }


def _state(row: EventReminder, *, coming: bool) -> tuple[str, str]:
    if row.sent_at is not None:
        return _("Terkirim ke antrean"), "ok"
    if row.off_at is not None:
        return _("Dimatikan"), "plain"
    if coming:
        return _("Menunggu"), "info"
    if row.due_at is not None:
        return _("Sedang disiapkan"), "info"
    return _("Tidak dikirim"), "plain"


@blueprint.post("/<int:event_id>/pengingat")
@permitted(P.CHECK)
def switch_reminder(event_id: int) -> ResponseReturnValue:
    event = find(event_id, P.CHECK)
    try:
        which = Reminder(request.form.get("mana", ""))
    except ValueError:
        abort(400)
    on = request.form.get("nyala") == "ya"
    try:
        actions.switch_reminder(event, which, on=on, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
    else:
        flash(_("Pengingat dinyalakan.") if on else _("Pengingat dimatikan."), "ok")
    return redirect(url_for("staff.events.show", event_id=event_id, _anchor="pengingat"), 303)
