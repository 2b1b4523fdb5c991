"""The list of attendance on paper: before the event with room to sign, after it with what the desk noted."""

from pathlib import Path
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.details import RegistrationStatus
from app.attendance.messages import list_paper
from app.attendance.models import Registration
from app.attendance.permissions import AttendancePermission
from app.attendance.rules import in_list_order
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.i18n import in_indonesian
from app.documents.rules import draw
from app.events.models import Event
from app.invitations.queries import places_of_addressees
from app.web.staff import permitted

LIST_TEMPLATE = Path(__file__).parent.parent / "typst" / "daftar_hadir.typ"


def _listed(event_id: int) -> tuple[Event, list[Registration]]:
    event = event_for(event_id, AttendancePermission.MANAGE)
    rows = queries.whole_list(event.id, RegistrationStatus.CONFIRMED)
    return event, in_list_order(rows, places_of_addressees(event.id))


@blueprint.get("/<int:event_id>/daftar-hadir.pdf")
@permitted(AttendancePermission.MANAGE)
def print_list(event_id: int) -> ResponseReturnValue:
    """The list with a column to sign, empty; with ?isi=tanda filled with who was checked in, and when."""
    event, rows = _listed(event_id)
    actions.note_list_exported(event, form="pdf", rows=len(rows), by=current_user.person, now=clock.now())
    event, rows = _listed(event_id)
    with in_indonesian():
        data: dict[str, Any] = list_paper(event, rows, marked=request.args.get("isi") == "tanda")
    response = Response(draw(LIST_TEMPLATE, data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="daftar-hadir-{event.slug}.pdf"'
    return response
