"""Signatures of the public at the desk: making sure, striking."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import clean_line, whole_number
from app.pledges import actions, queries
from app.pledges.details import SignWay
from app.pledges.forms import ConfirmForm, StrikeForm
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.permissions import PledgePermission
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.web.pages import words_for
from app.web.staff import permitted


@blueprint.get("/<int:pledge_id>/tanda-tangan")
@permitted(PledgePermission.RECORD)
def signatures(pledge_id: int) -> ResponseReturnValue:
    """Who signed: find by name, code or the last digits of the number."""
    return _page(pledge_for(pledge_id, PledgePermission.RECORD))


@blueprint.post("/<int:pledge_id>/tanda-tangan/<int:signature_id>/pastikan")
@permitted(PledgePermission.RECORD)
def confirm(pledge_id: int, signature_id: int) -> ResponseReturnValue:
    """An officer has made sure."""
    pledge, signature = _both(pledge_id, signature_id)
    form = ConfirmForm()
    if signature is None or not form.validate():
        return _page(pledge, problem=_("Tanda tangan ini tidak ditemukan.")), 422
    try:
        actions.confirm(signature, SignWay(form.way.data), by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        return _page(pledge_for(pledge_id, PledgePermission.RECORD), problem=words_for(broken)), 422
    flash(_("Tanda tangan dipastikan."), "ok")
    return redirect(url_for("staff.pledges.signatures", pledge_id=pledge_id), 303)


@blueprint.post("/<int:pledge_id>/tanda-tangan/<int:signature_id>/coret")
@permitted(PledgePermission.STRIKE)
def strike(pledge_id: int, signature_id: int) -> ResponseReturnValue:
    """Take a signature out of the counts, with the reason."""
    pledge, signature = _both(pledge_id, signature_id, PledgePermission.STRIKE)
    form = StrikeForm()
    if signature is None or not form.validate():
        return _page(pledge, problem=_("Tulis alasan mencoret tanda tangan.")), 422
    try:
        actions.strike(signature, reason=form.reason.data or "", by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        return _page(pledge_for(pledge_id, PledgePermission.STRIKE), problem=words_for(broken)), 422
    flash(_("Tanda tangan dicoret dari hitungan."), "ok")
    return redirect(url_for("staff.pledges.signatures", pledge_id=pledge_id), 303)


@blueprint.post("/<int:pledge_id>/tanda-tangan/<int:signature_id>/pulihkan")
@permitted(PledgePermission.STRIKE)
def restore(pledge_id: int, signature_id: int) -> ResponseReturnValue:
    """Take back a strike, with the reason."""
    pledge, signature = _both(pledge_id, signature_id, PledgePermission.STRIKE)
    form = StrikeForm()
    if signature is None or not form.validate():
        return _page(pledge, problem=_("Tulis alasan membatalkan pencoretan.")), 422
    try:
        actions.restore(signature, reason=form.reason.data or "", by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        return _page(pledge_for(pledge_id, PledgePermission.STRIKE), problem=words_for(broken)), 422
    flash(_("Tanda tangan dihitung lagi."), "ok")
    return redirect(url_for("staff.pledges.signatures", pledge_id=pledge_id), 303)


def _both(
    pledge_id: int, signature_id: int, permission: PledgePermission = PledgePermission.RECORD
) -> tuple[Pledge, PledgeSignature | None]:
    pledge = pledge_for(pledge_id, permission)
    return pledge, queries.find_signature(pledge.id, signature_id)


def _page(pledge: Pledge, *, problem: str = "") -> str:
    search = clean_line(request.args.get("q", ""))[:80]
    wanted = request.args.get("cara", "")
    way = SignWay(wanted) if wanted in set(SignWay) else None
    below = whole_number(request.args.get("sebelum"))
    rows, further = queries.signatures_for_desk(pledge.id, search=search, way=way, below=below)
    return render_template(
        "pledges/signatures.html",
        pledge=pledge,
        rows=rows,
        on_paper=queries.lines_on_paper(row.id for row in rows if row.way is SignWay.PAPER),
        search=search,
        way=wanted,
        ways=list(SignWay),
        problem=problem,
        next_url=url_for(
            "staff.pledges.signatures",
            pledge_id=pledge.id,
            q=search or None,
            cara=wanted or None,
            sebelum=further,
        )
        if further
        else None,
        may_strike=current_user.may(PledgePermission.STRIKE, pledge.unit_id),
        unverified=SignWay.UNVERIFIED,
    )
