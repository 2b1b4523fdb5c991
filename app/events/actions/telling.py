"""Messages about an event to its proposer."""

from datetime import datetime

from app.events.messages import step_for_proposer
from app.events.models import Event
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.people.models import Person
from app.people.queries import find_person


def tell_proposer(event: Event, *, text: str, by: Person | None, now: datetime) -> None:
    """Queue the news of a step to whoever proposed the event, unless it was their own doing."""
    if event.proposer_id is None or (by is not None and by.id == event.proposer_id):
        return
    proposer = find_person(event.proposer_id)
    if proposer is None:
        return
    subject, body = step_for_proposer(event, text)
    queue_message(
        key=f"event:{event.id}:{event.status.value}:{now.timestamp():.0f}:person:{proposer.id}",
        cause=f"events:event:{event.status.value}",
        to=Recipient(proposer.full_name, proposer.email),
        subject=subject,
        text=body,
        unit_id=event.unit_id,
        now=now,
    )
