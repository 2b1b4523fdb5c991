"""The room of invitations in the staff area, and how its pages find an event or a letter."""

from flask import Blueprint, abort
from flask_login import current_user

from app.core.permissions import Permission
from app.events.models import Event
from app.events.queries import find_in_units
from app.invitations import queries
from app.invitations.models import Addressee, Letter
from app.invitations.permissions import InvitationPermission

blueprint = Blueprint("invitations", __name__, template_folder="../templates")


def event_at(event_id: int) -> Event:
    """An event at whose unit the person writes letters."""
    event = find_in_units(event_id, current_user.unit_ids(InvitationPermission.WRITE))
    if event is None:
        abort(404)
    return event


def letter_at(letter_id: int, permission: Permission = InvitationPermission.WRITE) -> Letter:
    """A letter of a unit at which the person holds the permission, with event and addressees."""
    letter = queries.find_letter(letter_id, current_user.unit_ids(permission))
    if letter is None:
        abort(404)
    return letter


def addressee_of(letter: Letter, addressee_id: int) -> Addressee:
    """One of those whom the letter addresses."""
    found: Addressee | None = next((row for row in letter.addressees if row.id == addressee_id), None)
    if found is None:
        abort(404)
    return found
