"""Signing a sheet: the PDF is drawn first, then sealed if nothing changed meanwhile; and writing a new version."""

import hashlib
from datetime import datetime

from app.core import audit, cache, crypto, storage
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.i18n import in_indonesian
from app.events.models import Event
from app.people.models import Person
from app.records.actions.drawing import draw_sheet
from app.records.details import SheetKind, SheetStatus, Stamp
from app.records.models import ActivityReport, Minutes, SealedSheet
from app.records.queries import file_of, minutes_of, minutes_paper, record_of_event, report_of
from app.records.rules.sealing import Paper, content_of, fingerprint


def paper_of(event: Event, kind: SheetKind) -> Paper | None:
    """What stands on the paper of a sheet as things are now; None before the sheet is begun."""
    if kind is SheetKind.MINUTES:
        minutes = minutes_of(event.id)
        return minutes_paper(event, minutes) if minutes is not None else None
    if report_of(event.id) is None:
        return None
    return record_of_event(event.id, frozenset({event.unit_id}))


def seal(event: Event, kind: SheetKind, *, seen: str, by: Person, now: datetime) -> SealedSheet:
    """Sign a sheet exactly as the signer has seen it.

    seen: the fingerprint of the content that was shown. Raises RuleBroken: "record_changed_meanwhile" when it
    is no longer that, "record_sealed" when another signed first, or what the sheet still lacks.
    """
    sheet = _find(event, kind)
    paper = paper_of(event, kind)
    assert paper is not None
    content = content_of(paper)
    if fingerprint(content) != seen:
        raise RuleBroken("record_changed_meanwhile")
    if sheet.status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")
    _check_complete(sheet)
    # Drawing is slow and comes before the write transaction.
    code = crypto.new_code()
    stamp = Stamp(sheet.number, code=code, at=now, by=by.full_name, reason=sheet.renewal_reason)
    with in_indonesian():
        pdf = draw_sheet(event, paper, stamp)
    sha256 = hashlib.sha256(pdf).hexdigest()
    storage.store().write(file_of(sha256), pdf)
    sealed = SealedSheet(
        event_id=event.id,
        unit_id=event.unit_id,
        kind=kind,
        number=sheet.number,
        code=code,
        content=content,
        digest=seen,
        pdf_sha256=sha256,
        pdf_size=len(pdf),
        reason=sheet.renewal_reason,
        signed_at=now,
        signed_by_id=by.id,
        signed_name=by.full_name,
    )
    return _enter(event, sheet, sealed, by=by, now=now)


@transactional
def _enter(
    event: Event, sheet: Minutes | ActivityReport, sealed: SealedSheet, *, by: Person, now: datetime
) -> SealedSheet:
    lock(sheet)
    if sheet.status is SheetStatus.SIGNED or sheet.number != sealed.number:
        raise RuleBroken("record_sealed")
    db.session.expire_all()
    paper = paper_of(event, sealed.kind)
    if paper is None or fingerprint(content_of(paper)) != sealed.digest:
        raise RuleBroken("record_changed_meanwhile")
    sheet.status, sheet.changed_at = SheetStatus.SIGNED, now
    db.session.add(sealed)
    audit.record(
        "records:minutes:signed" if sealed.kind is SheetKind.MINUTES else "records:report:signed",
        by=by,
        now=now,
        subject=sheet,
        after={"number": sealed.number, "pdf_sha256": sealed.pdf_sha256},
    )
    cache.bump_after_commit()
    return sealed


@transactional
def renew(event: Event, kind: SheetKind, *, reason: str, by: Person, now: datetime) -> None:
    """Open a signed sheet for a new version. The signed one holds, with its PDF, until the new one is signed."""
    sheet = lock(_find(event, kind))
    if sheet.status is not SheetStatus.SIGNED:
        raise RuleBroken("record_not_sealed")
    if not reason.strip():
        raise RuleBroken("renewal_needs_reason", field="reason")
    sheet.status, sheet.number, sheet.renewal_reason = SheetStatus.DRAFT, sheet.number + 1, reason.strip()
    sheet.version += 1
    sheet.changed_at = now
    audit.record(
        "records:minutes:renewed" if kind is SheetKind.MINUTES else "records:report:renewed",
        by=by,
        now=now,
        subject=sheet,
        after={"number": sheet.number},
        reason=sheet.renewal_reason,
    )


def _find(event: Event, kind: SheetKind) -> Minutes | ActivityReport:
    sheet = minutes_of(event.id) if kind is SheetKind.MINUTES else report_of(event.id)
    if sheet is None:
        raise RuleBroken("record_not_begun")
    return sheet


def _check_complete(sheet: Minutes | ActivityReport) -> None:
    if isinstance(sheet, Minutes):
        if sheet.opened_at is None or sheet.closed_at is None:
            raise RuleBroken("minutes_need_closing")
    elif not sheet.result:
        raise RuleBroken("report_needs_result")
