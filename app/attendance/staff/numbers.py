"""An event in numbers."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.attendance import queries
from app.attendance.permissions import AttendancePermission
from app.attendance.staff.room import blueprint, event_for
from app.core import clock
from app.web.staff import permitted


@blueprint.get("/<int:event_id>/angka")
@permitted(AttendancePermission.MANAGE)
def numbers(event_id: int) -> ResponseReturnValue:
    """Charts with their tables; no names."""
    event = event_for(event_id, AttendancePermission.MANAGE)
    figures = queries.figures(event, clock.now())
    return render_template("attendance/numbers.html", event=event, figures=figures)
