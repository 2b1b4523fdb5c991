"""Elections, their stages and their candidate pairs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.almanac import actions, queries
from app.almanac.details import ElectionDetails
from app.almanac.forms import ElectionForm, PairForm, ReasonForm, StagesForm
from app.almanac.messages import LABELS
from app.almanac.models import CandidatePair, Election
from app.almanac.staff.rooms import ADMIN, blueprint, found, place_names, places, zone
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.get("/pemilihan")
@permitted(ADMIN)
def elections() -> ResponseReturnValue:
    return _list_page(ElectionForm(formdata=None))


@blueprint.post("/pemilihan")
@permitted(ADMIN)
def create_election() -> ResponseReturnValue:
    form = ElectionForm()
    form.offer(places())
    if form.validate_on_submit():
        election = actions.add_election(
            ElectionDetails(slug="", name=form.name.data or "", stages=()),
            kind=form.kind.data,
            region_code=form.region_code.data or None,
            by=current_user.person,
            now=clock.now(),
        )
        return _kept(election.id, _("Pemilihan sudah ditambahkan. Isi tahapannya."))
    return _list_page(form), 422


@blueprint.get("/pemilihan/<int:election_id>")
@permitted(ADMIN)
def edit(election_id: int) -> ResponseReturnValue:
    return _page(found(queries.find_election(election_id), Election))


@blueprint.post("/pemilihan/<int:election_id>")
@permitted(ADMIN)
def update_election(election_id: int) -> ResponseReturnValue:
    election = found(queries.find_election(election_id), Election)
    form = ElectionForm(prefix="pemilihan-")
    form.offer(places())
    if form.validate_on_submit():
        actions.change_election(
            election,
            name=form.name.data or "",
            kind=form.kind.data,
            region_code=form.region_code.data or None,
            by=current_user.person,
            now=clock.now(),
        )
        return _kept(election_id, _("Pemilihan sudah disimpan."))
    return _page(found(queries.find_election(election_id), Election), election_form=form), 422


@blueprint.post("/pemilihan/<int:election_id>/hapus")
@permitted(ADMIN)
def remove_election(election_id: int) -> ResponseReturnValue:
    election = found(queries.find_election(election_id), Election)
    form = ReasonForm(prefix="hapus-")
    if form.validate_on_submit():
        actions.remove_election(
            election, reason=form.reason.data or "", by=current_user.person, now=clock.now()
        )
        flash(_("Pemilihan sudah dihapus."), "ok")
        return redirect(url_for("staff.almanac.elections"), 303)
    return _page(election, reason=form), 422


@blueprint.post("/pemilihan/<int:election_id>/tahapan")
@permitted(ADMIN)
def set_stages(election_id: int) -> ResponseReturnValue:
    election = found(queries.find_election(election_id), Election)
    form = StagesForm()
    if form.validate_on_submit():
        try:
            actions.set_stages(election, form.details(zone()), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            form.refuse_stage(broken, words_for(broken))
        else:
            return _kept(
                election_id, _("Tahapan sudah disimpan. Acara yang sudah dijadwalkan diperiksa ulang.")
            )
    return _page(found(queries.find_election(election_id), Election), stages_form=form), 422


@blueprint.post("/pemilihan/<int:election_id>/pasangan")
@permitted(ADMIN)
def set_pair(election_id: int) -> ResponseReturnValue:
    election = found(queries.find_election(election_id), Election)
    form = PairForm(prefix="paslon-")
    if form.validate_on_submit():
        try:
            actions.set_pair(
                election, form.details(election.region_code), by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return _kept(election_id, _("Pasangan calon sudah disimpan."))
    return _page(found(queries.find_election(election_id), Election), pair_form=form), 422


@blueprint.post("/pasangan/<int:pair_id>/hapus")
@permitted(ADMIN)
def remove_pair(pair_id: int) -> ResponseReturnValue:
    pair = found(queries.find_pair(pair_id), CandidatePair)
    election_id = pair.election_id
    try:
        actions.remove_pair(pair, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
        return redirect(url_for("staff.almanac.edit", election_id=election_id), 303)
    return _kept(election_id, _("Pasangan calon sudah dihapus."))


def _kept(election_id: int, words: str) -> ResponseReturnValue:
    flash(words, "ok")
    return redirect(url_for("staff.almanac.edit", election_id=election_id), 303)


def _list_page(form: ElectionForm) -> str:
    form.offer(places())
    return render_template(
        "almanac/elections.html",
        form=form,
        elections=queries.elections(),
        words=LABELS,
        zone=zone(),
        places=place_names(),
    )


def _page(
    election: Election,
    *,
    election_form: ElectionForm | None = None,
    stages_form: StagesForm | None = None,
    pair_form: PairForm | None = None,
    reason: ReasonForm | None = None,
) -> str:
    about = election_form or ElectionForm(
        formdata=None,
        prefix="pemilihan-",
        data={"name": election.name, "kind": election.kind, "region_code": election.region_code or ""},
    )
    about.offer(places())
    return render_template(
        "almanac/election.html",
        election=election,
        election_form=about,
        stages_form=stages_form
        or StagesForm(formdata=None, data=StagesForm.values_of(election.stages, zone())),
        pair_form=pair_form or PairForm(formdata=None, prefix="paslon-"),
        reason=reason or ReasonForm(formdata=None, prefix="hapus-"),
        refused={
            "election": election_form is not None,
            "stages": stages_form is not None,
            "pair": pair_form is not None,
            "remove": reason is not None,
        },
        words=LABELS,
        place=place_names().get(election.region_code, election.region_code or ""),
    )
