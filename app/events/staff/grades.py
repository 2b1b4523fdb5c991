"""The settings of the guards: how hard each stands in the way."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.events import actions, queries
from app.events.details import Guard
from app.events.forms.grades import GradesForm, grades_form
from app.events.messages import GRADE_NAMES, guard_title
from app.events.permissions import EventPermission as P
from app.events.rules.guards import GRADES, choices_for, grade_of
from app.events.staff.rooms import blueprint
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/penjaga")
@permitted(P.SET_GRADES)
def grades() -> ResponseReturnValue:
    raised = queries.raised_grades()
    data = {guard.value: grade_of(guard, raised).value for guard in Guard}
    return _page(grades_form()(formdata=None, data=data))


@blueprint.post("/penjaga")
@permitted(P.SET_GRADES)
def set_grades() -> ResponseReturnValue:
    form = grades_form()()
    if form.validate_on_submit():
        try:
            changed = actions.set_grades(form.chosen(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(
                _("Tingkat penjagaan disimpan. Acara yang sudah dijadwalkan diperiksa ulang.")
                if changed
                else _("Tidak ada yang berubah."),
                "ok",
            )
            return redirect(url_for("staff.events.grades"), 303)
    return _page(form), 422


def _page(form: GradesForm) -> str:
    return render_template(
        "events/grades.html",
        form=form,
        rows=[
            {"field": field, "shipped": GRADE_NAMES[GRADES[guard]], "guard": guard}
            for guard, field in form.rows()
        ],
        fixed=[guard_title(guard).capitalize() for guard in Guard if len(choices_for(guard)) == 1],
    )
