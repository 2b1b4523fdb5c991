"""Writing, signing and renewing minutes and reports; finishing follow-ups."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.attendance.queries import headcount
from app.core import audit, cache
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.events.models import Event
from app.people.facts import RoleEnded
from app.people.models import Person
from app.people.queries import find_person, units_left
from app.records.details import MinutesDetails, ReportDetails, SheetStatus
from app.records.models import (
    ActivityReport,
    FollowUp,
    Minutes,
    MinutesSpeaker,
    ReportPresence,
    ReportQuote,
)
from app.records.permissions import RecordPermission
from app.records.queries import minutes_of, report_of


@transactional
def write_minutes(
    event: Event, details: MinutesDetails, *, version: int, by: Person | None, now: datetime
) -> Minutes:
    """Save the draft of an event's minutes, or begin it (version 0).

    Raises StaleWrite when somebody saved in between, RuleBroken("record_sealed") once they are signed.
    """
    if details.opened_at and details.closed_at and details.closed_at <= details.opened_at:
        raise RuleBroken("closed_before_opened", field="closed_at")
    minutes = minutes_of(event.id)
    if minutes is None:
        minutes = Minutes(event_id=event.id, unit_id=event.unit_id, created_at=now, version=0)
        minutes.speakers, minutes.follow_ups = [], []
        minutes.written_by_id = getattr(by, "id", None)
        db.session.add(minutes)
    _check_draft(minutes, version)
    done = {row.task: (row.done_at, row.done_by_id, row.done_note) for row in minutes.follow_ups}
    minutes.chair, minutes.taker, minutes.opening = details.chair, details.taker, details.opening
    minutes.opened_at, minutes.closed_at = details.opened_at, details.closed_at
    minutes.decisions = list(details.decisions)
    minutes.speakers = [
        MinutesSpeaker(
            position=place,
            capacity=row.capacity,
            name=row.name,
            represented_by=row.represented_by,
            points="\n".join(row.lines),
        )
        for place, row in enumerate(details.speakers)
    ]
    fresh = []
    for place, task in enumerate(details.follow_ups):
        row = FollowUp(
            unit_id=event.unit_id, position=place, task=task.task, owner=task.owner, due_on=task.due_on
        )
        row.done_at, row.done_by_id, row.done_note = done.get(task.task, (None, None, ""))
        fresh.append(row)
    minutes.follow_ups = fresh
    _saved(minutes, "records:minutes:saved", event, by=by, now=now)
    return minutes


@transactional
def write_report(
    event: Event, details: ReportDetails, *, version: int, by: Person | None, now: datetime
) -> ActivityReport:
    """Save the draft of an event's report, or begin it (version 0). Raises as `write_minutes`."""
    report = report_of(event.id)
    if report is None:
        report = ActivityReport(event_id=event.id, unit_id=event.unit_id, created_at=now, version=0)
        report.presences, report.quotes = [], []
        report.written_by_id = getattr(by, "id", None)
        db.session.add(report)
    _check_draft(report, version)
    approved = {(row.speaker, row.text): row.approved_at for row in report.quotes if row.approved_at}
    for name in (
        *("leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents", "security"),
        *("conclusion", "pledge_note"),
    ):
        setattr(report, name, getattr(details, name))
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
    _saved(report, "records:report:saved", event, by=by, now=now)
    return report


@transactional
def sign_minutes(minutes: Minutes, *, by: Person, now: datetime) -> None:
    """Seal the minutes. Raises RuleBroken when they are sealed already or lack their hours."""
    lock(minutes)
    if minutes.status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")
    if minutes.opened_at is None or minutes.closed_at is None:
        raise RuleBroken("minutes_need_closing")
    db.session.refresh(minutes, ["speakers", "follow_ups"])
    content = {
        "chair": minutes.chair,
        "taker": minutes.taker,
        "opened_at": minutes.opened_at.isoformat(),
        "closed_at": minutes.closed_at.isoformat(),
        "opening": minutes.opening,
        "speakers": [[r.capacity, r.name, r.represented_by, r.points] for r in minutes.speakers],
        "decisions": minutes.decisions,
        "follow_ups": [[r.task, r.owner, str(r.due_on or "")] for r in minutes.follow_ups],
    }
    _seal(minutes, content, "records:minutes:signed", by=by, now=now)


@transactional
def sign_report(report: ActivityReport, *, by: Person, now: datetime) -> None:
    """Seal the report; the attendance counted at the desk is fixed in it from now on."""
    lock(report)
    if report.status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")
    if not report.result:
        raise RuleBroken("report_needs_result", field="result")
    db.session.refresh(report, ["presences", "quotes"])
    report.present = headcount(report.event_id)
    content = {
        "leader": [report.leader_office, report.leader_name],
        "texts": [report.basis, report.aim, report.occasion, report.result, report.incidents],
        "more": [report.security, report.conclusion, report.pledge_note],
        "present": report.present,
        "presences": [[r.institution, r.name, r.represented_by] for r in report.presences],
        "quotes": [[r.speaker, r.capacity, r.text, bool(r.approved_at)] for r in report.quotes],
    }
    _seal(report, content, "records:report:signed", by=by, now=now)


