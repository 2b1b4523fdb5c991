"""An announced event changes, is postponed, cancelled, held, or taken off the site."""

from collections.abc import Collection
from datetime import datetime

from app.core import audit, facts
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.slugs import free_slug, remember_slug
from app.events.actions.barring import answer_bars, bars_of, moved_to
from app.events.actions.rechecking import settle
from app.events.actions.reminding import plan_reminders
from app.events.actions.steps import (
    begin,
    index_people,
    refuse_bad_details,
    require,
    require_reason,
    step,
    tell,
    write_details,
)
from app.events.actions.telling import (
    calling_off_news,
    change_news,
    circles_for,
    postponed,
    postponement_news,
    queue_news,
    queue_to_circles,
    session_news,
)
from app.events.details import Announced, EventDetails, EventStatus, EventTag
from app.events.facts import EventCancelled, EventChanged, EventCompleted, SessionsEnding
from app.events.models import Event
from app.events.queries import announced_of, changes_of_sessions, load_for_change, proposer_of
from app.events.rules.states import (
    TOLD,
    changes_between,
    is_announced,
    may_cancel,
    may_change_published,
    may_complete,
    may_postpone,
    may_withdraw,
)
from app.notify.actions import cancel_messages
from app.people.models import Person


@transactional
def change_published(
    event: Event,
    details: EventDetails,
    *,
    by: Person | None,
    now: datetime,
    note: str = "",
    version: int | None = None,
    set_aside: str = "",
    apart: Collection[int] = (),
) -> Event:
    """Change an announced event. Another title, time or place is told to everyone concerned, what becomes of a
    session to those who come for it.

    set_aside: why guards of grade "alasan" that the new plan meets do not count, from one who may override them.
    apart: events that move along and do not stand in each other's way.

    The old address leads on when the title changes it. Refuses `guards_stand` when the new plan meets guards
    that nobody has set aside.
    """
    event = begin(event, version=version)
    require(may_change_published(event))
    refuse_bad_details(details)
    before = announced_of(event)
    sessions = changes_of_sessions(event, details)
    about_sessions = session_news(event, sessions, note=note, now=now) if sessions else None
    who_chose_them = circles_for(event, about_sessions, by=by) if about_sessions else []
    bars = bars_of(event, details, now, apart=apart)
    if details.title != event.title:
        remember_slug(event, now=now)
        event.slug = free_slug(Event, details.title)
    if details.starts_at != event.starts_at:
        event.postponed_from_at = event.starts_at  # what was announced stays visible, struck through
    gone = frozenset(change.before.id for change in sessions if change.after is None)
    if gone:
        facts.publish(SessionsEnding(event, gone))
    with db.session.no_autoflush:
        write_details(event, details, now=now, corrects_venue=True)
    db.session.flush()
    event = load_for_change(event)
    after = announced_of(event)
    changed = changes_between(before, after)
    if gone:
        changed["sessions"] = gone
    answer_bars(event, bars, set_aside, by=by, now=now)
    settle(event, now)
    told = 0
    if TOLD & changed.keys():
        news = change_news(event, before, after, sessions, note=note, now=now)
        told = queue_news(event, news, by=by, now=now)
    elif about_sessions is not None:
        told = queue_to_circles(event, about_sessions, who_chose_them, now=now)
    if told or TOLD & changed.keys():
        event.sequence += 1
    if note:
        event.change_note = note
    plan_reminders(event, now=now)
    step(event, EventTag.CHANGED, None, by=by, now=now, text=note)
    _record_change(event, EventTag.CHANGED, before, after, told=told, by=by, now=now, reason=note)
    if changed:
        facts.publish(EventChanged(event, changed, by, now))
    return event


