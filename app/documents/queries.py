"""Letterheads, series of numbers, and who answers for a checked code."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core import crypto
from app.core.database import db
from app.core.text import fold
from app.documents.details import Checked, Letterhead, Signatory
from app.documents.models import LetterCounter, LetterSeries
from app.regions.models import Unit

Checker = Callable[[str, datetime], Checked | None]
KEY = "checkers"


def register_checker(house: Any, check: Checker) -> None:
    """Have check(code, now) asked about every code typed at /periksa/; it answers None for codes it does not know."""
    house.app.extensions.setdefault(KEY, []).append(check)


def answer_for(checkers: list[Checker], typed: str, now: datetime) -> Checked | None:
    """What the first feature that knows the code says of it. Codes are forgiven blanks, dashes and small letters."""
    code = crypto.read_code(typed)
    if not code:
        return None
    return next((answer for check in checkers if (answer := check(code, now)) is not None), None)


def letterhead_of(unit: Unit) -> Letterhead:
    """The unit's kopstuk; without one on record its plain name stands there. The address stands once."""
    address = fold(unit.address)
    lines = tuple(
        line.strip().upper()
        for line in unit.letterhead.splitlines()
        if line.strip() and fold(line) != address
    )
    return Letterhead(lines or (unit.name.upper(),), unit.address, unit.letter_place)


def head_of(unit: Unit) -> Signatory:
    """The unit's head as signatory of its letters."""
    rank = " ".join(
        part for part in (unit.head_rank, f"NRP {unit.head_number}" if unit.head_number else "") if part
    )
    return Signatory(unit.head_title or unit.name, unit.head_name, rank.upper())


def series_at(unit_ids: frozenset[int]) -> list[LetterSeries]:
    """The series of some units, by unit and kind."""
    query = select(LetterSeries).where(LetterSeries.unit_id.in_(unit_ids))
    return list(db.session.scalars(query.order_by(LetterSeries.unit_id, LetterSeries.code)))


def last_serials(series_ids: list[int], year: int) -> dict[int, int]:
    """How far each series has come in a year."""
    query = select(LetterCounter.series_id, LetterCounter.last_serial).where(
        LetterCounter.series_id.in_(series_ids), LetterCounter.year == year
    )
    return {row.series_id: row.last_serial for row in db.session.execute(query)}
