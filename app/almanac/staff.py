"""The admin's pages of the calendar and the elections."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.almanac import actions, queries
from app.almanac.details import ElectionDetails
from app.almanac.forms import ElectionForm, HolyDayForm, PairForm, ReasonForm, StageForm
from app.almanac.messages import LABELS
from app.almanac.models import CandidatePair, Election, ElectionStage, HolyDay
from app.almanac.permissions import AlmanacPermission
from app.core import clock
from app.core.clock import day_in
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.i18n import _
from app.regions.queries import main_unit
from app.web.pages import page_url, refuse, words_for
from app.web.staff import permitted

blueprint = Blueprint("almanac", __name__, template_folder="templates")
ADMIN = AlmanacPermission.ADMINISTER


@blueprint.get("/")
@permitted(ADMIN)
def index() -> ResponseReturnValue:
    return _days_page(HolyDayForm(formdata=None))


@blueprint.post("/hari")
@permitted(ADMIN)
def create() -> ResponseReturnValue:
    form = HolyDayForm()
    if form.validate_on_submit():
        region = _regency() if form.regional.data else None
        try:
            actions.add_holy_day(form.details(), region_code=region, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Hari sudah ditambahkan."), "ok")
            return redirect(url_for("staff.almanac.index", tahun=form.on.data.year), 303)
    return _days_page(form), 422


@blueprint.post("/hari/<int:holy_day_id>/hapus")
@permitted(ADMIN)
def remove(holy_day_id: int) -> ResponseReturnValue:
    holy_day = _found(queries.find_holy_day(holy_day_id), HolyDay)
    year = holy_day.on.year
    form = ReasonForm()
    if form.validate_on_submit():
        actions.remove_holy_day(
            holy_day, reason=form.reason.data or "", by=current_user.person, now=clock.now()
        )
        flash(_("Hari sudah dihapus dari kalender."), "ok")
    else:
        flash(_("Tulis alasan menghapus hari ini."), "bad")
    return redirect(url_for("staff.almanac.index", tahun=year), 303)


@blueprint.get("/pemilihan")
@permitted(ADMIN)
def elections() -> ResponseReturnValue:
    return _elections_page(ElectionForm(formdata=None))


@blueprint.post("/pemilihan")
@permitted(ADMIN)
def create_election() -> ResponseReturnValue:
    form = ElectionForm()
    if form.validate_on_submit():
        election = actions.add_election(
            ElectionDetails(slug="", name=form.name.data or "", stages=()),
            kind=form.kind.data,
            region_code=_regency() if form.regional.data else None,
            by=current_user.person,
            now=clock.now(),
        )
        flash(_("Pemilihan sudah ditambahkan. Isi tahapannya."), "ok")
        return redirect(url_for("staff.almanac.edit", election_id=election.id), 303)
    return _elections_page(form), 422


@blueprint.get("/pemilihan/<int:election_id>")
@permitted(ADMIN)
def edit(election_id: int) -> ResponseReturnValue:
    election = _found(queries.find_election(election_id), Election)
    return _election_page(election)


@blueprint.post("/pemilihan/<int:election_id>/tahapan")
@permitted(ADMIN)
def set_stage(election_id: int) -> ResponseReturnValue:
    election = _found(queries.find_election(election_id), Election)
    form = StageForm(prefix="tahap-")
    if form.validate_on_submit():
        try:
            actions.set_stage(election, form.details(_zone()), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Tahapan sudah disimpan."), "ok")
            return redirect(url_for("staff.almanac.edit", election_id=election_id), 303)
    return _election_page(_found(queries.find_election(election_id), Election), stage_form=form), 422


@blueprint.post("/tahapan/<int:stage_id>/hapus")
@permitted(ADMIN)
def remove_stage(stage_id: int) -> ResponseReturnValue:
    stage = _found(queries.find_stage(stage_id), ElectionStage)
    election_id = stage.election_id
    try:
        actions.remove_stage(stage, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
    else:
        flash(_("Tahapan sudah dihapus."), "ok")
    return redirect(url_for("staff.almanac.edit", election_id=election_id), 303)


@blueprint.post("/pemilihan/<int:election_id>/pasangan")
@permitted(ADMIN)
def set_pair(election_id: int) -> ResponseReturnValue:
    election = _found(queries.find_election(election_id), Election)
    form = PairForm(prefix="paslon-")
    if form.validate_on_submit():
        try:
            actions.set_pair(
                election, form.details(election.region_code), by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Pasangan calon sudah disimpan."), "ok")
            return redirect(url_for("staff.almanac.edit", election_id=election_id), 303)
    return _election_page(_found(queries.find_election(election_id), Election), pair_form=form), 422


@blueprint.post("/pasangan/<int:pair_id>/hapus")
@permitted(ADMIN)
def remove_pair(pair_id: int) -> ResponseReturnValue:
    pair = _found(queries.find_pair(pair_id), CandidatePair)
    election_id = pair.election_id
    try:
        actions.remove_pair(pair, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
    else:
        flash(_("Pasangan calon sudah dihapus."), "ok")
    return redirect(url_for("staff.almanac.edit", election_id=election_id), 303)


def _found(row: Any, kind: type[Any]) -> Any:
    if not isinstance(row, kind):
        abort(404)
    return row


def _zone() -> str:
    unit = main_unit()
    return unit.zone if unit else "Asia/Pontianak"


def _regency() -> str | None:
    """The regency of this portal: the first two parts of its seat's code."""
    unit = main_unit()
    return ".".join(unit.seat_code.split(".")[:2]) if unit and unit.seat_code else None


def _year() -> int:
    text = request.args.get("tahun", "")
    now = day_in(clock.now(), _zone()).year
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text[:6]) <= 2100 else now


def _days_page(form: HolyDayForm) -> str:
    year = _year()
    return render_template(
        "almanac/staff_days.html",
        form=form,
        year=year,
        days=queries.holy_days_of_year(year),
        words=LABELS,
        faiths=Faith,
        previous=page_url(tahun=year - 1) if year > 2000 else None,
        following=page_url(tahun=year + 1) if year < 2100 else None,
        reason=ReasonForm(formdata=None),
    )


def _elections_page(form: ElectionForm) -> str:
    return render_template(
        "almanac/elections.html", form=form, elections=queries.elections(), words=LABELS, zone=_zone()
    )


def _election_page(
    election: Election, *, stage_form: StageForm | None = None, pair_form: PairForm | None = None
) -> str:
    return render_template(
        "almanac/election.html",
        election=election,
        stage_form=stage_form or StageForm(formdata=None, prefix="tahap-"),
        pair_form=pair_form or PairForm(formdata=None, prefix="paslon-"),
        refused={"stage": stage_form is not None, "pair": pair_form is not None},
        words=LABELS,
        zone=_zone(),
    )
