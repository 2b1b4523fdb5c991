"""The blueprint of the staff pages, and how they find an event."""

from flask import Blueprint, abort
from flask_login import current_user

from app.events.models import Event
from app.events.permissions import EventPermission
from app.events.queries import find_in_units

blueprint = Blueprint("events", __name__, template_folder="../templates")


def find(event_id: int, permission: EventPermission | None = None) -> Event:
    """An event that the signed-in person may see; with a permission, one at whose unit they hold it.

    Somebody else's draft does not exist for anyone but its proposer, unless the proposer has left.
    """
    person = current_user.person
    if permission is None:
        event = find_in_units(event_id, current_user.unit_ids(EventPermission.VIEW), proposer_id=person.id)
    else:
        event = find_in_units(event_id, current_user.unit_ids(permission))
    if event is None or (event.submitted_at is None and _is_draft_of_another(event, person.id)):
        abort(404)
    return event


def find_own_or_checked(event_id: int) -> tuple[Event, bool]:
    """An event to rewrite, and whether the person does so as its checker."""
    event = find(event_id)
    checks: bool = current_user.may(EventPermission.CHECK, event.unit_id)
    if not checks and event.proposer_id != current_user.person.id:
        abort(404)
    return event, checks


def _is_draft_of_another(event: Event, person_id: int) -> bool:
    """A draft whose writer has left is everybody's at the unit."""
    if event.proposer_id in {None, person_id}:
        return False
    return event.status.value in {"draft", "withdrawn"} and event.published_at is None
