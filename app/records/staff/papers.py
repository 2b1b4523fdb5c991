"""Signing sheets, opening them again, and their PDFs."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, storage
from app.core.errors import RuleBroken
from app.core.i18n import _, in_indonesian
from app.events.models import Event
from app.records.actions import draw_sheet, paper_of, renew, seal
from app.records.details import SheetKind, SheetStatus, Stamp
from app.records.forms import RenewForm, SignForm
from app.records.permissions import RecordPermission
from app.records.queries import file_of, find_sealed, minutes_of, report_of
from app.records.staff.blueprint import blueprint, event_or_404
from app.records.staff.record import page
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.post("/acara/<int:event_id>/<any(notula, laporan):sheet>/tanda-tangan")
@permitted(RecordPermission.SIGN)
def sign(event_id: int, sheet: str) -> ResponseReturnValue:
    """Seal the minutes or the report as the signer has seen it."""
    event = event_or_404(event_id, RecordPermission.SIGN)
    form = SignForm(prefix=f"{sheet}-ttd-")
    if not form.validate_on_submit():
        abort(400)
    try:
        seal(event, SheetKind(sheet), seen=form.seen.data or "", by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "error")
    else:
        flash(_("Sudah ditandatangani. Perubahan sesudah ini menjadi versi baru."), "ok")
    return redirect(url_for("staff.records.show", event_id=event_id), 303)


@blueprint.post("/acara/<int:event_id>/<any(notula, laporan):sheet>/versi-baru")
@permitted(RecordPermission.WRITE)
def open_again(event_id: int, sheet: str) -> ResponseReturnValue:
    """Begin a new version of a sealed sheet, with the reason."""
    event, kind = event_or_404(event_id), SheetKind(sheet)
    form = RenewForm(prefix=f"{sheet}-")
    if not form.validate_on_submit():
        return page(event, renewal=(kind, form)), 422
    try:
        renew(event, kind, reason=form.reason.data, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        if broken.field is not None:
            refuse(form, broken)
            return page(event_or_404(event_id), renewal=(kind, form)), 422
        flash(words_for(broken), "error")
        return redirect(url_for("staff.records.show", event_id=event_id), 303)
    editor = "edit_minutes" if kind is SheetKind.MINUTES else "edit_report"
    return redirect(url_for(f"staff.records.{editor}", event_id=event_id), 303)


@blueprint.get("/acara/<int:event_id>/<any(notula, laporan):sheet>.pdf")
@permitted(RecordPermission.VIEW)
def sheet_pdf(event_id: int, sheet: str) -> ResponseReturnValue:
    """The sheet as it is now: the kept file when it is signed, else a draft that says so on every page."""
    event, kind = event_or_404(event_id, RecordPermission.VIEW), SheetKind(sheet)
    found = minutes_of(event_id) if kind is SheetKind.MINUTES else report_of(event_id)
    if found is None:
        abort(404)
    if found.status is SheetStatus.SIGNED:
        return _kept(event, kind, found.number)
    paper = paper_of(event, kind)
    assert paper is not None
    with in_indonesian():
        pdf = draw_sheet(event, paper, Stamp(found.number))
    return _answer(pdf, f"{sheet}-{event.slug}-konsep.pdf")


@blueprint.get("/acara/<int:event_id>/<any(notula, laporan):sheet>-versi-<int:number>.pdf")
@permitted(RecordPermission.VIEW)
def sealed_pdf(event_id: int, sheet: str, number: int) -> ResponseReturnValue:
    """A signed version, an old one too: byte for byte the file that was sealed."""
    return _kept(event_or_404(event_id, RecordPermission.VIEW), SheetKind(sheet), number)


def _kept(event: Event, kind: SheetKind, number: int) -> Response:
    sealed = find_sealed(event.id, kind, number)
    if sealed is None or not sealed.pdf_sha256:
        abort(404)
    pdf = storage.store().read(file_of(sealed.pdf_sha256))
    if pdf is None:
        abort(404)
    return _answer(pdf, f"{kind.value}-{event.slug}-versi-{number}.pdf")


def _answer(pdf: bytes, name: str) -> Response:
    response = Response(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
