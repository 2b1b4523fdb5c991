"""The desk, the list and the seats of an event."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.details import LIVING, RegistrationKind, RegistrationStatus, SeatCounts
from app.attendance.forms import CapacityForm, CodeForm, CountForm, WalkInForm, district_choices
from app.attendance.messages import list_heading
from app.attendance.models import Registration
from app.attendance.permissions import AttendancePermission
from app.attendance.rules import may_check_in, safe_cell
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, clock_time, in_indonesian, number
from app.core.permissions import Permission
from app.documents.queries import letterhead_of
from app.documents.rules import draw
from app.events.details import PUBLIC_STATES
from app.events.models import Event
from app.events.queries import find_in_units
from app.people.queries import find_person
from app.regions.queries import districts
from app.web.pages import label, refuse, words_for
from app.web.staff import permitted

blueprint = Blueprint("attendance", __name__, template_folder="../templates")

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


def _event(event_id: int, permission: Permission) -> Event:
    event = find_in_units(event_id, current_user.unit_ids(permission))
    if event is None:
        abort(404)
    return event


def event_at_desk(event_id: int) -> Event:
    """The event whose desk is asked for; 404 when it is not one of the person's units."""
    return _event(event_id, AttendancePermission.DESK)


def _registration(registration_id: int, event: Event) -> Registration:
    registration = queries.find_at_event(registration_id, event.id)
    if registration is None:
        abort(404)
    return registration


def _to_desk(event_id: int, typed: str = "") -> ResponseReturnValue:
    return redirect(url_for("staff.attendance.desk", event_id=event_id, q=typed or None), 303)


def _when_and_by(registration: Registration, event: Event) -> str:
    by = find_person(registration.checked_in_by_id) if registration.checked_in_by_id else None
    if registration.checked_in_at is None:
        return ""
    moment = clock_time(registration.checked_in_at, event.zone)
    if by is None:
        return _("Sudah dicatat hadir pukul %(time)s.", time=moment)
    return _("Sudah dicatat hadir pukul %(time)s oleh %(name)s.", time=moment, name=by.full_name)


def _desk_page(
    event: Event, *, code: CodeForm, walk_in: WalkInForm, status: int = 200
) -> ResponseReturnValue:
    typed = request.args.get("q", "")[:120]
    shell = request.args.get("luring") == "1"  # what the phone keeps: the application without anybody's data
    walk_in.district_code.choices = district_choices([(row.code, row.name) for row in districts()])
    page = render_template(
        "attendance/desk.html",
        event=event,
        seats=queries.counts(event.id),
        typed=typed,
        found=queries.found_at_desk(event.id, typed) if typed else [],
        latest=[] if shell else queries.latest_arrivals(event.id),
        duplicates=[] if shell else queries.duplicates_waiting(event.id),
        shell=shell,
        with_app=shell or (status == 200 and not typed and "biasa" not in request.args),
        keep_seconds=_keep_seconds(event),
        code=code,
        walk_in=walk_in,
        is_open=may_check_in(status=event.status, starts_at=event.starts_at, now=clock.now()),
    )
    return page, status


def _keep_seconds(event: Event) -> int:
    """How long a phone may keep this desk's list: until a day after the event, never longer than a week."""
    left = (event.ends_at or event.starts_at) + timedelta(days=1) - clock.now()
    return int(min(max(left, timedelta(0)), timedelta(days=7)).total_seconds())


@blueprint.get("/<int:event_id>/meja")
@permitted(AttendancePermission.DESK)
def desk(event_id: int) -> ResponseReturnValue:
    """The desk: scan or type a code, find a name, check in, add who comes unannounced."""
    event = _event(event_id, AttendancePermission.DESK)
    return _desk_page(event, code=CodeForm(formdata=None), walk_in=WalkInForm(formdata=None))


@blueprint.post("/<int:event_id>/meja/kode")
@permitted(AttendancePermission.DESK)
def check_in_code(event_id: int) -> ResponseReturnValue:
    """Check in by a scanned or typed code."""
    event = _event(event_id, AttendancePermission.DESK)
    form = CodeForm()
    if form.validate():
        try:
            registration = actions.find_for_check_in(event, form.code.data)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return _check_in(event_id, registration, count=None)
    return _desk_page(event, code=form, walk_in=WalkInForm(formdata=None), status=422)


