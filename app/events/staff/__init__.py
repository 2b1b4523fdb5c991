"""The staff pages of events."""

from app.events.staff import deeds, forming, grades, papers, repeating, running, showing  # noqa: F401
from app.events.staff.rooms import blueprint

__all__ = ["blueprint"]
