"""Sample declarations: the evening of 20 November 2024, and one that is being signed."""

from app.web.house import World


def fill(world: World) -> None:
    """The two sample declarations."""
