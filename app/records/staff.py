"""The record of an event in the staff area: minutes, report, follow-ups across meetings."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.core import clock
from app.core.clock import day_in
from app.core.errors import RuleBroken
from app.core.i18n import DEFAULT_ZONE, _, clock_time, day, in_indonesian, number, span, when
from app.documents.queries import head_of, letterhead_of
from app.documents.rules.drawing import draw
from app.events.models import Event
from app.events.queries import find_in_units
from app.records.actions import (
    finish_follow_up,
    renew_minutes,
    renew_report,
    sign_minutes,
    sign_report,
    write_minutes,
    write_report,
)
from app.records.details import SheetStatus
from app.records.forms import DoneForm, MinutesForm, ReportForm
from app.records.models import ActivityReport, Minutes
from app.records.permissions import RecordPermission
from app.records.queries import (
    earlier_versions,
    find_follow_up,
    follow_ups_of_units,
    minutes_of,
    overdue_follow_ups,
    presences_at_desk,
    record_of_event,
    report_of,
)
from app.records.rules.duty_report import duty_report
from app.records.rules.wording import with_stand_in
from app.web.house import Waiting
from app.web.pages import moment_of_page, refuse, words_for
from app.web.staff import permitted

blueprint = Blueprint("records", __name__, template_folder="templates")
TYPST = Path(__file__).parent / "typst"


@blueprint.get("/")
@permitted(RecordPermission.VIEW)
def index() -> ResponseReturnValue:
    """Follow-ups of all meetings, the most pressing first."""
    allowed = current_user.unit_ids(RecordPermission.VIEW)
    done = request.args.get("keadaan") == "selesai"
    now = moment_of_page()
    rows = follow_ups_of_units(allowed, done=done)
    return render_template(
        "records/index.html",
        rows=rows,
        done=done,
        today=day_in(now, DEFAULT_ZONE),
        forms={row.id: DoneForm(formdata=None, prefix=f"t{row.id}-") for row in rows},
        may_finish=current_user.may(RecordPermission.WRITE),
    )


@blueprint.post("/tindak-lanjut/<int:follow_up_id>/selesai")
@permitted(RecordPermission.WRITE)
def finish(follow_up_id: int) -> ResponseReturnValue:
    """Mark a follow-up as done."""
    row = find_follow_up(follow_up_id, current_user.unit_ids(RecordPermission.WRITE))
    if row is None:
        abort(404)
    form = DoneForm(prefix=f"t{row.id}-")
    note = form.note.data or "" if form.validate_on_submit() else ""
    finish_follow_up(row, note=note, by=current_user.person, now=clock.now())
    flash(_("Tindak lanjut ditandai selesai."), "ok")
    return redirect(url_for("staff.records.index"), 303)


@blueprint.get("/acara/<int:event_id>")
@permitted(RecordPermission.VIEW)
def show(event_id: int) -> ResponseReturnValue:
    """The whole record of an event, and the report for the chain of command."""
    event = _event(event_id, RecordPermission.VIEW)
    record = record_of_event(event_id, current_user.unit_ids(RecordPermission.VIEW))
    assert record is not None
    return render_template(
        "records/show.html",
        event=event,
        record=record,
        minutes=minutes_of(event_id),
        report=report_of(event_id),
        earlier=earlier_versions(event_id),
        duty_text=duty_report(record),
        may_write=current_user.may(RecordPermission.WRITE, event.unit_id),
        may_sign=current_user.may(RecordPermission.SIGN, event.unit_id),
    )


@blueprint.get("/acara/<int:event_id>/notula")
@permitted(RecordPermission.WRITE)
def edit_minutes(event_id: int) -> ResponseReturnValue:
    """The form of the minutes, begun from the programme."""
    event = _event(event_id)
    minutes = minutes_of(event_id)
    if minutes is not None and minutes.status is SheetStatus.SIGNED:
        return redirect(url_for("staff.records.show", event_id=event_id), 303)
    values = _minutes_values(minutes, event) if minutes else _minutes_from_programme(event)
    return render_template("records/minutes.html", event=event, form=MinutesForm(formdata=None, data=values))


@blueprint.post("/acara/<int:event_id>/notula")
@permitted(RecordPermission.WRITE)
def update_minutes(event_id: int) -> ResponseReturnValue:
    """Save the minutes, or change their rows."""
    event = _event(event_id)
    form = MinutesForm()
    if form.press(request.form):
        return render_template("records/minutes.html", event=event, form=form)
    if form.validate_on_submit():
        try:
            write_minutes(
                event,
                form.details(event.unit.zone),
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event = _event(event_id)
        else:
            flash(_("Notula tersimpan."), "ok")
            return redirect(url_for("staff.records.show", event_id=event_id), 303)
    return render_template("records/minutes.html", event=event, form=form), 422


@blueprint.get("/acara/<int:event_id>/laporan")
@permitted(RecordPermission.WRITE)
def edit_report(event_id: int) -> ResponseReturnValue:
    """The form of the report, begun from the desk."""
    event = _event(event_id)
    report = report_of(event_id)
    if report is not None and report.status is SheetStatus.SIGNED:
        return redirect(url_for("staff.records.show", event_id=event_id), 303)
    values = _report_values(report) if report else _report_from_desk(event)
    return render_template("records/report.html", event=event, form=ReportForm(formdata=None, data=values))


@blueprint.post("/acara/<int:event_id>/laporan")
@permitted(RecordPermission.WRITE)
def update_report(event_id: int) -> ResponseReturnValue:
    """Save the report, or change its rows."""
    event = _event(event_id)
    form = ReportForm()
    if form.press(request.form):
        return render_template("records/report.html", event=event, form=form)
    if form.validate_on_submit():
        try:
            write_report(
                event, form.details(), version=form.version.data or 0, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event = _event(event_id)
        else:
            flash(_("Laporan tersimpan."), "ok")
            return redirect(url_for("staff.records.show", event_id=event_id), 303)
    return render_template("records/report.html", event=event, form=form), 422


@blueprint.post("/acara/<int:event_id>/<any(notula, laporan):sheet>/tanda-tangan")
@permitted(RecordPermission.SIGN)
def sign(event_id: int, sheet: str) -> ResponseReturnValue:
    """Seal the minutes or the report."""
    event = _event(event_id, RecordPermission.SIGN)
    found = _sheet(event, sheet)
    try:
        if isinstance(found, Minutes):
            sign_minutes(found, by=current_user.person, now=clock.now())
        else:
            sign_report(found, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "error")
    else:
        flash(_("Sudah ditandatangani. Perubahan sesudah ini menjadi versi baru."), "ok")
    return redirect(url_for("staff.records.show", event_id=event_id), 303)


@blueprint.post("/acara/<int:event_id>/<any(notula, laporan):sheet>/versi-baru")
@permitted(RecordPermission.WRITE)
def renew(event_id: int, sheet: str) -> ResponseReturnValue:
    """Begin a new version of a sealed sheet."""
    found = _sheet(_event(event_id), sheet)
    if isinstance(found, Minutes):
        renew_minutes(found, by=current_user.person, now=clock.now())
        return redirect(url_for("staff.records.edit_minutes", event_id=event_id), 303)
    renew_report(found, by=current_user.person, now=clock.now())
    return redirect(url_for("staff.records.edit_report", event_id=event_id), 303)


@blueprint.get("/acara/<int:event_id>/laporan.pdf")
@permitted(RecordPermission.VIEW)
def report_pdf(event_id: int) -> ResponseReturnValue:
    """The activity report with the unit's letterhead."""
    event = _event(event_id, RecordPermission.VIEW)
    report = report_of(event_id)
    if report is None:
        abort(404)
    with in_indonesian():
        data = _report_sheet(event, report)
    return _pdf("laporan", data, f"laporan-{event.slug}.pdf")


