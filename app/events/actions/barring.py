"""What stands in the way of a new plan for a stored event: the same for showing it beforehand and for doing it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from app.core import audit
from app.core.database import db
from app.core.errors import RuleBroken
from app.events.actions.steps import refuse_standing, require_reason
from app.events.details import EventDetails, EventTag, Grade, GuardFinding
from app.events.models import Event, GuardOverride
from app.events.queries import announced_in, announced_of, details_of, surroundings_of
from app.events.rules.guards import OF_WORDS, Plan, check, standing
from app.events.rules.states import ANNOUNCED, changes_between
from app.people.models import Person

# Another one of these is another plan, of which every guard is asked.
MOVED = frozenset({"starts_at", "ends_at", "place"})


def bars_of(
    event: Event, details: EventDetails, now: datetime, *, apart: Collection[int] = ()
) -> tuple[GuardFinding, ...]:
    """What forbids giving an event (with everything loaded) a new plan, and has no reason yet; the hardest first.

    Where an announced event stays in its time and place, what stood in its way before does not hold up the change:
    it was found late, and is asked about on the page of the event. apart: events that move along.
    """
    given = {override.fingerprint for override in event.overrides}
    found = standing(_findings(event, details, now, apart), given)
    if not found or event.status not in ANNOUNCED:
        return found
    if MOVED & changes_between(announced_of(event), announced_in(details, event)).keys():
        return found
    before = {one.fingerprint for one in _findings(event, details_of(event), now, apart)}
    return tuple(one for one in found if one.guard in OF_WORDS or one.fingerprint not in before)


def bars_of_postponing(event: Event, starts_at: datetime, now: datetime) -> tuple[GuardFinding, ...]:
    """What forbids putting an event off to a new start."""
    return bars_of(event, moved_to(event, starts_at), now)


def moved_to(event: Event, starts_at: datetime) -> EventDetails:
    """The plan of an event at another start, as long as it is."""
    return Plan(details_of(event), starts_at).at(starts_at).details


def answer_bars(
    event: Event, bars: Collection[GuardFinding], reason: str, *, by: Person | None, now: datetime
) -> None:
    """Set what stands in the way aside with a reason, each with its own entry; refuses what no reason answers.

    Refuses `guards_stand`, beside the field for the reason when one would do.
    """
    if not bars:
        return
    if any(one.grade is Grade.REFUSED for one in bars):
        refuse_standing("guards_stand", bars, event.zone)
    if by is None or not reason.strip():
        refuse_standing("guards_stand", bars, event.zone, field="override_reason")
        return
    require_reason(reason, field="override_reason")
    for finding in bars:
        record_override(event, finding, reason, by=by, now=now)


def record_override(
    event: Event, finding: GuardFinding, reason: str, *, by: Person, now: datetime
) -> GuardOverride:
    """Keep in writing that a finding of grade "alasan" was set aside. It covers exactly this time and place."""
    if finding.grade is not Grade.REASON:
        raise RuleBroken("guard_cannot_be_overridden")
    row = GuardOverride(
        event_id=event.id,
        guard=finding.guard.value,
        fingerprint=finding.fingerprint,
        reason=reason,
        by_id=by.id,
        at=now,
        findings={name: str(value) for name, value in finding.holes.items()},
    )
    db.session.add(row)
    audit.record(
        EventTag.OVERRIDDEN,
        by=by,
        now=now,
        subject=event,
        name=event.title,
        after={"guard": finding.guard.value, "fingerprint": finding.fingerprint},
        reason=reason,
    )
    return row


def _findings(
    event: Event, details: EventDetails, now: datetime, apart: Collection[int]
) -> tuple[GuardFinding, ...]:
    around = surroundings_of(details, now, event_id=event.id, ahead=0)
    if around is None:
        return ()
    around = replace(
        around,
        neighbours=tuple(one for one in around.neighbours if one.id not in apart),
        known_venue_kind=details.venue_kind,  # a change says anew what kind of place it is
    )
    known = event.status in ANNOUNCED and details.starts_at == event.starts_at
    return check(Plan(details, now, is_announced=known), around)
