"""Where an event is on this site, for texts that leave it."""

from app.events.models import Event

_site = {"url": ""}


def configure(*, public_url: str) -> None:
    """Where the site stands, for links in notices."""
    _site["url"] = public_url.rstrip("/")


def staff_url(event: Event) -> str:
    """The event in the staff area, absolute."""
    return f"{_site['url']}/kelola/acara/{event.id}"


def public_url(event: Event) -> str:
    """The event's public page, absolute."""
    return f"{_site['url']}/acara/{event.slug}"
