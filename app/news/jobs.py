"""What the worker does for news."""

from datetime import datetime

from app.news.actions import mark_stale_releases, sweep_drafts


def sweep(now: datetime) -> None:
    """Forget unsaved text that nobody came back for."""
    sweep_drafts(now)


def watch_records(now: datetime) -> None:
    """Mark the releases whose record has changed."""
    mark_stale_releases(now)
