"""Proposing an event: draft, revision, submission."""

import uuid
from datetime import datetime

from app.core import audit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.core.permissions import Role
from app.core.slugs import free_slug
from app.events.actions.writing import note, problem_with, problem_with_naming, write
from app.events.details import EventDetails, EventStatus
from app.events.messages import guard_words, proposal_arrived
from app.events.models import Event
from app.events.permissions import EventPermission
from app.events.queries import load_whole
from app.events.queries.standing import details_of, guard_findings
from app.events.rules import EDITABLE, may_be_submitted
from app.events.rules.guards import Grade
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.people.details import LeaderStatus
from app.people.models import Person
from app.people.queries import find_leader, people_with, scope_of


@transactional
def propose_event(details: EventDetails, *, unit_id: int, by: Person | None, now: datetime) -> Event:
    """Save a new draft for a unit. Raises RuleBroken for an end before the start or a programme too long."""
    problem_with(details)
    event = Event(
        uid=str(uuid.uuid4()),
        slug=free_slug(Event, details.title),
        unit_id=unit_id,
        proposer_id=by.id if by else None,
        created_at=now,
        changed_at=now,
        status=EventStatus.DRAFT,
    )
    with db.session.no_autoflush:
        write(event, details)
    note(event, step=EventStatus.DRAFT, by=by, now=now)
    audit.record("events:event:drafted", by=by, now=now, subject=event, name=details.title)
    return event


@transactional
def revise_event(event: Event, details: EventDetails, *, version: int, by: Person, now: datetime) -> None:
    """Save a proposal again. `version` is the one its form was opened with: a newer one refuses."""
    lock(event)
    if event.status not in EDITABLE:
        raise RuleBroken("event_not_editable")
    if event.version != version:
        raise StaleWrite
    problem_with(details)
    before = {"title": event.title, "starts_at": event.starts_at}
    write(event, details)
    event.version = version + 1
    event.changed_at = now
    if event.status is EventStatus.APPROVED:
        # What was approved is no longer what stands there: somebody checks again.
        event.status = EventStatus.SUBMITTED
        note(event, step=EventStatus.SUBMITTED, by=by, now=now)
    old, new = audit.changed(before, {"title": details.title, "starts_at": details.starts_at})
    audit.record(
        "events:event:revised", by=by, now=now, subject=event, name=details.title, before=old, after=new
    )


@transactional
def submit_event(event: Event, *, by: Person, now: datetime) -> None:
    """Hand a draft to the station. Refused while a guard refuses it, or while its leader is not verified."""
    lock(event)
    if not may_be_submitted(event.status):
        raise RuleBroken("event_not_submittable")
    if event.starts_at <= now:
        raise RuleBroken("event_starts_in_past", field="starts_at")
    scope = scope_of(by)
    if not scope.may(EventPermission.CHECK) and scope.has(Role.TOKOH):
        leader = find_leader(by.id)
        if leader is None or leader.status is not LeaderStatus.VERIFIED:
            raise RuleBroken("leader_not_verified")
    whole = load_whole(event.id)
    details = details_of(whole)
    problem_with_naming(details, now=now)
    refused = [found for found in guard_findings(details, event_id=event.id) if found.grade is Grade.REFUSED]
    if refused:
        words = "; ".join(guard_words(found, whole.unit.zone)[0] for found in refused)
        raise RuleBroken("guard_refuses", guards=words)
    event.status = EventStatus.SUBMITTED
    event.submitted_at = now
    note(event, step=EventStatus.SUBMITTED, by=by, now=now)
    audit.record("events:event:submitted", by=by, now=now, subject=event, name=event.title)
    subject, text = proposal_arrived(whole)
    for checker in people_with(EventPermission.CHECK, event.unit_id):
        if checker.id != by.id:
            queue_message(
                key=f"event:{event.id}:submitted:{event.version}:person:{checker.id}",
                cause="events:event:submitted",
                to=Recipient(checker.full_name, checker.email),
                subject=subject,
                text=text,
                unit_id=event.unit_id,
                now=now,
            )
