"""Noting what happened at an event, for as long as its report is not signed."""

from datetime import datetime

from app.core import audit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.events.models import Event
from app.people.models import Person
from app.records.details import IncidentDetails, SheetStatus
from app.records.models import Incident
from app.records.queries import report_of


@transactional
def note_incident(event: Event, details: IncidentDetails, *, by: Person, now: datetime) -> Incident:
    """Add an incident. Raises RuleBroken for a moment that has not come, or once the report is signed."""
    _check(event.id, details, now=now)
    row = Incident(
        event_id=event.id,
        unit_id=event.unit_id,
        happened_at=details.happened_at,
        what=details.what,
        done=details.done,
        noted_at=now,
        noted_by_id=by.id,
    )
    db.session.add(row)
    audit.record("records:incident:noted", by=by, now=now, subject=row, name=event.title)
    return row


@transactional
def change_incident(row: Incident, details: IncidentDetails, *, by: Person, now: datetime) -> None:
    """Correct an incident or add what was done. Raises as `note_incident`."""
    _check(row.event_id, details, now=now)
    lock(row)
    before, after = audit.changed(
        {"what": row.what, "done": row.done, "happened_at": row.happened_at},
        {"what": details.what, "done": details.done, "happened_at": details.happened_at},
    )
    row.happened_at, row.what, row.done = details.happened_at, details.what, details.done
    audit.record("records:incident:changed", by=by, now=now, subject=row, before=before, after=after)


@transactional
def remove_incident(row: Incident, *, by: Person, now: datetime) -> None:
    """Take an incident out that was noted by mistake. The audit log keeps what it said."""
    _check_unsigned(row.event_id)
    lock(row)
    audit.record(
        "records:incident:removed",
        by=by,
        now=now,
        subject=row,
        before={"what": row.what, "done": row.done, "happened_at": row.happened_at},
    )
    db.session.delete(row)


def _check(event_id: int, details: IncidentDetails, *, now: datetime) -> None:
    if details.happened_at > now:
        raise RuleBroken("incident_in_future", field="happened_at")
    _check_unsigned(event_id)


def _check_unsigned(event_id: int) -> None:
    report = report_of(event_id)
    if report is not None and lock(report).status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")
