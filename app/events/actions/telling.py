"""Who is told of a change and in which words: the same for showing it beforehand and for doing it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.core import facts
from app.core.i18n import in_indonesian
from app.events import messages
from app.events.details import Announced, EventDetails, NewsKind, SessionChange
from app.events.facts import Circle, ConcernedAsked, News, Told
from app.events.models import Event
from app.events.queries import (
    announced_in,
    announced_of,
    changes_of_sessions,
    is_held_back,
    is_quiet_for,
    leaders_of,
    proposer_of,
    title_to_say,
)
from app.events.rules.states import TOLD, changes_between
from app.notify.actions import cancel_messages, queue_messages
from app.notify.details import Outgoing
from app.people.models import Person
from app.people.queries import recipient_of


@dataclass(frozen=True)
class Sample:
    """One text as a circle gets it, with words in place of each one's own name and link."""

    circle: str
    subject: str
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsal:
    """What a deed would send. digest: stands for the texts, so that what was shown is what is sent."""

    samples: tuple[Sample, ...]
    digest: str

    @property
    def count(self) -> int:
        return sum(len(sample.names) for sample in self.samples)


def rehearse_change(
    event: Event, details: EventDetails, *, note: str, by: Person | None, now: datetime
) -> Rehearsal | None:
    """What changing an announced event (with everything loaded) would send; None when nobody need hear of it."""
    before, after = announced_of(event), announced_in(details, event)
    sessions = changes_of_sessions(event, details)
    if TOLD & changes_between(before, after).keys():
        return _rehearsed(
            event, lambda: change_news(event, before, after, sessions, note=note, now=now), by=by
        )
    if sessions:
        return _rehearsed(event, lambda: session_news(event, sessions, note=note, now=now), by=by)
    return None


def rehearse_postponement(
    event: Event, starts_at: datetime | None, *, reason: str, by: Person | None, now: datetime
) -> Rehearsal:
    """What putting an event off would send."""
    before = announced_of(event)
    after = postponed(before, starts_at)
    return _rehearsed(event, lambda: postponement_news(event, before, after, reason=reason, now=now), by=by)


def rehearse_calling_off(event: Event, reason: str, *, by: Person | None, now: datetime) -> Rehearsal:
    """What cancelling an event, or taking it off the site, would send."""
    before = announced_of(event)
    return _rehearsed(event, lambda: calling_off_news(event, before, reason=reason, now=now), by=by)


def joined(rehearsals: Sequence[tuple[str, Rehearsal]]) -> Rehearsal:
    """Several rehearsals as one, each circle with the words that say of which event."""
    samples = tuple(
        replace(sample, circle=f"{sample.circle}, {words}")
        for words, one in rehearsals
        for sample in one.samples
    )
    digests = "".join(one.digest for _words, one in rehearsals)
    return Rehearsal(samples, hashlib.sha256(digests.encode()).hexdigest()[:32])


def _rehearsed(event: Event, word: Callable[[], News], *, by: Person | None) -> Rehearsal:
    with in_indonesian():
        circles = circles_for(event, word(), by=by)
        samples = []
        for circle in circles:
            subject, text = circle.word(*messages.holes_of_sample())
            names = tuple(member.to.name for member in circle.members)
            samples.append(Sample(circle.name, subject, text, names))
    said = "\0".join(f"{sample.circle}\0{sample.subject}\0{sample.text}" for sample in samples)
    digest = hashlib.sha256(f"{event.sequence}\0{said}".encode()).hexdigest()[:32]
    return Rehearsal(tuple(samples), digest)


def _sayable(event: Event, *announced: Announced, now: datetime) -> list[Announced]:
    """What is announced, in words that may be said now: in masa tenang without a title that names pairs."""
    if not is_held_back(event, now):
        return list(announced)
    return [replace(one, title=title_to_say(event, now)) for one in announced]


def change_news(
    event: Event,
    before: Announced,
    after: Announced,
    sessions: Sequence[SessionChange],
    *,
    note: str,
    now: datetime,
) -> News:
    """News of another title, time or place, and of what became of the sessions."""
    before, after = _sayable(event, before, after, now=now)
    lines = _session_lines(event, sessions, after.starts_at, now=now)
    subject, body = messages.news_of_change(before, after, event.zone, sessions=lines, note=note)
    return News(NewsKind.CHANGED, f"changed:{event.sequence + 1}", "events:event:changed", subject, body)


