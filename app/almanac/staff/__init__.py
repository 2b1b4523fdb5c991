"""The admin's pages of the calendar, the services and the elections."""

from app.almanac.staff import days, elections, services  # noqa: F401 – views register themselves
from app.almanac.staff.rooms import blueprint

__all__ = ["blueprint"]
