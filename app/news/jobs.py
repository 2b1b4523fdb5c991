"""What the worker does for news."""

from datetime import datetime

from app.news.actions import sweep_drafts


def sweep(now: datetime) -> None:
    """Forget unsaved text that nobody came back for."""
    sweep_drafts(now)