@blueprint.post("/<int:event_id>/meja/<int:registration_id>/hadir")
@permitted(AttendancePermission.DESK)
def check_in(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Check in somebody who was found by name or number, all of the party or some."""
    event = _event(event_id, AttendancePermission.DESK)
    registration = _registration(registration_id, event)
    form = CountForm()
    form.validate()
    return _check_in(event_id, registration, count=form.count.data if not form.count.errors else None)


def _check_in(event_id: int, registration: Registration, *, count: int | None) -> ResponseReturnValue:
    code = registration.check_code
    try:
        actions.check_in(registration, count=count, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        event = _event(event_id, AttendancePermission.DESK)
        text = _when_and_by(registration, event) if broken.code == "already_checked_in" else words_for(broken)
        flash(text, "warn")
        return _to_desk(event_id, code)
    name, people = registration.name, number(registration.checked_in_count)
    if registration.outside_capacity:
        flash(_("%(name)s, %(count)s orang: hadir di luar kapasitas.", name=name, count=people), "warn")
    else:
        flash(_("%(name)s, %(count)s orang: hadir.", name=name, count=people), "ok")
    return _to_desk(event_id)


@blueprint.post("/<int:event_id>/meja/<int:registration_id>/urung")
@permitted(AttendancePermission.DESK)
def undo_check_in(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Take back a wrong check-in."""
    registration = _registration(registration_id, _event(event_id, AttendancePermission.DESK))
    try:
        actions.undo_check_in(registration, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("Catatan hadir %(name)s dibatalkan.", name=registration.name), "ok")
    return _to_desk(event_id)


@blueprint.post("/<int:event_id>/meja/<int:registration_id>/gabung")
@permitted(AttendancePermission.DESK)
def merge(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Settle a number that was sent in twice."""
    registration = _registration(registration_id, _event(event_id, AttendancePermission.DESK))
    try:
        first = actions.merge_duplicate(registration, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
        return _to_desk(event_id)
    flash(_("Digabung. Yang berlaku: pendaftaran atas nama %(name)s.", name=first.name), "ok")
    return _to_desk(event_id, first.check_code)


@blueprint.post("/<int:event_id>/meja/langsung")
@permitted(AttendancePermission.DESK)
def add_walk_in(event_id: int) -> ResponseReturnValue:
    """Write down somebody who came unannounced."""
    event = _event(event_id, AttendancePermission.DESK)
    form = WalkInForm()
    form.district_code.choices = district_choices([(row.code, row.name) for row in districts()])
    if form.validate():
        try:
            registration = actions.add_walk_in(
                event, details=form.details(), by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event = _event(event_id, AttendancePermission.DESK)
        else:
            name = registration.name
            if registration.outside_capacity:
                flash(_("%(name)s dicatat hadir di luar kapasitas.", name=name), "warn")
            else:
                flash(_("%(name)s dicatat hadir.", name=name), "ok")
            return _to_desk(event_id)
    return _desk_page(event, code=CodeForm(formdata=None), walk_in=form, status=422)


def _list_page(event: Event, form: CapacityForm | None = None, *, status: int = 200) -> ResponseReturnValue:
    key = request.args.get("tahap", "terdaftar")
    shown = TABS.get(key, RegistrationStatus.CONFIRMED)
    typed = request.args.get("halaman", "1")
    page_number = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
    page_number = max(1, page_number)
    rows = queries.page_of_list(event.id, shown, page=page_number, size=PAGE)
    seats = queries.counts(event.id)
    form = form or CapacityForm(formdata=None, capacity=seats.capacity if seats else event.capacity)
    page = render_template(
        "attendance/index.html",
        event=event,
        seats=seats,
        rows=rows[:PAGE],
        current=shown.value,
        statuses=list(TABS.values()),
        page_number=page_number,
        more=len(rows) > PAGE,
        form=form,
    )
    return page, status


@blueprint.get("/<int:event_id>/kehadiran")
@permitted(AttendancePermission.MANAGE)
def index(event_id: int) -> ResponseReturnValue:
    """The list with masked numbers; that it was opened goes on record."""
    event = _event(event_id, AttendancePermission.MANAGE)
    actions.note_list_viewed(event, by=current_user.person, now=clock.now())
    return _list_page(_event(event_id, AttendancePermission.MANAGE))


@blueprint.post("/<int:event_id>/kehadiran/kapasitas")
@permitted(AttendancePermission.MANAGE)
def set_capacity(event_id: int) -> ResponseReturnValue:
    """Change the number of seats."""
    event = _event(event_id, AttendancePermission.MANAGE)
    form = CapacityForm()
    if form.validate():
        try:
            actions.set_capacity(event, capacity=form.capacity.data, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Jumlah kursi sudah diubah."), "ok")
            return _to_list(event_id)
    return _list_page(_event(event_id, AttendancePermission.MANAGE), form, status=422)


def _to_list(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.attendance.index", event_id=event_id), 303)


@blueprint.post("/<int:event_id>/kehadiran/buka")
@permitted(AttendancePermission.MANAGE)
def open_registration(event_id: int) -> ResponseReturnValue:
    """Let the public register."""
    event = _event(event_id, AttendancePermission.MANAGE)
    actions.open_registration(event, by=current_user.person, now=clock.now())
    flash(_("Pendaftaran dibuka."), "ok")
    return _to_list(event_id)


@blueprint.post("/<int:event_id>/kehadiran/tutup")
@permitted(AttendancePermission.MANAGE)
def close_registration(event_id: int) -> ResponseReturnValue:
    """Take no more registrations from the public."""
    event = _event(event_id, AttendancePermission.MANAGE)
    actions.close_registration(event, by=current_user.person, now=clock.now())
    flash(_("Pendaftaran ditutup."), "ok")
    return _to_list(event_id)


@blueprint.post("/<int:event_id>/kehadiran/<int:registration_id>/kursi")
@permitted(AttendancePermission.MANAGE)
def promote(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Give a waiting one seats out of turn."""
    registration = _registration(registration_id, _event(event_id, AttendancePermission.MANAGE))
    try:
        actions.promote(registration, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("%(name)s mendapat kursi dan diberi tahu.", name=registration.name), "ok")
    return _to_list(event_id)


def _columns() -> list[str]:
    return [
        _("No"),
        _("Nama"),
        _("Jumlah"),
        _("Kecamatan"),
        _("Lembaga"),
        _("Jabatan"),
        _("Diwakili oleh"),
        _("Nomor telepon"),
        _("Keadaan"),
        _("Hadir pukul"),
        _("Jumlah hadir"),
    ]


def _cells(place: int, row: Registration, zone: str) -> list[str | int]:
    return [
        place,
        safe_cell(row.name),
        row.party_size,
        safe_cell(row.district.name if row.district else ""),
        safe_cell(row.organisation_name),
        safe_cell(row.office),
        safe_cell(row.represented_by),
        row.phone_mask,
        label(row.status),
        clock_time(row.checked_in_at, zone),
        row.checked_in_count,
    ]


def _exported(event_id: int, form: str) -> tuple[str, str, list[Registration]]:
    event = _event(event_id, AttendancePermission.EXPORT)
    zone, slug = event.zone, event.slug
    rows = queries.whole_list(event.id, *LIVING)
    actions.note_list_exported(event, form=form, rows=len(rows), by=current_user.person, now=clock.now())
    return zone, slug, queries.whole_list(event_id, *LIVING)


def _download(body: bytes, name: str, content_type: str) -> Response:
    response = Response(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/<int:event_id>/kehadiran.csv")
@permitted(AttendancePermission.EXPORT)
def export_csv(event_id: int) -> ResponseReturnValue:
    """The list for spreadsheets, numbers masked; the mark at the start tells Excel that it is UTF-8."""
    zone, slug, rows = _exported(event_id, "csv")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_columns())
    writer.writerows(_cells(place, row, zone) for place, row in enumerate(rows, start=1))
    return _download(("\ufeff" + out.getvalue()).encode(), f"kehadiran-{slug}.csv", "text/csv; charset=utf-8")


@blueprint.get("/<int:event_id>/kehadiran.xlsx")
@permitted(AttendancePermission.EXPORT)
def export_xlsx(event_id: int) -> ResponseReturnValue:
    """The list as a workbook; texts stay texts."""
    zone, slug, rows = _exported(event_id, "xlsx")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Kehadiran"))
        bold = book.add_format({"bold": True})
        for column, title in enumerate(_columns()):
            sheet.write_string(0, column, title, bold)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(_cells(place, row, zone)):
                if isinstance(value, int):
                    sheet.write_number(place, column, value)
                else:
                    sheet.write_string(place, column, value)
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 1, 32)
        sheet.set_column(3, 6, 22)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(out.getvalue(), f"kehadiran-{slug}.xlsx", kind)


@blueprint.get("/<int:event_id>/daftar-hadir.pdf")
@permitted(AttendancePermission.MANAGE)
def print_list(event_id: int) -> ResponseReturnValue:
    """The list on paper with a column for signatures, the last resort when nothing else works."""
    event = _event(event_id, AttendancePermission.MANAGE)
    rows = queries.whole_list(event.id, RegistrationStatus.CONFIRMED)
    actions.note_list_exported(event, form="pdf", rows=len(rows), by=current_user.person, now=clock.now())
    event = _event(event_id, AttendancePermission.MANAGE)
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


def _standing(event: Event) -> SeatCounts | None:
    kept: dict[int, SeatCounts | None] = g.setdefault("seat_counts", {})
    if event.id not in kept:
        kept[event.id] = queries.counts(event.id)
    return kept[event.id]


def event_staff(event: Event) -> str:
    """For `event.staff`: how many are coming, waiting, there."""
    if event.status not in PUBLIC_STATES or not current_user.may(AttendancePermission.DESK, event.unit_id):
        return ""
    return render_template("attendance/_event_staff.html", event=event, seats=_standing(event))


def event_staff_links(event: Event) -> str:
    """For `event.staff_links`: the way to the desk and the list."""
    if event.status not in PUBLIC_STATES or not current_user.may(AttendancePermission.DESK, event.unit_id):
        return ""
    return render_template("attendance/_event_staff_links.html", event=event)
