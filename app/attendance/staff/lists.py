"""The list of who registered."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.attendance import actions, queries
from app.attendance.details import RegistrationStatus
from app.attendance.forms import ReasonForm
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for, registration_at
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.events.models import Event
from app.web.pages import words_for
from app.web.paging import page_number, paging_on
from app.web.staff import permitted

PAGE = 100
TABS = {
    "terdaftar": RegistrationStatus.CONFIRMED,
    "menunggu": RegistrationStatus.WAITING,
    "ganda": RegistrationStatus.DUPLICATE,
    "batal": RegistrationStatus.CANCELLED,
}


def _list_page(event: Event) -> ResponseReturnValue:
    key = request.args.get("tahap", "terdaftar")
    shown = TABS.get(key, RegistrationStatus.CONFIRMED)
    number = page_number()
    rows = queries.page_of_list(event.id, shown, page=number, size=PAGE)
    seats = queries.counts(event.id)
    needs, notes = queries.needs_of(event.id)
    return render_template(
        "attendance/index.html",
        event=event,
        seats=seats,
        rows=rows[:PAGE],
        current=shown.value,
        statuses=list(TABS.values()),
        page=paging_on(number, more=len(rows) > PAGE),
        reason_form=ReasonForm(formdata=None),
        may_see_phones=current_user.may(AttendancePermission.SEE_PHONES, event.unit_id),
        needs=needs,
        need_notes=notes,
        sessions=queries.session_seats(event.id),
    )


@blueprint.get("/<int:event_id>/kehadiran")
@permitted(AttendancePermission.MANAGE)
def index(event_id: int) -> ResponseReturnValue:
    """The list with masked numbers; that it was opened goes on record."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    actions.note_list_viewed(event, by=current_user.person, now=clock.now())
    return _list_page(event_for(event_id, AttendancePermission.MANAGE))


def _to_list(event_id: int, tab: RegistrationStatus | None = None) -> ResponseReturnValue:
    return redirect(url_for("staff.attendance.index", event_id=event_id, tahap=tab), 303)


@blueprint.post("/<int:event_id>/kehadiran/<int:registration_id>/kursi")
@permitted(AttendancePermission.MANAGE)
def promote(event_id: int, registration_id: int) -> ResponseReturnValue:
    """Give a waiting one seats out of turn, for a written reason."""
    registration = registration_at(registration_id, event_for(event_id, AttendancePermission.MANAGE))
    form = ReasonForm()
    if not form.validate():
        flash(_("Tulis alasan mengapa kursi diberikan di luar urutan."), "warn")
        return _to_list(event_id, RegistrationStatus.WAITING)
    try:
        actions.promote(registration, reason=form.reason.data, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("%(name)s mendapat kursi dan diberi tahu.", name=registration.name), "ok")
    return _to_list(event_id)
