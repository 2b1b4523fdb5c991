"""What regions brings into the house."""

from app.regions import models  # noqa: F401 – tables must be known
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of regions."""
