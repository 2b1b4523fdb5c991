"""One's own account: name, password, second factor, devices."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import show_phone
from app.people import actions, queries
from app.people.forms import ChangePasswordForm, EnrolForm, OwnDetailsForm
from app.people.rules import limits
from app.people.rules.passwords import hash_password, password_matches
from app.people.rules.second_factor import address_for_app, new_recovery_codes, new_secret, step_of_code
from app.people.staff import once
from app.regions.queries import find_unit
from app.web.pages import refuse
from app.web.staff import any_staff

blueprint = Blueprint("account", __name__, template_folder="../templates")

SECRET = "rahasia_baru"  # noqa: S105 – a key of the session


@blueprint.get("/")
@any_staff
def show() -> ResponseReturnValue:
    person = current_user.person
    leader = queries.find_leader(person.id)
    return render_template(
        "people/account.html",
        person=person,
        form=_own_form(),
        roles=queries.living_roles(person.id),
        leader=leader,
        leader_unit=find_unit(leader.unit_id) if leader else None,
    )


@blueprint.post("/")
@any_staff
def update() -> ResponseReturnValue:
    form = OwnDetailsForm()
    if form.validate_on_submit():
        person = current_user.person
        actions.change_own_details(person, form.details(), by=person, now=clock.now())
        flash(_("Data Anda sudah disimpan."), "ok")
        return redirect(url_for("staff.account.show"), 303)
    person = current_user.person
    leader = queries.find_leader(person.id)
    page = render_template(
        "people/account.html",
        person=person,
        form=form,
        roles=queries.living_roles(person.id),
        leader=leader,
        leader_unit=find_unit(leader.unit_id) if leader else None,
    )
    return page, 422


def _own_form() -> OwnDetailsForm:
    person = current_user.person
    form = OwnDetailsForm(formdata=None, obj=person)
    form.phone.data = show_phone(crypto.decrypt(person.phone_sealed)) if person.phone_sealed else ""
    return form


@blueprint.get("/sandi")
@any_staff
def password() -> ResponseReturnValue:
    if address := _first_the_code():
        return redirect(address, 303)
    return render_template("people/password.html", form=ChangePasswordForm(formdata=None))


@blueprint.post("/sandi")
@any_staff
def change_password() -> ResponseReturnValue:
    if address := _first_the_code():
        return redirect(address, 303)
    person, now = current_user.person, clock.now()
    form = ChangePasswordForm()
    if form.validate_on_submit() and form.password_is_good(email=person.email, name=person.name):
        try:
            actions.note_code_attempt(person, now=now)
        except RuleBroken as broken:
            refuse(form, broken)
            return render_template("people/password.html", form=form), 429
        if password_matches(person.password_hash, str(form.old.data)):
            new_hash = hash_password(str(form.password.data))
            actions.change_password(
                person, password_hash=new_hash, device=current_user.device, by=person, now=now
            )
            flash(_("Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan."), "ok")
            return redirect(url_for("staff.account.show"), 303)
        refuse(form, RuleBroken("wrong_password", field="old"))
    return render_template("people/password.html", form=form), 422


@blueprint.get("/perangkat")
@any_staff
def sessions() -> ResponseReturnValue:
    since = clock.now() - limits.SESSION_IDLE
    rows = queries.living_sessions(current_user.person.id, since)
    return render_template("people/sessions.html", rows=rows, here=current_user.device.id)


@blueprint.post("/perangkat/<int:device_id>/keluar")
@any_staff
def end_session(device_id: int) -> ResponseReturnValue:
    since = clock.now() - limits.SESSION_IDLE
    rows = queries.living_sessions(current_user.person.id, since)
    device = next((row for row in rows if row.id == device_id), None)
    if device is None:
        abort(404)
    actions.end_session(device, now=clock.now())
    flash(_("Perangkat itu sudah dikeluarkan."), "ok")
    return redirect(url_for("staff.account.sessions"), 303)


@blueprint.post("/perangkat/keluar")
@any_staff
def end_other_sessions() -> ResponseReturnValue:
    actions.end_other_sessions(current_user.person.id, except_id=current_user.device.id, now=clock.now())
    flash(_("Semua perangkat lain sudah dikeluarkan."), "ok")
    return redirect(url_for("staff.account.sessions"), 303)


@blueprint.get("/dua-langkah")
@any_staff
def second_factor() -> ResponseReturnValue:
    if address := _first_the_code():
        return redirect(address, 303)
    person = current_user.person
    codes = once.take_once("codes")
    if person.totp_confirmed_at is not None:
        left = queries.count_recovery_codes(person.id)
        return render_template("people/second_factor.html", person=person, codes=codes, left=left)
    return _enrol_page(EnrolForm(formdata=None))


@blueprint.get("/dua-langkah/ganti")
@any_staff
def renew_second_factor() -> ResponseReturnValue:
    if address := _first_the_code():
        return redirect(address, 303)
    return _enrol_page(EnrolForm(formdata=None))


@blueprint.post("/dua-langkah")
@any_staff
def enrol() -> ResponseReturnValue:
    if address := _first_the_code():
        return redirect(address, 303)
    person, now = current_user.person, clock.now()
    secret = once.kept(SECRET)
    form = EnrolForm()
    if secret is None:
        return redirect(url_for("staff.account.second_factor"), 303)
    if form.validate_on_submit():
        try:
            actions.note_code_attempt(person, now=now)
        except RuleBroken as broken:
            refuse(form, broken)
            return _enrol_page(form), 429
        step = step_of_code(secret, str(form.code.data), now=now, last_step=None)
        if step is not None:
            codes = new_recovery_codes()
            actions.set_second_factor(
                person, device=current_user.device, secret=secret, step=step, codes=codes, now=now
            )
            once.forget(SECRET)
            once.keep_once("codes", codes)
            flash(_("Verifikasi dua langkah sudah terpasang."), "ok")
            return redirect(url_for("staff.account.second_factor"), 303)
        refuse(form, RuleBroken("wrong_code", field="code"))
    return _enrol_page(form), 422


@blueprint.post("/dua-langkah/kode-cadangan")
@any_staff
def renew_recovery_codes() -> ResponseReturnValue:
    if address := _first_the_code():
        return redirect(address, 303)
    if current_user.person.totp_confirmed_at is None:
        abort(404)
    codes = new_recovery_codes()
    actions.renew_recovery_codes(current_user.person, codes, now=clock.now())
    once.keep_once("codes", codes)
    return redirect(url_for("staff.account.second_factor"), 303)


def _enrol_page(form: EnrolForm) -> str:
    person = current_user.person
    secret = once.kept(SECRET)
    if secret is None:
        secret = new_secret()
        once.keep(SECRET, secret)
    picture = segno.make(address_for_app(secret, account=person.email), error="m").svg_inline(
        scale=5, border=3, dark="#000", light="#fff", omitsize=True
    )
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    # Made here from letters and digits of our own; the account's name is inside the code only.
    return render_template("people/enrol.html", form=form, person=person, qr=Markup(picture), secret=grouped)  # noqa: S704


def _first_the_code() -> str | None:
    """Whoever has a second factor shows it before changing how one signs in."""
    person = current_user.person
    if person.totp_confirmed_at is None or current_user.device.second_factor_at is not None:
        return None
    return url_for("people.confirm_second_factor", lanjut=url_for("staff.account.show"))
