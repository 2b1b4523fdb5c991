"""Passing on what a person leaves behind when a role ends."""

from sqlalchemy import select

from app.core import audit
from app.core.database import db, transactional
from app.events.details import EventTag
from app.events.models import Event
from app.events.permissions import EventPermission
from app.events.rules.states import OPEN_TO_CHECKER, OPEN_TO_PROPOSER
from app.people.facts import RoleEnded
from app.people.queries import find_person, units_left


@transactional
def hand_over(fact: RoleEnded) -> None:
    """Give open proposals to the successor; without one, drafts and returned ones to everybody at the unit.

    A proposal that was handed in lies with the station already: without a successor it keeps its proposer's name.
    """
    states = OPEN_TO_PROPOSER if fact.successor_id is None else OPEN_TO_CHECKER
    query = select(Event).where(
        Event.proposer_id == fact.person_id,
        Event.unit_id.in_(units_left(fact, EventPermission.PROPOSE)),
        Event.status.in_(states),
    )
    by = find_person(fact.by_id) if fact.by_id is not None else None
    for event in db.session.scalars(query).all():
        event.proposer_id = fact.successor_id
        audit.record(
            EventTag.HANDED_OVER,
            by=by,
            now=fact.at,
            subject=event,
            name=event.title,
            before={"proposer_id": fact.person_id},
            after={"proposer_id": fact.successor_id},
        )
