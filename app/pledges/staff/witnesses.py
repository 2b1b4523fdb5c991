"""Witnesses of a unit's logs: who may co-sign."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.pledges import actions, queries
from app.pledges.forms import PlainForm, WitnessForm, choices
from app.pledges.permissions import PledgePermission
from app.pledges.staff.blueprint import blueprint
from app.regions.queries import units
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/saksi")
@permitted(PledgePermission.OPEN)
def witnesses() -> ResponseReturnValue:
    """Who co-signs, and a form for one more."""
    return _page(_form(None))


@blueprint.post("/saksi")
@permitted(PledgePermission.OPEN)
def add_witness() -> ResponseReturnValue:
    """Let somebody co-sign the logs of a unit."""
    form = _form(WitnessForm())
    if form.validate():
        try:
            actions.add_witness(
                form.unit_id.data,
                name=form.name.data or "",
                key=form.key.data or "",
                url=form.url.data or "",
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Saksi terdaftar."), "ok")
            return redirect(url_for("staff.pledges.witnesses"), 303)
    return _page(form), 422


@blueprint.post("/saksi/<int:witness_id>/akhiri")
@permitted(PledgePermission.OPEN)
def end_witness(witness_id: int) -> ResponseReturnValue:
    """Take no more co-signatures of a witness."""
    witness = queries.find_witness(witness_id, current_user.unit_ids(PledgePermission.OPEN))
    if witness is None:
        abort(404)
    if not PlainForm().validate():
        abort(400)
    actions.end_witness(witness, by=current_user.person, now=clock.now())
    flash(_("Saksi diakhiri; tanda tangannya yang sudah ada tetap tersimpan."), "ok")
    return redirect(url_for("staff.pledges.witnesses"), 303)


def _form(form: WitnessForm | None) -> WitnessForm:
    form = form if form is not None else WitnessForm(formdata=None)
    own = current_user.unit_ids(PledgePermission.OPEN)
    form.unit_id.choices = choices([(unit.id, unit.name) for unit in units() if unit.id in own])
    return form


def _page(form: WitnessForm) -> str:
    own = current_user.unit_ids(PledgePermission.OPEN)
    return render_template(
        "pledges/staff_witnesses.html",
        form=form,
        witnesses=queries.witnesses_in_units(own),
        units={unit.id: unit.name for unit in units()},
    )
