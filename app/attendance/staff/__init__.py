"""The staff pages of attendance."""

from app.attendance.staff import desk, exports, lists, offline, papers, seats  # noqa: F401 – views register themselves
from app.attendance.staff.room import blueprint
from app.attendance.staff.slots import event_staff, event_staff_links

__all__ = ["blueprint", "event_staff", "event_staff_links"]
