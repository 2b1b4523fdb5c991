"""The desk at the door, as ordinary pages."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.forms import CodeForm, CountForm, WalkInForm, district_choices
from app.attendance.models import Registration
from app.attendance.permissions import AttendancePermission
from app.attendance.rules import may_check_in
from app.attendance.staff.room import blueprint, event_for, registration_at
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, clock_time, number
from app.events.models import Event
from app.people.queries import find_person
from app.regions.queries import district_names
from app.web.pages import refuse, words_for
from app.web.staff import permitted


def _to_desk(event_id: int, typed: str = "") -> ResponseReturnValue:
    return redirect(url_for("staff.attendance.desk", event_id=event_id, q=typed or None), 303)


def _when_and_by(registration: Registration, event: Event) -> str:
    by = find_person(registration.checked_in_by_id) if registration.checked_in_by_id else None
    if registration.checked_in_at is None:
        return ""
    moment = clock_time(registration.checked_in_at, event.zone)
    if by is None:
        return _("Sudah dicatat hadir pukul %(time)s.", time=moment)
    return _("Sudah dicatat hadir pukul %(time)s oleh %(name)s.", time=moment, name=by.full_name)


def _desk_page(
    event: Event, *, code: CodeForm, walk_in: WalkInForm, status: int = 200
) -> ResponseReturnValue:
    typed = request.args.get("q", "")[:120]
    shell = request.args.get("luring") == "1"  # what the phone keeps: the application without anybody's data
    walk_in.district_code.choices = district_choices(district_names())
    page = render_template(
        "attendance/desk.html",
        event=event,
        seats=queries.counts(event.id),
        typed=typed,
        found=queries.found_at_desk(event.id, typed) if typed else [],
        latest=[] if shell else queries.latest_arrivals(event.id),
        duplicates=[] if shell else queries.duplicates_waiting(event.id),
        shell=shell,
        with_app=shell or (status == 200 and not typed and "biasa" not in request.args),
        keep_seconds=_keep_seconds(event),
        code=code,
        walk_in=walk_in,
        is_open=may_check_in(event, clock.now()),
    )
    return page, status


def _keep_seconds(event: Event) -> int:
    """How long a phone may keep this desk's list: until a day after the event, never longer than a week."""
    left = (event.ends_at or event.starts_at) + timedelta(days=1) - clock.now()
    return int(min(max(left, timedelta(0)), timedelta(days=7)).total_seconds())


@blueprint.get("/<int:event_id>/meja")
@permitted(AttendancePermission.DESK)
def desk(event_id: int) -> ResponseReturnValue:
    """The desk: scan or type a code, find a name, check in, add who comes unannounced."""
    event = event_for(event_id, AttendancePermission.DESK)
    return _desk_page(event, code=CodeForm(formdata=None), walk_in=WalkInForm(formdata=None))


@blueprint.post("/<int:event_id>/meja/kode")
@permitted(AttendancePermission.DESK)
def check_in_code(event_id: int) -> ResponseReturnValue:
    """Check in by a scanned or typed code."""
    event = event_for(event_id, AttendancePermission.DESK)
    form = CodeForm()
    if form.validate():
        try:
            registration = actions.find_for_check_in(event, form.code.data)
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            return _check_in(event_id, registration, count=None)
    return _desk_page(event, code=form, walk_in=WalkInForm(formdata=None), status=422)


@blueprint.post("/<int:event_id>/meja/<int:registration_id>/hadir")
@permitted(AttendancePermission.DESK)
def check_in(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Check in somebody who was found by name or number, all of the party or some."""
    event = event_for(event_id, AttendancePermission.DESK)
    registration = registration_at(registration_id, event)
    form = CountForm()
    form.validate()
    return _check_in(event_id, registration, count=form.count.data if not form.count.errors else None)


def _check_in(event_id: int, registration: Registration, *, count: int | None) -> ResponseReturnValue:
    code = registration.check_code
    try:
        actions.check_in(registration, count=count, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        event = event_for(event_id, AttendancePermission.DESK)
        text = _when_and_by(registration, event) if broken.code == "already_checked_in" else words_for(broken)
        flash(text, "warn")
        return _to_desk(event_id, code)
    name, people = registration.name, number(registration.checked_in_count)
    if registration.outside_capacity:
        flash(_("%(name)s, %(count)s orang: hadir di luar kapasitas.", name=name, count=people), "warn")
    else:
        flash(_("%(name)s, %(count)s orang: hadir.", name=name, count=people), "ok")
    return _to_desk(event_id)


@blueprint.post("/<int:event_id>/meja/<int:registration_id>/urung")
@permitted(AttendancePermission.DESK)
def undo_check_in(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Take back a wrong check-in."""
    registration = registration_at(registration_id, event_for(event_id, AttendancePermission.DESK))
    try:
        actions.undo_check_in(registration, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("Catatan hadir %(name)s dibatalkan.", name=registration.name), "ok")
    return _to_desk(event_id)


@blueprint.post("/<int:event_id>/meja/<int:registration_id>/gabung")
@permitted(AttendancePermission.DESK)
def merge(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Settle a number that was sent in twice."""
    registration = registration_at(registration_id, event_for(event_id, AttendancePermission.DESK))
    try:
        first = actions.merge_duplicate(registration, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
        return _to_desk(event_id)
    flash(_("Digabung. Yang berlaku: pendaftaran atas nama %(name)s.", name=first.name), "ok")
    return _to_desk(event_id, first.check_code)


@blueprint.post("/<int:event_id>/meja/langsung")
@permitted(AttendancePermission.DESK)
def add_walk_in(event_id: int) -> ResponseReturnValue:
    """Write down somebody who came unannounced."""
    event = event_for(event_id, AttendancePermission.DESK)
    form = WalkInForm()
    form.district_code.choices = district_choices(district_names())
    if form.validate():
        try:
            registration = actions.add_walk_in(
                event, details=form.details(), by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event = event_for(event_id, AttendancePermission.DESK)
        else:
            name = registration.name
            if registration.outside_capacity:
                flash(_("%(name)s dicatat hadir di luar kapasitas.", name=name), "warn")
            else:
                flash(_("%(name)s dicatat hadir.", name=name), "ok")
            return _to_desk(event_id)
    return _desk_page(event, code=CodeForm(formdata=None), walk_in=form, status=422)
