"""What invitations brings into the house."""

from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of invitations."""
