"""Changing what was announced. Every change is a message: it is published as a fact with the old values."""

from datetime import datetime

from app.core import audit, cache
from app.core.database import lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.core.facts import publish
from app.core.slugs import free_slug, remember_slug
from app.core.text import slugify
from app.events.actions.telling import tell_proposer
from app.events.actions.writing import note, problem_with, problem_with_naming, write
from app.events.details import EventDetails, EventStatus
from app.events.facts import EventCancelled, EventChanged, EventCompleted
from app.events.messages import guard_words
from app.events.models import Event
from app.events.queries import load_whole, overridden
from app.events.queries.standing import guard_findings
from app.events.rules import may_be_cancelled, may_be_changed, may_be_completed, may_be_postponed
from app.events.rules.guards import Grade
from app.people.models import Person


@transactional
def change_event(event: Event, details: EventDetails, *, version: int, by: Person, now: datetime) -> None:
    """Change an announced event; everyone registered hears of what is different."""
    lock(event)
    if not may_be_changed(event.status):
        raise RuleBroken("event_not_announced")
    if event.version != version:
        raise StaleWrite
    problem_with(details)
    problem_with_naming(details, now=now)
    _refuse(details, event)
    old = _announced(event)
    write(event, details)
    event.version = version + 1
    event.changed_at = now
    _announce(event, old, by=by, now=now)


@transactional
def correct_event(event: Event, details: EventDetails, *, version: int, by: Person, now: datetime) -> None:
    """Change an event by the door that fits its state: a proposal is revised, an announcement changed."""
    change_event(event, details, version=version, by=by, now=now)
    if slugify(details.title) not in event.slug:
        remember_slug(event, now=now)
        event.slug = free_slug(Event, details.title)


@transactional
def postpone_event(
    event: Event, *, starts_at: datetime | None, reason: str, by: Person, now: datetime
) -> None:
    """Move an announced event to a new time, or to one still to be named. The old time stays visible."""
    lock(event)
    if not may_be_postponed(event.status):
        raise RuleBroken("event_not_announced")
    if not reason:
        raise RuleBroken("reason_needed", field="reason")
    if starts_at is not None and starts_at == event.starts_at:
        raise RuleBroken("same_moment", field="starts_at")
    if starts_at is not None and starts_at <= now:
        raise RuleBroken("event_starts_in_past", field="starts_at")
    old = _announced(event)
    event.postponed_from_at = event.postponed_from_at or event.starts_at
    if starts_at is None:
        event.status = EventStatus.POSTPONED
    else:
        length = event.ends_at - event.starts_at if event.ends_at else None
        event.starts_at = starts_at
        event.ends_at = starts_at + length if length else None
        event.status = EventStatus.PUBLISHED
    event.change_note = reason
    event.version += 1
    event.changed_at = now
    note(event, step=EventStatus.POSTPONED, by=by, now=now, text=reason)
    tell_proposer(event, text=reason, by=by, now=now)
    _announce(event, old, by=by, now=now, reason=reason)


@transactional
def cancel_event(event: Event, *, reason: str, by: Person, now: datetime) -> None:
    """Call an event off. It stays visible with the reason; registration closes."""
    lock(event)
    if not may_be_cancelled(event.status):
        raise RuleBroken("event_not_announced")
    if not reason:
        raise RuleBroken("reason_needed", field="reason")
    event.status = EventStatus.CANCELLED
    event.change_note = reason
    event.sequence += 1
    event.version += 1
    event.changed_at = now
    note(event, step=EventStatus.CANCELLED, by=by, now=now, text=reason)
    audit.record("events:event:cancelled", by=by, now=now, subject=event, name=event.title, reason=reason)
    tell_proposer(event, text=reason, by=by, now=now)
    cache.bump_after_commit()
    if event.published_at is not None:
        publish(EventCancelled(event=event, by=by, now=now))


@transactional
def complete_event(event: Event, *, by: Person, now: datetime) -> None:
    """Mark that an event has taken place."""
    lock(event)
    if not may_be_completed(event.status):
        raise RuleBroken("event_not_announced")
    if event.starts_at > now:
        raise RuleBroken("event_not_over")
    event.status = EventStatus.COMPLETED
    event.completed_at = now
    event.version += 1
    event.changed_at = now
    note(event, step=EventStatus.COMPLETED, by=by, now=now)
    audit.record("events:event:completed", by=by, now=now, subject=event, name=event.title)
    cache.bump_after_commit()
    publish(EventCompleted(event=event, by=by, now=now))


@transactional
def withdraw_event(event: Event, *, reason: str, by: Person, now: datetime) -> None:
    """Take an announcement back altogether; its address then says that it was withdrawn, and why."""
    lock(event)
    if event.published_at is None:
        raise RuleBroken("event_not_announced")
    if not reason:
        raise RuleBroken("reason_needed", field="reason")
    was_alive = may_be_changed(event.status)
    event.status = EventStatus.WITHDRAWN
    event.change_note = reason
    event.sequence += 1
    event.version += 1
    event.changed_at = now
    note(event, step=EventStatus.WITHDRAWN, by=by, now=now, text=reason)
    audit.record("events:event:withdrawn", by=by, now=now, subject=event, name=event.title, reason=reason)
    cache.bump_after_commit()
    if was_alive:
        publish(EventCancelled(event=event, by=by, now=now))


def _announced(event: Event) -> dict[str, object]:
    whole = load_whole(event.id)
    return {
        "title": event.title,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "venue": f"{whole.venue.name}, {whole.district.name}",
        "status": event.status,
        "capacity": event.capacity,
    }


def _announce(event: Event, old: dict[str, object], *, by: Person, now: datetime, reason: str = "") -> None:
    new = _announced(event)
    before, after = audit.changed(old, new)
    audit.record(
        "events:event:changed",
        by=by,
        now=now,
        subject=event,
        name=event.title,
        before=before,
        after=after,
        reason=reason,
    )
    cache.bump_after_commit()
    if before:
        event.sequence += 1
        publish(EventChanged(event=event, changed=before, by=by, now=now))


def _refuse(details: EventDetails, event: Event) -> None:
    aside = overridden(event.id)
    same_time = details.starts_at == event.starts_at
    standing = [
        found
        for found in guard_findings(details, event_id=event.id)
        if found.grade is Grade.REFUSED
        or (found.grade is Grade.REASON and found.fingerprint not in aside and not same_time)
    ]
    if standing:
        zone = load_whole(event.id).unit.zone
        raise RuleBroken("guards_stand", guards="; ".join(guard_words(found, zone)[0] for found in standing))
