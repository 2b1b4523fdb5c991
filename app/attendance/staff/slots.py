"""What attendance puts into an event's staff page."""

from flask import g, render_template
from flask_login import current_user

from app.attendance import queries
from app.attendance.details import SeatCounts
from app.attendance.permissions import AttendancePermission
from app.events.details import PUBLIC_STATES
from app.events.models import Event


def _standing(event: Event) -> SeatCounts | None:
    kept: dict[int, SeatCounts | None] = g.setdefault("seat_counts", {})
    if event.id not in kept:
        kept[event.id] = queries.counts(event.id)
    return kept[event.id]


def event_staff(event: Event) -> str:
    """For `event.staff`: how many are coming, waiting, there."""
    if event.status not in PUBLIC_STATES or not current_user.may(AttendancePermission.DESK, event.unit_id):
        return ""
    return render_template("attendance/_event_staff.html", event=event, seats=_standing(event))


def event_staff_links(event: Event) -> str:
    """For `event.staff_links`: the way to the desk and the list."""
    if event.status not in PUBLIC_STATES or not current_user.may(AttendancePermission.DESK, event.unit_id):
        return ""
    return render_template("attendance/_event_staff_links.html", event=event)
