"""An announced event changes, is postponed, cancelled, held, or taken off the site."""

from datetime import datetime

from app.core import audit, facts
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.slugs import free_slug, remember_slug
from app.events.actions.steps import (
    begin,
    findings_of,
    index_people,
    refuse_bad_details,
    refuse_standing,
    require,
    require_reason,
    step,
    tell,
    write_details,
)
from app.events.details import EventDetails, EventStatus, EventTag
from app.events.facts import EventCancelled, EventChanged, EventCompleted
from app.events.messages import difference_text
from app.events.models import Event
from app.events.queries import details_of, load_for_change, proposer_of
from app.events.rules.guards import standing
from app.events.rules.states import (
    changes_between,
    is_announced,
    may_cancel,
    may_change_published,
    may_complete,
    may_postpone,
    may_withdraw,
)
from app.people.models import Person


def announced_fields(details: EventDetails) -> dict[str, object]:
    """What is announced of an event, by the names of `facts.EventChanged`."""
    return {
        "title": details.title,
        "starts_at": details.starts_at,
        "ends_at": details.ends_at,
        "venue": details.venue_name,
        "capacity": details.capacity,
    }


@transactional
def change_published(
    event: Event,
    details: EventDetails,
    *,
    by: Person | None,
    now: datetime,
    note: str = "",
    version: int | None = None,
) -> Event:
    """Change an announced event. What was announced and differs is told to everyone registered.

    The old address leads on when the title changes it. Refuses `guards_stand` when the new plan meets guards
    that nobody has set aside.
    """
    event = begin(event, version=version)
    require(may_change_published(event))
    refuse_bad_details(details)
    before = announced_fields(details_of(event))
    if details.title != event.title:
        remember_slug(event, now=now)
        event.slug = free_slug(Event, details.title)
    if details.starts_at != event.starts_at:
        event.postponed_from_at = event.starts_at  # what was announced stays visible, struck through
    with db.session.no_autoflush:
        write_details(event, details, now=now, corrects_venue=True)
    db.session.flush()
    event = load_for_change(event)
    after = announced_fields(details_of(event))
    changed = changes_between(before, after)
    overridden = {override.fingerprint for override in event.overrides}
    if {"starts_at", "ends_at", "venue"} & changed.keys():
        found = findings_of(event, now, is_moved="starts_at" in changed)
        refuse_standing("guards_stand", standing(found, overridden), event.zone)
    if changed:
        event.sequence += 1
    if note:
        event.change_note = note
    step(event, EventTag.CHANGED, None, by=by, now=now, text=note)
    old, new = audit.changed(before, after)
    audit.record(
        EventTag.CHANGED, by=by, now=now, subject=event, name=event.title, before=old, after=new, reason=note
    )
    if changed:
        facts.publish(EventChanged(event, changed, by, now))
        told = "\n".join([*difference_text(event, changed, event.zone), *([note] if note else [])])
        _tell_proposer(event, None, tag=EventTag.CHANGED, by=by, now=now, note=told)
    return event


@transactional
def postpone(
    event: Event, starts_at: datetime | None, *, reason: str, by: Person | None, now: datetime
) -> Event:
    """Put an event off to a new start, or until one is found (None). The announced time stays visible."""
    event = begin(event)
    require(may_postpone(event))
    require_reason(reason)
    old_start, old_end = event.starts_at, event.ends_at
    if starts_at is not None:
        if starts_at <= now:
            raise RuleBroken("postponed_into_past", field="starts_at")
        event.starts_at = starts_at
        event.ends_at = starts_at + (old_end - old_start) if old_end else None
        overridden = {override.fingerprint for override in event.overrides}
        index_people(event, details_of(event))
        found = findings_of(event, now, is_moved=True)
        refuse_standing("guards_stand", standing(found, overridden), event.zone)
    event.postponed_from_at = old_start
    changed: dict[str, object] = {"status": event.status}
    if starts_at is not None:
        changed |= {"starts_at": old_start, "ends_at": old_end}
    event.change_note = reason
    event.sequence += 1
    step(event, EventTag.POSTPONED, EventStatus.POSTPONED, by=by, now=now, text=reason)
    audit.record(
        EventTag.POSTPONED,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        before={"starts_at": old_start},
        after={"starts_at": starts_at},
        reason=reason,
    )
    facts.publish(EventChanged(event, changed, by, now))
    _tell_proposer(event, EventStatus.POSTPONED, tag=EventTag.POSTPONED, by=by, now=now, note=reason)
    return event


@transactional
def cancel(event: Event, reason: str, *, by: Person | None, now: datetime) -> Event:
    """Call an announced event off; its page stays and says why."""
    event = begin(event)
    require(may_cancel(event))
    require_reason(reason)
    event.change_note = reason
    event.sequence += 1
    step(event, EventTag.CANCELLED, EventStatus.CANCELLED, by=by, now=now, text=reason)
    audit.record(EventTag.CANCELLED, by=by, now=now, subject=event, name=event.title, reason=reason)
    facts.publish(EventCancelled(event, by, now))
    _tell_proposer(event, EventStatus.CANCELLED, tag=EventTag.CANCELLED, by=by, now=now, note=reason)
    return event


@transactional
def complete(event: Event, *, by: Person | None, now: datetime) -> Event:
    """Mark an event as held."""
    event = begin(event)
    require(may_complete(event, now))
    event.completed_at = now
    step(event, EventTag.COMPLETED, EventStatus.COMPLETED, by=by, now=now)
    audit.record(EventTag.COMPLETED, by=by, now=now, subject=event, name=event.title)
    facts.publish(EventCompleted(event, by, now))
    return event


@transactional
def withdraw(event: Event, reason: str, *, by: Person | None, now: datetime) -> Event:
    """Take a proposal back, or an announced event off the site: its address then answers 410 with the reason."""
    event = begin(event)
    require(may_withdraw(event))
    require_reason(reason)
    was_announced = is_announced(event, now, event.published_at)
    event.change_note = reason
    event.sequence += 1
    step(event, EventTag.WITHDRAWN, EventStatus.WITHDRAWN, by=by, now=now, text=reason)
    audit.record(EventTag.WITHDRAWN, by=by, now=now, subject=event, name=event.title, reason=reason)
    if was_announced:
        facts.publish(EventCancelled(event, by, now))
    _tell_proposer(event, EventStatus.WITHDRAWN, tag=EventTag.WITHDRAWN, by=by, now=now, note=reason)
    return event


def _tell_proposer(
    event: Event, status: EventStatus | None, *, tag: EventTag, by: Person | None, now: datetime, note: str
) -> None:
    proposer = proposer_of(event)
    if proposer is not None and (by is None or proposer.id != by.id):
        tell(event, [proposer], status, tag=tag, now=now, note=note)
