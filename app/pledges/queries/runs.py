"""Signatures that meet conditions, and the runs that struck some."""

from sqlalchemy import Select, func, select

from app.core import crypto
from app.core.database import db
from app.core.text import fold_name
from app.pledges.details import StrikeConditions
from app.pledges.models import PledgeSignature, StrikeRun


def meeting(pledge_id: int, conditions: StrikeConditions) -> Select[PledgeSignature]:
    """The living signatures that meet all conditions; none when there are no conditions."""
    query = select(PledgeSignature).where(
        PledgeSignature.pledge_id == pledge_id,
        PledgeSignature.struck_at.is_(None),
        PledgeSignature.repeat_of_id.is_(None),
    )
    if conditions.is_empty:
        return query.where(PledgeSignature.id < 0)
    if conditions.name:
        query = query.where(PledgeSignature.name_key.contains(fold_name(conditions.name), autoescape=True))
    if conditions.district_code:
        query = query.where(PledgeSignature.district_code == conditions.district_code)
    if conditions.way is not None:
        query = query.where(PledgeSignature.way == conditions.way)
    if conditions.since is not None:
        query = query.where(PledgeSignature.signed_at >= conditions.since)
    if conditions.until is not None:
        query = query.where(PledgeSignature.signed_at < conditions.until)
    if conditions.like_code:
        like = select(PledgeSignature.network_hash).where(
            PledgeSignature.pledge_id == pledge_id,
            PledgeSignature.check_code == crypto.read_code(conditions.like_code),
        )
        query = query.where(PledgeSignature.network_hash == like.scalar_subquery())
    return query.order_by(PledgeSignature.id)


def preview(pledge_id: int, conditions: StrikeConditions) -> tuple[int, list[PledgeSignature]]:
    """How many signatures meet the conditions, and the first ten of them."""
    query = meeting(pledge_id, conditions)
    count = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return count, list(db.session.scalars(query.limit(10)))


def runs_of(pledge_id: int) -> list[StrikeRun]:
    """The runs of a declaration, newest first."""
    query = select(StrikeRun).where(StrikeRun.pledge_id == pledge_id)
    return list(db.session.scalars(query.order_by(StrikeRun.id.desc())))


def find_run(pledge_id: int, run_id: int) -> StrikeRun | None:
    return db.session.scalar(
        select(StrikeRun).where(StrikeRun.id == run_id, StrikeRun.pledge_id == pledge_id)
    )
