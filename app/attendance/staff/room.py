"""What the staff pages of attendance share."""

from flask import Blueprint, abort
from flask_login import current_user

from app.attendance import queries
from app.attendance.models import Registration
from app.core.permissions import Permission
from app.events.models import Event
from app.events.queries import find_in_units

blueprint = Blueprint("attendance", __name__, template_folder="../templates")


def event_for(event_id: int, permission: Permission) -> Event:
    """An event of the person's units, else 404."""
    event = find_in_units(event_id, current_user.unit_ids(permission))
    if event is None:
        abort(404)
    return event


def registration_at(registration_id: int, event: Event) -> Registration:
    """A registration of that event, else 404."""
    registration = queries.find_at_event(registration_id, event.id)
    if registration is None:
        abort(404)
    return registration
