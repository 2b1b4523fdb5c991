"""Series of letter numbers and how far they have come."""

from sqlalchemy import select

from app.core.database import db
from app.documents.models import LetterCounter, LetterSeries


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
