"""What the record of an event says of its declarations."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.pledges.details import PledgeStatus
from app.pledges.models import Pledge
from app.records.details import PledgeState


def states_for_record(event_id: int) -> tuple[PledgeState, ...]:
    """How far the announced declarations of an event were signed by those asked, in the order of signing."""
    query = select(Pledge).where(Pledge.event_id == event_id, Pledge.status != PledgeStatus.DRAFT)
    found = []
    for pledge in db.session.scalars(query.options(selectinload(Pledge.signatories)).order_by(Pledge.id)):
        missing = tuple(row.institution for row in pledge.signatories if row.signed_at is None)
        total = len(pledge.signatories)
        found.append(PledgeState(pledge.title, total - len(missing), total, missing))
    return tuple(found)
