"""Writing the activity report."""

from datetime import datetime

from sqlalchemy import select

from app.core import audit
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.events.models import Event
from app.media.details import PhotoState
from app.media.models import Photo
from app.people.models import Person
from app.records.details import ReportDetails, SheetStatus
from app.records.models import (
    ActivityReport,
    ReportPersonnel,
    ReportPhoto,
    ReportPresence,
    ReportQuote,
)
from app.records.queries import report_of

TEXTS = (
    *("leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents", "security"),
    *("conclusion", "pledge_note"),
)


@transactional
def write_report(
    event: Event, details: ReportDetails, *, version: int, by: Person | None, now: datetime
) -> ActivityReport:
    """Save the draft of an event's report, or begin it (version 0).

    Raises StaleWrite when somebody saved in between, RuleBroken("record_sealed") once it is signed.
    """
    insert_once(
        ActivityReport,
        event_id=event.id,
        unit_id=event.unit_id,
        number=1,
        status=SheetStatus.DRAFT,
        version=0,
        created_at=now,
        changed_at=now,
        written_by_id=getattr(by, "id", None),
        **dict.fromkeys(TEXTS, ""),
    )
    report = report_of(event.id)
    assert report is not None
    lock(report)
    if report.status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")
    if report.version != version:
        raise StaleWrite
    for name in TEXTS:
        setattr(report, name, getattr(details, name))
    _write_rows(report, details, now=now)
    report.version += 1
    report.changed_at = now
    audit.record("records:report:saved", by=by, now=now, subject=report, name=event.title)
    return report


def _write_rows(report: ActivityReport, details: ReportDetails, *, now: datetime) -> None:
    db.session.refresh(report, ["presences", "quotes", "personnel", "photos"])
    approved = {(row.speaker, row.text): row.approved_at for row in report.quotes if row.approved_at}
    report.presences = [
        ReportPresence(
            position=place, institution=row.institution, name=row.name, represented_by=row.represented_by
        )
        for place, row in enumerate(details.presences)
    ]
    report.quotes = [
        ReportQuote(
            position=place,
            speaker=row.speaker,
            capacity=row.capacity,
            text=row.text,
            # An approval belongs to these very words: changed words ask anew.
            approved_at=approved.get((row.speaker, row.text), now) if row.approved else None,
        )
        for place, row in enumerate(details.quotes)
    ]
    report.personnel = [
        ReportPersonnel(position=place, force=row.force, strength=row.strength, duty=row.duty)
        for place, row in enumerate(details.personnel)
    ]
    usable = set(
        db.session.scalars(
            select(Photo.id).where(Photo.id.in_(details.photo_ids), Photo.state == PhotoState.READY)
        )
    )
    kept = {row.photo_id: row for row in report.photos}
    chosen = [photo_id for photo_id in dict.fromkeys(details.photo_ids) if photo_id in usable]
    report.photos = [kept.get(photo_id) or ReportPhoto(photo_id=photo_id) for photo_id in chosen]
    for place, row in enumerate(report.photos):
        row.position = place
