"""Letterheads and letter numbers of the units in one's care."""

from app.documents.staff import letterheads, numbers, registers  # noqa: F401 – views register themselves
from app.documents.staff.rooms import blueprint

__all__ = ["blueprint"]
