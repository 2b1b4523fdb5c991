"""People, their roles and the invitations to them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _, in_indonesian
from app.core.permissions import Role
from app.core.text import clean_line, show_phone
from app.people import actions, queries
from app.people.forms import EndRoleForm, InviteForm, ReasonForm, RoleForm
from app.people.models import Person, RoleAssignment
from app.people.permissions import PeoplePermission
from app.people.rules import limits
from app.people.staff import once
from app.regions.queries import find_unit
from app.web.pages import absolute, label, refuse, words_for
from app.web.paging import page_number, pages_for, paging
from app.web.staff import permitted

blueprint = Blueprint("people", __name__, template_folder="../templates")

SIZE = 50
OFFICES = [role for role in Role if role is not Role.TOKOH]


@blueprint.get("/")
@permitted(PeoplePermission.MANAGE)
def index() -> ResponseReturnValue:
    unit_ids = current_user.unit_ids(PeoplePermission.MANAGE)
    text = clean_line(request.args.get("cari"))[:100]
    role = next((role for role in Role if role == request.args.get("peran")), None)
    page = page_number()
    people, count = queries.page_of_people(unit_ids, text=text, role=role, page=page, size=SIZE)
    return render_template(
        "people/index.html",
        people=people,
        count=count,
        text=text,
        role=role,
        roles=list(Role),
        invitations=queries.living_invitations(unit_ids, clock.now()),
        link=once.take_once("link"),
        page=paging(page, pages_for(count, SIZE)),
    )


@blueprint.get("/undang")
@permitted(PeoplePermission.MANAGE)
def new() -> ResponseReturnValue:
    form = InviteForm(formdata=None)
    _offer_roles(form)
    return render_template("people/invite.html", form=form)


@blueprint.post("/undang")
@permitted(PeoplePermission.MANAGE)
def invite() -> ResponseReturnValue:
    form = InviteForm()
    _offer_roles(form)
    if form.validate_on_submit():
        unit = find_unit(form.unit_id.data)
        if unit is None:
            abort(404)
        token = crypto.new_token()
        link = absolute(url_for("people.set_password", token=token))
        role = Role(form.role.data)
        email = str(form.email.data)
        with in_indonesian():
            role_name = label(role)
        try:
            sent = actions.invite(
                email,
                role=role,
                unit=unit,
                token=token,
                link=link,
                by=current_user.person,
                role_name=role_name,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            once.keep_once("link", {"url": link, "for": email, "sent": sent, "kind": "invite"})
            return redirect(url_for("staff.people.index"), 303)
    return render_template("people/invite.html", form=form), 422


@blueprint.post("/undangan/<int:invitation_id>/batal")
@permitted(PeoplePermission.MANAGE)
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    row = queries.find_invitation(invitation_id, current_user.unit_ids(PeoplePermission.MANAGE))
    if row is None:
        abort(404)
    actions.withdraw_invitation(row, by=current_user.person, now=clock.now())
    flash(_("Undangan sudah dibatalkan."), "ok")
    return redirect(url_for("staff.people.index"), 303)


@blueprint.get("/<int:person_id>")
@permitted(PeoplePermission.MANAGE)
def show(person_id: int) -> ResponseReturnValue:
    return _person_page(_find(person_id))


@blueprint.post("/<int:person_id>/peran")
@permitted(PeoplePermission.MANAGE)
def grant_role(person_id: int) -> ResponseReturnValue:
    person = _find(person_id)
    form = RoleForm()
    _offer_roles(form, everyone=True)
    if form.validate_on_submit():
        unit = find_unit(form.unit_id.data)
        if unit is None:
            abort(404)
        try:
            actions.grant_role(
                person, Role(form.role.data), unit=unit, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Peran sudah diberikan."), "ok")
            return redirect(url_for("staff.people.show", person_id=person_id), 303)
    return _person_page(_find(person_id), role_form=form), 422


@blueprint.get("/<int:person_id>/peran/<int:assignment_id>/akhiri")
@permitted(PeoplePermission.MANAGE)
def ending(person_id: int, assignment_id: int) -> ResponseReturnValue:
    person = _find(person_id)
    assignment = _find_role(person, assignment_id)
    form = EndRoleForm(formdata=None)
    _offer_successors(form, assignment)
    return render_template("people/end_role.html", person=person, assignment=assignment, form=form)


@blueprint.post("/<int:person_id>/peran/<int:assignment_id>/akhiri")
@permitted(PeoplePermission.MANAGE)
def end_role(person_id: int, assignment_id: int) -> ResponseReturnValue:
    assignment = _find_role(_find(person_id), assignment_id)
    form = EndRoleForm()
    _offer_successors(form, assignment)
    if form.validate_on_submit():
        try:
            actions.end_role(
                assignment,
                by=current_user.person,
                now=clock.now(),
                successor_id=form.successor.data or None,
                reason=form.reason.data or "",
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Peran sudah diakhiri."), "ok")
            return redirect(url_for("staff.people.show", person_id=person_id), 303)
    person = _find(person_id)
    assignment = _find_role(person, assignment_id)
    return render_template("people/end_role.html", person=person, assignment=assignment, form=form), 422


@blueprint.post("/<int:person_id>/nonaktif")
@permitted(PeoplePermission.MANAGE)
def deactivate(person_id: int) -> ResponseReturnValue:
    person = _find(person_id)
    form = ReasonForm()
    if form.validate_on_submit():
        problem = _out_of_reach(person)
        if problem is None:
            try:
                actions.deactivate(
                    person,
                    by=current_user.person,
                    unit_id=_unit_of(person),
                    reason=str(form.reason.data),
                    now=clock.now(),
                )
            except RuleBroken as broken:
                problem = broken
        if problem is None:
            flash(_("Akun sudah dinonaktifkan dan semua perannya diakhiri."), "ok")
            return redirect(url_for("staff.people.show", person_id=person_id), 303)
        refuse(form, problem)
    return _person_page(_find(person_id), reason_form=form), 422


@blueprint.post("/<int:person_id>/aktif")
@permitted(PeoplePermission.MANAGE)
def reactivate(person_id: int) -> ResponseReturnValue:
    person = _find_in_reach(person_id)
    actions.reactivate(person, by=current_user.person, unit_id=_unit_of(person), now=clock.now())
    flash(_("Akun sudah diaktifkan kembali. Berikan perannya."), "ok")
    return redirect(url_for("staff.people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/tautan-sandi")
@permitted(PeoplePermission.MANAGE)
def make_password_link(person_id: int) -> ResponseReturnValue:
    person = _find_in_reach(person_id)
    token = crypto.new_token()
    actions.make_password_link(
        person, token=token, unit_id=_unit_of(person), by=current_user.person, now=clock.now()
    )
    link = absolute(url_for("people.set_password", token=token))
    once.keep_once("link", {"url": link, "for": person.full_name, "sent": False, "kind": "reset"})
    return redirect(url_for("staff.people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/lepas-dua-langkah")
@permitted(PeoplePermission.MANAGE)
def remove_second_factor(person_id: int) -> ResponseReturnValue:
    person = _find_in_reach(person_id)
    actions.remove_second_factor(person, by=current_user.person, unit_id=_unit_of(person), now=clock.now())
    flash(_("Verifikasi dua langkah sudah dilepas; orang ini memasangnya lagi saat masuk."), "ok")
    return redirect(url_for("staff.people.show", person_id=person_id), 303)


def _find(person_id: int) -> Person:
    person = queries.find_person_in_units(person_id, current_user.unit_ids(PeoplePermission.MANAGE))
    if person is None:
        abort(404)
    return person


def _find_in_reach(person_id: int) -> Person:
    """A person all of whose roles are at the admin's units; what follows touches the whole account."""
    person = _find(person_id)
    problem = _out_of_reach(person)
    if problem is not None:
        raise problem
    return person


