"""The staff pages of attendance."""

from app.attendance.staff import (  # noqa: F401 – views register themselves
    desk,
    exports,
    groups,
    lists,
    numbers,
    offline,
    papers,
    seats,
    volunteers,
)
from app.attendance.staff.requests import inbox, waiting_for
from app.attendance.staff.room import blueprint
from app.attendance.staff.slots import event_staff, event_staff_links

__all__ = ["blueprint", "event_staff", "event_staff_links", "inbox", "waiting_for"]
