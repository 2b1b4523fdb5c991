"""The admin's pages of units and kecamatan."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.regions import actions, queries
from app.regions.details import UnitKind
from app.regions.forms import CloseUnitForm, DistrictForm, NewUnitForm, UnitForm
from app.regions.models import Unit
from app.regions.permissions import RegionPermission
from app.web.pages import label, refuse
from app.web.staff import permitted

blueprint = Blueprint("regions", __name__, template_folder="templates")


@blueprint.get("/")
@permitted(RegionPermission.MANAGE)
def index() -> ResponseReturnValue:
    units = queries.all_units(current_user.unit_ids(RegionPermission.MANAGE))
    served = {
        region.code
        for unit in units
        if unit.closed_at is None and _is_station(unit)
        for region in unit.districts
    }
    districts = queries.districts()
    return render_template(
        "regions/staff_index.html",
        units=units,
        districts=districts,
        serving=queries.units_by_district(),
        unserved=[district for district in districts if district.code not in served],
        without_middle=[district for district in districts if district.lat is None],
        unchecked=[unit for unit in units if unit.closed_at is None and unit.checked_at is None],
        depths={unit.id: unit.path.count("/") for unit in units},
        may_shape=_may_shape(),
    )


@blueprint.get("/unit/baru")
@permitted(RegionPermission.SHAPE)
def new() -> ResponseReturnValue:
    form = NewUnitForm()
    _offer(form)
    main = queries.main_unit()
    if main is not None:
        form.zone.data = main.zone
    return render_template("regions/new.html", form=form)


@blueprint.post("/unit/baru")
@permitted(RegionPermission.SHAPE)
def create() -> ResponseReturnValue:
    form = NewUnitForm()
    _offer(form)
    if form.validate_on_submit():
        parent = _find(form.parent_id.data)
        try:
            unit = actions.create_unit(
                form.details(), kind=form.unit_kind(), parent=parent, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("%(unit)s sudah ditambahkan.", unit=unit.name), "ok")
            return redirect(url_for("staff.regions.edit", unit_id=unit.id), 303)
    return render_template("regions/new.html", form=form), 422


@blueprint.get("/unit/<int:unit_id>")
@permitted(RegionPermission.MANAGE)
def edit(unit_id: int) -> ResponseReturnValue:
    unit = _find(unit_id)
    form = UnitForm(obj=unit)
    _offer(form)
    _show_places(form, unit)
    return _edit_page(unit, form)


@blueprint.post("/unit/<int:unit_id>")
@permitted(RegionPermission.MANAGE)
def update(unit_id: int) -> ResponseReturnValue:
    unit = _find(unit_id)
    form = UnitForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            actions.change_unit(unit, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Data unit sudah disimpan."), "ok")
            return redirect(url_for("staff.regions.edit", unit_id=unit_id), 303)
    return _edit_page(_find(unit_id), form), 422


@blueprint.post("/unit/<int:unit_id>/benar")
@permitted(RegionPermission.MANAGE)
def mark_checked(unit_id: int) -> ResponseReturnValue:
    actions.mark_unit_checked(_find(unit_id), by=current_user.person, now=clock.now())
    flash(_("Data unit ditandai sudah diperiksa."), "ok")
    return redirect(url_for("staff.regions.edit", unit_id=unit_id), 303)


@blueprint.post("/unit/<int:unit_id>/tutup")
@permitted(RegionPermission.SHAPE)
def close(unit_id: int) -> ResponseReturnValue:
    unit = _find(unit_id)
    form = CloseUnitForm()
    if form.validate_on_submit():
        try:
            actions.close_unit(unit, by=current_user.person, now=clock.now(), reason=form.reason.data or "")
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Unit sudah ditutup."), "ok")
            return redirect(url_for("staff.regions.edit", unit_id=unit_id), 303)
    unit = _find(unit_id)
    shown = UnitForm(formdata=None, obj=unit)
    _offer(shown)
    _show_places(shown, unit)
    return _edit_page(unit, shown, closing=form), 422


@blueprint.post("/unit/<int:unit_id>/buka")
@permitted(RegionPermission.SHAPE)
def reopen(unit_id: int) -> ResponseReturnValue:
    actions.reopen_unit(_find(unit_id), by=current_user.person, now=clock.now())
    flash(_("Unit dibuka kembali."), "ok")
    return redirect(url_for("staff.regions.edit", unit_id=unit_id), 303)


@blueprint.get("/kecamatan/<code>")
@permitted(RegionPermission.SHAPE)
def edit_district(code: str) -> ResponseReturnValue:
    district = _find_district(code)
    return _district_page(district, DistrictForm(obj=district))


@blueprint.post("/kecamatan/<code>")
@permitted(RegionPermission.SHAPE)
def update_district(code: str) -> ResponseReturnValue:
    district = _find_district(code)
    form = DistrictForm()
    if form.validate_on_submit():
        try:
            actions.change_district(district, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Data kecamatan sudah disimpan."), "ok")
            return redirect(url_for("staff.regions.index"), 303)
    return _district_page(_find_district(code), form), 422


def _find(unit_id: int | None) -> Unit:
    ids = current_user.unit_ids(RegionPermission.MANAGE)
    unit = queries.find_unit_for_editing(unit_id, ids) if unit_id is not None else None
    if unit is None:
        abort(404)
    return unit


def _find_district(code: str) -> Any:
    district = queries.find_region(code)
    if district is None or district.code.count(".") != 2:
        abort(404)
    return district


def _is_station(unit: Unit) -> bool:
    return unit.kind in {UnitKind.POLSEK, UnitKind.POLSUBSEKTOR}


def _offer(form: UnitForm) -> None:
    districts = [(district.code, district.name) for district in queries.districts()]
    seats = [(regency.code, regency.name) for regency in queries.regencies()] + districts
    form.offer(seats, districts)
    if not _may_shape():
        form.leave_districts()
    if isinstance(form, NewUnitForm):
        units = queries.all_units(current_user.unit_ids(RegionPermission.MANAGE))
        kinds = [
            (kind.value, label(kind)) for kind in (UnitKind.POLSEK, UnitKind.POLSUBSEKTOR, UnitKind.POLRES)
        ]
        form.offer_places(kinds, [(unit.id, unit.name) for unit in units if unit.closed_at is None])


def _may_shape() -> bool:
    may: bool = current_user.may(RegionPermission.SHAPE)
    return may


def _show_places(form: UnitForm, unit: Unit) -> None:
    form.seat_code.data = unit.seat_code or ""
    if _may_shape():
        form.district_codes.data = [region.code for region in unit.districts]


def _edit_page(unit: Unit, form: UnitForm, *, closing: CloseUnitForm | None = None) -> str:
    return render_template(
        "regions/edit.html",
        unit=unit,
        form=form,
        closing=closing or CloseUnitForm(formdata=None),
        may_shape=_may_shape(),
    )


def _district_page(district: Any, form: DistrictForm) -> str:
    return render_template("regions/edit_district.html", district=district, form=form)