@blueprint.get("/acara/<int:event_id>/notula.pdf")
@permitted(RecordPermission.VIEW)
def minutes_pdf(event_id: int) -> ResponseReturnValue:
    """The minutes with the unit's letterhead."""
    event = _event(event_id, RecordPermission.VIEW)
    minutes = minutes_of(event_id)
    if minutes is None:
        abort(404)
    with in_indonesian():
        data = _minutes_sheet(event, minutes)
    return _pdf("notula", data, f"notula-{event.slug}.pdf")


def waiting_for(person: object, now: datetime) -> list[Waiting]:
    """Follow-ups whose day has passed, for those who keep records."""
    if not current_user.may(RecordPermission.WRITE):
        return []
    today = day_in(now, DEFAULT_ZONE)
    rows = overdue_follow_ups(current_user.unit_ids(RecordPermission.WRITE), today=today)
    return [
        Waiting(
            row.task,
            url_for("staff.records.index"),
            clock.start_of(row.due_on, row.minutes.event.unit.zone),
            _("Tindak lanjut lewat waktu"),
        )
        for row in rows
        if row.due_on is not None
    ]


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


def _event(event_id: int, permission: RecordPermission = RecordPermission.WRITE) -> Event:
    event = find_in_units(event_id, current_user.unit_ids(permission))
    if event is None:
        abort(404)
    return event


