"""Keeping the calendar of holy days."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.almanac.actions.steps import AlmanacTag, tell_days
from app.almanac.details import HolyDayDetails, HolyDayKind
from app.almanac.models import HolyDay, ShippedTable
from app.almanac.queries import find_twin, holy_day_details
from app.almanac.rules.holy_days import RAMADAN_LENGTHS, followers_of, holy_days_in
from app.core import audit
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken
from app.people.models import Person

YEARS = range(2024, 2031)
YEARS_AHEAD = 3


@transactional
def fill_holy_days(years: Iterable[int] = YEARS, *, by: Person | None, now: datetime) -> int:
    """Add what the shipped calendar knows of the years and the table does not have yet; how many were added.

    Rows that the admin has entered or taken over stay as they are: the key is (date, name).
    """
    known = {(row.on, row.name) for row in db.session.execute(select(HolyDay.on, HolyDay.name))}
    added: list[date] = []
    for year in years:
        insert_once(ShippedTable, name=f"hari_raya:{year}", copied_at=now)
        for details in holy_days_in(year):
            if (details.on, details.name) not in known:
                known.add((details.on, details.name))
                db.session.add(_holy_day(details))
                added.append(details.on)
    if added:
        audit.record(AlmanacTag.DAYS_FILLED, by=by, now=now, after={"added": len(added)})
        tell_days(min(added), max(added) + timedelta(days=40), None, now=now)
    return len(added)


@transactional
def fill_coming_years(now: datetime) -> int:
    """Fill the years ahead that nobody has filled yet; what an admin has deleted since does not come back."""
    years = range(now.year, now.year + YEARS_AHEAD + 1)
    done = set(db.session.scalars(select(ShippedTable.name)))
    missing = [year for year in years if f"hari_raya:{year}" not in done]
    return fill_holy_days(missing, by=None, now=now) if missing else 0


@transactional
def add_holy_day(details: HolyDayDetails, *, by: Person | None, now: datetime) -> HolyDay:
    """Enter a day by hand. Refuses `holy_day_known` and `holy_day_overlaps`."""
    _refuse_twin(details, except_id=None)
    row = _holy_day(details)
    db.session.add(row)
    audit.record(AlmanacTag.DAY_ADDED, by=by, now=now, subject=row, name=row.name, after={"on": row.on})
    _tell(details, now=now)
    return row


@transactional
def change_holy_day(
    holy_day: HolyDay, details: HolyDayDetails, *, by: Person | None, now: datetime
) -> list[str]:
    """Correct a day, as after a new decree; gives the names of the days that moved along with it.

    Days that follow from a feast (the eve, Cap Go Meh) move with it where they still stand at their distance, and
    Ramadan lasts until the Eid. Refuses `holy_day_known` and `holy_day_overlaps`.
    """
    lock(holy_day)
    _refuse_twin(details, except_id=holy_day.id)
    old = holy_day_details(holy_day)
    before, after = _fields(old), _fields(details)
    for name, value in _columns(details).items():
        setattr(holy_day, name, value)
    moved = _move_followers(old, details)
    changed_before, changed_after = audit.changed(before, after)
    if moved:
        changed_after["followers"] = moved
    audit.record(
        AlmanacTag.DAY_CHANGED,
        by=by,
        now=now,
        subject=holy_day,
        name=holy_day.name,
        before=changed_before,
        after=changed_after,
    )
    for one in (old, details):
        _tell(one, now=now, margin=timedelta(days=35) if moved else timedelta(0))
    return moved


@transactional
def confirm_by_decree(
    year: int, holy_day_ids: Collection[int], source: str, *, by: Person | None, now: datetime
) -> int:
    """Write a decree's name beside days of a year; they are no estimates from then on. How many there were."""
    rows = db.session.scalars(
        select(HolyDay).where(
            HolyDay.id.in_(holy_day_ids), HolyDay.on.between(date(year, 1, 1), date(year, 12, 31))
        )
    ).all()
    if not rows:
        raise RuleBroken("no_day_chosen", field="days")
    for row in rows:
        row.source, row.is_estimate = source, False
    audit.record(
        AlmanacTag.DAYS_DECREED,
        by=by,
        now=now,
        name=source,
        after={"year": year, "days": sorted(row.name for row in rows)},
    )
    tell_days(min(row.on for row in rows), max(row.on for row in rows), None, now=now)
    return len(rows)


@transactional
def remove_holy_day(holy_day: HolyDay, *, reason: str, by: Person | None, now: datetime) -> None:
    """Take a day out of the calendar, for instance after a decree has moved it."""
    audit.record(
        AlmanacTag.DAY_REMOVED,
        by=by,
        now=now,
        subject=holy_day,
        name=holy_day.name,
        before={"on": holy_day.on, "source": holy_day.source},
        reason=reason,
    )
    _tell(holy_day_details(holy_day), now=now)
    db.session.delete(holy_day)


def _move_followers(old: HolyDayDetails, new: HolyDayDetails) -> list[str]:
    moved = []
    for follower, offset in followers_of(old.name):
        row = db.session.scalar(
            select(HolyDay).where(HolyDay.name == follower, HolyDay.on == old.on + timedelta(days=offset))
        )
        if row is not None and (old.on, old.is_estimate) != (new.on, new.is_estimate):
            row.on, row.is_estimate = new.on + timedelta(days=offset), new.is_estimate
            moved.append(row.name)
    if followers_of(old.name) and old.on != new.on:
        moved += _end_ramadan(old, new)
    return moved


def _end_ramadan(old: HolyDayDetails, new: HolyDayDetails) -> list[str]:
    """The fast that ended at the old Eid ends at the new one, if that is a month."""
    months = db.session.scalars(
        select(HolyDay).where(
            HolyDay.kind == HolyDayKind.RAMADAN, HolyDay.on.between(old.on - timedelta(days=31), old.on)
        )
    )
    for month in months:
        days = (new.on - month.on).days
        if month.on + timedelta(days=month.days) == old.on and days in RAMADAN_LENGTHS:
            month.days = days
            return [month.name]
    return []


def _refuse_twin(details: HolyDayDetails, *, except_id: int | None) -> None:
    twin = find_twin(details, except_id=except_id)
    if twin is not None:
        code = "holy_day_known" if twin.on == details.on else "holy_day_overlaps"
        raise RuleBroken(code, field="name" if twin.on == details.on else "on", on=twin.on)


def _tell(details: HolyDayDetails, *, now: datetime, margin: timedelta = timedelta(0)) -> None:
    last = details.on + timedelta(days=details.days, minutes=details.minutes)
    tell_days(details.on - margin, last + margin, details.region_code, now=now)


def _holy_day(details: HolyDayDetails) -> HolyDay:
    return HolyDay(**_columns(details))


def _columns(details: HolyDayDetails) -> dict[str, Any]:
    return {
        "on": details.on,
        "name": details.name,
        "faiths": [faith.value for faith in details.faiths],
        "kind": details.kind,
        "begins": details.begins,
        "minutes": details.minutes,
        "days": details.days,
        "source": details.source,
        "is_estimate": details.is_estimate,
        "region_code": details.region_code,
    }


def _fields(details: HolyDayDetails) -> dict[str, object]:
    """The columns as the audit log keeps them."""
    return {**_columns(details), "begins": details.begins.isoformat("minutes"), "kind": details.kind.value}
