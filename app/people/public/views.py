"""Signing in and out, passwords by link, and a leader's sign-up."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.people import actions, queries
from app.people.details import SignUpDetails, TokenPurpose
from app.people.forms import AcceptForm, CodeForm, ForgottenForm, LeaderForm, PasswordForm, SignInForm
from app.people.models import Person
from app.people.rules import limits
from app.people.rules.devices import describe_device
from app.people.rules.passwords import hash_password, password_matches
from app.regions.queries import districts, find_unit
from app.web.pages import absolute, refuse

blueprint = Blueprint("people", __name__, template_folder="../templates")

# Between password and code: who, and until when (POSIX seconds), in the signed cookie.
WAITING = "menunggu_kode"


@blueprint.get("/masuk")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_target(), 303)
    return render_template("people/sign_in.html", form=SignInForm(formdata=None), target=_asked_target())


@blueprint.post("/masuk")
def create_session() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), 422
    now = clock.now()
    email, password = str(form.email.data), str(form.password.data)
    try:
        actions.begin_sign_in(email, address=_address(), now=now)
    except RuleBroken as broken:
        refuse(form, broken)
        return _sign_in_page(form), 429
    person = queries.find_by_email(email)
    alive = person is not None and queries.is_alive(person)
    if not password_matches(person.password_hash if person and alive else "", password) or person is None:
        refuse(form, RuleBroken("wrong_sign_in"))
        return _sign_in_page(form), 422
    if person.totp_confirmed_at is not None:
        session.clear()
        session[WAITING] = [person.id, (now + limits.CODE_WAIT).timestamp(), person.password_hash[-12:]]
        return redirect(url_for("people.confirm_second_factor", lanjut=_asked_target() or None), 303)
    _let_in(person, now=now, second_factor=False, password=password)
    return redirect(_target(), 303)


@blueprint.get("/masuk/kode")
def confirm_second_factor() -> ResponseReturnValue:
    if _who_waits(clock.now()) is None:
        return redirect(url_for("people.sign_in", lanjut=_asked_target() or None), 303)
    return render_template("people/code.html", form=CodeForm(formdata=None), target=_asked_target())


@blueprint.post("/masuk/kode")
def check_second_factor() -> ResponseReturnValue:
    now = clock.now()
    person = _who_waits(now)
    if person is None:
        return redirect(url_for("people.sign_in", lanjut=_asked_target() or None), 303)
    form = CodeForm()
    status = 422
    if form.validate():
        try:
            actions.note_code_attempt(person, now=now)
            actions.confirm_code(person, str(form.code.data), now=now)
        except RuleBroken as broken:
            refuse(form, broken)
            status = 429 if broken.code == "too_many_attempts" else 422
        else:
            if current_user.is_authenticated:
                actions.confirm_device(current_user.device, now=now)
            else:
                _let_in(person, now=now, second_factor=True)
            return redirect(_target(), 303)
    return render_template("people/code.html", form=form, target=_asked_target()), status


@blueprint.post("/keluar")
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        actions.end_session(current_user.device, now=clock.now())
    session.clear()
    return redirect("/", 303)


@blueprint.get("/lupa-sandi")
def forgotten() -> ResponseReturnValue:
    return render_template(
        "people/forgotten.html", form=ForgottenForm(formdata=None), sent="terkirim" in request.args
    )


@blueprint.post("/lupa-sandi")
def ask_for_link() -> ResponseReturnValue:
    form = ForgottenForm()
    if not form.validate():
        return render_template("people/forgotten.html", form=form, sent=False), 422
    token = crypto.new_token()
    actions.ask_for_password_link(
        str(form.email.data),
        token=token,
        link=absolute(url_for("people.set_password", token=token)),
        person_link=absolute(url_for("staff.people.index", cari=form.email.data)),
        now=clock.now(),
    )
    return redirect(url_for("people.forgotten", terkirim=1), 303)


@blueprint.get("/atur-sandi/<token>")
def set_password(token: str) -> ResponseReturnValue:
    row = queries.find_token(token, clock.now())
    if row is None:
        return render_template("people/dead_link.html"), 410
    form = AcceptForm(formdata=None) if row.purpose == TokenPurpose.INVITE else PasswordForm(formdata=None)
    return _password_page(form, token)


@blueprint.post("/atur-sandi/<token>")
def save_password(token: str) -> ResponseReturnValue:
    now = clock.now()
    row = queries.find_token(token, now)
    if row is None:
        return render_template("people/dead_link.html"), 410
    form = AcceptForm() if row.purpose == TokenPurpose.INVITE else PasswordForm()
    name = str(form.name.data) if isinstance(form, AcceptForm) else ""
    if not form.validate() or not form.password_is_good(email=row.email, name=name):
        return _password_page(form, token), 422
    password_hash = hash_password(str(form.password.data))
    try:
        if isinstance(form, AcceptForm):
            actions.accept_invitation(token, form.details(), password_hash=password_hash, now=now)
        else:
            actions.set_password_by_link(token, password_hash=password_hash, now=now)
    except RuleBroken as broken:
        refuse(form, broken)
        return _password_page(form, token), 422
    return redirect(url_for("people.sign_in", sandi="baru"), 303)


@blueprint.get("/daftar-tokoh")
def new_leader() -> ResponseReturnValue:
    form = LeaderForm(formdata=None)
    _offer(form)
    return render_template("people/sign_up.html", form=form)


@blueprint.post("/daftar-tokoh")
def create_leader() -> ResponseReturnValue:
    form = LeaderForm()
    _offer(form)
    if form.validate() and form.password_is_good(email=str(form.email.data), name=str(form.name.data)):
        details = SignUpDetails(
            person=form.details(),
            email=str(form.email.data),
            organisation_name=str(form.organisation.data),
            capacity=str(form.capacity.data),
            district_code=str(form.district.data),
            password_hash=hash_password(str(form.password.data)),
        )
        try:
            unit = actions.sign_up_leader(
                details, sign_in_link=absolute(url_for("people.sign_in")), now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return redirect(url_for("people.leader_received", unit=unit.id), 303)
    return render_template("people/sign_up.html", form=form), 422


@blueprint.get("/daftar-tokoh/diterima")
def leader_received() -> ResponseReturnValue:
    unit_id = request.args.get("unit", type=int)
    unit = find_unit(unit_id) if unit_id and unit_id < 2**31 else None
    return render_template("people/received.html", unit=unit)


def _offer(form: LeaderForm) -> None:
    form.offer([(district.code, district.name) for district in districts()])


def _password_page(form: AcceptForm | PasswordForm, token: str) -> str:
    return render_template(
        "people/set_password.html", form=form, token=token, invited=isinstance(form, AcceptForm)
    )


def _sign_in_page(form: SignInForm) -> str:
    return render_template("people/sign_in.html", form=form, target=_asked_target())


def _address() -> str:
    return request.remote_addr or ""


def _let_in(person: Person, *, now: datetime, second_factor: bool, password: str = "") -> None:
    token = actions.sign_in(
        person,
        address=_address(),
        device=describe_device(request.user_agent.string),
        now=now,
        second_factor=second_factor,
        password=password,
    )
    session.clear()  # nothing of the time before signing in lives on
    session.permanent = True
    session["_user_id"] = token
    session["_fresh"] = True


def _who_waits(now: datetime) -> Person | None:
    """Whose code is asked for: the signed-in person's, or that of somebody who gave the right password just now."""
    if current_user.is_authenticated:
        signed_in: Person = current_user.person
        enrolled = signed_in.totp_confirmed_at is not None
        return signed_in if enrolled and current_user.device.second_factor_at is None else None
    waiting = session.get(WAITING)
    if not isinstance(waiting, list) or len(waiting) != 3 or now.timestamp() > float(waiting[1]):
        return None
    person = queries.find_person(int(waiting[0]))
    if person is None or not queries.is_alive(person) or person.password_hash[-12:] != waiting[2]:
        return None
    return person


def _asked_target() -> str:
    """Where the person was going, if that is a page of this house."""
    target = request.values.get("lanjut", "")
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    clean = all(character.isprintable() for character in target) and "\\" not in target
    return target if inside and clean and len(target) < 1000 else ""


def _target() -> str:
    home = "staff.home.index"
    known = home in current_app.view_functions
    return _asked_target() or url_for(home if known else "staff.account.show")
