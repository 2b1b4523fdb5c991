"""The public pages of events."""

from app.events.public import feeds, pages  # noqa: F401 – views register themselves
from app.events.public.rooms import blueprint

__all__ = ["blueprint"]
