"""Paper sheets: scanning them, and reading their lines one after the other."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import whole_number
from app.pledges import actions, queries
from app.pledges.details import LineOutcome, LineState, Reading
from app.pledges.forms import ReadingForm, SheetForm, district_choices
from app.pledges.messages import READ
from app.pledges.models import Pledge, PledgeSheet
from app.pledges.permissions import PledgePermission
from app.pledges.rules.readings import differences
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.regions.queries import districts
from app.web.pages import refuse
from app.web.staff import permitted

MOST_BYTES = 25 * 1024 * 1024


@blueprint.get("/<int:pledge_id>/kertas")
@permitted(PledgePermission.RECORD)
def sheets(pledge_id: int) -> ResponseReturnValue:
    """The sheets with what is left to read, and a form for the next scan."""
    return _sheets_page(pledge_for(pledge_id, PledgePermission.RECORD), SheetForm(formdata=None))


@blueprint.post("/<int:pledge_id>/kertas")
@permitted(PledgePermission.RECORD)
def add_sheet(pledge_id: int) -> ResponseReturnValue:
    """Keep the scan of a sheet."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    form = SheetForm()
    if form.validate():
        try:
            sheet = actions.add_sheet(
                pledge,
                form.file.data.stream.read(MOST_BYTES + 1),
                lines=form.lines.data,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            pledge = pledge_for(pledge_id, PledgePermission.RECORD)
        else:
            flash(_("Lembar %(number)s tersimpan. Bacalah baris pertamanya.", number=sheet.number), "ok")
            return redirect(url_for("staff.pledges.sheet", pledge_id=pledge_id, number=sheet.number), 303)
    return _sheets_page(pledge, form), 422


@blueprint.get("/<int:pledge_id>/kertas/<int:number>")
@permitted(PledgePermission.RECORD)
def sheet(pledge_id: int, number: int) -> ResponseReturnValue:
    """The scan beside the line to be read next, or the one that is asked for."""
    pledge, sheet = _both(pledge_id, number)
    form = ReadingForm(formdata=None)
    lines = queries.lines_of(sheet, current_user.person.id)
    chosen = _chosen(lines)
    if chosen is not None and chosen.mine is not None:
        for name, value in vars(chosen.mine).items():
            form[name].data = value
    return _page(pledge, sheet, form, lines, chosen)


@blueprint.post("/<int:pledge_id>/kertas/<int:number>")
@permitted(PledgePermission.RECORD)
def read_line(pledge_id: int, number: int) -> ResponseReturnValue:
    """Keep what is read on a line."""
    pledge, sheet = _both(pledge_id, number)
    form = ReadingForm()
    form.district_code.choices = district_choices(districts())
    line = whole_number(request.args.get("baris"), digits=3) or 0
    if form.validate():
        try:
            outcome = actions.read_line(sheet, line, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            pledge, sheet = _both(pledge_id, number)
        else:
            return _after(pledge_id, sheet, line, outcome)
    lines = queries.lines_of(sheet, current_user.person.id)
    return _page(pledge, sheet, form, lines, _chosen(lines)), 422


@blueprint.get("/<int:pledge_id>/kertas/<int:number>/pindaian.jpg")
@permitted(PledgePermission.RECORD)
def scan(pledge_id: int, number: int) -> ResponseReturnValue:
    """The picture of a sheet; it holds names and numbers, so it is kept nowhere."""
    _pledge, sheet = _both(pledge_id, number)
    picture = queries.scan_of(sheet)
    if picture is None:
        abort(404)
    return Response(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


def _after(pledge_id: int, sheet: PledgeSheet, line: int, outcome: LineOutcome | None) -> ResponseReturnValue:
    state = queries.lines_of(sheet, current_user.person.id)[line - 1]
    page = url_for("staff.pledges.sheet", pledge_id=pledge_id, number=sheet.number)
    if state.differs:
        flash(_("Baris %(line)s: bacaan Anda berbeda. Bandingkan dengan lembarnya.", line=line), "bad")
        return redirect(f"{page}?baris={line}", 303)
    if outcome is LineOutcome.COUNTED:
        flash(_("Baris %(line)s dibaca sama oleh dua petugas: dihitung.", line=line), "ok")
    elif outcome is not None:
        flash(_("Baris %(line)s selesai dan tidak dihitung.", line=line), "ok")
    else:
        flash(_("Baris %(line)s tersimpan; menunggu petugas kedua.", line=line), "ok")
    return redirect(page, 303)


def _both(pledge_id: int, number: int) -> tuple[Pledge, PledgeSheet]:
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    sheet = queries.find_sheet(pledge.id, number)
    return (pledge, sheet) if sheet is not None else abort(404)


def _chosen(lines: list[LineState]) -> LineState | None:
    wanted = whole_number(request.args.get("baris"), digits=3) or 0
    if 1 <= wanted <= len(lines) and lines[wanted - 1].outcome is None:
        return lines[wanted - 1]
    return next((line for line in lines if line.is_open), None)


def _page(
    pledge: Pledge, sheet: PledgeSheet, form: ReadingForm, lines: list[LineState], chosen: LineState | None
) -> str:
    names = {row.code: row.name for row in districts()}
    form.district_code.choices = district_choices(districts())
    return render_template(
        "pledges/sheet.html",
        pledge=pledge,
        sheet=sheet,
        form=form,
        lines=lines,
        chosen=chosen,
        compared=[_compared(chosen.mine, other, names) for other in chosen.theirs]
        if chosen is not None and chosen.mine is not None
        else [],
        has_scan=queries.has_scan(sheet),
        settled=sum(line.outcome is not None for line in lines),
        differing=any(line.differs for line in lines),
    )


def _compared(mine: Reading, other: Reading, names: dict[str, str]) -> dict[str, object]:
    """Another's reading in words, and which parts of it differ from one's own."""
    return {
        "blank": other.blank,
        "name": other.name,
        "phone": other.phone,
        "district": names.get(other.district_code, ""),
        "shown": other.shown,
        "differs": [str(READ[key]) for key in differences(mine, other)],
    }


def _sheets_page(pledge: Pledge, form: SheetForm) -> str:
    return render_template(
        "pledges/sheets.html",
        pledge=pledge,
        form=form,
        sheets=queries.sheets_of(pledge.id, current_user.person.id),
    )
