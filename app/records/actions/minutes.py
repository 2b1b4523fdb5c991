"""Writing minutes in sections: each save names the version it read, and none overwrites another unseen."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.core import audit
from app.core.database import db, insert_once, lock, transactional
from app.core.errors import RuleBroken, StaleWrite
from app.events.models import Event
from app.notify.actions import cancel_messages
from app.people.models import Person
from app.records.details import (
    AgreedKind,
    FollowUpDetails,
    NoteDetails,
    OpeningDetails,
    SheetStatus,
    SpeakerDetails,
)
from app.records.models import FollowUp, FollowUpNote, Minutes, MinutesSection, MinutesSpeaker, SetAside
from app.records.queries import minutes_of, owners_by_words
from app.records.rules.reminding import reminder_key
from app.records.rules.sections import DECISIONS, FIXED, NOTES, speaker_key
from app.regions.models import Unit

MOST_SPEAKERS = 80
# A person who keeps writing is one entry of the audit log, not one a second.
STRETCH = timedelta(minutes=10)

Written = OpeningDetails | SpeakerDetails | tuple[FollowUpDetails, ...] | tuple[NoteDetails, ...]


@transactional
def begin_minutes(event: Event, *, by: Person | None, now: datetime) -> Minutes:
    """The minutes of an event, begun when there are none. Two devices that begin together get the same."""
    unit = db.session.get_one(Unit, event.unit_id)
    fresh = insert_once(
        Minutes,
        event_id=event.id,
        unit_id=event.unit_id,
        number=1,
        status=SheetStatus.DRAFT,
        version=1,
        created_at=now,
        changed_at=now,
        written_by_id=getattr(by, "id", None),
        chair=unit.head_title,
        taker=by.full_name if by is not None else "",
        opening="",
    )
    minutes = minutes_of(event.id)
    assert minutes is not None
    if fresh:
        for key in FIXED:
            _enter_section(minutes, key, by=by, now=now)
        audit.record("records:minutes:begun", by=by, now=now, subject=minutes, name=event.title)
    return minutes


@transactional
def save_section(
    minutes: Minutes, key: str, written: Written, *, version: int, by: Person | None, now: datetime
) -> int:
    """Save one section; gives its new version.

    Raises StaleWrite when somebody saved it since `version`, or took it away; RuleBroken("record_sealed") once
    the minutes are signed, and by name when the hours cannot be.
    """
    if isinstance(written, OpeningDetails):
        _check_hours(written)
    _check_draft(lock(minutes))
    section = _step(minutes, key, version, by=by, now=now)
    if isinstance(written, OpeningDetails):
        for name in ("chair", "taker", "opened_at", "closed_at", "opening"):
            setattr(minutes, name, getattr(written, name))
    elif isinstance(written, SpeakerDetails):
        speaker = _speaker_behind(minutes, key)
        speaker.capacity, speaker.name = written.capacity, written.name
        speaker.represented_by, speaker.points = written.represented_by, "\n".join(written.lines)
    elif key == NOTES:
        _write_notes(minutes, [row for row in written if isinstance(row, NoteDetails)])
    else:
        kind = AgreedKind.DECISION if key == DECISIONS else AgreedKind.TASK
        _write_agreed(minutes, kind, [row for row in written if isinstance(row, FollowUpDetails)])
    _touch(minutes, now=now)
    return section


@transactional
def add_speaker(
    minutes: Minutes, details: SpeakerDetails, *, by: Person | None, now: datetime
) -> MinutesSpeaker:
    """Put a speaker at the end. Raises RuleBroken once the minutes are signed, or at far too many."""
    _check_draft(lock(minutes))
    db.session.refresh(minutes, ["speakers"])
    if len(minutes.speakers) >= MOST_SPEAKERS:
        raise RuleBroken("too_many_speakers", most=MOST_SPEAKERS)
    speaker = MinutesSpeaker(
        minutes_id=minutes.id,
        position=max((row.position for row in minutes.speakers), default=-1) + 1,
        capacity=details.capacity,
        name=details.name,
        represented_by=details.represented_by,
        points="\n".join(details.lines),
    )
    minutes.speakers.append(speaker)
    db.session.flush()
    _enter_section(minutes, speaker_key(speaker.id), by=by, now=now)
    _touch(minutes, now=now)
    audit.record("records:minutes:speaker_added", by=by, now=now, subject=minutes, name=details.capacity)
    return speaker


@transactional
def remove_speaker(minutes: Minutes, key: str, *, version: int, by: Person, now: datetime) -> None:
    """Take a speaker out. Raises StaleWrite when somebody wrote there since `version`."""
    _check_draft(lock(minutes))
    _step(minutes, key, version, by=by, now=now)
    speaker = _speaker_behind(minutes, key)
    audit.record(
        "records:minutes:speaker_removed",
        by=by,
        now=now,
        subject=minutes,
        name=speaker.capacity,
        before={"points": speaker.points},
    )
    of_section = (MinutesSection.minutes_id == minutes.id) & (MinutesSection.key == key)
    db.session.execute(delete(MinutesSection).where(of_section))
    minutes.speakers.remove(speaker)
    _touch(minutes, now=now)


@transactional
def move_speaker(minutes: Minutes, key: str, *, step: int, by: Person, now: datetime) -> None:
    """Put a speaker one place earlier (-1) or later (1)."""
    _check_draft(lock(minutes))
    db.session.refresh(minutes, ["speakers"])
    rows = list(minutes.speakers)
    place = rows.index(_speaker_behind(minutes, key))
    other = place + step
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    _touch(minutes, now=now)
    audit.record("records:minutes:speaker_moved", by=by, now=now, subject=minutes, name=rows[place].capacity)


@transactional
def set_aside(
    minutes: Minutes, key: str, content: dict[str, Any], *, writer: str, by: Person, now: datetime
) -> SetAside:
    """Keep a text that came too late for its section, until somebody compares it. The newest of a page counts."""
    insert_once(SetAside, minutes_id=minutes.id, key=key, writer=writer, content=content, at=now, by_id=by.id)
    kept = db.session.scalars(
        select(SetAside)
        .where(SetAside.minutes_id == minutes.id, SetAside.key == key, SetAside.writer == writer)
        .with_for_update()
    ).one()
    kept.content, kept.at, kept.by_id = content, now, by.id
    audit.record("records:minutes:set_aside", by=by, now=now, subject=minutes, after={"section": key})
    return kept


@transactional
def drop_set_aside(minutes: Minutes, *, set_aside_id: int, by: Person, now: datetime) -> None:
    """Throw a text away that was kept for comparing, because it was taken in or is not wanted."""
    query = delete(SetAside).where(SetAside.id == set_aside_id, SetAside.minutes_id == minutes.id)
    dropped = db.session.scalar(query.returning(SetAside.key))
    if dropped is not None:
        audit.record("records:minutes:compared", by=by, now=now, subject=minutes, after={"section": dropped})


def _enter_section(minutes: Minutes, key: str, *, by: Person | None, now: datetime) -> None:
    db.session.add(
        MinutesSection(
            minutes_id=minutes.id, key=key, version=1, changed_at=now, changed_by_id=getattr(by, "id", None)
        )
    )


def _step(minutes: Minutes, key: str, version: int, *, by: Person | None, now: datetime) -> int:
    """Claim the section: only the first of two that read the same version gets it."""
    before = db.session.execute(
        select(MinutesSection.changed_at, MinutesSection.changed_by_id, MinutesSection.version).where(
            MinutesSection.minutes_id == minutes.id, MinutesSection.key == key
        )
    ).one_or_none()
    by_id = getattr(by, "id", None)
    claimed = db.session.scalar(
        update(MinutesSection)
        .where(
            MinutesSection.minutes_id == minutes.id,
            MinutesSection.key == key,
            MinutesSection.version == version,
        )
        .values(version=version + 1, changed_at=now, changed_by_id=by_id)
        .returning(MinutesSection.version)
        .execution_options(synchronize_session="fetch")
    )
    if before is None or claimed is None:
        raise StaleWrite
    if before.version == 1 or before.changed_by_id != by_id or now - before.changed_at > STRETCH:
        audit.record("records:minutes:saved", by=by, now=now, subject=minutes, after={"section": key})
    return claimed


def _speaker_behind(minutes: Minutes, key: str) -> MinutesSpeaker:
    db.session.refresh(minutes, ["speakers"])
    for row in minutes.speakers:
        if speaker_key(row.id) == key:
            return row
    raise StaleWrite


def _write_agreed(minutes: Minutes, kind: AgreedKind, rows: list[FollowUpDetails]) -> None:
    """Rows keep their id, so that what was done or reminded of stays with them."""
    db.session.refresh(minutes, ["agreed"])
    owners = owners_by_words(minutes.unit_id, {row.owner for row in rows})
    known = {row.id: row for row in minutes.agreed if row.kind is kind}
    for place, details in enumerate(rows):
        row = known.pop(details.id or 0, None)
        if row is None:
            row = FollowUp(unit_id=minutes.unit_id, kind=kind)
            minutes.agreed.append(row)
        elif (row.owner, row.due_on) != (details.owner, details.due_on):
            cancel_messages(reminder_key(row.id))
            row.told_before_for = row.told_after_for = None
        row.position, row.task, row.owner, row.due_on = place, details.task, details.owner, details.due_on
        row.owner_id = owners.get(details.owner)
    for row in known.values():
        if row.done_at is None:
            cancel_messages(reminder_key(row.id))
            minutes.agreed.remove(row)
        else:
            raise RuleBroken("follow_up_done_stays")


def _write_notes(minutes: Minutes, rows: list[NoteDetails]) -> None:
    db.session.refresh(minutes, ["notes"])
    allowed = set(
        db.session.scalars(
            select(FollowUp.id).where(
                FollowUp.id.in_([row.follow_up_id for row in rows]),
                FollowUp.unit_id == minutes.unit_id,
                FollowUp.minutes_id != minutes.id,
            )
        )
    )
    known = {row.follow_up_id: row for row in minutes.notes}
    for details in rows:
        note = known.get(details.follow_up_id)
        if note is not None and details.note:
            note.note = details.note
        elif note is not None:
            minutes.notes.remove(note)
        elif details.note and details.follow_up_id in allowed:
            minutes.notes.append(FollowUpNote(follow_up_id=details.follow_up_id, note=details.note))


def _check_hours(written: OpeningDetails) -> None:
    if written.opened_at and written.closed_at and written.closed_at <= written.opened_at:
        raise RuleBroken("closed_before_opened", field="closed_at")


def _check_draft(minutes: Minutes) -> None:
    if minutes.status is SheetStatus.SIGNED:
        raise RuleBroken("record_sealed")


def _touch(minutes: Minutes, *, now: datetime) -> None:
    minutes.version += 1
    minutes.changed_at = now