@transactional
def renew_minutes(minutes: Minutes, *, by: Person, now: datetime) -> Minutes:
    """A new version of sealed minutes, as a draft with the same content; the old stays readable."""
    lock(minutes)
    _check_sealed(minutes)
    db.session.refresh(minutes, ["speakers", "follow_ups"])
    fresh = Minutes(
        **_head_of(minutes, by=by, now=now), opened_at=minutes.opened_at, closed_at=minutes.closed_at
    )
    fresh.chair, fresh.taker, fresh.opening = minutes.chair, minutes.taker, minutes.opening
    fresh.decisions = list(minutes.decisions)
    fresh.speakers = [
        MinutesSpeaker(
            position=r.position,
            capacity=r.capacity,
            name=r.name,
            represented_by=r.represented_by,
            points=r.points,
        )
        for r in minutes.speakers
    ]
    fresh.follow_ups = [
        FollowUp(
            unit_id=r.unit_id,
            position=r.position,
            task=r.task,
            owner=r.owner,
            due_on=r.due_on,
            done_at=r.done_at,
            done_by_id=r.done_by_id,
            done_note=r.done_note,
        )
        for r in minutes.follow_ups
    ]
    _supersede(minutes, fresh, "records:minutes:renewed", by=by, now=now)
    return fresh


@transactional
def renew_report(report: ActivityReport, *, by: Person, now: datetime) -> ActivityReport:
    """A new version of a sealed report, as a draft with the same content; the old stays readable."""
    lock(report)
    _check_sealed(report)
    db.session.refresh(report, ["presences", "quotes"])
    fresh = ActivityReport(**_head_of(report, by=by, now=now))
    for name in (
        *("leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents", "security"),
        *("conclusion", "pledge_note"),
    ):
        setattr(fresh, name, getattr(report, name))
    fresh.presences = [
        ReportPresence(
            position=r.position, institution=r.institution, name=r.name, represented_by=r.represented_by
        )
        for r in report.presences
    ]
    fresh.quotes = [
        ReportQuote(
            position=r.position,
            speaker=r.speaker,
            capacity=r.capacity,
            text=r.text,
            approved_at=r.approved_at,
        )
        for r in report.quotes
    ]
    _supersede(report, fresh, "records:report:renewed", by=by, now=now)
    return fresh


@transactional
def finish_follow_up(follow_up: FollowUp, *, note: str, by: Person, now: datetime) -> None:
    """Mark a follow-up as done."""
    lock(follow_up)
    if follow_up.done_at is not None:
        raise RuleBroken("follow_up_done")
    follow_up.done_at, follow_up.done_by_id, follow_up.done_note = now, by.id, note
    audit.record(
        "records:follow_up:done", by=by, now=now, subject=follow_up, name=follow_up.task, reason=note
    )


def _check_draft(sheet: Minutes | ActivityReport, version: int) -> None:
    if sheet.status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")
    if sheet.version != version:
        raise StaleWrite


def _check_sealed(sheet: Minutes | ActivityReport) -> None:
    if sheet.status is not SheetStatus.SIGNED or sheet.superseded_at is not None:
        raise RuleBroken("record_not_sealed")


def _saved(
    sheet: Minutes | ActivityReport, tag: str, event: Event, *, by: Person | None, now: datetime
) -> None:
    sheet.version += 1
    sheet.changed_at = now
    audit.record(tag, by=by, now=now, subject=sheet, name=event.title)


def _seal(
    sheet: Minutes | ActivityReport, content: dict[str, Any], tag: str, *, by: Person, now: datetime
) -> None:
    text = json.dumps({"event": sheet.event_id, "number": sheet.number, **content}, sort_keys=True)
    sheet.digest = hashlib.sha256(text.encode()).hexdigest()
    sheet.status, sheet.signed_at, sheet.signed_by_id = SheetStatus.SIGNED, now, by.id
    audit.record(tag, by=by, now=now, subject=sheet, after={"digest": sheet.digest})
    cache.bump_after_commit()


def _head_of(sheet: Minutes | ActivityReport, *, by: Person, now: datetime) -> dict[str, Any]:
    return {
        "event_id": sheet.event_id,
        "unit_id": sheet.unit_id,
        "number": sheet.number + 1,
        "version": 1,
        "created_at": now,
        "changed_at": now,
        "written_by_id": by.id,
    }


def _supersede(
    old: Minutes | ActivityReport,
    fresh: Minutes | ActivityReport,
    tag: str,
    *,
    by: Person,
    now: datetime,
) -> None:
    old.superseded_at = now
    db.session.add(fresh)
    audit.record(tag, by=by, now=now, subject=fresh, after={"number": fresh.number})


@transactional
def hand_over(fact: RoleEnded) -> None:
    """Give unsigned minutes and reports to the successor.

    Without one nothing changes: everybody with the right at the unit sees and writes them already.
    """
    if fact.successor_id is None:
        return
    units = units_left(fact, RecordPermission.WRITE)
    by = find_person(fact.by_id) if fact.by_id is not None else None
    sheets: list[Minutes | ActivityReport] = []
    for model in (Minutes, ActivityReport):
        query = select(model).where(
            model.written_by_id == fact.person_id,
            model.unit_id.in_(units),
            model.status == SheetStatus.DRAFT,
        )
        sheets += db.session.scalars(query)
    for sheet in sheets:
        sheet.written_by_id = fact.successor_id
        audit.record(
            "records:minutes:handed_over" if isinstance(sheet, Minutes) else "records:report:handed_over",
            by=by,
            now=fact.at,
            subject=sheet,
            before={"written_by_id": fact.person_id},
            after={"written_by_id": fact.successor_id},
        )
