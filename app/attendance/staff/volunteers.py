"""Desks of an event: what each has counted, and links for volunteers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.attendance import actions, queries
from app.attendance.forms import DeskLinkForm
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.core.i18n import _
from app.documents.rules import qr_svg
from app.web.pages import absolute
from app.web.staff import permitted


def _page(event_id: int, form: DeskLinkForm, *, status: int = 200) -> ResponseReturnValue:
    event = event_for(event_id, AttendancePermission.MANAGE)
    now = clock.now()
    links = []
    for link in queries.desk_links_of(event.id):
        living = link.revoked_at is None and link.expires_at > now
        address = absolute(url_for("attendance.volunteer_desk", code=queries.desk_link_code_of(link)))
        drawn = Markup(qr_svg(address)) if living else ""  # noqa: S704 – drawn by ourselves
        links.append((link, living, address, drawn))
    page = render_template(
        "attendance/desks.html",
        event=event,
        links=links,
        desks=queries.present_by_desk(event.id),
        seats=queries.counts(event.id),
        form=form,
    )
    return page, status


@blueprint.get("/<int:event_id>/meja/relawan")
@permitted(AttendancePermission.MANAGE)
def desks(event_id: int) -> ResponseReturnValue:
    """What each desk has counted; links for volunteers."""
    return _page(event_id, DeskLinkForm(formdata=None))


@blueprint.post("/<int:event_id>/meja/relawan")
@permitted(AttendancePermission.MANAGE)
def open_desk_link(event_id: int) -> ResponseReturnValue:
    """Make a link for a volunteer's desk."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    form = DeskLinkForm()
    if not form.validate():
        return _page(event_id, form, status=422)
    actions.open_desk_link(
        event, label=form.label.data, hours=form.hours.data, by=current_user.person, now=clock.now()
    )
    flash(_("Tautan sudah dibuat. Kirim kepada relawannya saja."), "ok")
    return redirect(url_for("staff.attendance.desks", event_id=event_id), 303)


@blueprint.post("/<int:event_id>/meja/relawan/<int:link_id>/cabut")
@permitted(AttendancePermission.MANAGE)
def revoke_desk_link(event_id: int, link_id: int) -> ResponseReturnValue:
    """End a link at once."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    link = queries.find_desk_link(link_id, event.id)
    if link is None:
        abort(404)
    actions.revoke_desk_link(event, link, by=current_user.person, now=clock.now())
    flash(_("Tautan sudah dicabut."), "ok")
    return redirect(url_for("staff.attendance.desks", event_id=event_id), 303)
