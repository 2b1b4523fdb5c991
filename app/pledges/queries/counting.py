"""Counting signatures, and the names that may be shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select, text, union_all

from app.attendance.details import Bar
from app.attendance.queries import bars
from app.core.database import db
from app.core.i18n import clock_time, day_part, short_day
from app.pledges.details import DistrictCount, PledgeCounts, SignWay, Switch
from app.pledges.models import (
    LISTED,
    Pledge,
    PledgeHour,
    PledgeLogEntry,
    PledgeSignature,
    PledgeSwitch,
    PledgeTally,
)
from app.pledges.queries.declarations import public_pledges
from app.regions.models import Region
from app.regions.queries import districts

NAMES_ON_PAGE = 40


def counted_rows(*pledge_ids: Any) -> Any:
    """Rows (pledge_id, way, district_code, n) that add up to the counts: the tallies of the sealed lines, then
    what the lines in the queue will do to them. One statement, so sealing between the two cannot be seen.

    pledge_ids: numbers, or a scalar subquery that gives one.
    """
    entry = PledgeLogEntry
    queued = [entry.pledge_id.in_(pledge_ids), entry.number.is_(None)]
    return union_all(
        select(
            PledgeTally.pledge_id, PledgeTally.way, PledgeTally.district_code, PledgeTally.count.label("n")
        ).where(PledgeTally.pledge_id.in_(pledge_ids)),
        select(entry.pledge_id, entry.gains, entry.district_code, entry.amount).where(
            *queued, entry.gains.is_not(None)
        ),
        select(entry.pledge_id, entry.loses, entry.district_code, -entry.amount).where(
            *queued, entry.loses.is_not(None)
        ),
    ).subquery()


def counts_of(pledge_id: int) -> PledgeCounts:
    """Signatures by way and by kecamatan (most first), in one statement."""
    rows = counted_rows(pledge_id)
    found = db.session.execute(
        select(rows.c.way, rows.c.district_code, Region.name, Region.slug, func.sum(rows.c.n).label("n"))
        .join(Region, Region.code == rows.c.district_code)
        .group_by(rows.c.way, rows.c.district_code, Region.name, Region.slug)
    ).all()
    by_way = dict.fromkeys(SignWay, 0)
    districts: dict[str, DistrictCount] = {}
    for row in found:
        count = int(row.n)
        by_way[SignWay(row.way)] += count
        before = districts[row.district_code].count if row.district_code in districts else 0
        districts[row.district_code] = DistrictCount(row.district_code, row.name, row.slug, before + count)
    ordered = sorted(
        (district for district in districts.values() if district.count),
        key=lambda district: (-district.count, district.name),
    )
    return PledgeCounts(sum(by_way.values()), by_way, tuple(ordered))


def counts_by_way(pledge_ids: Sequence[int]) -> dict[int, PledgeCounts]:
    """Signatures by way of several pledges, in one statement; without kecamatan."""
    found = {pledge_id: dict.fromkeys(SignWay, 0) for pledge_id in pledge_ids}
    if found:
        rows = counted_rows(*pledge_ids)
        for row in db.session.execute(
            select(rows.c.pledge_id, rows.c.way, func.sum(rows.c.n).label("n")).group_by(
                rows.c.pledge_id, rows.c.way
            )
        ):
            found[row.pledge_id][SignWay(row.way)] = int(row.n)
    return {key: PledgeCounts(sum(ways.values()), ways, ()) for key, ways in found.items()}


def pledges_in_district(district_code: str, now: datetime, *, limit: int = 3) -> list[tuple[Pledge, int]]:
    """Public pledges with how many people of a kecamatan signed each (sealed so far), newest first."""
    counted = (
        select(PledgeTally.pledge_id, func.sum(PledgeTally.count).label("n"))
        .where(PledgeTally.district_code == district_code)
        .group_by(PledgeTally.pledge_id)
        .having(func.sum(PledgeTally.count) > 0)
        .subquery()
    )
    query = public_pledges(now).add_columns(counted.c.n).join(counted, counted.c.pledge_id == Pledge.id)
    rows = db.session.execute(query.order_by(Pledge.on.desc(), Pledge.id.desc()).limit(limit)).all()
    return [(row[0], int(row[1])) for row in rows]


def recount(pledge_id: int) -> dict[tuple[str, str], int]:
    """The same counts from the signatures themselves, by (way, kecamatan): slow, and the proof of the others."""
    query = (
        select(PledgeSignature.way, PledgeSignature.district_code, func.count().label("n"))
        .where(
            PledgeSignature.pledge_id == pledge_id,
            PledgeSignature.struck_at.is_(None),
            PledgeSignature.repeat_of_id.is_(None),
            PledgeSignature.flagged_at.is_(None),
        )
        .group_by(PledgeSignature.way, PledgeSignature.district_code)
    )
    return {(row.way.value, row.district_code): row.n for row in db.session.execute(query)}


def tallied(pledge_id: int) -> dict[tuple[str, str], int]:
    """What pages count, by (way, kecamatan)."""
    rows = counted_rows(pledge_id)
    query = select(rows.c.way, rows.c.district_code, func.sum(rows.c.n).label("n")).group_by(
        rows.c.way, rows.c.district_code
    )
    return {(row.way, row.district_code): int(row.n) for row in db.session.execute(query) if row.n}


def problems_with_counts() -> list[str]:
    """Declarations whose counts differ from their signatures; for the nightly recount and `rukun check`."""
    found = []
    for pledge_id in db.session.scalars(select(Pledge.id).order_by(Pledge.id)).all():
        counted, real = tallied(pledge_id), recount(pledge_id)
        if counted != real:
            found.append(f"pledge {pledge_id}: counted {counted}, signatures {real}")
    return found


def signed_by_hour(pledge_id: int) -> list[tuple[datetime, SignWay, int]]:
    """How many signed in each hour by each way, as the sealed lines tell it; oldest first."""
    query = select(PledgeHour.hour, PledgeHour.way, PledgeHour.count).where(PledgeHour.pledge_id == pledge_id)
    rows = db.session.execute(query.order_by(PledgeHour.hour, PledgeHour.way))
    return [(hour, SignWay(way), count) for hour, way, count in rows]


def signed_over_time(pledge_id: int, zone: str) -> tuple[Bar, ...]:
    """How many signed on each day of a place, all ways together; by the hour when all of it is within two days."""
    hours: Counter[datetime] = Counter()
    for hour, _way, count in signed_by_hour(pledge_id):
        hours[hour.astimezone(ZoneInfo(zone))] += count
    if hours and max(hours) - min(hours) < timedelta(days=2):
        return bars(hours, timedelta(hours=1), lambda moment: _on_the_clock(moment, zone))
    days: Counter[datetime] = Counter()
    for hour, count in hours.items():
        days[hour.replace(hour=12, minute=0)] += count
    return bars(days, timedelta(days=1), lambda moment: short_day(moment, zone))


def _on_the_clock(moment: datetime, zone: str) -> str:
    return f"{day_part(moment, 'd MMM', zone)}, {clock_time(moment, zone, with_zone=False)}"


@dataclass(frozen=True)
class DistrictShare:
    """A kecamatan on the map of tiles. level: from 0 (nobody) to 3, by its part of the largest count."""

    name: str
    slug: str
    row: int
    column: int
    count: int
    level: int


def shares_of(counts: PledgeCounts) -> list[DistrictShare]:
    """Every kecamatan that has a place on the map, those without a signature too."""
    by_code = {row.code: row.count for row in counts.by_district}
    most = max(by_code.values(), default=0)
    return [
        DistrictShare(
            region.name,
            region.slug,
            region.tile_row,
            region.tile_col,
            count := by_code.get(region.code, 0),
            -(-3 * count // most) if count > 0 else 0,
        )
        for region in districts()
        if region.tile_row and region.tile_col
    ]


def count_unsorted(pledge_id: int) -> int:
    """How many lines of the log stand among the unverified that are further tries or a flood, not sorted out yet."""
    query = select(func.count()).where(
        PledgeSignature.pledge_id == pledge_id,
        PledgeSignature.repeat_of_id.is_not(None) | PledgeSignature.flagged_at.is_not(None),
        PledgeSignature.sorted_out_at.is_(None),
        PledgeSignature.struck_at.is_(None),
    )
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class ShownName:
    """A name in the public list."""

    id: int
    name: str
    district: str
    way: SignWay


def page_of_names(pledge_id: int, *, below: int | None = None) -> tuple[list[ShownName], int | None]:
    """Names of those who chose to be shown and whom an officer has made sure of, newest first; none while
    lists are switched off.

    below: continue under this id. Gives the names and where the next page continues, None at the end.
    """
    query = names_query(pledge_id).limit(NAMES_ON_PAGE + 1)
    if below is not None:
        query = query.where(PledgeSignature.id < below)
    rows = [ShownName(*row) for row in db.session.execute(query)]
    more = len(rows) > NAMES_ON_PAGE
    rows = rows[:NAMES_ON_PAGE]
    return rows, rows[-1].id if more else None


def names_query(pledge_id: int) -> Select[int, str, str, SignWay]:
    """The names of the public list, newest first, found without reading the others."""
    return (
        select(PledgeSignature.id, PledgeSignature.name, Region.name.label("district"), PledgeSignature.way)
        .join(Region, Region.code == PledgeSignature.district_code)
        .where(
            PledgeSignature.pledge_id == pledge_id,
            text(LISTED),
            PledgeSignature.erased_at.is_(None),
            ~select(PledgeSwitch.name).where(PledgeSwitch.name == Switch.LISTS.value).exists(),
        )
        .order_by(PledgeSignature.id.desc())
    )
