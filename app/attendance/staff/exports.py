"""The list taken out of the house: CSV and Excel, without formulas, on record."""

import csv
import io

import xlsxwriter
from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.details import LIVING, Need
from app.attendance.models import Registration
from app.attendance.permissions import AttendancePermission
from app.attendance.rules import safe_cell
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.i18n import _, clock_time
from app.web.pages import label
from app.web.staff import permitted


def _columns() -> list[str]:
    return [
        _("No"),
        _("Nama"),
        _("Jumlah"),
        _("Kecamatan"),
        _("Desa"),
        _("Lembaga"),
        _("Jabatan"),
        _("Diwakili oleh"),
        _("Nomor telepon"),
        _("Keadaan"),
        _("Hadir pukul"),
        _("Jumlah hadir"),
        _("Jenis"),
        _("Keperluan"),
        _("Anggota"),
    ]


def _cells(place: int, row: Registration, zone: str, names: list[str], *, phones: bool) -> list[str | int]:
    return [
        place,
        safe_cell(row.name),
        row.party_size,
        safe_cell(row.district.name if row.district else ""),
        safe_cell(row.village),
        safe_cell(row.organisation_name),
        safe_cell(row.office),
        safe_cell(row.represented_by),
        queries.phone_of(row) if phones else row.phone_mask,
        label(row.status),
        clock_time(row.checked_in_at, zone),
        row.checked_in_count,
        label(row.kind),
        safe_cell(", ".join([*(label(Need(need)) for need in row.needs), *filter(None, [row.needs_note])])),
        safe_cell(", ".join(names)),
    ]


def _wants_phones(unit_id: int) -> bool:
    """Whether whole numbers are asked for (`nomor=utuh`), by somebody who may see them; else 404."""
    if request.args.get("nomor") != "utuh":
        return False
    if not current_user.may(AttendancePermission.SEE_PHONES, unit_id) or current_user.second_factor_address():
        abort(404)
    return True


def _exported(event_id: int, form: str) -> tuple[str, str, list[Registration], bool]:
    event = event_for(event_id, AttendancePermission.EXPORT)
    zone, slug = event.zone, event.slug
    rows = queries.whole_list(event.id, *LIVING)
    phones = _wants_phones(event.unit_id)
    actions.note_list_exported(
        event, form=form, rows=len(rows), phones=phones, by=current_user.person, now=clock.now()
    )
    return zone, slug, queries.whole_list(event_id, *LIVING), phones


def _download(body: bytes, name: str, content_type: str) -> Response:
    response = Response(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/<int:event_id>/kehadiran.csv")
@permitted(AttendancePermission.EXPORT)
def export_csv(event_id: int) -> ResponseReturnValue:
    """The list for spreadsheets, numbers masked; the mark at the start tells Excel that it is UTF-8."""
    zone, slug, rows, phones = _exported(event_id, "csv")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_columns())
    names = queries.names_by_registration(event_id)
    writer.writerows(
        _cells(place, row, zone, names.get(row.id, []), phones=phones)
        for place, row in enumerate(rows, start=1)
    )
    return _download(("\ufeff" + out.getvalue()).encode(), f"kehadiran-{slug}.csv", "text/csv; charset=utf-8")


@blueprint.get("/<int:event_id>/kehadiran.xlsx")
@permitted(AttendancePermission.EXPORT)
def export_xlsx(event_id: int) -> ResponseReturnValue:
    """The list as a workbook; texts stay texts."""
    zone, slug, rows, phones = _exported(event_id, "xlsx")
    names = queries.names_by_registration(event_id)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Kehadiran"))
        bold = book.add_format({"bold": True})
        for column, title in enumerate(_columns()):
            sheet.write_string(0, column, title, bold)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(_cells(place, row, zone, names.get(row.id, []), phones=phones)):
                if isinstance(value, int):
                    sheet.write_number(place, column, value)
                else:
                    sheet.write_string(place, column, value)
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 1, 32)
        sheet.set_column(3, 6, 22)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(out.getvalue(), f"kehadiran-{slug}.xlsx", kind)
