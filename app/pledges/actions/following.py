"""What came of the promises: dated entries that are only added to."""

from datetime import datetime

from sqlalchemy import func, select

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.people.models import Person
from app.pledges.actions.holding import hold
from app.pledges.details import FollowUpDetails, PledgeStatus
from app.pledges.models import Pledge, PledgeFollowUp, PledgePoint


@transactional
def add_follow_up(
    pledge: Pledge, details: FollowUpDetails, *, by: Person | None, now: datetime
) -> PledgeFollowUp:
    """Put on record what came of a promise. Raises pledge_not_open for a draft, point_unknown."""
    hold(pledge)
    if pledge.status is PledgeStatus.DRAFT:
        raise RuleBroken("pledge_not_open")
    points = db.session.scalar(select(func.count()).where(PledgePoint.pledge_id == pledge.id)) or 0
    if details.point is not None and not 1 <= details.point <= points:
        raise RuleBroken("point_unknown", field="point")
    entry = PledgeFollowUp(
        pledge_id=pledge.id,
        point=details.point,
        on=details.on,
        text=details.text,
        source=details.source,
        made_at=now,
        made_by_id=by.id if by else None,
    )
    db.session.add(entry)
    db.session.flush()
    audit.record("pledges:follow_up:added", by=by, now=now, subject=entry, unit_id=pledge.unit_id)
    bump_after_commit()
    return entry
