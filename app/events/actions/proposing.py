"""A leader or officer proposes an event."""

import uuid
from datetime import datetime

from app.core import audit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.slugs import free_slug
from app.events.actions.rechecking import settle
from app.events.actions.steps import (
    begin,
    checkers_of,
    findings_of,
    refuse_bad_details,
    refuse_standing,
    require,
    step,
    tell,
    write_details,
)
from app.events.details import EventDetails, EventStatus, EventTag
from app.events.models import Event
from app.events.queries import details_of
from app.events.rules.guards import blocking
from app.events.rules.states import may_revise, may_submit, problem_with_submitting
from app.people.models import Person
from app.regions.models import Unit


@transactional
def save_draft(details: EventDetails, *, unit: Unit, by: Person | None, now: datetime) -> Event:
    """Keep a proposal that is not handed in yet. Only its proposer sees it."""
    refuse_bad_details(details)
    event = Event(
        uid=f"{uuid.uuid4()}@rukun",
        slug=free_slug(Event, details.title),
        status=EventStatus.DRAFT,
        title=details.title,
        unit_id=unit.id,
        proposer_id=by.id if by else None,
        starts_at=details.starts_at,
        created_at=now,
        changed_at=now,
        version=1,
    )
    event.kind_rows, event.faith_rows, event.sessions, event.programme = [], [], [], []
    event.notes, event.overrides = [], []
    with db.session.no_autoflush:
        write_details(event, details, now=now)
    audit.record(EventTag.DRAFTED, by=by, now=now, subject=event, name=event.title)
    return event


@transactional
def revise(
    event: Event,
    details: EventDetails,
    *,
    by: Person | None,
    now: datetime,
    checks: bool = False,
    version: int | None = None,
) -> Event:
    """Rewrite a proposal that is not public. checks: the acting person is the unit's checker.

    The address follows the title as long as nobody outside has seen it.
    """
    event = begin(event, version=version)
    require(may_revise(event, checks=checks))
    refuse_bad_details(details)
    before = {"title": event.title, "starts_at": event.starts_at, "district_code": event.district_code}
    if details.title != event.title:
        event.slug = free_slug(Event, details.title)
    with db.session.no_autoflush:
        write_details(event, details, now=now, corrects_venue=checks)
    event.version += 1
    settle(event, now)
    after = {"title": event.title, "starts_at": event.starts_at, "district_code": event.district_code}
    old, new = audit.changed(before, after)
    audit.record(EventTag.REVISED, by=by, now=now, subject=event, name=event.title, before=old, after=new)
    return event


@transactional
def submit(
    event: Event,
    *,
    by: Person | None,
    now: datetime,
    note: str = "",
    checks: bool = False,
    tells: bool = True,
) -> Event:
    """Hand a proposal in. Refuses what no guard lets pass; the rest is for the checker to weigh.

    checks: the acting person is the unit's checker, who may enter afterwards what was held without the portal.
    tells: False when the checkers hear of it otherwise, once for a whole series.
    """
    event = begin(event)
    require(may_submit(event))
    problem = problem_with_submitting(details_of(event))
    if problem:
        raise RuleBroken(problem[0], field=problem[1])
    if event.starts_at < now and not checks:
        raise RuleBroken("event_in_the_past", field="starts_at")
    refuse_standing("guards_refuse", blocking(findings_of(event, now)), event.zone)
    event.submitted_at, event.escalated_at = now, None
    step(event, EventTag.SUBMITTED, EventStatus.SUBMITTED, by=by, now=now, text=note)
    audit.record(EventTag.SUBMITTED, by=by, now=now, subject=event, name=event.title)
    if tells:
        tell(
            event,
            checkers_of(event, but=by),
            EventStatus.SUBMITTED,
            tag=EventTag.SUBMITTED,
            now=now,
            note=note,
        )
    return event


@transactional
def propose(
    details: EventDetails, *, unit: Unit, by: Person | None, now: datetime, checks: bool = False
) -> Event:
    """Keep a proposal and hand it in at once; `checks` as in `submit`."""
    return submit(save_draft(details, unit=unit, by=by, now=now), by=by, now=now, checks=checks)
