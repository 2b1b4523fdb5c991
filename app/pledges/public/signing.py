"""Signing by phone, and the receipt."""

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.pledges import actions, queries
from app.pledges.details import Switch
from app.pledges.forms import SigningForm, district_choices
from app.pledges.models import Pledge
from app.pledges.public.blueprint import blueprint
from app.pledges.public.codes import qr_svg
from app.pledges.rules.states import problem_with_signing, stage_of
from app.regions.queries import districts
from app.web.pages import absolute, moment_of_page, refuse


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
    pledge = _find(slug)
    if pledge is None:
        abort(404)
    form = SigningForm()
    form.district_code.choices = district_choices(districts())
    if not form.submission_key.data:
        form.submission_key.data = crypto.new_token()
    if not form.validate():
        return _page(pledge, form), 422
    try:
        receipt = actions.sign_as_public(pledge, form.details(request.remote_addr or ""), now=clock.now())
    except RuleBroken as broken:
        refuse(form, broken)
        pledge = _find(slug)
        return (_page(pledge, form), 422) if pledge else abort(404)
    return redirect(url_for("pledges.receipt", code=receipt.manage_code), 303)


@blueprint.get("/tanda-terima/<code>")
def receipt(code: str) -> ResponseReturnValue:
    """What the signer may see and do: the proof, and taking everything back."""
    signature = queries.find_receipt(crypto.read_code(code))
    if signature is None:
        abort(404)
    check = absolute(url_for("documents.show_check", code=signature.check_code))
    page = render_template(
        "pledges/receipt.html",
        signature=signature,
        pledge=signature.pledge,
        check=check,
        code=qr_svg(check),
        manage=code,
        salt=signature.salt.hex() if signature.salt else "",
    )
    return (
        page,
        200,
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"},
    )


@blueprint.post("/tanda-terima/<code>/hapus")
def erase(code: str) -> ResponseReturnValue:
    """Take the signature back and delete name and phone."""
    signature = queries.find_receipt(crypto.read_code(code))
    if signature is None:
        abort(404)
    actions.erase_own_signature(signature, now=clock.now())
    return redirect(url_for("pledges.receipt", code=code), 303)


def _find(slug: str) -> Pledge | None:
    pledge = queries.find_public_plain(slug, moment_of_page())
    if pledge is not None:
        g.zone = pledge.unit.zone
    return pledge


def _page(pledge: Pledge, form: SigningForm) -> str:
    now = moment_of_page()
    quiet = pledge.names_candidates and queries.is_quiet(now)
    form.district_code.choices = form.district_code.choices or district_choices(districts())
    return render_template(
        "pledges/sign.html",
        pledge=pledge,
        form=form,
        problem=problem_with_signing(pledge, now, quiet=quiet) or Switch.SIGNING in queries.switched_off(),
        stage=stage_of(pledge, now, quiet=quiet),
        at_venue=queries.is_venue_code(pledge.origin, form.venue.data or "", now),
    )
