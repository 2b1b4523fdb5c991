"""The public pages of events."""

from app.events.public import feeds, pages, stage  # noqa: F401 – views register themselves
from app.events.public.rooms import blueprint

__all__ = ["blueprint"]
