"""The register of letter numbers (buku agenda): every number of a unit, the void ones too."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, number
from app.core.text import whole_number
from app.documents import actions, queries
from app.documents.forms import SkipForm
from app.documents.messages import SERIES
from app.documents.models import LetterNumberEntry, LetterSeries
from app.documents.permissions import DocumentPermission
from app.documents.staff.rooms import blueprint, unit_in_care
from app.regions.models import Unit
from app.web.pages import refuse
from app.web.paging import page_number, paging_on
from app.web.staff import permitted

PAGE = 100


def _unit(unit_id: int, code: str) -> Unit:
    if code not in SERIES:
        abort(404)
    return unit_in_care(unit_id, DocumentPermission.SET_NUMBERS)


def _page(unit: Unit, code: str, form: SkipForm) -> str:
    this_year = clock.day_in(clock.now(), unit.zone).year
    asked, page = whole_number(request.args.get("tahun"), digits=5), page_number()
    year = this_year if asked is None else asked
    series: LetterSeries | None = next(
        (row for row in queries.series_at(frozenset({unit.id})) if row.code == code), None
    )
    rows: list[LetterNumberEntry] = []
    years = [this_year]
    if series is not None:
        rows = queries.page_of_numbers(series.id, year, page=page, size=PAGE)
        years = sorted({this_year, year, *queries.years_of_series(series.id)}, reverse=True)
    find = current_app.extensions.get(queries.OWNERS, {}).get(code)
    living = [row.serial for row in rows[:PAGE]]
    return render_template(
        "documents/register.html",
        unit=unit,
        code=code,
        words=SERIES[code],
        rows=rows[:PAGE],
        urls=find(unit.id, year, living) if find and living else {},
        year=year,
        years=years,
        page=paging_on(page, more=len(rows) > PAGE),
        form=form,
    )


@blueprint.get("/<int:unit_id>/<code>/buku")
@permitted(DocumentPermission.SET_NUMBERS)
def register(unit_id: int, code: str) -> ResponseReturnValue:
    """The numbers of a year (?tahun=), newest first."""
    return _page(_unit(unit_id, code), code, SkipForm(formdata=None))


@blueprint.post("/<int:unit_id>/<code>/buku")
@permitted(DocumentPermission.SET_NUMBERS)
def skip(unit_id: int, code: str) -> ResponseReturnValue:
    """Enter numbers that were used on paper."""
    unit, form, now = _unit(unit_id, code), SkipForm(), clock.now()
    if form.validate():
        try:
            count = actions.skip_numbers(
                unit,
                code,
                up_to=form.up_to.data,
                reason=form.reason.data,
                on=clock.day_in(now, unit.zone),
                by=current_user.person,
                now=now,
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("%(count)s nomor dicatat sebagai tidak dipakai di portal.", count=number(count)), "ok")
            return redirect(url_for("staff.documents.register", unit_id=unit_id, code=code), 303)
    return _page(_unit(unit_id, code), code, form), 422
