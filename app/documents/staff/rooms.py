"""The room of documents in the staff area, and which units one finds there."""

from flask import Blueprint, abort
from flask_login import current_user

from app.core.permissions import Permission
from app.regions.models import Unit
from app.regions.queries import units

blueprint = Blueprint("documents", __name__, template_folder="../templates")


def unit_in_care(unit_id: int, permission: Permission) -> Unit:
    """The unit, when it is one of the person's; otherwise there is no such page."""
    own = current_user.unit_ids(permission)
    found = next((unit for unit in units() if unit.id == unit_id and unit.id in own), None)
    if found is None:
        abort(404)
    return found
