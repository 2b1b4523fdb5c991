"""The list of who registered, on the page and on paper."""

from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.details import RegistrationKind, RegistrationStatus
from app.attendance.messages import list_heading
from app.attendance.models import Registration
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for, registration_at
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, in_indonesian, number
from app.documents.queries import letterhead_of
from app.documents.rules import draw
from app.events.models import Event
from app.web.pages import words_for
from app.web.staff import permitted

PAGE = 100
# Empty lines at the end of the printed list, for those who come unannounced.
SPARE_LINES = 12
_LIST_TEMPLATE = Path(__file__).parent.parent / "typst" / "daftar_hadir.typ"
TABS = {
    "terdaftar": RegistrationStatus.CONFIRMED,
    "menunggu": RegistrationStatus.WAITING,
    "ganda": RegistrationStatus.DUPLICATE,
    "batal": RegistrationStatus.CANCELLED,
}


def _list_page(event: Event) -> ResponseReturnValue:
    key = request.args.get("tahap", "terdaftar")
    shown = TABS.get(key, RegistrationStatus.CONFIRMED)
    typed = request.args.get("halaman", "1")
    page_number = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
    page_number = max(1, page_number)
    rows = queries.page_of_list(event.id, shown, page=page_number, size=PAGE)
    seats = queries.counts(event.id)
    needs, notes = queries.needs_of(event.id)
    return render_template(
        "attendance/index.html",
        event=event,
        seats=seats,
        rows=rows[:PAGE],
        current=shown.value,
        statuses=list(TABS.values()),
        page_number=page_number,
        more=len(rows) > PAGE,
        needs=needs,
        need_notes=notes,
        sessions=queries.session_seats(event.id),
    )


@blueprint.get("/<int:event_id>/kehadiran")
@permitted(AttendancePermission.MANAGE)
def index(event_id: int) -> ResponseReturnValue:
    """The list with masked numbers; that it was opened goes on record."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    actions.note_list_viewed(event, by=current_user.person, now=clock.now())
    return _list_page(event_for(event_id, AttendancePermission.MANAGE))


def _to_list(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.attendance.index", event_id=event_id), 303)


@blueprint.post("/<int:event_id>/kehadiran/<int:registration_id>/kursi")
@permitted(AttendancePermission.MANAGE)
def promote(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Give a waiting one seats out of turn."""
    registration = registration_at(registration_id, event_for(event_id, AttendancePermission.MANAGE))
    try:
        actions.promote(registration, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("%(name)s mendapat kursi dan diberi tahu.", name=registration.name), "ok")
    return _to_list(event_id)


@blueprint.get("/<int:event_id>/daftar-hadir.pdf")
@permitted(AttendancePermission.MANAGE)
def print_list(event_id: int) -> ResponseReturnValue:
    """The list on paper with a column for signatures, the last resort when nothing else works."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    rows = queries.whole_list(event.id, RegistrationStatus.CONFIRMED)
    actions.note_list_exported(event, form="pdf", rows=len(rows), by=current_user.person, now=clock.now())
    event = event_for(event_id, AttendancePermission.MANAGE)
    rows = queries.whole_list(event.id, RegistrationStatus.CONFIRMED)
    with in_indonesian():
        data = _paper(event, rows)
    response = Response(draw(_LIST_TEMPLATE, data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="daftar-hadir-{event.slug}.pdf"'
    return response


def _paper(event: Event, rows: list[Registration]) -> dict[str, Any]:
    return {
        **list_heading(event),
        "head": vars(letterhead_of(event.unit)),
        "columns": {
            "number": _("No"),
            "name": _("Nama"),
            "from": _("Jabatan dan lembaga, atau kecamatan"),
            "people": _("Orang"),
            "sign": _("Tanda tangan"),
        },
        "terms": {
            "event": _("Kegiatan"),
            "day": _("Hari, tanggal"),
            "time": _("Waktu"),
            "place": _("Tempat"),
        },
        "foot": _("Daftar hadir: %(title)s", title=event.title),
        "rows": [_printed(row) for row in rows],
        "spare": SPARE_LINES,
    }


def _printed(row: Registration) -> dict[str, str]:
    if row.kind is RegistrationKind.INSTITUTION:
        came_from = ", ".join(part for part in (row.office, row.organisation_name) if part)
    else:
        came_from = row.organisation_name or (row.district.name if row.district else "")
    name = row.name
    if row.represented_by:
        came_from = _("%(place)s (diwakili %(name)s)", place=came_from, name=row.represented_by)
    return {"name": name, "from": came_from, "people": number(row.party_size)}
