"""A group that an officer writes down for its coordinator."""

import secrets

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.forms import StaffGroupForm, district_choices, session_choices
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.events.models import Event
from app.regions.queries import district_names, villages_of
from app.web.pages import refuse
from app.web.staff import permitted


def _group_page(event: Event, form: StaffGroupForm, *, status: int = 200) -> ResponseReturnValue:
    _offer(form, event)
    page = render_template(
        "attendance/group.html",
        event=event,
        form=form,
        villages=[row.name for row in villages_of(event.district_code)],
    )
    return page, status


def _offer(form: StaffGroupForm, event: Event) -> None:
    form.district_code.choices = district_choices(district_names())
    form.session_ids.choices = session_choices(queries.session_seats(event.id))


@blueprint.get("/<int:event_id>/kehadiran/rombongan")
@permitted(AttendancePermission.MANAGE)
def new_group(event_id: int) -> ResponseReturnValue:
    """Write down a group for a coordinator who telephones or comes by."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    form = StaffGroupForm(formdata=None, district_code=event.district_code)
    form.submission_key.data = secrets.token_urlsafe(24)
    return _group_page(event, form)


@blueprint.post("/<int:event_id>/kehadiran/rombongan")
@permitted(AttendancePermission.MANAGE)
def create_group(event_id: int) -> ResponseReturnValue:
    """Put the group on the list, also outside the public's window."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    form = StaffGroupForm()
    _offer(form, event)
    if form.validate():
        try:
            registration = actions.register(
                event.id,
                details=form.details(),
                submission_key=form.submission_key.data or secrets.token_urlsafe(24),
                from_address="",
                now=clock.now(),
                by=current_user.person,
            )
        except RuleBroken as broken:
            refuse(form, broken)
            event = event_for(event_id, AttendancePermission.MANAGE)
        else:
            flash(
                _("%(name)s sudah masuk daftar.", name=registration.organisation_name or registration.name),
                "ok",
            )
            return redirect(
                url_for("staff.attendance.index", event_id=event_id, tahap=registration.status.value), 303
            )
    return _group_page(event, form, status=422)
