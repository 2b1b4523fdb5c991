"""The staff pages of events."""

from app.events.staff import deeds, forming, papers, showing  # noqa: F401 – views register themselves
from app.events.staff.rooms import blueprint

__all__ = ["blueprint"]
