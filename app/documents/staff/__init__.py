"""Letterheads and letter numbers of the units in one's care."""

from app.documents.staff import letterheads, numbers  # noqa: F401 – they hang their pages on the blueprint
from app.documents.staff.rooms import blueprint

__all__ = ["blueprint"]
