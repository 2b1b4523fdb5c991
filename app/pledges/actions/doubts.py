"""Further tries and floods: their lines look like any other, and are sorted out of the log as a number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.pledges.actions.holding import hold
from app.pledges.actions.sealing import append_to_log
from app.pledges.details import LeafKind
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.rules.floods import MANY_ENOUGH, REPEATS_REST


def sort_out(pledge: Pledge, by_district: Mapping[str, int], *, now: datetime) -> None:
    """Say in the log how many of the unverified lines were no signatures of their own, not which."""
    for district, amount in sorted(by_district.items()):
        append_to_log(
            pledge,
            LeafKind.SORTED_OUT,
            "",
            {"kecamatan": district, "jumlah": amount},
            now=now,
        )


def sort_out_doubtful(now: datetime) -> int:
    """Say in all logs how many lines were further tries or floods; how many in all."""
    query = select(PledgeSignature.pledge_id).where(_doubtful()).distinct()
    found = list(db.session.scalars(query))
    db.session.rollback()
    return sum(_sort_out_of(pledge_id, now=now) for pledge_id in found)


def _doubtful() -> Any:
    return (
        (PledgeSignature.repeat_of_id.is_not(None) | PledgeSignature.flagged_at.is_not(None))
        & PledgeSignature.sorted_out_at.is_(None)
        & PledgeSignature.struck_at.is_(None)
    )


@transactional
def _sort_out_of(pledge_id: int, *, now: datetime) -> int:
    pledge = hold(db.session.get_one(Pledge, pledge_id))
    flood = PledgeSignature.flagged_at.is_not(None) & PledgeSignature.repeat_of_id.is_(None)
    rested = PledgeSignature.signed_at <= now - REPEATS_REST
    repeats = db.session.scalar(
        select(func.count()).where(
            _doubtful(),
            PledgeSignature.pledge_id == pledge_id,
            PledgeSignature.repeat_of_id.is_not(None),
            rested,
        )
    )
    chosen = flood
    if (repeats or 0) >= MANY_ENOUGH:
        chosen = flood | (PledgeSignature.repeat_of_id.is_not(None) & rested)
    rows = db.session.execute(
        update(PledgeSignature)
        .where(_doubtful(), PledgeSignature.pledge_id == pledge_id, chosen)
        .values(sorted_out_at=now)
        .returning(PledgeSignature.district_code)
        .execution_options(synchronize_session=False)
    ).all()
    by_district: dict[str, int] = {}
    for row in rows:
        by_district[row.district_code] = by_district.get(row.district_code, 0) + 1
    sort_out(pledge, by_district, now=now)
    if rows:
        bump_after_commit()
    return len(rows)
