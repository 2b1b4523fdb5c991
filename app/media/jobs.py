"""What the worker does for photos."""

from datetime import datetime
from typing import Any

from app.media.actions import find_card, make_copies


def make_sizes(payload: dict[str, Any], *, now: datetime) -> None:
    """Make all copies of a newly taken in photo."""
    make_copies(str(payload["key"]), now=now)


def draw_card(payload: dict[str, Any], *, now: datetime) -> None:
    """Draw the card of something that has just become public, before the first link to it is shared."""
    find_card(str(payload["kind"]), int(payload["id"]), int(payload["version"]), now=now)
