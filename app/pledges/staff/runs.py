"""Striking many signatures together: conditions, a count before anything happens, and taking it back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import whole_number
from app.pledges import actions, queries
from app.pledges.details import SignWay
from app.pledges.forms import RunForm, StrikeForm, choices
from app.pledges.messages import LABELS
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.permissions import PledgePermission
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.regions.queries import districts
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.get("/<int:pledge_id>/pencoretan")
@permitted(PledgePermission.STRIKE)
def runs(pledge_id: int) -> ResponseReturnValue:
    """Conditions to fill in, and the runs there were."""
    return _page(pledge_for(pledge_id, PledgePermission.STRIKE), _form(formdata=False))


@blueprint.post("/<int:pledge_id>/pencoretan")
@permitted(PledgePermission.STRIKE)
def strike_many(pledge_id: int) -> ResponseReturnValue:
    """Count first; with the counted number and a reason, strike."""
    pledge = pledge_for(pledge_id, PledgePermission.STRIKE)
    form = _form(formdata=True)
    if not form.validate():
        return _page(pledge, form), 422
    conditions = form.details(pledge.unit.zone)
    if "coret" not in request.form:
        return _page(pledge, form, counted=True)
    expected = whole_number(form.expected.data)
    try:
        run = actions.strike_by_conditions(
            pledge,
            conditions,
            expected=-1 if expected is None else expected,
            reason=form.reason.data or "",
            by=current_user.person,
            now=clock.now(),
        )
    except RuleBroken as broken:
        refuse(form, broken)
        return _page(pledge_for(pledge_id, PledgePermission.STRIKE), form, counted=True), 422
    flash(_("%(count)s tanda tangan dicoret bersama.", count=run.count), "ok")
    return redirect(url_for("staff.pledges.runs", pledge_id=pledge_id), 303)


@blueprint.post("/<int:pledge_id>/pencoretan/<int:run_id>/batal")
@permitted(PledgePermission.STRIKE)
def undo_run(pledge_id: int, run_id: int) -> ResponseReturnValue:
    """Let the signatures of a run count again."""
    pledge = pledge_for(pledge_id, PledgePermission.STRIKE)
    run = queries.find_run(pledge.id, run_id)
    if run is None:
        abort(404)
    form = StrikeForm()
    if not form.validate():
        return _page(pledge, _form(formdata=False), problem=_("Tulis alasan membatalkan pencoretan.")), 422
    try:
        back = actions.undo_run(run, reason=form.reason.data or "", by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        pledge = pledge_for(pledge_id, PledgePermission.STRIKE)
        return _page(pledge, _form(formdata=False), problem=words_for(broken)), 422
    flash(_("%(count)s tanda tangan dihitung lagi.", count=back), "ok")
    return redirect(url_for("staff.pledges.runs", pledge_id=pledge_id), 303)


def _form(*, formdata: bool) -> RunForm:
    form = RunForm() if formdata else RunForm(formdata=None)
    form.district_code.choices = choices(
        [("", _("Semua kecamatan")), *((district.code, district.name) for district in districts())]
    )
    form.way.choices = choices([("", _("Semua cara")), *((way.value, str(LABELS[way])) for way in SignWay)])
    return form


def _page(pledge: Pledge, form: RunForm, *, counted: bool = False, problem: str = "") -> str:
    count, sample = 0, list[PledgeSignature]()
    if counted:
        count, sample = queries.preview(pledge.id, form.details(pledge.unit.zone))
        form.expected.data = str(count)
    return render_template(
        "pledges/runs.html",
        pledge=pledge,
        form=form,
        counted=counted,
        count=count,
        sample=sample,
        runs=queries.runs_of(pledge.id),
        problem=problem,
    )
