"""Letters and answers of the sample regency."""

from app.web.house import World


def fill(world: World) -> None:
    """Invite bodies to the sample events and let some answer."""
