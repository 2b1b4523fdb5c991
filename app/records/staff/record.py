"""All that is on record of an event on one page, and where other pages show it."""

from datetime import datetime, timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.core.clock import start_of
from app.core.i18n import _
from app.events.models import Event
from app.records.actions import paper_of
from app.records.details import SheetKind, SheetStatus
from app.records.forms import IncidentForm, RenewForm, SignForm
from app.records.models import Minutes
from app.records.permissions import RecordPermission
from app.records.queries import (
    draft_sheets_after,
    incidents_of,
    minutes_of,
    overdue_follow_ups,
    record_of_event,
    report_of,
    sealed_versions,
)
from app.records.rules.duty_report import duty_report
from app.records.rules.sealing import content_of, fingerprint
from app.records.staff.blueprint import blueprint, event_or_404, typed
from app.web.house import Waiting
from app.web.pages import moment_of_page
from app.web.staff import permitted

# A sheet that is still a draft this long after the event waits for a signature.
SIGN_WITHIN = timedelta(days=1)


@blueprint.get("/acara/<int:event_id>")
@permitted(RecordPermission.VIEW)
def show(event_id: int) -> ResponseReturnValue:
    """The whole record of an event, and the report for the chain of command."""
    return page(event_or_404(event_id, RecordPermission.VIEW))


def page(
    event: Event,
    *,
    incident_form: IncidentForm | None = None,
    renewal: tuple[SheetKind, RenewForm] | None = None,
) -> str:
    """The page of the record; forms that were refused are handed in."""
    record = record_of_event(event.id, frozenset({event.unit_id}))
    assert record is not None
    minutes, report = minutes_of(event.id), report_of(event.id)
    sealed = sealed_versions(event.id)
    may_write = current_user.may(RecordPermission.WRITE, event.unit_id)
    sheets = [
        {
            "kind": kind,
            "sheet": sheet,
            "sealed": [row for row in sealed if row.kind is kind],
            "sign_form": _sign_form(event, kind),
            "renew_form": renewal[1]
            if renewal and renewal[0] is kind
            else RenewForm(formdata=None, prefix=kind.value + "-"),
            "renew_open": bool(renewal and renewal[0] is kind),
        }
        for kind, sheet in ((SheetKind.MINUTES, minutes), (SheetKind.REPORT, report))
    ]
    if incident_form is None and may_write:
        zone = event.unit.zone
        incident_form = IncidentForm(formdata=None, data={"happened_at": typed(moment_of_page(), zone)})
    return render_template(
        "records/show.html",
        event=event,
        record=record,
        minutes=minutes,
        report=report,
        sheets=sheets,
        incidents=incidents_of(event.id),
        incident_form=incident_form,
        report_is_signed=report is not None and report.status is SheetStatus.SIGNED,
        duty_text=duty_report(record),
        may_write=may_write,
        may_sign=current_user.may(RecordPermission.SIGN, event.unit_id),
    )


def _sign_form(event: Event, kind: SheetKind) -> SignForm:
    paper = paper_of(event, kind)
    seen = fingerprint(content_of(paper)) if paper is not None else ""
    return SignForm(formdata=None, data={"seen": seen}, prefix=f"{kind.value}-ttd-")


def waiting_for(person: object, now: datetime) -> list[Waiting]:
    """Follow-ups whose day has passed, and sheets that nobody has signed, for those who may see to it."""
    waiting = []
    if current_user.may(RecordPermission.WRITE):
        rows = overdue_follow_ups(current_user.unit_ids(RecordPermission.WRITE), now=now)
        waiting += [
            Waiting(
                row.task,
                url_for("staff.records.index", keadaan="lewat"),
                start_of(row.due_on, row.minutes.event.unit.zone),
                _("Tindak lanjut lewat waktu"),
            )
            for row in rows
            if row.due_on is not None
        ]
    if current_user.may(RecordPermission.SIGN):
        units = current_user.unit_ids(RecordPermission.SIGN)
        waiting += [
            Waiting(
                sheet.event.title,
                url_for("staff.records.show", event_id=sheet.event_id),
                sheet.changed_at,
                _("Notula belum ditandatangani")
                if isinstance(sheet, Minutes)
                else _("Laporan kegiatan belum ditandatangani"),
            )
            for sheet in draft_sheets_after(units, ended_before=now - SIGN_WITHIN)
        ]
    return waiting


def event_panel(event: Event) -> Markup:
    """Minutes and report of an event, for its staff page."""
    if not current_user.may(RecordPermission.VIEW, event.unit_id):
        return Markup()
    return Markup(  # noqa: S704 - our own template
        render_template(
            "records/_event_staff.html",
            event=event,
            minutes=minutes_of(event.id),
            report=report_of(event.id),
        )
    )
