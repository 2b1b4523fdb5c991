"""Reading minutes, reports and follow-ups, and the whole record of an event."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.attendance.queries import guests_present, headcount
from app.core.database import db
from app.events.models import Event
from app.events.queries import find_in_units
from app.records.details import (
    EventRecord,
    FollowUpDetails,
    PledgeState,
    PresenceDetails,
    ProgrammeLine,
    QuoteDetails,
    SpeakerDetails,
)
from app.records.models import ActivityReport, FollowUp, Minutes


def minutes_of(event_id: int) -> Minutes | None:
    """The newest version of an event's minutes with all its rows."""
    query = select(Minutes).where(Minutes.event_id == event_id, Minutes.superseded_at.is_(None))
    return db.session.scalar(
        query.options(
            selectinload(Minutes.speakers), selectinload(Minutes.follow_ups), joinedload(Minutes.signed_by)
        )
    )


def report_of(event_id: int) -> ActivityReport | None:
    """The newest version of an event's report with all its rows."""
    query = select(ActivityReport).where(
        ActivityReport.event_id == event_id, ActivityReport.superseded_at.is_(None)
    )
    return db.session.scalar(
        query.options(
            selectinload(ActivityReport.presences),
            selectinload(ActivityReport.quotes),
            joinedload(ActivityReport.signed_by),
        )
    )


def earlier_versions(event_id: int) -> list[Minutes | ActivityReport]:
    """Sealed versions that a newer one has replaced, for the record's page."""
    found: list[Minutes | ActivityReport] = []
    for model in (Minutes, ActivityReport):
        query = select(model).where(model.event_id == event_id, model.superseded_at.is_not(None))
        found += db.session.scalars(query.options(joinedload(model.signed_by)).order_by(model.number))
    return found


def follow_ups_of_units(unit_ids: frozenset[int], *, done: bool = False, limit: int = 200) -> list[FollowUp]:
    """Follow-ups across meetings, the most pressing first; of minutes that hold, drafts included."""
    query = (
        select(FollowUp)
        .join(Minutes)
        .where(FollowUp.unit_id.in_(unit_ids), Minutes.superseded_at.is_(None))
        .where(FollowUp.done_at.is_not(None) if done else FollowUp.done_at.is_(None))
        .options(joinedload(FollowUp.minutes).joinedload(Minutes.event).joinedload(Event.unit))
    )
    order = (FollowUp.done_at.desc(),) if done else (FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def overdue_follow_ups(unit_ids: frozenset[int], *, today: date) -> list[FollowUp]:
    """Follow-ups whose day has passed."""
    rows = follow_ups_of_units(unit_ids)
    return [row for row in rows if row.due_on is not None and row.due_on < today]


def find_follow_up(follow_up_id: int, unit_ids: frozenset[int]) -> FollowUp | None:
    """One of the units' follow-ups."""
    query = select(FollowUp).where(FollowUp.id == follow_up_id, FollowUp.unit_id.in_(unit_ids))
    return db.session.scalar(query)


def presences_at_desk(event_id: int) -> tuple[PresenceDetails, ...]:
    """Institutions that were checked in at the desk, for a first draft of the report."""
    return tuple(
        PresenceDetails(
            institution=row.office or row.organisation_name, name=row.name, represented_by=row.represented_by
        )
        for row in guests_present(event_id)
    )


def record_of_event(
    event_id: int, unit_ids: frozenset[int], *, pledges: tuple[PledgeState, ...] = ()
) -> EventRecord | None:
    """All that is on record of an event of one of the units; None when there is no such event.

    pledges: told by the caller, since declarations stand on a floor above.
    """
    event = find_in_units(event_id, unit_ids)
    if event is None:
        return None
    minutes, report = minutes_of(event_id), report_of(event_id)
    counted = report.present if report is not None and report.present is not None else headcount(event_id)
    presences = (
        tuple(PresenceDetails(row.institution, row.name, row.represented_by) for row in report.presences)
        if report
        else ()
    )
    leader_office = report.leader_office if report else ""
    return EventRecord(
        event_id=event.id,
        unit_id=event.unit_id,
        unit_name=event.unit.name,
        place=event.unit.letter_place or event.district.name,
        title=event.title,
        theme=event.theme,
        kinds=tuple(event.kinds),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.unit.zone,
        venue=event.venue.name,
        district=event.district.name,
        district_code=event.district_code,
        names_candidates=event.names_candidates
        or any(session.names_candidates for session in event.sessions),
        order_number=event.order_number,
        leader_office=leader_office,
        leader_name=report.leader_name if report else "",
        aim=report.aim if report else "",
        occasion=report.occasion if report else "",
        present=counted or None,
        ended_at=minutes.closed_at if minutes else None,
        presences=presences or presences_at_desk(event_id),
        programme=tuple(
            ProgrammeLine(item.title, item.leader_name, item.represented_by, bool(item.absent_note))
            for item in event.programme
        ),
        speakers=tuple(
            SpeakerDetails(row.capacity, row.name, row.represented_by, row.points) for row in minutes.speakers
        )
        if minutes
        else (),
        quotes=tuple(
            QuoteDetails(row.speaker, row.capacity, row.text, row.approved_at is not None)
            for row in report.quotes
        )
        if report
        else (),
        decisions=tuple(map(str, minutes.decisions)) if minutes else (),
        follow_ups=tuple(FollowUpDetails(row.task, row.owner, row.due_on) for row in minutes.follow_ups)
        if minutes
        else (),
        pledges=pledges,
        result=report.result if report else "",
        incidents=report.incidents if report else "",
        security=report.security if report else "",
    )
