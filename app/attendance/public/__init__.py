"""Registering to attend, and the ticket."""

from app.attendance.public import own_data, registering, ticket, volunteer  # noqa: F401 – views register themselves
from app.attendance.public.room import blueprint
from app.attendance.public.slots import SLOTS, check_ticket

__all__ = ["SLOTS", "blueprint", "check_ticket"]
