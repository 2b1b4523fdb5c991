"""Doing one thing with many events of a series: with which it was done, and which ones refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.core import audit
from app.core.database import db
from app.core.errors import RuleBroken
from app.events.details import EventTag
from app.events.models import Event
from app.people.models import Person


@dataclass
class Outcome:
    """With which events of a series it was done, and which ones refused, each with the refusal."""

    done: list[Event] = field(default_factory=list)
    refused: list[tuple[Event, RuleBroken]] = field(default_factory=list)


def do_with_each(events: list[Event], deed: Callable[[Event], object]) -> Outcome:
    """Do it with each event by itself: a refusal about one leaves the others done."""
    outcome = Outcome()
    for one in events:
        try:
            with db.session.begin_nested():
                deed(one)
        except RuleBroken as broken:
            outcome.refused.append((one, broken))
        else:
            outcome.done.append(one)
    return outcome


def record_outcome(
    event: Event,
    tag: EventTag,
    outcome: Outcome,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    step: str = "",
) -> None:
    """Keep how many it was done with; each event has an entry of its own besides."""
    done, refused = len(outcome.done), len(outcome.refused)
    after = {**({"step": step} if step else {}), "done": done, "refused": refused}
    audit.record(tag, by=by, now=now, subject=event, name=event.title, after=after, reason=reason)