def session_news(event: Event, sessions: Sequence[SessionChange], *, note: str, now: datetime) -> News:
    """News of sessions alone, for those who come for them; worded while the event is as it was."""
    [announced] = _sayable(event, announced_of(event), now=now)
    lines = _session_lines(event, sessions, announced.starts_at, now=now)
    subject, body = messages.news_of_sessions(announced, event.zone, sessions=lines, note=note)
    return News(
        NewsKind.SESSIONS,
        f"sessions:{event.sequence + 1}",
        "events:event:changed",
        subject,
        body,
        frozenset(change.before.id for change in sessions),
    )


def _session_lines(
    event: Event, sessions: Sequence[SessionChange], starts_at: datetime | None, *, now: datetime
) -> list[str]:
    quiet = is_quiet_for(event, now)
    lines = (messages.lines_of_session(change, starts_at, event.zone, quiet=quiet) for change in sessions)
    return [line for some in lines for line in some]


def postponed(before: Announced, starts_at: datetime | None) -> Announced:
    """What is announced once an event is put off: as long as before, from the new start on."""
    if starts_at is None:
        return Announced(before.title, None, None, before.place, before.capacity)
    length = before.ends_at - before.starts_at if before.ends_at and before.starts_at else None
    return Announced(
        before.title, starts_at, starts_at + length if length else None, before.place, before.capacity
    )


def postponement_news(
    event: Event, before: Announced, after: Announced, *, reason: str, now: datetime
) -> News:
    """News of an event that is put off."""
    before, after = _sayable(event, before, after, now=now)
    subject, body = messages.news_of_postponement(before, after, event.zone, reason=reason)
    return News(NewsKind.CHANGED, f"changed:{event.sequence + 1}", "events:event:postponed", subject, body)


def calling_off_news(event: Event, before: Announced, *, reason: str, now: datetime) -> News:
    """News of an event that will not take place."""
    [before] = _sayable(event, before, now=now)
    subject, body = messages.news_of_calling_off(before, event.zone, reason=reason)
    return News(NewsKind.CALLED_OFF, "cancelled", "events:event:cancelled", subject, body)


def circles_for(event: Event, news: News, *, by: Person | None) -> list[Circle]:
    """Everyone concerned by news of an event, each once, without the one who acts; empty circles are left out.

    The proposer and the leaders in the programme first, then whom the upper floors know.
    """
    proposer = proposer_of(event)
    leaders = [
        person
        for person in leaders_of(event, news.session_ids)
        if proposer is None or person.id != proposer.id
    ]
    own = [
        Circle(
            messages.circle_of_proposer(),
            _told([proposer] if proposer else [], messages.staff_url(event), by=by),
            lambda name, link: messages.news_to_proposer(news, name, link),
        ),
        Circle(
            messages.circle_of_leaders(),
            _told(leaders, messages.public_url(event), by=by),
            lambda name, link: messages.news_to_leader(news, name, link),
        ),
    ]
    asked = ConcernedAsked(event, news, own)
    facts.publish(asked)
    return [circle for circle in asked.found if circle.members]


def _told(people: list[Person], link: str, *, by: Person | None) -> tuple[Told, ...]:
    return tuple(
        Told(f"person:{person.id}", recipient_of(person), link)
        for person in people
        if by is None or person.id != by.id
    )


def queue_news(event: Event, news: News, *, by: Person | None, now: datetime) -> int:
    """Queue news to everyone concerned, within the deed's transaction; how many are told.

    What still waits to be said of the event is out of date and taken back: every text states time and place anew.
    """
    cancel_messages(f"event:{event.id}:changed:")
    cancel_messages(f"event:{event.id}:reminder:")
    if news.kind is NewsKind.CALLED_OFF:
        cancel_messages(f"event:{event.id}:")
    return queue_to_circles(event, news, circles_for(event, news, by=by), now=now)


def queue_to_circles(event: Event, news: News, circles: list[Circle], *, now: datetime) -> int:
    """Queue one text to each member of each circle; how many there are."""
    return queue_to_each(
        event, news, [(circle, member) for circle in circles for member in circle.members], now=now
    )


def queue_to_each(event: Event, news: News, told: Sequence[tuple[Circle, Told]], *, now: datetime) -> int:
    """Queue news to members of circles; a second time the same is dropped. Gives how many there are."""
    queue_messages([_letter(event, news, circle, member) for circle, member in told], now=now)
    return len(told)


def _letter(event: Event, news: News, circle: Circle, member: Told) -> Outgoing:
    subject, text = circle.word(member.to.name, member.link)
    key = f"event:{event.id}:{news.key}:{member.key}"
    return Outgoing(key, news.cause, member.to, subject, text, event.unit_id)
