"""What almanac brings into the house."""

from app.almanac import models  # noqa: F401 – tables must be known
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of almanac."""
