"""Giving out letter numbers, and setting how they read."""

from datetime import date, datetime

from sqlalchemy import select, update

from app.core import audit
from app.core.database import db, insert_once, transactional
from app.core.errors import RuleBroken
from app.documents.details import LetterNumber
from app.documents.models import LetterCounter, LetterNumberEntry, LetterSeries
from app.documents.rules import DEFAULT_PATTERN, number_text, problem_with_pattern
from app.people.models import Person
from app.regions.models import Unit

MOST_SKIPPED = 2000


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
def take_number(unit: Unit, code: str, *, on: date, about: str = "") -> LetterNumber:
    """The next number of a series, in the transaction of the letter that bears it: a letter that fails takes none.

    on: the letter's date on the unit's own clocks; its year decides the count. about: the letter's perihal, for
    the register. Raises RuleBroken("number_taken") when another letter of the unit bears the same text, as after
    a change of the pattern.
    """
    series = series_for(unit, code)
    return _next(series, unit, on=on, about=about)


def _next(
    series: LetterSeries, unit: Unit, *, on: date, about: str = "", void: tuple[str, datetime] | None = None
) -> LetterNumber:
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
    reason, voided_at = void or ("", None)
    entered = insert_once(
        LetterNumberEntry,
        series_id=series.id,
        unit_id=unit.id,
        year=on.year,
        serial=serial,
        text=text,
        dated_on=on,
        about=about,
        void_reason=reason,
        voided_at=voided_at,
    )
    if not entered:
        raise RuleBroken("number_taken", number=text)
    return LetterNumber(serial, on.year, text)


@transactional
def void_number(unit: Unit, code: str, *, year: int, serial: int, reason: str, now: datetime) -> None:
    """Strike a number out of use. It stays in the register with the reason; in the deed that voids its letter."""
    series = series_for(unit, code)
    db.session.execute(
        update(LetterNumberEntry)
        .where(
            LetterNumberEntry.series_id == series.id,
            LetterNumberEntry.year == year,
            LetterNumberEntry.serial == serial,
            LetterNumberEntry.voided_at.is_(None),
        )
        .values(voided_at=now, void_reason=reason)
    )


@transactional
def skip_numbers(
    unit: Unit, code: str, *, up_to: int, reason: str, on: date, by: Person, now: datetime
) -> int:
    """Enter numbers that were used outside this register, up to and with `up_to`, as void; how many those are.

    A station that begins in the middle of a year goes on from its paper book this way. Raises RuleBroken
    ("number_used_up", "too_many_numbers", field="up_to").
    """
    series = series_for(unit, code)
    insert_once(LetterCounter, series_id=series.id, year=on.year, last_serial=0)
    counter = db.session.scalars(
        select(LetterCounter)
        .where(LetterCounter.series_id == series.id, LetterCounter.year == on.year)
        .with_for_update()
    ).one()
    last = counter.last_serial
    if up_to <= last:
        raise RuleBroken("number_used_up", field="up_to", number=up_to, last=last)
    if up_to - last > MOST_SKIPPED:
        raise RuleBroken("too_many_numbers", field="up_to", most=MOST_SKIPPED)
    for _step in range(up_to - last):
        _next(series, unit, on=on, void=(reason, now))
    audit.record(
        "documents:numbers:skipped",
        by=by,
        now=now,
        subject=series,
        unit_id=unit.id,
        name=f"{unit.name}: {code}",
        before={"last": last},
        after={"last": up_to},
        reason=reason,
    )
    return up_to - last


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
