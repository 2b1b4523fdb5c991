"""What notify tells the floors above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BrowserGone:
    """A browser wants no more: its push service no longer knows the endpoint."""

    endpoint: str
