"""The list of organisations: offices, faith communities, councils, campaign teams."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.i18n import _
from app.core.text import clean_line, show_phone
from app.people import actions, queries
from app.people.details import OrganisationKind
from app.people.forms import OrganisationForm
from app.people.models import Organisation
from app.people.permissions import PeoplePermission
from app.regions.queries import districts, find_unit
from app.web.pages import label, refuse
from app.web.staff import permitted

blueprint = Blueprint("organisations", __name__, template_folder="../templates")


@blueprint.get("/")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def index() -> ResponseReturnValue:
    unit_ids = _unit_ids()
    kind = next((kind for kind in OrganisationKind if kind == request.args.get("jenis")), None)
    faith = next((faith for faith in Faith if faith == request.args.get("agama")), None)
    text = clean_line(request.args.get("cari"))[:100]
    closed = request.args.get("ditutup") == "1"
    return render_template(
        "people/organisations.html",
        organisations=queries.organisations_in(unit_ids, text=text, kind=kind, faith=faith, closed=closed),
        units={unit.id: unit.name for unit in queries.units_named(unit_ids)},
        kinds=list(OrganisationKind),
        faiths=list(Faith),
        kind=kind,
        faith=faith,
        text=text,
        closed=closed,
    )


@blueprint.get("/baru")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def new() -> ResponseReturnValue:
    form = OrganisationForm(formdata=None)
    _offer(form)
    form.protocol_order.data = 500
    return render_template("people/organisation_new.html", form=form)


@blueprint.post("/baru")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def create() -> ResponseReturnValue:
    form = OrganisationForm()
    _offer(form)
    if form.validate_on_submit():
        unit = find_unit(form.unit_id.data)
        if unit is None:
            abort(404)
        try:
            actions.create_organisation(form.details(), unit=unit, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Lembaga sudah ditambahkan."), "ok")
            return redirect(url_for("staff.organisations.index"), 303)
    return render_template("people/organisation_new.html", form=form), 422


@blueprint.get("/<int:organisation_id>")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def edit(organisation_id: int) -> ResponseReturnValue:
    organisation = _find(organisation_id)
    form = OrganisationForm(formdata=None, obj=organisation)
    _offer(form)
    form.faith.data = organisation.faith or ""
    form.kind.data = organisation.kind
    form.district_code.data = organisation.district_code or ""
    form.phone.data = (
        show_phone(crypto.decrypt(organisation.phone_sealed)) if organisation.phone_sealed else ""
    )
    return render_template("people/organisation_edit.html", organisation=organisation, form=form)


@blueprint.post("/<int:organisation_id>")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def update(organisation_id: int) -> ResponseReturnValue:
    organisation = _find(organisation_id)
    form = OrganisationForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            actions.change_organisation(organisation, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Data lembaga sudah disimpan."), "ok")
            return redirect(url_for("staff.organisations.index"), 303)
    organisation = _find(organisation_id)
    return render_template("people/organisation_edit.html", organisation=organisation, form=form), 422


@blueprint.post("/<int:organisation_id>/tutup")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def close(organisation_id: int) -> ResponseReturnValue:
    actions.close_organisation(_find(organisation_id), by=current_user.person, now=clock.now())
    flash(_("Lembaga sudah dikeluarkan dari daftar."), "ok")
    return redirect(url_for("staff.organisations.index"), 303)


@blueprint.post("/<int:organisation_id>/buka")
@permitted(PeoplePermission.MANAGE_ORGANISATIONS)
def reopen(organisation_id: int) -> ResponseReturnValue:
    actions.reopen_organisation(_find(organisation_id), by=current_user.person, now=clock.now())
    flash(_("Lembaga masuk daftar lagi."), "ok")
    return redirect(url_for("staff.organisations.edit", organisation_id=organisation_id), 303)


def _unit_ids() -> frozenset[int]:
    ids: frozenset[int] = current_user.unit_ids(PeoplePermission.MANAGE_ORGANISATIONS)
    return ids


def _find(organisation_id: int) -> Organisation:
    organisation = queries.find_organisation_in_units(organisation_id, _unit_ids())
    if organisation is None:
        abort(404)
    return organisation


def _offer(form: OrganisationForm) -> None:
    form.offer(
        [(kind.value, label(kind)) for kind in OrganisationKind],
        [(faith.value, label(faith)) for faith in Faith],
        [(unit.id, unit.name) for unit in queries.units_named(_unit_ids())],
        [(district.code, district.name) for district in districts()],
    )
