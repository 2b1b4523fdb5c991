"""What all deeds share: reading again, writing the details, guards, notices."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from app.core import cache
from app.core.database import db
from app.core.errors import RuleBroken, StaleWrite
from app.events.details import (
    EventDetails,
    EventStatus,
    EventTag,
    GuardFinding,
    ProgrammeItemDetails,
    SessionDetails,
)
from app.events.messages import guard_line, notice_of_step, notice_of_waiting
from app.events.models import (
    Event,
    EventFaithRow,
    EventKindRow,
    EventNote,
    EventPerson,
    EventSession,
    ProgrammeItem,
    Venue,
)
from app.events.permissions import EventPermission
from app.events.queries import details_of, find_venue, load_for_change, surroundings_of
from app.events.rules.guards import Plan, check, people_needed
from app.events.rules.sessions import own_rows
from app.events.rules.states import ANNOUNCED, is_reason, problem_with_details
from app.notify.actions import queue_message
from app.people.models import Person
from app.people.queries import people_posted_with, people_with, recipient_of
from app.regions.details import RegionLevel
from app.regions.queries import find_region


def begin(event: Event, *, version: int | None = None) -> Event:
    """The event as it stands now; refuses when somebody else has saved since it was opened at `version`."""
    event = load_for_change(event)
    if version is not None and event.version != version:
        raise StaleWrite
    return event


def require(allowed: bool) -> None:
    """Refuse a step that the state of the event does not allow."""
    if not allowed:
        raise RuleBroken("event_state")


def require_reason(reason: str, *, field: str = "reason") -> None:
    """Refuse a reason of a few letters."""
    if not is_reason(reason):
        raise RuleBroken("reason_needed", field=field)


def refuse_bad_details(details: EventDetails) -> None:
    """Refuse what cannot be kept."""
    problem = problem_with_details(details)
    if problem:
        raise RuleBroken(problem[0], field=problem[1])
    district = find_region(details.district_code)
    if district is None or district.level is not RegionLevel.DISTRICT:
        raise RuleBroken("event_district_unknown", field="district_code")


def write_details(
    event: Event, details: EventDetails, *, now: datetime, corrects_venue: bool = False
) -> None:
    """Put everything a proposer says into the rows.

    corrects_venue: whether this deed may say anew what kind of place a known venue is; the campaign rule hangs
    on it.
    """
    event.title, event.theme, event.summary = details.title, details.theme, details.summary
    event.starts_at, event.ends_at = details.starts_at, details.ends_at
    event.district_code = details.district_code
    event.venue_id = _venue(details, corrects=corrects_venue).id
    event.audience = details.audience
    event.capacity, event.expected_crowd = details.capacity, details.expected_crowd
    event.dress, event.order_number = details.dress, details.order_number
    event.officers = list(details.officers)
    event.contact_name, event.contact_phone = details.contact_name, details.contact_phone
    event.names_candidates = details.names_candidates
    event.changed_at = now
    kinds = {row.kind: row for row in event.kind_rows}
    event.kind_rows = [kinds.get(kind) or EventKindRow(kind=kind) for kind in dict.fromkeys(details.kinds)]
    for position, kind_row in enumerate(event.kind_rows):
        kind_row.position = position
    faiths = {row.faith: row for row in event.faith_rows}
    event.faith_rows = [
        faiths.get(faith) or EventFaithRow(faith=faith) for faith in dict.fromkeys(details.faiths)
    ]
    _write_programme(event, details)
    index_people(event, details)


def index_people(event: Event, details: EventDetails) -> None:
    """Keep who must be at the event, and when, where the guards look for clashes."""
    db.session.flush()
    people = {folded for folded, _name in people_needed(details.programme, details.officers) if folded}
    db.session.execute(delete(EventPerson).where(EventPerson.event_id == event.id))
    db.session.add_all(
        EventPerson(event_id=event.id, folded=folded, starts_at=details.starts_at)
        for folded in sorted(people)
    )


def _write_programme(event: Event, details: EventDetails) -> None:
    """Sessions and programme; a session keeps its id also at another place, for upper floors point at it."""
    sessions = _sessions_for(event, details.sessions)
    for position, (session, given) in enumerate(zip(sessions, details.sessions, strict=True)):
        session.position, session.title, session.kind = position, given.title, given.kind
        session.names_candidates = given.names_candidates
    event.sessions += [session for session in sessions if session not in event.sessions]
    kept = _rows_for(event, details.programme)
    for row_left in [row for row in event.programme if row not in kept]:
        event.programme.remove(row_left)
    db.session.add(event)
    db.session.flush()  # new sessions get their ids; those that end go last, for a session takes its lines along
    for position, (item, line) in enumerate(zip(kept, details.programme, strict=True)):
        item.position, item.title, item.kind = position, line.title, line.kind
        item.minutes, item.start_after = line.minutes, line.start_after
        item.session_id = sessions[line.session].id if sessions else None
        item.faith, item.leader_name, item.leader_id = line.faith, line.leader_name, line.leader_id
        item.represented_by, item.absent_note = line.represented_by, line.absent_note
    event.programme = kept
    db.session.flush()
    event.sessions = sessions
    db.session.flush()


def _sessions_for(event: Event, wanted: Sequence[SessionDetails]) -> list[EventSession]:
    """A row for each session: one that is there as far as they reach, else a new one."""
    fresh = (EventSession(position=0, title="", kind=given.kind) for given in wanted)
    return [row or new for row, new in zip(own_rows(event.sessions, wanted), fresh, strict=True)]


def _rows_for(event: Event, lines: Sequence[ProgrammeItemDetails]) -> list[ProgrammeItem]:
    """A row for each line: its own when it is only moved or retimed, else one that is left over, else a new one."""
    left = list(event.programme)
    found: list[ProgrammeItem | None] = []
    for line in lines:
        own = next(
            (row for row in left if (row.title, row.kind, row.faith) == (line.title, line.kind, line.faith)),
            None,
        )
        if own is not None:
            left.remove(own)
        found.append(own)
    rows = []
    for line, own in zip(lines, found, strict=True):
        row = own or (left.pop(0) if left else None)
        if row is None:
            row = ProgrammeItem(position=0, title="", kind=line.kind, minutes=0)
        elif own is None:
            row.started_at = None  # another line in an old row has not begun
        rows.append(row)
    return rows


def _venue(details: EventDetails, *, corrects: bool) -> Venue:
    venue = find_venue(details.venue_name, details.district_code)
    if venue is None:
        venue = Venue(name=details.venue_name, kind=details.venue_kind, district_code=details.district_code)
        db.session.add(venue)
    if corrects:
        venue.kind = details.venue_kind
    if details.venue_address:
        venue.address = details.venue_address
    if details.village_code:
        venue.village_code = details.village_code
    db.session.flush()
    return venue


def findings_of(
    event: Event, now: datetime, *, public_at: datetime | None = None
) -> tuple[GuardFinding, ...]:
    """What stands in the way of a stored event (with everything loaded)."""
    db.session.flush()
    details = details_of(event)
    around = surroundings_of(details, now, event_id=event.id, ahead=0)
    return check(Plan(details, now, public_at, event.status in ANNOUNCED), around) if around else ()


def refuse_standing(
    code: str, findings: Iterable[GuardFinding], zone: str, *, field: str | None = None
) -> None:
    """Raise a refusal that says what stands in the way, if anything does."""
    standing = tuple(findings)
    if standing:
        raise RuleBroken(code, field=field, guards=guard_line(standing, zone))


def step(
    event: Event,
    tag: EventTag,
    status: EventStatus | None,
    *,
    by: Person | None,
    now: datetime,
    text: str = "",
) -> None:
    """Move on to a state, keep the step in the conversation, make kept pages old."""
    if status is not None:
        event.status = status
    event.version += 1
    event.changed_at = now
    db.session.add(
        EventNote(
            event_id=event.id,
            at=now,
            by_id=by.id if by else None,
            step=status,
            is_change=status is None,
            text=text,
        )
    )
    cache.bump_after_commit()


def checkers_of(event: Event, *, but: Person | None) -> list[Person]:
    """Who answers for a proposal, without the acting person.

    The checkers posted at its unit, or those above it where the unit has none.
    """
    check = EventPermission.CHECK
    people = people_posted_with(check, event.unit_id) or people_with(check, event.unit_id)
    return [person for person in people if but is None or person.id != but.id]


def tell_overdue(event: Event, people: Iterable[Person], *, now: datetime) -> None:
    """Queue the notice that a proposal waits too long."""
    assert event.submitted_at is not None
    subject, text = notice_of_waiting(event, event.submitted_at, now)
    for person in people:
        queue_message(
            key=f"event:{event.id}:overdue:{event.submitted_at:%Y%m%dT%H%M%S}:person:{person.id}",
            cause=EventTag.ESCALATED,
            to=recipient_of(person),
            subject=subject,
            text=text,
            unit_id=event.unit_id,
            now=now,
        )


def tell(
    event: Event,
    people: Iterable[Person],
    status: EventStatus,
    *,
    tag: EventTag,
    now: datetime,
    note: str = "",
) -> None:
    """Queue a notice of a step to each of the people."""
    round_ = db.session.scalar(select(func.count()).where(EventNote.event_id == event.id)) or 0
    subject, text = notice_of_step(event, status, event.zone, note=note)
    key = f"event:{event.id}:{status.value}:{round_}"
    tell_text(event, people, subject, text, key=key, tag=tag, now=now)


def tell_text(
    event: Event,
    people: Iterable[Person],
    subject: str,
    text: str,
    *,
    key: str,
    tag: EventTag,
    now: datetime,
) -> None:
    """Queue a text about an event to each of the people; the same key is told once."""
    for person in people:
        queue_message(
            key=f"{key}:person:{person.id}",
            cause=tag,
            to=recipient_of(person),
            subject=subject,
            text=text,
            unit_id=event.unit_id,
            now=now,
        )
