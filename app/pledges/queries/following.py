"""What came of the promises of a declaration."""

from sqlalchemy import select

from app.core.database import db
from app.pledges.models import PledgeFollowUp


def follow_ups_of(pledge_id: int) -> list[PledgeFollowUp]:
    """By day, newest first."""
    query = select(PledgeFollowUp).where(PledgeFollowUp.pledge_id == pledge_id)
    return list(db.session.scalars(query.order_by(PledgeFollowUp.on.desc(), PledgeFollowUp.id.desc())))
