"""People and their roles, invitations, and leaders who wait to be verified."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _, in_indonesian
from app.core.permissions import Role
from app.core.text import clean_line, show_phone
from app.people import actions, queries
from app.people.details import LeaderStatus
from app.people.forms import EndRoleForm, InviteForm, ReasonForm, RefuseForm, RoleForm, VerifyForm
from app.people.models import Leader, Person, RoleAssignment
from app.people.permissions import PeoplePermission
from app.people.rules import limits
from app.people.staff import once
from app.regions.queries import find_region, find_unit
from app.web.pages import absolute, label, page_url, refuse, words_for
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
    page = _page_number()
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
        page={
            "number": page,
            "pages": max(1, -(-count // SIZE)),
            "previous_url": page_url(halaman=page - 1 if page > 2 else None) if page > 1 else None,
            "next_url": page_url(halaman=page + 1) if page * SIZE < count else None,
        },
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


@blueprint.get("/tokoh")
@permitted(PeoplePermission.VERIFY_LEADERS)
def leaders() -> ResponseReturnValue:
    unit_ids = current_user.unit_ids(PeoplePermission.VERIFY_LEADERS)
    wanted = request.args.get("keadaan", "")
    status = next((status for status in LeaderStatus if status == wanted), LeaderStatus.WAITING)
    return render_template(
        "people/leaders.html",
        leaders=queries.leaders_in(unit_ids, status),
        status=status,
        counts=queries.count_leaders(unit_ids),
        units={unit.id: unit for unit in queries.units_named(unit_ids)},
    )


@blueprint.get("/tokoh/<int:leader_id>")
@permitted(PeoplePermission.VERIFY_LEADERS)
def leader(leader_id: int) -> ResponseReturnValue:
    return _leader_page(_find_leader(leader_id))


@blueprint.post("/tokoh/<int:leader_id>/verifikasi")
@permitted(PeoplePermission.VERIFY_LEADERS)
def verify(leader_id: int) -> ResponseReturnValue:
    found = _find_leader(leader_id)
    form = VerifyForm()
    _offer_organisations(form)
    if form.validate_on_submit():
        try:
            actions.verify_leader(
                found,
                organisation_id=form.organisation_id.data or None,
                link=absolute(url_for("people.sign_in")),
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Tokoh sudah diverifikasi dan kabar untuknya sudah disiapkan."), "ok")
            return redirect(url_for("staff.people.leaders"), 303)
    return _leader_page(_find_leader(leader_id), verify_form=form), 422


@blueprint.post("/tokoh/<int:leader_id>/tolak")
@permitted(PeoplePermission.VERIFY_LEADERS)
def refuse_leader(leader_id: int) -> ResponseReturnValue:
    found = _find_leader(leader_id)
    form = RefuseForm()
    if form.validate_on_submit():
        try:
            actions.refuse_leader(found, note=form.note.data or "", by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Pendaftaran ditolak dan catatan Anda sudah disiapkan untuk pendaftar."), "ok")
            return redirect(url_for("staff.people.leaders"), 303)
    return _leader_page(_find_leader(leader_id), refuse_form=form), 422


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


def _find_leader(leader_id: int) -> Leader:
    found = queries.find_leader_in_units(leader_id, current_user.unit_ids(PeoplePermission.VERIFY_LEADERS))
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


def _offer_organisations(form: VerifyForm) -> None:
    form.offer([(row.id, row.name) for row in queries.living_organisations()])


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


def _leader_page(
    found: Leader, *, verify_form: VerifyForm | None = None, refuse_form: RefuseForm | None = None
) -> str:
    if verify_form is None:
        verify_form = VerifyForm(formdata=None)
        _offer_organisations(verify_form)
        verify_form.organisation_id.data = found.organisation_id or _same_name(found)
    context: dict[str, Any] = {
        "leader": found,
        "person": found.person,
        "phone": crypto.decrypt(found.person.phone_sealed) if found.person.phone_sealed else "",
        "unit": find_unit(found.unit_id),
        "district": find_region(found.district_code) if found.district_code else None,
        "decider": queries.find_person(found.decided_by_id) if found.decided_by_id else None,
        "verify_form": verify_form,
        "refuse_form": refuse_form or RefuseForm(formdata=None),
    }
    return render_template("people/leader.html", show_phone=show_phone, **context)


def _same_name(found: Leader) -> int:
    """The organisation of the list that was probably meant."""
    typed = found.organisation_name.casefold()
    for row in queries.living_organisations():
        if typed and typed in {row.name.casefold(), row.short_name.casefold()}:
            return row.id
    return 0


def _page_number() -> int:
    asked = request.args.get("halaman", "1")
    return min(max(int(asked), 1), 100_000) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
