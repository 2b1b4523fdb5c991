"""Signed versions and where their files lie."""

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import storage
from app.core.database import db
from app.events.models import Event
from app.records.details import SheetKind, SheetStatus
from app.records.models import ActivityReport, Minutes, SealedSheet


def file_of(sha256: str) -> str:
    """The name in storage of the PDF whose content has this SHA-256."""
    return f"lembar/{sha256[:2]}/{sha256}.pdf"


def sealed_versions(event_id: int) -> list[SealedSheet]:
    """Every signed version of an event's sheets, the newest of each kind first."""
    query = select(SealedSheet).where(SealedSheet.event_id == event_id)
    return list(db.session.scalars(query.order_by(SealedSheet.kind, SealedSheet.number.desc())))


def find_sealed(event_id: int, kind: SheetKind, number: int) -> SealedSheet | None:
    """One signed version."""
    return db.session.scalar(
        select(SealedSheet).where(
            SealedSheet.event_id == event_id, SealedSheet.kind == kind, SealedSheet.number == number
        )
    )


def find_sealed_by_code(code: str) -> SealedSheet | None:
    """The version behind a printed code (already read by `crypto.read_code`), with its event."""
    event = joinedload(SealedSheet.event)
    query = select(SealedSheet).where(SealedSheet.code == code)
    return db.session.scalar(query.options(event.joinedload(Event.unit), event.joinedload(Event.venue)))


def newest_number(sheet: SealedSheet) -> int:
    """The number of the newest signed version of the same sheet."""
    query = select(func.max(SealedSheet.number)).where(
        SealedSheet.event_id == sheet.event_id, SealedSheet.kind == sheet.kind
    )
    return db.session.scalar(query) or sheet.number


def files_astray() -> list[str]:
    """Signed versions whose file is missing or is not what was signed; for `rukun check`."""
    problems = []
    for code, sha256 in db.session.execute(select(SealedSheet.code, SealedSheet.pdf_sha256)):
        if not sha256:  # signed before files were kept
            continue
        name = file_of(sha256)
        content = storage.store().read(name)
        if content is None:
            problems.append(f"records: lembar {code}: berkas {name} tidak ada / file is missing")
        elif hashlib.sha256(content).hexdigest() != sha256:
            problems.append(f"records: lembar {code}: berkas {name} berubah / file was altered")
    return problems


def draft_sheets_after(
    unit_ids: frozenset[int], *, ended_before: datetime, limit: int = 50
) -> list[Minutes | ActivityReport]:
    """Sheets of events that are over, written but not signed, the oldest first."""
    found: list[Minutes | ActivityReport] = []
    for model in (Minutes, ActivityReport):
        query = (
            select(model)
            .join(Event, Event.id == model.event_id)
            .where(
                model.unit_id.in_(unit_ids),
                model.status == SheetStatus.DRAFT,
                func.coalesce(Event.ends_at, Event.starts_at) < ended_before,
            )
            .options(joinedload(model.event))
            .order_by(model.changed_at)
            .limit(limit)
        )
        found += db.session.scalars(query)
    return found
