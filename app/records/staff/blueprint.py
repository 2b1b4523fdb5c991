"""The blueprint, and finding what an address names within the person's units."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort
from flask_login import current_user

from app.events.models import Event
from app.events.queries import find_in_units
from app.records.models import Minutes
from app.records.permissions import RecordPermission
from app.records.queries import minutes_of

blueprint = Blueprint("records", __name__, template_folder="../templates")


def event_or_404(event_id: int, permission: RecordPermission = RecordPermission.WRITE) -> Event:
    """An event of the person's units, or 404."""
    event = find_in_units(event_id, current_user.unit_ids(permission))
    if event is None:
        abort(404)
    return event


def minutes_or_404(event_id: int) -> Minutes:
    """The minutes of an event, once they are begun."""
    minutes = minutes_of(event_id)
    if minutes is None:
        abort(404)
    return minutes


def typed(moment: datetime | None, zone: str) -> datetime | None:
    """A moment as a form field holds it: on the unit's clocks, to the minute."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
