"""What is switched off, and which words no name may hold."""

from sqlalchemy import select

from app.core.database import db
from app.pledges.details import Switch
from app.pledges.models import PledgeBadWord, PledgeSwitch


def switched_off() -> frozenset[Switch]:
    """What is switched off for all declarations."""
    return frozenset(Switch(name) for name in db.session.scalars(select(PledgeSwitch.name)))


def switches() -> dict[Switch, PledgeSwitch]:
    """What is switched off, with since when and why."""
    return {Switch(row.name): row for row in db.session.scalars(select(PledgeSwitch))}


def bad_words(unit_id: int) -> list[str]:
    """The words of a unit, by alphabet, folded as names are."""
    query = select(PledgeBadWord.word).where(PledgeBadWord.unit_id == unit_id)
    return list(db.session.scalars(query.order_by(PledgeBadWord.word)))
