"""Counting signatures, and the names that may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from app.core.database import db
from app.pledges.details import DistrictCount, PledgeCounts, SignWay
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.queries.declarations import public_pledges
from app.regions.models import Region

NAMES_ON_PAGE = 40


def _living(*pledge_ids: int) -> Any:
    return and_(
        PledgeSignature.pledge_id.in_(pledge_ids),
        PledgeSignature.struck_at.is_(None),
        PledgeSignature.repeat_of_id.is_(None),
    )


def counts_of(pledge_id: int) -> PledgeCounts:
    """Living signatures by way and by kecamatan (most first), in one statement."""
    rows = db.session.execute(
        select(
            PledgeSignature.way,
            PledgeSignature.district_code,
            Region.name,
            Region.slug,
            func.count().label("n"),
        )
        .join(Region, Region.code == PledgeSignature.district_code)
        .where(_living(pledge_id))
        .group_by(PledgeSignature.way, PledgeSignature.district_code, Region.name, Region.slug)
    ).all()
    by_way = dict.fromkeys(SignWay, 0)
    districts: dict[str, DistrictCount] = {}
    for row in rows:
        by_way[row.way] += row.n
        before = districts[row.district_code].count if row.district_code in districts else 0
        districts[row.district_code] = DistrictCount(row.district_code, row.name, row.slug, before + row.n)
    ordered = sorted(districts.values(), key=lambda district: (-district.count, district.name))
    return PledgeCounts(sum(by_way.values()), by_way, tuple(ordered))


def counts_by_way(pledge_ids: Sequence[int]) -> dict[int, PledgeCounts]:
    """Living signatures by way of several pledges, in one statement; without kecamatan."""
    found = {pledge_id: dict.fromkeys(SignWay, 0) for pledge_id in pledge_ids}
    if found:
        rows = db.session.execute(
            select(PledgeSignature.pledge_id, PledgeSignature.way, func.count().label("n"))
            .where(_living(*pledge_ids))
            .group_by(PledgeSignature.pledge_id, PledgeSignature.way)
        )
        for row in rows:
            found[row.pledge_id][row.way] = row.n
    return {key: PledgeCounts(sum(ways.values()), ways, ()) for key, ways in found.items()}


def pledges_in_district(district_code: str, now: datetime, *, limit: int = 3) -> list[tuple[Pledge, int]]:
    """Public pledges with how many people of a kecamatan signed each, newest first."""
    counted = (
        select(PledgeSignature.pledge_id, func.count().label("n"))
        .where(
            PledgeSignature.district_code == district_code,
            PledgeSignature.struck_at.is_(None),
            PledgeSignature.repeat_of_id.is_(None),
        )
        .group_by(PledgeSignature.pledge_id)
        .subquery()
    )
    query = public_pledges(now).add_columns(counted.c.n).join(counted, counted.c.pledge_id == Pledge.id)
    rows = db.session.execute(query.order_by(Pledge.on.desc(), Pledge.id.desc()).limit(limit)).all()
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True)
class ShownName:
    """A name in the public list."""

    id: int
    name: str
    district: str
    way: SignWay


def page_of_names(pledge_id: int, *, below: int | None = None) -> tuple[list[ShownName], int | None]:
    """Names of those who chose to be shown and whom an officer has made sure of, newest first.

    below: continue under this id. Gives the names and where the next page continues, None at the end.
    """
    query = (
        select(PledgeSignature.id, PledgeSignature.name, Region.name.label("district"), PledgeSignature.way)
        .join(Region, Region.code == PledgeSignature.district_code)
        .where(
            _living(pledge_id),
            PledgeSignature.shown,
            PledgeSignature.way != SignWay.UNVERIFIED,
            PledgeSignature.erased_at.is_(None),
        )
        .order_by(PledgeSignature.id.desc())
        .limit(NAMES_ON_PAGE + 1)
    )
    if below is not None:
        query = query.where(PledgeSignature.id < below)
    rows = [ShownName(*row) for row in db.session.execute(query)]
    more = len(rows) > NAMES_ON_PAGE
    rows = rows[:NAMES_ON_PAGE]
    return rows, rows[-1].id if more else None
