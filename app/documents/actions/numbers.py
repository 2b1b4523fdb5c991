"""Giving out letter numbers, and setting how they read."""

from datetime import date, datetime

from sqlalchemy import select, update

from app.core import audit
from app.core.database import db, insert_once, transactional
from app.core.errors import RuleBroken
from app.documents.details import LetterNumber
from app.documents.models import LetterCounter, LetterSeries
from app.documents.rules import DEFAULT_PATTERN, number_text, problem_with_pattern
from app.people.models import Person
from app.regions.models import Unit


@transactional
def series_for(unit: Unit, code: str) -> LetterSeries:
    """The series of a unit for one kind of letter, begun with the usual pattern when there is none."""
    query = select(LetterSeries).where(LetterSeries.unit_id == unit.id, LetterSeries.code == code)
    series = db.session.scalar(query)
    if series is None:
        insert_once(LetterSeries, unit_id=unit.id, code=code, pattern=DEFAULT_PATTERN, archive_code="")
        series = db.session.scalars(query).one()
    return series


@transactional
def take_number(unit: Unit, code: str, *, on: date) -> LetterNumber:
    """The next number of a series, in the transaction of the letter that bears it: a letter that fails takes none.

    on: the letter's date on the unit's own clocks; its year decides the count.
    """
    series = series_for(unit, code)
    insert_once(LetterCounter, series_id=series.id, year=on.year, last_serial=0)
    serial = db.session.execute(
        update(LetterCounter)
        .where(LetterCounter.series_id == series.id, LetterCounter.year == on.year)
        .values(last_serial=LetterCounter.last_serial + 1)
        .returning(LetterCounter.last_serial)
    ).scalar_one()
    text = number_text(
        series.pattern, serial=serial, on=on, archive_code=series.archive_code, unit_code=unit.unit_code
    )
    return LetterNumber(serial, on.year, text)


@transactional
def change_pattern(
    unit: Unit, code: str, *, pattern: str, archive_code: str, by: Person, now: datetime
) -> LetterSeries:
    """Say how the unit's letters of one kind are numbered from now on. Numbers given out stay as they are.

    Raises RuleBroken("pattern_…", field="pattern").
    """
    problem = problem_with_pattern(pattern)
    if problem is not None:
        raise RuleBroken(problem, field="pattern")
    series = series_for(unit, code)
    before = {"pattern": series.pattern, "archive_code": series.archive_code}
    series.pattern, series.archive_code = pattern, archive_code
    after = {"pattern": pattern, "archive_code": archive_code}
    audit.record(
        "documents:series:changed",
        by=by,
        now=now,
        subject=series,
        name=f"{unit.name}: {code}",
        before=before,
        after=after,
    )
    return series
