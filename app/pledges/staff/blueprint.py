"""The blueprint of the staff rooms, and finding a pledge within the units of the person."""

from flask import Blueprint, abort, g
from flask_login import current_user

from app.core.permissions import Permission
from app.pledges import queries
from app.pledges.models import Pledge

blueprint = Blueprint("pledges", __name__, template_folder="../templates")


def pledge_for(pledge_id: int, permission: Permission) -> Pledge:
    """A pledge at whose unit the person holds the permission; any other does not exist."""
    pledge = queries.find_in_units(pledge_id, current_user.unit_ids(permission))
    if pledge is None:
        abort(404)
    g.zone = pledge.unit.zone
    return pledge
