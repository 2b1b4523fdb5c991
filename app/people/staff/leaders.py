"""Leaders who ask for an account and wait to be verified."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import show_phone
from app.people import actions, queries
from app.people.details import LeaderStatus
from app.people.forms import RefuseForm, VerifyForm
from app.people.models import Leader
from app.people.permissions import PeoplePermission
from app.regions.queries import find_region, find_unit
from app.web import pages
from app.web.pages import absolute
from app.web.staff import permitted

blueprint = Blueprint("leaders", __name__, template_folder="../templates")


@blueprint.get("")
@permitted(PeoplePermission.VERIFY_LEADERS)
def index() -> ResponseReturnValue:
    unit_ids = current_user.unit_ids(PeoplePermission.VERIFY_LEADERS)
    wanted = request.args.get("keadaan", "")
    status = next((status for status in LeaderStatus if status == wanted), LeaderStatus.WAITING)
    return render_template(
        "people/leaders.html",
        leaders=queries.leaders_in(unit_ids, status),
        status=status,
        counts=queries.count_leaders(unit_ids),
        units={unit.id: unit for unit in queries.units_named(unit_ids)},
    )


@blueprint.get("/<int:leader_id>")
@permitted(PeoplePermission.VERIFY_LEADERS)
def show(leader_id: int) -> ResponseReturnValue:
    return _leader_page(_find_leader(leader_id))


@blueprint.post("/<int:leader_id>/verifikasi")
@permitted(PeoplePermission.VERIFY_LEADERS)
def verify(leader_id: int) -> ResponseReturnValue:
    found = _find_leader(leader_id)
    form = VerifyForm()
    _offer_organisations(form)
    if form.validate_on_submit():
        try:
            actions.verify_leader(
                found,
                organisation_id=form.organisation_id.data or None,
                link=absolute(url_for("people.sign_in")),
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            pages.refuse(form, broken)
        else:
            flash(_("Tokoh sudah diverifikasi dan kabar untuknya sudah disiapkan."), "ok")
            return redirect(url_for("staff.leaders.index"), 303)
    return _leader_page(_find_leader(leader_id), verify_form=form), 422


@blueprint.post("/<int:leader_id>/tolak")
@permitted(PeoplePermission.VERIFY_LEADERS)
def refuse(leader_id: int) -> ResponseReturnValue:
    found = _find_leader(leader_id)
    form = RefuseForm()
    if form.validate_on_submit():
        try:
            actions.refuse_leader(found, note=form.note.data or "", by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            pages.refuse(form, broken)
        else:
            flash(_("Pendaftaran ditolak dan catatan Anda sudah disiapkan untuk pendaftar."), "ok")
            return redirect(url_for("staff.leaders.index"), 303)
    return _leader_page(_find_leader(leader_id), refuse_form=form), 422


def _find_leader(leader_id: int) -> Leader:
    found = queries.find_leader_in_units(leader_id, current_user.unit_ids(PeoplePermission.VERIFY_LEADERS))
    if found is None:
        abort(404)
    return found


def _offer_organisations(form: VerifyForm) -> None:
    form.offer([(row.id, row.name) for row in queries.living_organisations()])


def _leader_page(
    found: Leader, *, verify_form: VerifyForm | None = None, refuse_form: RefuseForm | None = None
) -> str:
    if verify_form is None:
        verify_form = VerifyForm(formdata=None)
        _offer_organisations(verify_form)
        verify_form.organisation_id.data = found.organisation_id or _same_name(found)
    context: dict[str, Any] = {
        "leader": found,
        "person": found.person,
        "phone": crypto.decrypt(found.person.phone_sealed) if found.person.phone_sealed else "",
        "unit": find_unit(found.unit_id),
        "district": find_region(found.district_code) if found.district_code else None,
        "decider": queries.find_person(found.decided_by_id) if found.decided_by_id else None,
        "verify_form": verify_form,
        "refuse_form": refuse_form or RefuseForm(formdata=None),
    }
    return render_template("people/leader.html", show_phone=show_phone, **context)


def _same_name(found: Leader) -> int:
    """The organisation of the list that was probably meant."""
    typed = found.organisation_name.casefold()
    for row in queries.living_organisations():
        if typed and typed in {row.name.casefold(), row.short_name.casefold()}:
            return row.id
    return 0
