"""What holds for all declarations: switches, and words that no name may hold."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.i18n import _
from app.core.text import whole_number
from app.pledges import actions, queries
from app.pledges.details import Switch
from app.pledges.forms import PlainForm, StrikeForm, WordsForm, choices
from app.pledges.permissions import PledgePermission
from app.pledges.staff.blueprint import blueprint
from app.regions.queries import units
from app.web.staff import permitted


@blueprint.get("/pengaturan")
@permitted(PledgePermission.OPEN)
def settings() -> ResponseReturnValue:
    """Switches with why and since when; the words of one unit."""
    form = _words_form(WordsForm(formdata=None))
    wanted = whole_number(request.args.get("kesatuan"))
    own = sorted(current_user.unit_ids(PledgePermission.OPEN))
    if not own:
        abort(404)
    form.unit_id.data = wanted if wanted in own else own[0]
    form.words.data = "\n".join(queries.bad_words(form.unit_id.data))
    return _page(form)


@blueprint.post("/pengaturan/sakelar/<any(tanda_tangan, daftar_nama, data_per_jam):name>/mati")
@permitted(PledgePermission.SWITCH)
def switch_off(name: str) -> ResponseReturnValue:
    """Switch a part off everywhere."""
    form = StrikeForm()
    if not form.validate():
        flash(_("Tulis alasan mematikan."), "bad")
        return redirect(url_for("staff.pledges.settings"), 303)
    actions.switch_off(Switch(name), reason=form.reason.data or "", by=current_user.person, now=clock.now())
    flash(_("Dimatikan untuk semua ikrar."), "ok")
    return redirect(url_for("staff.pledges.settings"), 303)


@blueprint.post("/pengaturan/sakelar/<any(tanda_tangan, daftar_nama, data_per_jam):name>/hidup")
@permitted(PledgePermission.SWITCH)
def switch_on(name: str) -> ResponseReturnValue:
    """Switch a part on again."""
    if not PlainForm().validate():
        abort(400)
    actions.switch_on(Switch(name), by=current_user.person, now=clock.now())
    flash(_("Dihidupkan lagi."), "ok")
    return redirect(url_for("staff.pledges.settings"), 303)


@blueprint.post("/pengaturan/kata")
@permitted(PledgePermission.OPEN)
def set_words() -> ResponseReturnValue:
    """Keep the words of a unit."""
    form = _words_form(WordsForm())
    if not form.validate():
        return _page(form), 422
    words = (form.words.data or "").splitlines()
    actions.set_bad_words(form.unit_id.data, words, by=current_user.person, now=clock.now())
    flash(_("Daftar kata tersimpan."), "ok")
    return redirect(url_for("staff.pledges.settings", kesatuan=form.unit_id.data), 303)


def _words_form(form: WordsForm) -> WordsForm:
    own = current_user.unit_ids(PledgePermission.OPEN)
    form.unit_id.choices = choices([(unit.id, unit.name) for unit in units() if unit.id in own])
    return form


def _page(form: WordsForm) -> str:
    return render_template(
        "pledges/settings.html",
        form=form,
        switches=list(Switch),
        off=queries.switches(),
        may_switch=current_user.may(PledgePermission.SWITCH),
    )
