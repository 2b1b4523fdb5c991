"""Passing on what a person leaves behind when a role ends."""

from sqlalchemy import select

from app.core import audit
from app.core.database import db, transactional
from app.people.facts import RoleEnded
from app.people.queries import find_person, units_left
from app.pledges.details import PledgeStatus
from app.pledges.models import Pledge
from app.pledges.permissions import PledgePermission


@transactional
def hand_over(fact: RoleEnded) -> None:
    """Give declarations that are not closed to the successor.

    Without one nothing changes: everybody with the right at the unit sees and keeps them already.
    """
    if fact.successor_id is None:
        return
    query = select(Pledge).where(
        Pledge.created_by_id == fact.person_id,
        Pledge.unit_id.in_(units_left(fact, PledgePermission.DRAFT)),
        Pledge.status != PledgeStatus.CLOSED,
    )
    by = find_person(fact.by_id) if fact.by_id is not None else None
    for pledge in db.session.scalars(query).all():
        pledge.created_by_id = fact.successor_id
        audit.record(
            "pledges:pledge:handed_over",
            by=by,
            now=fact.at,
            subject=pledge,
            name=pledge.title,
            before={"created_by_id": fact.person_id},
            after={"created_by_id": fact.successor_id},
        )
