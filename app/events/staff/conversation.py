"""The conversation about an event, together with its steps, on its staff page."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.i18n import _, when
from app.events import actions, queries
from app.events.details import EventStatus
from app.events.messages import word
from app.events.models import Event, EventNote
from app.events.permissions import EventPermission as P
from app.events.staff.rooms import blueprint, find
from app.web.staff import permitted

_TONES = {EventStatus.RETURNED: "warn", EventStatus.CANCELLED: "bad"}


def conversation_of(event: Event, person_id: int) -> tuple[list[dict[str, Any]], int]:
    """Steps and messages in their order, and how many messages of others the person has not read."""
    read = queries.read_up_to(event.id, person_id)
    lines = [_line(note, event, person_id, read) for note in event.notes]
    return lines, sum(line["unread"] for line in lines)


def _line(note: EventNote, event: Event, person_id: int, read: int) -> dict[str, Any]:
    said = note.step is None and not note.is_change
    unread = said and note.by_id != person_id and note.id > read
    if note.step is not None:
        title = word(note.step)
    elif note.is_change:
        title = _("Perubahan diumumkan")
    else:
        title = _("Pesan baru") if unread else _("Pesan")
    return {
        "when": when(note.at, event.zone),
        "iso": note.at.isoformat(timespec="seconds"),
        "title": title,
        "text": note.text,
        "by": note.by.full_name if note.by else None,
        "tone": _TONES.get(note.step) if note.step else "warn" if unread else None,
        "icon": "chat" if said else None,
        "unread": unread,
    }


@blueprint.post("/<int:event_id>/dibaca")
@permitted(P.PROPOSE, P.VIEW)
def mark_read(event_id: int) -> ResponseReturnValue:
    actions.mark_thread_read(find(event_id), by=current_user.person)
    return redirect(url_for("staff.events.show", event_id=event_id, _anchor="percakapan"), 303)
