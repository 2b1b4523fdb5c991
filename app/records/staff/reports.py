"""Writing the activity report."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import whole_number
from app.events.models import Event
from app.media.queries import photos_by_id, picture_of, recent_photos
from app.records.actions import write_report
from app.records.details import SheetStatus
from app.records.forms import ReportForm
from app.records.models import ActivityReport
from app.records.permissions import RecordPermission
from app.records.queries import presences_at_desk, record_of_event, report_of
from app.records.staff.blueprint import blueprint, event_or_404
from app.web.pages import refuse
from app.web.staff import permitted

_TEXTS = (
    *("version", "leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents"),
    *("security", "conclusion", "pledge_note"),
)


@blueprint.get("/acara/<int:event_id>/laporan")
@permitted(RecordPermission.WRITE)
def edit_report(event_id: int) -> ResponseReturnValue:
    """The form of the report, begun from the desk."""
    event = event_or_404(event_id)
    report = report_of(event_id)
    if report is not None and report.status is SheetStatus.SIGNED:
        return redirect(url_for("staff.records.show", event_id=event_id), 303)
    values = _values(report) if report else _from_desk(event)
    return _form_page(event, ReportForm(formdata=None, data=values), values["photos"])


@blueprint.post("/acara/<int:event_id>/laporan")
@permitted(RecordPermission.WRITE)
def update_report(event_id: int) -> ResponseReturnValue:
    """Save the report, or change its rows."""
    event = event_or_404(event_id)
    form = ReportForm()
    chosen = [
        number for value in request.form.getlist("photos") if (number := whole_number(value)) is not None
    ]
    form.photos.choices = [(row.id, "") for row in _photos(event, chosen)]
    if form.press(request.form):
        return _form_page(event, form, chosen)
    if form.validate_on_submit():
        try:
            write_report(
                event, form.details(), version=form.version.data or 0, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event = event_or_404(event_id)
        else:
            flash(_("Laporan tersimpan."), "ok")
            return redirect(url_for("staff.records.show", event_id=event_id), 303)
    return _form_page(event, form, chosen), 422


def _form_page(event: Event, form: ReportForm, chosen: list[int]) -> str:
    photos = _photos(event, chosen)
    form.photos.choices = [(row.id, row.caption or row.alt) for row in photos]
    return render_template(
        "records/report.html",
        event=event,
        form=form,
        pictures={row.id: picture_of(row) for row in photos},
        known=record_of_event(event.id, frozenset({event.unit_id})),
    )


def _photos(event: Event, chosen: list[int]) -> list[Any]:
    """The unit's newest photos with complete words, those chosen before first."""
    units = frozenset({event.unit_id})
    before = [row for row in photos_by_id(chosen).values() if row.unit_id == event.unit_id]
    ids = {row.id for row in before}
    return before + [row for row in recent_photos(units, limit=24) if row.id not in ids]


def _from_desk(event: Event) -> dict[str, Any]:
    unit = event.unit
    return {
        "version": 0,
        "leader_office": unit.head_title,
        "leader_name": " ".join(part for part in (unit.head_rank, unit.head_name) if part),
        "basis": event.order_number,
        "presences": [
            {"institution": row.institution, "name": row.name, "represented_by": row.represented_by}
            for row in presences_at_desk(event.id)
        ],
        "quotes": [{}],
        "personnel": [{}],
        "photos": [],
    }


def _values(report: ActivityReport) -> dict[str, Any]:
    return {
        **{name: getattr(report, name) for name in _TEXTS},
        "presences": [
            {"institution": r.institution, "name": r.name, "represented_by": r.represented_by}
            for r in report.presences
        ],
        "quotes": [
            {"speaker": r.speaker, "capacity": r.capacity, "text": r.text, "approved": bool(r.approved_at)}
            for r in report.quotes
        ],
        "personnel": [{"force": r.force, "strength": r.strength, "duty": r.duty} for r in report.personnel],
        "photos": [r.photo_id for r in report.photos],
    }
