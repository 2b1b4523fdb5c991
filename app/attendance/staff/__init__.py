"""The staff pages of attendance."""

from app.attendance.staff import offline  # noqa: F401 – views register themselves
from app.attendance.staff.lists import blueprint, event_staff, event_staff_links

__all__ = ["blueprint", "event_staff", "event_staff_links"]
