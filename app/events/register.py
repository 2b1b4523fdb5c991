"""What events brings into the house."""

from app.events import models  # noqa: F401 – tables must be known
from app.events.permissions import GRANTS, SECOND_FACTOR
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of events."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
