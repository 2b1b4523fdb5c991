"""Putting details into the tables: what proposing and changing share."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.almanac.queries import pairs_of
from app.almanac.rules.naming import pairs_named_in
from app.core.database import db
from app.core.errors import RuleBroken
from app.events.details import EventDetails, EventStatus
from app.events.models import (
    Event,
    EventFaithRow,
    EventKindRow,
    EventNote,
    EventSession,
    ProgrammeItem,
    Venue,
)
from app.events.rules import minutes_problem
from app.people.models import Person

LONGEST = timedelta(days=7)


def problem_with(details: EventDetails) -> None:
    """Raise the first rule that the details break by themselves."""
    if details.ends_at is not None:
        if details.ends_at <= details.starts_at:
            raise RuleBroken("event_ends_before_start", field="ends_at")
        if details.ends_at - details.starts_at > LONGEST:
            raise RuleBroken("event_too_long", field="ends_at")
    over = minutes_problem(details.starts_at, details.ends_at, details.programme)
    if over is not None:
        raise RuleBroken("programme_too_long", field="programme", minutes=over)


def problem_with_naming(details: EventDetails, *, now: datetime) -> None:
    """A text that names pairs must be marked so by a person; the marking itself is never guessed."""
    if details.names_candidates or any(part.names_candidates for part in details.sessions):
        return
    text = "\n".join(
        [details.title, details.theme, details.summary, *(item.title for item in details.programme)]
    )
    named = pairs_named_in(text, pairs_of(None, now))
    if named:
        phrases = ", ".join(dict.fromkeys(phrase for naming in named for phrase in naming.phrases))
        raise RuleBroken("pairs_need_confirmation", field="names_candidates", pairs=phrases)


def write(event: Event, details: EventDetails) -> None:
    """Copy the details into the rows of `event`; its lists are made anew."""
    event.venue_id = _venue(details).id
    event.district_code = details.district_code
    for name in (
        "title",
        "theme",
        "summary",
        "starts_at",
        "ends_at",
        "audience",
        "capacity",
        "expected_crowd",
        "dress",
        "contact_name",
        "contact_phone",
        "order_number",
        "names_candidates",
    ):
        setattr(event, name, getattr(details, name))
    db.session.add(event)
    db.session.flush()
    for model in (ProgrammeItem, EventSession, EventKindRow, EventFaithRow):
        db.session.execute(delete(model).where(model.event_id == event.id))
    db.session.add_all(
        EventKindRow(event_id=event.id, kind=kind, position=place)
        for place, kind in enumerate(dict.fromkeys(details.kinds))
    )
    db.session.add_all(
        EventFaithRow(event_id=event.id, faith=faith) for faith in dict.fromkeys(details.faiths)
    )
    sessions = [
        EventSession(
            event_id=event.id,
            position=place,
            title=part.title,
            kind=part.kind,
            names_candidates=part.names_candidates,
        )
        for place, part in enumerate(details.sessions)
    ]
    db.session.add_all(sessions)
    db.session.flush()
    for place, item in enumerate(details.programme):
        session = sessions[item.session] if 0 <= item.session < len(sessions) else None
        db.session.add(
            ProgrammeItem(
                event_id=event.id,
                session_id=session.id if session else None,
                position=place,
                title=item.title,
                kind=item.kind,
                minutes=item.minutes,
                faith=item.faith,
                leader_name=item.leader_name,
                leader_id=item.leader_id,
                represented_by=item.represented_by,
                absent_note=item.absent_note,
            )
        )
    db.session.flush()
    db.session.expire(event)


def _venue(details: EventDetails) -> Venue:
    """The known venue of that name in that kecamatan, brought up to date, or a new one."""
    venue = db.session.scalar(
        select(Venue).where(Venue.name == details.venue_name, Venue.district_code == details.district_code)
    )
    if venue is None:
        venue = Venue(name=details.venue_name, district_code=details.district_code, kind=details.venue_kind)
        db.session.add(venue)
    venue.kind = details.venue_kind
    venue.address = details.venue_address or venue.address or ""
    venue.village_code = details.village_code or venue.village_code
    db.session.flush()
    return venue


def note(event: Event, *, step: EventStatus | None, by: Person | None, now: datetime, text: str = "") -> None:
    """Write a step or a remark into the event's conversation."""
    db.session.add(EventNote(event_id=event.id, at=now, by_id=by.id if by else None, step=step, text=text))
