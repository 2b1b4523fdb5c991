"""Reminding those who have not answered: once, before the start, never after an answer."""

from datetime import datetime

from app.core import audit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.events.facts import EventCancelled
from app.events.queries import is_held_back, title_to_say
from app.invitations import messages, queries
from app.invitations.actions.letters import again, tell
from app.invitations.models import Letter
from app.invitations.rules import is_reminder_due, may_remind, start_of
from app.notify.actions import cancel_messages
from app.people.models import Person


def _remind(letter: Letter, *, now: datetime) -> int:
    silent = [row for row in letter.addressees if row.answer is None and row.reminded_at is None]
    called = title_to_say(letter.event, now)
    for row in silent:
        row.reminded_at = now
    texts = [
        (row, *messages.reminder(letter, row, queries.answer_code_of(row), called=called)) for row in silent
    ]
    tell(letter, "reminder", texts, now=now)
    return len(silent)


def _may_remind(letter: Letter, now: datetime) -> bool:
    """Whether a reminder may leave now; in masa tenang none that names pairs."""
    may = may_remind(status=letter.status, event=letter.event, now=now)
    return may and not is_held_back(letter.event, now)


@transactional
def remind_silent(letter: Letter, *, by: Person, now: datetime) -> int:
    """Queue a reminder to everybody who has neither answered nor been reminded; how many those are.

    Raises RuleBroken("no_reminder_now" | "nobody_to_remind").
    """
    letter = again(letter)
    if not _may_remind(letter, now):
        raise RuleBroken("no_reminder_now")
    count = _remind(letter, now=now)
    if not count:
        raise RuleBroken("nobody_to_remind")
    audit.record(
        "invitations:letter:reminded",
        by=by,
        now=now,
        subject=letter,
        name=letter.number or "",
        after={"reminded": count},
    )
    return count


@transactional
def _remind_when_due(letter_id: int, *, now: datetime) -> None:
    letter = again(db.session.get_one(Letter, letter_id))
    start = start_of(letter.event)
    if start is None or letter.issued_at is None:
        return
    days = letter.unit.remind_days
    due = is_reminder_due(issued_at=letter.issued_at, starts_at=start, days=days, now=now)
    if due and _may_remind(letter, now):
        _remind(letter, now=now)


@transactional
def _take_back(letter_ids: list[int]) -> None:
    for letter_id in letter_ids:
        cancel_messages(f"letter:{letter_id}:reminder:")


def remind_due(now: datetime) -> None:
    """Remind the silent of all letters whose time has come, and take back what an event has overtaken."""
    for letter_id in queries.letters_to_remind(now):
        _remind_when_due(letter_id, now=now)
    _take_back(queries.letters_begun(now))


def follow_cancellation(fact: EventCancelled) -> None:
    """Nobody is invited to an event that was called off, nor reminded of it; inside that deed's transaction."""
    letter_ids = queries.issued_letters_of(fact.event.id)
    _take_back(letter_ids)
    for letter_id in letter_ids:
        cancel_messages(f"letter:{letter_id}:sent:")
