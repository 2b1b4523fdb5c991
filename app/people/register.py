"""What people brings into the house."""

from app.people import models  # noqa: F401 – tables must be known
from app.people.public import blueprint
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of people."""
    house.public(blueprint)