@transactional
def postpone(
    event: Event,
    starts_at: datetime | None,
    *,
    reason: str,
    by: Person | None,
    now: datetime,
    set_aside: str = "",
) -> Event:
    """Put an event off to a new start, or until one is found (None). The announced time stays visible.

    set_aside: as of `change_published`, for what the new time meets.
    """
    event = begin(event)
    require(may_postpone(event))
    require_reason(reason)
    before = announced_of(event)
    old_start = event.starts_at
    if starts_at is not None:
        if starts_at <= now:
            raise RuleBroken("postponed_into_past", field="starts_at")
        details = moved_to(event, starts_at)
        answer_bars(event, bars_of(event, details, now), set_aside, by=by, now=now)
        event.starts_at, event.ends_at = details.starts_at, details.ends_at
        index_people(event, details)
        settle(event, now)
    event.postponed_from_at = old_start
    after = postponed(before, starts_at)
    told = queue_news(event, postponement_news(event, before, after, reason=reason, now=now), by=by, now=now)
    changed: dict[str, object] = {"status": event.status, **changes_between(before, after)}
    event.change_note = reason
    event.sequence += 1
    step(event, EventTag.POSTPONED, EventStatus.POSTPONED, by=by, now=now, text=reason)
    plan_reminders(event, now=now)
    _record_change(event, EventTag.POSTPONED, before, after, told=told, by=by, now=now, reason=reason)
    facts.publish(EventChanged(event, changed, by, now))
    return event


@transactional
def cancel(event: Event, reason: str, *, by: Person | None, now: datetime) -> Event:
    """Call an announced event off; its page stays and says why."""
    event = begin(event)
    require(may_cancel(event))
    require_reason(reason)
    _call_off(event, EventTag.CANCELLED, EventStatus.CANCELLED, reason, by=by, now=now)
    return event


@transactional
def complete(event: Event, *, by: Person | None, now: datetime) -> Event:
    """Mark an event as held."""
    event = begin(event)
    require(may_complete(event, now))
    event.completed_at = now
    step(event, EventTag.COMPLETED, EventStatus.COMPLETED, by=by, now=now)
    plan_reminders(event, now=now)
    cancel_messages(f"event:{event.id}:reminder:")
    audit.record(EventTag.COMPLETED, by=by, now=now, subject=event, name=event.title)
    facts.publish(EventCompleted(event, by, now))
    return event


@transactional
def withdraw(event: Event, reason: str, *, by: Person | None, now: datetime) -> Event:
    """Take a proposal back, or an announced event off the site: its address then answers 410 with the reason."""
    event = begin(event)
    require(may_withdraw(event))
    require_reason(reason)
    if may_cancel(event) or is_announced(event, now, event.published_at):
        _call_off(event, EventTag.WITHDRAWN, EventStatus.WITHDRAWN, reason, by=by, now=now)
        return event
    event.change_note = reason
    event.sequence += 1
    step(event, EventTag.WITHDRAWN, EventStatus.WITHDRAWN, by=by, now=now, text=reason)
    audit.record(EventTag.WITHDRAWN, by=by, now=now, subject=event, name=event.title, reason=reason)
    proposer = proposer_of(event)
    if proposer is not None and (by is None or proposer.id != by.id):
        tell(event, [proposer], EventStatus.WITHDRAWN, tag=EventTag.WITHDRAWN, now=now, note=reason)
    return event


def _call_off(
    event: Event, tag: EventTag, status: EventStatus, reason: str, *, by: Person | None, now: datetime
) -> None:
    """End an announced event before its time: everyone hears it, and nothing else is said of it any more."""
    was_over = event.status not in {EventStatus.PUBLISHED, EventStatus.POSTPONED}
    news = calling_off_news(event, announced_of(event), reason=reason, now=now)
    told = 0 if was_over else queue_news(event, news, by=by, now=now)
    event.change_note = reason
    event.sequence += 1
    step(event, tag, status, by=by, now=now, text=reason)
    plan_reminders(event, now=now)
    audit.record(tag, by=by, now=now, subject=event, name=event.title, after={"told": told}, reason=reason)
    facts.publish(EventCancelled(event, by, now))


def _record_change(
    event: Event,
    tag: EventTag,
    before: Announced,
    after: Announced,
    *,
    told: int,
    by: Person | None,
    now: datetime,
    reason: str,
) -> None:
    old, new = audit.changed(vars(before), vars(after))
    audit.record(
        tag,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        before=old,
        after={**new, "told": told},
        reason=reason,
    )
