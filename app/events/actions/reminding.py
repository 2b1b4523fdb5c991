"""Reminders: planned with the event, materialised by the worker when they are due.

An event has three rows, however many people have registered; who is told is decided when a reminder is due, so
that somebody who registers late or cancels is treated rightly. The messages are written in portions; each has a
key of event, start and person, so that a worker that was killed goes on where it stopped and nobody hears twice.
"""

from datetime import datetime

from app.core import audit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.i18n import in_indonesian
from app.events import messages
from app.events.actions.steps import begin
from app.events.actions.telling import circles_for, queue_to_each
from app.events.details import EventTag, NewsKind, Reminder
from app.events.facts import News
from app.events.models import Event, EventReminder
from app.events.queries import is_public, reminders_of
from app.events.rules.reminding import due_at, gives_way_at
from app.events.rules.showing import has_no_date
from app.events.rules.states import ANNOUNCED
from app.notify.actions import cancel_messages
from app.notify.queries import keys_under
from app.people.models import Person

PORTION = 200


@transactional
def plan_missing_reminders(event_id: int, *, now: datetime) -> None:
    """Plan the reminders of an announced event that has none."""
    plan_reminders(begin(db.session.get_one(Event, event_id)), now=now)


def plan_reminders(event: Event, *, now: datetime) -> None:
    """Bring an event's reminders in step with its start and state, within the deed that changes them.

    Those that lie in the past are not sent. What was sent for the same start stays sent; another start plans anew.
    """
    known = {row.which: row for row in reminders_of(event.id)}
    lives = event.status in ANNOUNCED and not has_no_date(event)
    for which in Reminder:
        row = known.get(which)
        due = due_at(which, event.starts_at, event.zone)
        coming = due if lives and due > now else None
        if row is None:
            row = EventReminder(
                event_id=event.id, which=which, starts_at=event.starts_at, due_at=coming, told=0
            )
            db.session.add(row)
        elif row.starts_at != event.starts_at:
            row.starts_at, row.due_at, row.sent_at, row.told = event.starts_at, coming, None, 0
        elif not lives:
            row.due_at = None
        elif row.sent_at is None and row.due_at is None:
            row.due_at = coming
    db.session.flush()


@transactional
def switch_reminder(event: Event, which: Reminder, *, on: bool, by: Person, now: datetime) -> None:
    """Switch one reminder of an event on or off. Refuses `reminder_gone` once it was sent or its time is over."""
    event = begin(event)
    row = next((one for one in reminders_of(event.id) if one.which is which), None)
    if row is None or row.sent_at is not None or row.due_at is None or row.due_at <= now:
        raise RuleBroken("reminder_gone")
    lock(row)
    before = row.off_at is None
    row.off_at = None if on else row.off_at or now
    audit.record(
        EventTag.REMINDER_SWITCHED,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        before={which.value: before},
        after={which.value: on},
    )


@transactional
def send_reminder(event_id: int, which: Reminder, *, now: datetime) -> bool:
    """Write the next portion of a due reminder into the outbox; whether more remains.

    Asks everything again under lock: the event may have been moved, cancelled, or be held back by masa tenang.
    """
    event = begin(db.session.get_one(Event, event_id))
    row = db.session.get(EventReminder, (event_id, which), with_for_update=True, populate_existing=True)
    if row is None or row.sent_at is not None or row.off_at is not None:
        return False
    if row.due_at is None or row.due_at > now or row.starts_at != event.starts_at:
        return False
    if gives_way_at(which, event.starts_at, event.zone) <= now:
        row.due_at = None  # the worker was away for too long; the next reminder says it all
        return False
    if event.status not in ANNOUNCED or has_no_date(event) or not is_public(event, now):
        return False
    news = reminder_news(event, which)
    # An earlier reminder that nobody has sent by hand yet would only say the same.
    for earlier in Reminder:
        if earlier is which:
            break
        cancel_messages(f"event:{event.id}:reminder:{earlier.value}:")
    everyone = [(circle, member) for circle in circles_for(event, news, by=None) for member in circle.members]
    done = keys_under(f"event:{event.id}:{news.key}:")
    left = [
        (circle, member)
        for circle, member in everyone
        if f"event:{event.id}:{news.key}:{member.key}" not in done
    ]
    queue_to_each(event, news, left[:PORTION], now=now)
    if len(left) > PORTION:
        return True
    row.sent_at, row.told = now, len(everyone)
    return False


def reminder_news(event: Event, which: Reminder) -> News:
    """What a reminder says; the start is part of its key, so that a moved event reminds anew."""
    with in_indonesian():
        subject, body = messages.news_of_reminder(event)
    key = f"reminder:{which.value}:" + format(event.starts_at, "%Y%m%dT%H%M")
    return News(NewsKind.REMINDER, key, EventTag.REMINDED, subject, body)


@transactional
def take_back_reminders(event_id: int) -> None:
    """Once an event has begun: what nobody has sent by hand is of no use any more."""
    cancel_messages(f"event:{event_id}:reminder:")
    for row in reminders_of(event_id):
        row.due_at = None
