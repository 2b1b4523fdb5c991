"""Letter numbers of the units in one's care."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.documents import actions, queries
from app.documents.forms import PatternForm
from app.documents.messages import SERIES
from app.documents.permissions import DocumentPermission
from app.documents.rules import DEFAULT_PATTERN, number_text
from app.documents.staff.rooms import blueprint, unit_in_care
from app.regions.queries import units
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/")
@permitted(DocumentPermission.SET_NUMBERS)
def index() -> ResponseReturnValue:
    """Every unit in one's care with its series and the number that comes next."""
    own = current_user.unit_ids(DocumentPermission.SET_NUMBERS)
    now = clock.now()
    series = {(row.unit_id, row.code): row for row in queries.series_at(own)}
    last = queries.last_serials([row.id for row in series.values()], now.year)
    rows = []
    for unit in units():
        if unit.id not in own:
            continue
        for code, words in SERIES.items():
            known = series.get((unit.id, code))
            text = number_text(
                known.pattern if known else DEFAULT_PATTERN,
                serial=(last.get(known.id, 0) if known else 0) + 1,
                on=clock.day_in(now, unit.zone),
                archive_code=known.archive_code if known else "",
                unit_code=unit.unit_code,
            )
            rows.append({"unit": unit, "code": code, "words": words, "next": text})
    return render_template("documents/index.html", rows=rows)


@blueprint.get("/<int:unit_id>/<code>")
@permitted(DocumentPermission.SET_NUMBERS)
def edit(unit_id: int, code: str) -> ResponseReturnValue:
    """The pattern of one series."""
    unit = unit_in_care(unit_id, DocumentPermission.SET_NUMBERS)
    if code not in SERIES:
        abort(404)
    known = next((row for row in queries.series_at(frozenset({unit.id})) if row.code == code), None)
    form = PatternForm(
        pattern=known.pattern if known else DEFAULT_PATTERN, archive_code=known.archive_code if known else ""
    )
    return render_template("documents/edit.html", form=form, unit=unit, code=code, words=SERIES[code])


@blueprint.post("/<int:unit_id>/<code>")
@permitted(DocumentPermission.SET_NUMBERS)
def update(unit_id: int, code: str) -> ResponseReturnValue:
    """Save the pattern."""
    unit = unit_in_care(unit_id, DocumentPermission.SET_NUMBERS)
    if code not in SERIES:
        abort(404)
    form = PatternForm()
    if form.validate():
        try:
            actions.change_pattern(
                unit,
                code,
                pattern=form.pattern.data,
                archive_code=form.archive_code.data,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Pola nomor sudah disimpan. Nomor yang sudah terbit tidak berubah."), "ok")
            return redirect(url_for("staff.documents.index"), 303)
    page = render_template("documents/edit.html", form=form, unit=unit, code=code, words=SERIES[code])
    return page, 422
