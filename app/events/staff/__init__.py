"""The staff pages of events."""

from app.events.staff import (  # noqa: F401 – views register themselves
    conversation,
    deeds,
    extending,
    forming,
    grades,
    papers,
    reminders,
    repeating,
    running,
    showing,
    telling,
)
from app.events.staff.rooms import blueprint

__all__ = ["blueprint"]
