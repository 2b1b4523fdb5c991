"""Noting incidents while the event goes on, and correcting them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.records.actions import change_incident, note_incident, remove_incident
from app.records.forms import IncidentForm
from app.records.models import Incident
from app.records.permissions import RecordPermission
from app.records.queries import find_incident
from app.records.staff.blueprint import blueprint, event_or_404, typed
from app.records.staff.record import page
from app.web.pages import refuse, words_for
from app.web.staff import permitted


@blueprint.post("/acara/<int:event_id>/kejadian")
@permitted(RecordPermission.WRITE)
def create_incident(event_id: int) -> ResponseReturnValue:
    """Add an incident."""
    event = event_or_404(event_id)
    form = IncidentForm()
    if form.validate_on_submit():
        try:
            note_incident(event, form.details(event.unit.zone), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            event = event_or_404(event_id)
        else:
            flash(_("Kejadian dicatat."), "ok")
            return redirect(url_for("staff.records.show", event_id=event_id, _anchor="kejadian"), 303)
    return page(event, incident_form=form), 422


@blueprint.get("/acara/<int:event_id>/kejadian/<int:incident_id>")
@permitted(RecordPermission.WRITE)
def edit_incident(event_id: int, incident_id: int) -> ResponseReturnValue:
    """The form of one incident."""
    event, row = event_or_404(event_id), _incident(event_id, incident_id)
    form = IncidentForm(
        formdata=None,
        data={"happened_at": typed(row.happened_at, event.unit.zone), "what": row.what, "done": row.done},
    )
    return render_template("records/incident.html", event=event, incident=row, form=form)


@blueprint.post("/acara/<int:event_id>/kejadian/<int:incident_id>")
@permitted(RecordPermission.WRITE)
def update_incident(event_id: int, incident_id: int) -> ResponseReturnValue:
    """Correct an incident, or add what was done."""
    event, row = event_or_404(event_id), _incident(event_id, incident_id)
    form = IncidentForm()
    if form.validate_on_submit():
        try:
            change_incident(row, form.details(event.unit.zone), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            event, row = event_or_404(event_id), _incident(event_id, incident_id)
        else:
            flash(_("Catatan kejadian disimpan."), "ok")
            return redirect(url_for("staff.records.show", event_id=event_id, _anchor="kejadian"), 303)
    return render_template("records/incident.html", event=event, incident=row, form=form), 422


@blueprint.post("/acara/<int:event_id>/kejadian/<int:incident_id>/hapus")
@permitted(RecordPermission.WRITE)
def delete_incident(event_id: int, incident_id: int) -> ResponseReturnValue:
    """Take out an incident that was noted by mistake."""
    event_or_404(event_id)
    try:
        remove_incident(_incident(event_id, incident_id), by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "error")
    else:
        flash(_("Catatan kejadian dihapus."), "ok")
    return redirect(url_for("staff.records.show", event_id=event_id, _anchor="kejadian"), 303)


def _incident(event_id: int, incident_id: int) -> Incident:
    row = find_incident(incident_id, event_id)
    if row is None:
        abort(404)
    return row
