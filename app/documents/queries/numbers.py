"""Series of letter numbers, how far they have come, and their register."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from app.core.database import db
from app.documents.models import LetterCounter, LetterNumberEntry, LetterSeries

# find(unit_id, year, serials) → the staff address of the letter behind each serial.
Finder = Callable[[int, int, list[int]], dict[int, str]]
OWNERS = "number_owners"


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


def register_owner(house: Any, code: str, find: Finder) -> None:
    """Say where the letters of a series are found, so that the register leads to them."""
    house.app.extensions.setdefault(OWNERS, {})[code] = find


def page_of_numbers(series_id: int, year: int, *, page: int, size: int) -> list[LetterNumberEntry]:
    """The register of a year, the newest number first, one row more than `size` when another page follows."""
    query = (
        select(LetterNumberEntry)
        .where(LetterNumberEntry.series_id == series_id, LetterNumberEntry.year == year)
        .order_by(LetterNumberEntry.serial.desc())
    )
    return list(db.session.scalars(query.limit(size + 1).offset((page - 1) * size)))


def years_of_series(series_id: int) -> list[int]:
    """The years in which a series gave out numbers, the newest first."""
    query = select(LetterCounter.year).where(LetterCounter.series_id == series_id)
    return list(db.session.scalars(query.order_by(LetterCounter.year.desc())))


def registers_out_of_step() -> list[str]:
    """Gaps in a register, for `rukun check`. Empty by rights."""
    entries = (
        select(
            LetterNumberEntry.series_id.label("series_id"),
            LetterNumberEntry.year.label("year"),
            func.count().label("lines"),
            func.max(LetterNumberEntry.serial).label("highest"),
        )
        .group_by(LetterNumberEntry.series_id, LetterNumberEntry.year)
        .subquery()
    )
    same = (entries.c.series_id == LetterCounter.series_id) & (entries.c.year == LetterCounter.year)
    lines, highest = func.coalesce(entries.c.lines, 0), func.coalesce(entries.c.highest, 0)
    query = (
        select(LetterCounter.series_id, LetterCounter.year, LetterCounter.last_serial, lines, highest)
        .outerjoin(entries, same)
        .where((lines != LetterCounter.last_serial) | (highest != LetterCounter.last_serial))
    )
    return [
        f"series {row[0]} in {row[1]}: counted to {row[2]}, {row[3]} lines, highest {row[4]}"
        for row in db.session.execute(query)
    ]
