"""Minutes and reports for tests."""

from datetime import date, timedelta
from typing import Any

from app.attendance.actions import ensure_pool
from app.attendance.details import Channel, RegistrationKind, RegistrationStatus
from app.attendance.models import Registration
from app.attendance.queries import find_pool
from app.core import clock
from app.core.crypto import new_code
from app.core.database import db, transactional
from app.events.models import Event
from app.events.queries import find_in_units
from app.people.models import Person
from app.records.actions import (
    add_speaker,
    begin_minutes,
    paper_of,
    save_section,
    seal,
    write_report,
)
from app.records.details import (
    FollowUpDetails,
    OpeningDetails,
    PersonnelDetails,
    PresenceDetails,
    QuoteDetails,
    ReportDetails,
    SheetKind,
    SpeakerDetails,
)
from app.records.models import FollowUp, Minutes, SealedSheet
from app.records.queries import minutes_of
from app.records.rules.sealing import content_of, fingerprint
from app.records.rules.sections import DECISIONS, OPENING, TASKS

LONG_AGO = date(2020, 1, 1)
REPORT = ReportDetails(
    leader_office="Kapolsek Contoh",
    leader_name="Iptu Contoh Rekaan, S.H.",
    result="Kegiatan berjalan tertib.",
    presences=(PresenceDetails("Camat Contoh", represented_by="Sekcam"),),
    quotes=(QuoteDetails("Contoh", "Kapolsek", "Mari rukun.", approved=True),),
    personnel=(PersonnelDetails("Polsek Contoh", 12, "pengamanan"), PersonnelDetails("Linmas", 5)),
)


def make_guest(event: Event, name: str = "Tamu Rekaan", *, people: int = 1, **given: Any) -> Registration:
    """Somebody who was checked in at the desk: for an organisation when one is named, else of the public."""
    transactional(ensure_pool)(whole(event))
    pool = find_pool(event.id)
    assert pool is not None
    now = clock.now()
    is_body = bool(given.get("organisation_name"))
    values: dict[str, Any] = {
        "kind": RegistrationKind.INSTITUTION if is_body else RegistrationKind.INDIVIDUAL,
        "channel": Channel.DESK,
        "status": RegistrationStatus.CONFIRMED,
        "check_code": new_code(),
        "manage_hash": new_code(),
        "manage_sealed": b"",
        "party_size": people,
        "registered_at": now,
        "checked_in_at": now,
        "checked_in_count": people,
        **given,
    }
    row = Registration(event_id=event.id, pool_id=pool.id, name=name, name_folded=name.lower(), **values)
    db.session.add(row)
    db.session.commit()
    return row


def whole(event: Event) -> Event:
    """The event as the pages read it, with all its parts."""
    found = find_in_units(event.id, frozenset({event.unit_id}))
    assert found is not None
    return found


def opening_of(event: Event, **given: Any) -> OpeningDetails:
    """A meeting of two hours from the planned start."""
    values = {
        "chair": "Kapolsek Contoh",
        "taker": "Notulis Contoh",
        "opened_at": event.starts_at,
        "closed_at": event.starts_at + timedelta(hours=2),
        "opening": "Rapat dibuka.",
        **given,
    }
    return OpeningDetails(**values)


def make_minutes(
    event: Event,
    by: Person,
    *,
    tasks: tuple[FollowUpDetails, ...] = (FollowUpDetails("apel kesiapan", "Satpol PP", LONG_AGO),),
    decisions: tuple[FollowUpDetails, ...] = (FollowUpDetails("Bertemu lagi."),),
    speakers: tuple[SpeakerDetails, ...] = (SpeakerDetails("Camat Contoh", "", "Sekcam", "- satu\n\n• dua"),),
    **opening: Any,
) -> Minutes:
    """Draft minutes with one speaker, one decision and one task unless told otherwise."""
    event, now = whole(event), clock.now()
    minutes = begin_minutes(event, by=by, now=now)
    event = whole(event)
    save_section(minutes, OPENING, opening_of(event, **opening), version=1, by=by, now=now)
    for speaker in speakers:
        add_speaker(minutes, speaker, by=by, now=now)
    save_section(minutes, DECISIONS, decisions, version=1, by=by, now=now)
    save_section(minutes, TASKS, tasks, version=1, by=by, now=now)
    return stored(event)


def stored(event: Event) -> Minutes:
    """The minutes as they stand in the database."""
    db.session.rollback()
    minutes = minutes_of(event.id)
    assert minutes is not None
    return minutes


def tasks_of(event: Event) -> list[FollowUp]:
    """Its follow-ups that are to be done."""
    return [row for row in stored(event).agreed if row.kind == "tugas"]


def make_report(event: Event, by: Person, details: ReportDetails = REPORT) -> None:
    """A draft of the report."""
    write_report(whole(event), details, version=0, by=by, now=clock.now())


def seen_of(event: Event, kind: SheetKind) -> str:
    """The fingerprint of what a reader of the sheet has before them."""
    paper = paper_of(whole(event), kind)
    assert paper is not None
    return fingerprint(content_of(paper))


def sealed(event: Event, kind: SheetKind, by: Person) -> SealedSheet:
    """Sign what stands there."""
    return seal(whole(event), kind, seen=seen_of(event, kind), by=by, now=clock.now())
