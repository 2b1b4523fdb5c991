"""Signing by phone, and the receipt."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.notify.actions import sends_whatsapp
from app.pledges import actions, queries
from app.pledges.details import PledgeStatus, SignWay, Switch
from app.pledges.forms import CodeForm, SigningForm, district_choices
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.public.blueprint import blueprint
from app.pledges.public.codes import qr_svg
from app.pledges.rules.codes import MOST_CODES, may_try
from app.pledges.rules.states import problem_with_confirming, problem_with_signing, stage_of
from app.regions.queries import districts
from app.web.pages import absolute, moment_of_page, refuse, words_for


@blueprint.get("/ikrar/<slug>/tanda-tangan")
def new(slug: str) -> ResponseReturnValue:
    """The form; it carries a key of its own, so it is not kept."""
    pledge = _find(slug)
    if pledge is None:
        present = queries.slug_for_old(slug, moment_of_page())
        return redirect(url_for("pledges.new", slug=present), 301) if present else abort(404)
    form = SigningForm(formdata=None)
    form.submission_key.data = crypto.new_token()
    form.venue.data = request.args.get("tempat", "")[:40]
    return _page(pledge, form)


@blueprint.post("/ikrar/<slug>/tanda-tangan")
def create(slug: str) -> ResponseReturnValue:
    """Sign; the answer is the receipt, the same for everyone."""
    pledge_id = queries.find_public_id(slug, moment_of_page())
    if pledge_id is None:
        abort(404)
    form = SigningForm()
    if not form.submission_key.data:
        form.submission_key.data = crypto.new_token()
    if not form.validate():
        return _again(slug, form)
    try:
        receipt = actions.sign_as_public(pledge_id, form.details(request.remote_addr or ""), now=clock.now())
    except RuleBroken as broken:
        refuse(form, broken)
        return _again(slug, form)
    return redirect(url_for("pledges.receipt", code=receipt.manage_code), 303)


@blueprint.get("/tanda-terima/<code>")
def receipt(code: str) -> ResponseReturnValue:
    """What the signer may see and do: the proof, making sure of the number, and taking everything back."""
    return _receipt(_signature(code), code, CodeForm(formdata=None))


@blueprint.post("/tanda-terima/<code>/kode")
def send_code(code: str) -> ResponseReturnValue:
    """Send a code to the number of the signature; the answer is the same for everyone."""
    signature = _signature(code)
    try:
        actions.send_code(signature, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
    else:
        flash(_("Kode dikirim lewat WhatsApp ke nomor yang Anda tulis. Berlaku 30 menit."), "ok")
    return redirect(url_for("pledges.receipt", code=code, _anchor="pastikan"), 303)


@blueprint.post("/tanda-terima/<code>/pastikan")
def try_code(code: str) -> ResponseReturnValue:
    """Take the code; a right one makes sure of the signature."""
    signature = _signature(code)
    form = CodeForm()
    if form.validate():
        try:
            if actions.try_code(signature, form.digits, now=clock.now()):
                flash(_("Nomor Anda dipastikan. Tanda tangan kini terhitung daring terverifikasi."), "ok")
                return redirect(url_for("pledges.receipt", code=code), 303)
            form.refuse(wrong := RuleBroken("code_wrong", field="code"), words_for(wrong))
        except RuleBroken as broken:
            refuse(form, broken)
    return _receipt(_signature(code), code, form, status=422)


def _signature(code: str) -> PledgeSignature:
    signature = queries.find_receipt(crypto.read_code(code))
    return signature if signature is not None else abort(404)


def _receipt(
    signature: PledgeSignature, code: str, form: CodeForm, *, status: int = 200
) -> ResponseReturnValue:
    g.zone = signature.pledge.unit.zone
    check = absolute(url_for("documents.show_check", code=signature.check_code))
    page = render_template(
        "pledges/receipt.html",
        signature=signature,
        pledge=signature.pledge,
        check=check,
        code=qr_svg(check),
        manage=code,
        salt=signature.salt.hex() if signature.salt else "",
        proving=_proving(signature),
        form=form,
        **_successor(signature, code),
    )
    return (
        page,
        status,
        {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"},
    )


def _successor(signature: PledgeSignature, code: str) -> dict[str, Any]:
    """The text that replaces the signed one, whether it is signed by the same link already, and whether it can be."""
    fresh = queries.successor_of(signature.pledge_id)
    if fresh is None or fresh.status is PledgeStatus.DRAFT:
        return {"successor": None}
    now = clock.now()
    quiet = fresh.names_candidates and queries.is_quiet(now)
    done = queries.find_submitted(fresh.id, queries.key_of_reaffirmation(signature.id, code))
    return {
        "successor": fresh,
        "reaffirmed": done is not None,
        "may_reaffirm": signature.phone_sealed is not None
        and signature.struck_at is None
        and problem_with_signing(fresh, now, quiet=quiet) is None,
    }


def _proving(signature: PledgeSignature) -> dict[str, bool] | None:
    """What may be done to prove the number: ask for a code, type one; None when neither is possible."""
    if signature.way is not SignWay.UNVERIFIED or not sends_whatsapp():
        return None
    now, sent, pledge = clock.now(), queries.code_of(signature.id), signature.pledge
    quiet = pledge.names_candidates and queries.is_quiet(now)
    if problem_with_confirming(pledge, now, begun_at=sent.begun_at if sent else None, quiet=quiet):
        return None
    return {
        "ask": sent is None or sent.codes < MOST_CODES,
        "type": sent is not None and may_try(sent, now),
        "begun": sent is not None,
    }


@blueprint.post("/tanda-terima/<code>/tegaskan")
def reaffirm(code: str) -> ResponseReturnValue:
    """Sign the text that replaces this one, with the same name and number."""
    try:
        receipt = actions.reaffirm(_signature(code), code, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "bad")
        return redirect(url_for("pledges.receipt", code=code), 303)
    flash(_("Terima kasih. Anda menegaskan naskah yang baru; ini tanda terimanya."), "ok")
    return redirect(url_for("pledges.receipt", code=receipt.manage_code), 303)


@blueprint.post("/tanda-terima/<code>/hapus")
def erase(code: str) -> ResponseReturnValue:
    """Take the signature back and delete name and phone."""
    signature = _signature(code)
    actions.erase_own_signature(signature, now=clock.now())
    return redirect(url_for("pledges.receipt", code=code), 303)


def _find(slug: str) -> Pledge | None:
    pledge = queries.find_public_plain(slug, moment_of_page())
    if pledge is not None:
        g.zone = pledge.unit.zone
    return pledge


def _again(slug: str, form: SigningForm) -> ResponseReturnValue:
    pledge = _find(slug)
    return (_page(pledge, form), 422) if pledge is not None else abort(404)


def _page(pledge: Pledge, form: SigningForm) -> str:
    now = moment_of_page()
    quiet = pledge.names_candidates and queries.is_quiet(now)
    form.district_code.choices = district_choices(districts())
    return render_template(
        "pledges/sign.html",
        pledge=pledge,
        form=form,
        problem=problem_with_signing(pledge, now, quiet=quiet) or Switch.SIGNING in queries.switched_off(),
        stage=stage_of(pledge, now, quiet=quiet),
        at_venue=queries.is_venue_code(pledge.origin, form.venue.data or "", now),
    )
