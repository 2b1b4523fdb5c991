"""Attendance of the sample regency: invented people with numbers that nobody has."""

from app.web.house import World


def fill(world: World) -> None:
    """Register visitors for the sample events."""
