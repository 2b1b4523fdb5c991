"""Institutions: asking them, noting who is there, signing for them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import whole_number
from app.pledges import actions, queries
from app.pledges.details import SignatoryDetails, SignatoryPart, SignatoryState
from app.pledges.forms import InstitutionForm, PlainForm
from app.pledges.models import Pledge, Signatory
from app.pledges.permissions import PledgePermission
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.web.pages import refuse, words_for
from app.web.staff import permitted

STATE_TONES = {
    SignatoryState.INVITED: "info",
    SignatoryState.PRESENT: "info",
    SignatoryState.SIGNED: "ok",
    SignatoryState.REFUSED: "bad",
    SignatoryState.NOT_YET: "warn",
}


@blueprint.get("/<int:pledge_id>/penanda")
@permitted(PledgePermission.RECORD)
def signatories(pledge_id: int) -> ResponseReturnValue:
    """Who is asked to sign, in order, with what became of it."""
    return _page(pledge_for(pledge_id, PledgePermission.RECORD))


@blueprint.post("/<int:pledge_id>/penanda")
@permitted(PledgePermission.DRAFT)
def invite(pledge_id: int) -> ResponseReturnValue:
    """Set the list; the house puts it into the neutral order."""
    pledge = pledge_for(pledge_id, PledgePermission.DRAFT)
    if not PlainForm().validate():
        abort(400)
    chosen, witnesses = _numbers("lembaga"), _numbers("saksi")
    known = {row.organisation_id: row for row in pledge.signatories}
    wanted = []
    for organisation in queries.organisations_to_ask():
        if organisation.id not in chosen:
            continue
        row = known.get(organisation.id)
        witness = organisation.id in witnesses and organisation.ballot_number is None
        wanted.append(
            SignatoryDetails(
                organisation_id=organisation.id,
                name=row.name if row else organisation.head_name,
                capacity=row.capacity if row else organisation.head_title,
                part=SignatoryPart.WITNESS if witness else SignatoryPart.PARTY,
            )
        )
    # Parties stand before witnesses; within each part the neutral order holds.
    wanted.sort(key=lambda details: details.part is SignatoryPart.WITNESS)
    try:
        actions.invite_signatories(pledge, wanted, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        return _page(
            pledge_for(pledge_id, PledgePermission.DRAFT),
            problems=[words_for(broken)],
            chosen=chosen,
            witnesses=witnesses,
        ), 422
    flash(_("Daftar lembaga tersimpan."), "ok")
    return redirect(url_for("staff.pledges.signatories", pledge_id=pledge_id), 303)


@blueprint.post("/<int:pledge_id>/penanda/<int:signatory_id>/keadaan")
@permitted(PledgePermission.RECORD)
def note(pledge_id: int, signatory_id: int) -> ResponseReturnValue:
    """Note that an institution is there, refuses, or has not signed yet."""
    signatory = _signatory(pledge_for(pledge_id, PledgePermission.RECORD), signatory_id)
    if not PlainForm().validate() or request.form.get("keadaan") not in set(SignatoryState):
        abort(400)
    actions.note_state(
        signatory, SignatoryState(request.form["keadaan"]), by=current_user.person, now=clock.now()
    )
    flash(_("Keadaan lembaga tercatat."), "ok")
    back = "staff.pledges.remote" if "kendali" in request.form else "staff.pledges.signatories"
    return redirect(url_for(back, pledge_id=pledge_id), 303)


@blueprint.get("/<int:pledge_id>/penanda/<int:signatory_id>/tanda-tangan")
@permitted(PledgePermission.RECORD)
def sign_form(pledge_id: int, signatory_id: int) -> ResponseReturnValue:
    """The page at the table: name, capacity, who stands in, a finger-drawn signature."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    signatory = _signatory(pledge, signatory_id)
    form = InstitutionForm(formdata=None, obj=None)
    form.name.data, form.capacity.data = signatory.name, signatory.capacity
    return render_template("pledges/staff_sign.html", pledge=pledge, signatory=signatory, form=form)


@blueprint.post("/<int:pledge_id>/penanda/<int:signatory_id>/tanda-tangan")
@permitted(PledgePermission.RECORD)
def sign(pledge_id: int, signatory_id: int) -> ResponseReturnValue:
    """Put the institution under the text."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    signatory = _signatory(pledge, signatory_id)
    form = InstitutionForm()
    if form.validate():
        try:
            actions.sign_for_institution(signatory, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            pledge = pledge_for(pledge_id, PledgePermission.RECORD)
            signatory = _signatory(pledge, signatory_id)
        else:
            flash(_("Lembaga sudah menandatangani."), "ok")
            return redirect(url_for("staff.pledges.signatories", pledge_id=pledge_id), 303)
    return render_template("pledges/staff_sign.html", pledge=pledge, signatory=signatory, form=form), 422


def _signatory(pledge: Pledge, signatory_id: int) -> Signatory:
    found = queries.find_signatory(pledge.id, signatory_id)
    return found if found is not None else abort(404)


def _page(
    pledge: Pledge,
    *,
    problems: list[str] | None = None,
    chosen: set[int] | None = None,
    witnesses: set[int] | None = None,
) -> str:
    if chosen is None:
        chosen = {row.organisation_id for row in pledge.signatories}
        witnesses = {row.organisation_id for row in pledge.signatories if row.part is SignatoryPart.WITNESS}
    return render_template(
        "pledges/signatories.html",
        pledge=pledge,
        organisations=queries.organisations_to_ask(),
        chosen=chosen,
        witnesses=witnesses or set(),
        problems=problems or [],
        tones=STATE_TONES,
        states=[SignatoryState.PRESENT, SignatoryState.NOT_YET, SignatoryState.REFUSED],
    )


def _numbers(name: str) -> set[int]:
    sent = map(whole_number, request.form.getlist(name))
    return {number for number in sent if number is not None}