def _sheet(event: Event, sheet: str) -> Minutes | ActivityReport:
    found = minutes_of(event.id) if sheet == "notula" else report_of(event.id)
    if found is None:
        abort(404)
    return found


def _typed(moment: datetime | None, zone: str) -> datetime | None:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None


def _minutes_from_programme(event: Event) -> dict[str, Any]:
    spoken = {"sambutan", "arahan", "paparan", "diskusi"}
    return {
        "version": 0,
        "chair": event.unit.head_title,
        "taker": current_user.person.full_name,
        "opened_at": _typed(event.starts_at, event.unit.zone),
        "closed_at": None,
        "speakers": [
            {"capacity": item.leader_name or item.title, "represented_by": item.represented_by}
            for item in event.programme
            if item.kind in spoken
        ],
        "follow_ups": [{}],
        "decisions": [{}],
    }


def _minutes_values(minutes: Minutes, event: Event) -> dict[str, Any]:
    zone = event.unit.zone
    return {
        "version": minutes.version,
        "chair": minutes.chair,
        "taker": minutes.taker,
        "opened_at": _typed(minutes.opened_at, zone),
        "closed_at": _typed(minutes.closed_at, zone),
        "opening": minutes.opening,
        "speakers": [
            {"capacity": r.capacity, "name": r.name, "represented_by": r.represented_by, "points": r.points}
            for r in minutes.speakers
        ],
        "decisions": [{"text": text} for text in minutes.decisions],
        "follow_ups": [{"task": r.task, "owner": r.owner, "due_on": r.due_on} for r in minutes.follow_ups],
    }


def _report_from_desk(event: Event) -> dict[str, Any]:
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
    }


def _report_values(report: ActivityReport) -> dict[str, Any]:
    names = (
        *("version", "leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents"),
        *("security", "conclusion", "pledge_note"),
    )
    return {
        **{name: getattr(report, name) for name in names},
        "presences": [
            {"institution": r.institution, "name": r.name, "represented_by": r.represented_by}
            for r in report.presences
        ],
        "quotes": [
            {"speaker": r.speaker, "capacity": r.capacity, "text": r.text, "approved": bool(r.approved_at)}
            for r in report.quotes
        ],
    }