def _out_of_reach(person: Person) -> RuleBroken | None:
    own = current_user.unit_ids(PeoplePermission.MANAGE)
    living = [assignment for assignment in person.assignments if assignment.ended_at is None]
    return None if all(assignment.unit_id in own for assignment in living) else RuleBroken("roles_elsewhere")


def _unit_of(person: Person) -> int | None:
    own = current_user.unit_ids(PeoplePermission.MANAGE)
    at = [assignment.unit_id for assignment in person.assignments if assignment.unit_id in own]
    return at[-1] if at else (person.leader.unit_id if person.leader else None)


def _find_role(person: Person, assignment_id: int) -> RoleAssignment:
    own = current_user.unit_ids(PeoplePermission.MANAGE)
    living = [each for each in person.assignments if each.unit_id in own and each.ended_at is None]
    found = next((each for each in living if each.id == assignment_id), None)
    if found is None:
        abort(404)
    return found


def _offer_roles(form: InviteForm | RoleForm, *, everyone: bool = False) -> None:
    units = queries.units_named(current_user.unit_ids(PeoplePermission.MANAGE))
    roles = list(Role) if everyone else OFFICES
    form.offer([(role.value, label(role)) for role in roles], [(unit.id, unit.name) for unit in units])


def _offer_successors(form: EndRoleForm, assignment: RoleAssignment) -> None:
    colleagues, _count = queries.page_of_people(
        frozenset({assignment.unit_id}), role=assignment.role, size=200
    )
    form.offer(
        [
            (person.id, person.full_name)
            for person in colleagues
            if person.id != assignment.person_id and person.deactivated_at is None
        ]
    )


def _person_page(
    person: Person, *, role_form: RoleForm | None = None, reason_form: ReasonForm | None = None
) -> str:
    if role_form is None:
        role_form = RoleForm(formdata=None)
        _offer_roles(role_form, everyone=True)
    return render_template(
        "people/show.html",
        person=person,
        phone=show_phone(crypto.decrypt(person.phone_sealed)) if person.phone_sealed else "",
        own_units=current_user.unit_ids(PeoplePermission.MANAGE),
        role_form=role_form,
        reason_form=reason_form or ReasonForm(formdata=None),
        in_reach=_out_of_reach(person) is None,
        elsewhere=words_for(RuleBroken("roles_elsewhere")),
        link=once.take_once("link"),
        hours=int(limits.PASSWORD_LINK_GOOD.total_seconds() // 3600),
    )
