"""What the worker does for news."""

from datetime import datetime

from flask import current_app

from app.news.actions import forget_unconfirmed, mark_stale_releases, sweep_drafts, tell_subscribers


def sweep(now: datetime) -> None:
    """Forget unsaved text that nobody came back for."""
    sweep_drafts(now)


def watch_records(now: datetime) -> None:
    """Mark the releases whose record has changed."""
    mark_stale_releases(now)


def tell(now: datetime) -> None:
    """Tell those who follow the news what is new. The addresses come from settings: no request is at hand."""
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    forget_unconfirmed(now)
    tell_subscribers(
        now,
        article_address=lambda slug: f"{root}/berita/{slug}",
        manage_address=lambda code: f"{root}/langganan/{code}",
    )
