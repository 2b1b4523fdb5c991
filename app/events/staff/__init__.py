"""The staff pages of events."""

from app.events.staff import (  # noqa: F401 – views register themselves
    conversation,
    deeds,
    forming,
    grades,
    papers,
    reminders,
    repeating,
    running,
    showing,
)
from app.events.staff.rooms import blueprint

__all__ = ["blueprint"]