def _pdf(template: str, data: dict[str, Any], name: str) -> Response:
    response = Response(draw(TYPST / f"{template}.typ", data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _common(event: Event, sheet: Minutes | ActivityReport, title: str) -> dict[str, Any]:
    head, signs = letterhead_of(event.unit), head_of(event.unit)
    state = _("Versi %(number)s, konsep", number=sheet.number)
    if sheet.signed_at is not None:
        state = _(
            "Versi %(number)s, ditandatangani %(when)s, sidik %(digest)s",
            number=sheet.number,
            when=when(sheet.signed_at, event.unit.zone),
            digest=sheet.digest[:16],
        )
    return {
        "title": title,
        "head": {"lines": head.lines, "address": head.address, "place": head.place},
        "signs": {"office": signs.office, "name": signs.name, "rank_and_number": signs.rank_and_number},
        "foot": f"{event.title} · {state}",
        "facts": [
            [_("Kegiatan"), event.title],
            [_("Hari, tanggal"), day(event.starts_at, event.unit.zone)],
            [_("Tempat"), f"{event.venue.name}, {event.district.name}"],
        ],
    }


def _minutes_sheet(event: Event, minutes: Minutes) -> dict[str, Any]:
    zone = event.unit.zone
    data = _common(event, minutes, _("Notula"))
    begins = clock_time(minutes.opened_at, zone) if minutes.opened_at else "…"
    ends = clock_time(minutes.closed_at, zone) if minutes.closed_at else _("selesai")
    data["facts"] += [
        [_("Waktu"), _("pukul %(start)s s.d. %(end)s", start=begins, end=ends)],
        [_("Pimpinan"), minutes.chair],
        [_("Notulis"), minutes.taker],
    ]
    sections = []
    if minutes.opening:
        sections.append({"title": _("Pembukaan"), "text": minutes.opening, "points": []})
    for row in minutes.speakers:
        who = ", ".join(part for part in (with_stand_in(row.capacity, row.represented_by), row.name) if part)
        sections.append({"title": who, "text": "", "points": row.points.splitlines()})
    if minutes.decisions:
        sections.append({"title": _("Keputusan"), "text": "", "points": list(minutes.decisions)})
    data["sections"] = sections
    data["tasks_title"] = _("Tindak lanjut")
    data["task_columns"] = [_("Tugas"), _("Penanggung jawab"), _("Paling lambat")]
    data["tasks"] = [
        [row.task, row.owner, day(row.due_on) if row.due_on else ""] for row in minutes.follow_ups
    ]
    data["taker"] = {"office": _("Notulis"), "name": minutes.taker, "rank_and_number": ""}
    data["chair"] = {"office": _("Pimpinan rapat"), "name": minutes.chair, "rank_and_number": ""}
    return data


def _report_sheet(event: Event, report: ActivityReport) -> dict[str, Any]:
    record = record_of_event(event.id, frozenset({event.unit_id}))
    assert record is not None
    data = _common(event, report, _("Laporan kegiatan"))
    present = number(record.present) if record.present is not None else _("belum dihitung")
    data["facts"] += [
        [_("Waktu"), span(event.starts_at, record.ended_at or event.ends_at, event.unit.zone)],
        [_("Pimpinan"), " ".join(part for part in (report.leader_office, report.leader_name) if part)],
        [_("Jumlah hadir"), _("%(count)s orang menurut meja kehadiran", count=present)],
    ]
    held = [
        item.title
        + (f": {with_stand_in(item.leader, item.represented_by)}" if item.leader else "")
        + (f" ({_('berhalangan')})" if item.absent else "")
        for item in record.programme
    ]
    told: list[tuple[str, str, list[str]]] = [
        (_("I. Pendahuluan"), "\n".join(part for part in (report.basis, report.aim) if part), []),
        (
            _("II. Pelaksanaan: yang hadir"),
            "",
            [with_stand_in(r.institution, r.represented_by) for r in report.presences],
        ),
        (_("II. Pelaksanaan: rangkaian acara"), "", held),
        (_("III. Hasil"), "\n".join(part for part in (report.result, report.pledge_note) if part), []),
        (
            _("IV. Kendala dan pengamanan"),
            "\n".join(part for part in (report.incidents, report.security) if part),
            [],
        ),
        (_("V. Kesimpulan dan saran"), report.conclusion, []),
    ]
    data["sections"] = [
        {"title": title, "text": text, "points": points} for title, text, points in told if text or points
    ]
    data["closing"] = _("VI. Penutup: demikian laporan ini dibuat sebagai bahan pertimbangan pimpinan.")
    return data
