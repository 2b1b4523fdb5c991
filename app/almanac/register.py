"""What almanac brings into the house."""

from app.almanac import models, sample  # noqa: F401 – tables must be known
from app.almanac.messages import LABELS, REFUSALS
from app.almanac.permissions import GRANTS, SECOND_FACTOR
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of almanac."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.refuse_with(REFUSALS)
    house.sample(sample.fill)
