"""Checking a proposal: return, approve, override a guard, publish."""

from datetime import datetime

from app.core import audit, cache
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.facts import publish
from app.events.actions.telling import tell_proposer
from app.events.actions.writing import note
from app.events.details import EventStatus
from app.events.facts import EventPublished
from app.events.messages import guard_words
from app.events.models import Event, GuardOverride
from app.events.queries import load_whole, overridden
from app.events.queries.standing import details_of, guard_findings
from app.events.rules import may_be_published
from app.events.rules.guards import Finding, Grade
from app.people.models import Person


@transactional
def return_event(event: Event, *, text: str, by: Person, now: datetime) -> None:
    """Give a proposal back with what should be different."""
    lock(event)
    if event.status is not EventStatus.SUBMITTED:
        raise RuleBroken("event_not_waiting")
    if not text:
        raise RuleBroken("note_needed", field="text")
    _step(event, EventStatus.RETURNED, by=by, now=now, text=text)


@transactional
def approve_event(event: Event, *, text: str = "", by: Person, now: datetime) -> None:
    """Approve a proposal. Every guard that asks for a reason must have been overridden."""
    lock(event)
    if event.status is not EventStatus.SUBMITTED:
        raise RuleBroken("event_not_waiting")
    _refuse_standing(event)
    _step(event, EventStatus.APPROVED, by=by, now=now, text=text)


@transactional
def override_guard(event: Event, *, fingerprint: str, reason: str, by: Person, now: datetime) -> None:
    """Set a guard aside for this event at this time, with the reason. A refusal cannot be set aside."""
    lock(event)
    if not reason:
        raise RuleBroken("reason_needed", field="reason")
    found = [each for each in standing_findings(event) if each.fingerprint == fingerprint]
    if not found or found[0].grade is not Grade.REASON:
        raise RuleBroken("guard_has_no_override")
    zone = load_whole(event.id).unit.zone
    title, sentence = guard_words(found[0], zone)
    db.session.add(
        GuardOverride(
            event_id=event.id,
            guard=found[0].guard,
            fingerprint=fingerprint,
            reason=reason,
            by_id=by.id,
            at=now,
            findings={"title": title, "text": sentence, "source": found[0].source},
        )
    )
    audit.record(
        "events:guard:overridden",
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={"guard": found[0].guard, "title": title},
        reason=reason,
    )


@transactional
def publish_event(event: Event, *, at: datetime | None = None, by: Person, now: datetime) -> None:
    """Announce an approved event, now or from a later moment on. Guards are asked once more."""
    lock(event)
    if not may_be_published(event.status):
        raise RuleBroken("event_not_publishable")
    _refuse_standing(event)
    event.published_at = max(at or now, now)
    _step(event, EventStatus.PUBLISHED, by=by, now=now)
    cache.bump_after_commit()
    publish(EventPublished(event=event, by=by, now=now))


@transactional
def add_note(event: Event, *, text: str, by: Person, now: datetime) -> None:
    """Say something in the conversation between proposer and station."""
    if not text:
        raise RuleBroken("note_needed", field="text")
    note(event, step=None, by=by, now=now, text=text)
    audit.record("events:event:noted", by=by, now=now, subject=event, name=event.title)


def standing_findings(event: Event) -> list[Finding]:
    """What the guards find in an event as it stands, overridden or not."""
    return guard_findings(details_of(load_whole(event.id)), event_id=event.id)


def _refuse_standing(event: Event) -> None:
    zone = load_whole(event.id).unit.zone
    aside = overridden(event.id)
    standing = [
        found
        for found in standing_findings(event)
        if found.grade is Grade.REFUSED or (found.grade is Grade.REASON and found.fingerprint not in aside)
    ]
    if standing:
        raise RuleBroken("guards_stand", guards="; ".join(guard_words(found, zone)[0] for found in standing))


def _step(event: Event, status: EventStatus, *, by: Person, now: datetime, text: str = "") -> None:
    event.status = status
    event.decided_at = now
    event.decided_by_id = by.id
    note(event, step=status, by=by, now=now, text=text)
    audit.record(f"events:event:{status.value}", by=by, now=now, subject=event, name=event.title, reason=text)
    tell_proposer(event, text=text, by=by, now=now)
