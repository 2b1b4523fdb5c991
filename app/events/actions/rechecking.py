"""Asking the guards again about what is scheduled, when one of their tables has changed."""

import hashlib
from datetime import datetime
from typing import Any

from app.almanac.facts import TableChanged
from app.core import jobs
from app.core.database import db, transactional
from app.events.actions.steps import findings_of, tell_text
from app.events.details import EventTag, GuardFinding, TableKind
from app.events.messages import notice_of_late_findings
from app.events.models import Event, LateFinding
from app.events.permissions import EventPermission
from app.events.queries import load_for_change, open_late_findings
from app.events.rules.guards import standing
from app.events.rules.guards.tables import GUARDS_OF
from app.events.rules.states import SCHEDULED
from app.events.rules.timing import likely_end
from app.people.queries import people_with
from app.regions.facts import DistrictMoved

RECHECK = "events.recheck"


def ask_again(fact: TableChanged) -> None:
    """Have everything scheduled that a changed table concerns checked once the change stands."""
    enqueue_recheck(
        TableKind(fact.table.value),
        since=fact.since,
        until=fact.until,
        region_code=fact.region_code,
        now=fact.at,
    )


def ask_again_there(fact: DistrictMoved) -> None:
    """A kecamatan's middle or zone moved, and with it prayers and ways."""
    enqueue_recheck(TableKind.COORDINATES, region_code=fact.code, now=fact.at)


def enqueue_recheck(
    cause: TableKind,
    *,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    region_code: str | None = None,
    after: int = 0,
) -> None:
    """Queue a look at the events after an id; each change has its own job, for one under way may have passed by."""
    payload: dict[str, Any] = {
        "cause": cause.value,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "region_code": region_code,
        "after": after,
    }
    jobs.enqueue(RECHECK, payload, run_at=now)


@transactional
def recheck(event_id: int, *, cause: TableKind, now: datetime) -> tuple[GuardFinding, ...]:
    """Keep what a changed table has put in the way of an event, and tell its checkers what is new.

    A second run finds the same rows and tells nobody again. Gives what is new.
    """
    event = db.session.get(Event, event_id)
    if event is None:
        return ()
    event = load_for_change(event)
    if event.status not in SCHEDULED or event.postponed_from_at == event.starts_at or _is_over(event, now):
        return ()
    found = _standing(event, now)
    _settle(event, found, now)
    known = {row.fingerprint: row for row in open_late_findings(event.id, settled_too=True)}
    fresh = []
    for finding in found:
        row = known.get(finding.fingerprint)
        if finding.guard not in GUARDS_OF[cause] or (row is not None and row.settled_at is None):
            continue
        if row is None:
            row = LateFinding(event_id=event.id, fingerprint=finding.fingerprint)
            db.session.add(row)
        row.guard, row.grade = finding.guard.value, finding.grade
        row.cause, row.found_at, row.settled_at = cause, now, None
        fresh.append(finding)
    if fresh:
        mark = hashlib.sha256("\n".join(one.fingerprint for one in fresh).encode()).hexdigest()[:16]
        subject, text = notice_of_late_findings(event, fresh, cause, event.zone)
        tell_text(
            event,
            people_with(EventPermission.CHECK, event.unit_id),
            subject,
            text,
            key=f"event:{event.id}:late:{mark}:{now:%Y%m%d%H%M}",
            tag=EventTag.FOUND_LATE,
            now=now,
        )
    return tuple(fresh)


def settle(event: Event, now: datetime) -> None:
    """Close what was found late and no longer stands, after a deed that moved the event or gave a reason."""
    if open_late_findings(event.id):
        db.session.flush()
        event = load_for_change(event)
        _settle(event, _standing(event, now), now)


def _settle(event: Event, found: tuple[GuardFinding, ...], now: datetime) -> None:
    still = {finding.fingerprint for finding in found}
    for row in open_late_findings(event.id):
        if row.fingerprint not in still:
            row.settled_at = now


def _standing(event: Event, now: datetime) -> tuple[GuardFinding, ...]:
    overridden = {override.fingerprint for override in event.overrides}
    ahead = event.published_at if event.published_at and event.published_at > now else None
    found = findings_of(event, now, public_at=ahead)
    return tuple(standing(found, overridden))


def _is_over(event: Event, now: datetime) -> bool:
    return likely_end(event.starts_at, event.ends_at, event.kinds, event.programme) <= now
