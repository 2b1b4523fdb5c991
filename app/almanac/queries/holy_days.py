"""Reading the calendar of holy days."""

from datetime import date, timedelta

from sqlalchemy import and_, or_, select

from app.almanac.details import (
    HolyDayDetails,
    HolyDayKind,
)
from app.almanac.models import (
    HolyDay,
)
from app.almanac.queries.places import held_in
from app.almanac.rules.holy_days import NO_DECREE_YET
from app.core.database import db
from app.core.faiths import Faith

# No entry of the calendar lasts longer than the fasting month.
_LONGEST = timedelta(days=40)


def find_holy_day(holy_day_id: int) -> HolyDay | None:
    return db.session.get(HolyDay, holy_day_id)


def holy_days_of_year(year: int) -> list[HolyDay]:
    """The table's rows that begin in a year, by date."""
    query = select(HolyDay).where(HolyDay.on.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(query.order_by(HolyDay.on, HolyDay.name)))


def awaiting_decree(year: int) -> list[HolyDay]:
    """The national days of a year that a decree has still to fix."""
    query = select(HolyDay).where(
        HolyDay.on.between(date(year, 1, 1), date(year, 12, 31)),
        or_(
            HolyDay.is_estimate,
            and_(
                HolyDay.kind.in_((HolyDayKind.LIBUR_NASIONAL, HolyDayKind.CUTI_BERSAMA)),
                HolyDay.source == NO_DECREE_YET,
            ),
        ),
    )
    return list(db.session.scalars(query.order_by(HolyDay.on, HolyDay.name)))


def find_twin(details: HolyDayDetails, *, except_id: int | None) -> HolyDay | None:
    """Another row of the same name on the same date, or one of the same place whose days overlap."""
    query = select(HolyDay).where(
        HolyDay.name == details.name,
        HolyDay.id != (except_id or 0),
        HolyDay.on > details.on - _LONGEST,
        HolyDay.on < details.on + _LONGEST,
    )
    last = details.on + timedelta(days=details.days - 1)
    for row in db.session.scalars(query.order_by(HolyDay.on)):
        overlaps = row.on <= last and details.on <= row.on + timedelta(days=row.days - 1)
        if row.on == details.on or (overlaps and row.region_code == details.region_code):
            return row
    return None


def holy_days_between(
    first: date, last: date, *, region_code: str | None = None, within: bool = False
) -> tuple[HolyDayDetails, ...]:
    """What the calendar holds for local days `first` to `last`, both included, by date and name.

    Entries of several days count when any of them lies within. region_code: adds the days of that region (a
    kecamatan's code too) to those of everywhere. within: adds those of every part of it as well.
    """
    query = select(HolyDay).where(
        HolyDay.on >= first - _LONGEST, HolyDay.on <= last, held_in(region_code, within=within)
    )
    rows = db.session.scalars(query.order_by(HolyDay.on, HolyDay.name))
    return tuple(
        holy_day_details(row) for row in rows if row.on + timedelta(days=max(row.days, 1) - 1) >= first
    )


def holy_day_details(row: HolyDay) -> HolyDayDetails:
    """A row of the calendar as rules take it."""
    return HolyDayDetails(
        on=row.on,
        name=row.name,
        kind=row.kind,
        faiths=tuple(Faith(faith) for faith in row.faiths),
        source=row.source,
        is_estimate=row.is_estimate,
        begins=row.begins,
        minutes=row.minutes,
        days=row.days,
        region_code=row.region_code,
    )
