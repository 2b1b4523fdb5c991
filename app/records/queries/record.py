"""The whole record of an event as one value."""

from collections.abc import Callable
from typing import Any

from app.attendance.queries import guests_present, headcount
from app.events.models import Event
from app.events.queries import find_in_units
from app.events.rules.timing import item_starts
from app.media.details import PhotoState
from app.records.details import (
    AgreedKind,
    EventRecord,
    FollowUpDetails,
    IncidentDetails,
    PersonnelDetails,
    PhotoOnPaper,
    PledgeState,
    PresenceDetails,
    ProgrammeLine,
    QuoteDetails,
    SpeakerDetails,
)
from app.records.models import ActivityReport, Minutes
from app.records.queries.heads import counted_by_group
from app.records.queries.minutes import minutes_of
from app.records.queries.reports import incidents_of, report_of

# Declarations stand on a floor above and are told of from there.
_tellers: list[Callable[[int], tuple[PledgeState, ...]]] = []


def pledges_told_by(tell: Callable[[int], tuple[PledgeState, ...]]) -> None:
    """Have tell(event_id) say how far the declarations of an event were signed. Naming it twice counts once."""
    if tell not in _tellers:
        _tellers.append(tell)


def presences_at_desk(event_id: int) -> tuple[PresenceDetails, ...]:
    """Institutions that were checked in at the desk, for a first draft of the report."""
    return tuple(
        PresenceDetails(
            institution=row.office or row.organisation_name, name=row.name, represented_by=row.represented_by
        )
        for row in guests_present(event_id)
    )


def record_of_event(event_id: int, unit_ids: frozenset[int]) -> EventRecord | None:
    """All that is on record of an event of one of the units; None when there is no such event."""
    event = find_in_units(event_id, unit_ids)
    if event is None:
        return None
    minutes, report = minutes_of(event_id), report_of(event_id)
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
        present=headcount(event_id) or None,
        groups=counted_by_group(event_id),
        programme=_programme(event),
        incident_rows=tuple(
            IncidentDetails(row.happened_at, row.what, row.done) for row in incidents_of(event_id)
        ),
        pledges=tuple(state for tell in _tellers for state in tell(event_id)),
        **_from_minutes(minutes),
        **_from_report(report, event_id),
    )


def _programme(event: Event) -> tuple[ProgrammeLine, ...]:
    starts = item_starts(event.starts_at, event.programme)
    return tuple(
        ProgrammeLine(
            item.title, item.leader_name, item.represented_by, bool(item.absent_note), start, item.faith
        )
        for item, start in zip(event.programme, starts, strict=True)
    )


def _from_minutes(minutes: Minutes | None) -> dict[str, Any]:
    if minutes is None:
        return {}
    return {
        "ended_at": minutes.closed_at,
        "speakers": tuple(
            SpeakerDetails(row.capacity, row.name, row.represented_by, row.points) for row in minutes.speakers
        ),
        "decisions": tuple(row.task for row in minutes.agreed if row.kind is AgreedKind.DECISION),
        "follow_ups": tuple(
            FollowUpDetails(row.task, row.owner, row.due_on)
            for row in minutes.agreed
            if row.kind is AgreedKind.TASK
        ),
    }


def _from_report(report: ActivityReport | None, event_id: int) -> dict[str, Any]:
    if report is None:
        return {"presences": presences_at_desk(event_id)}
    names = (
        *("leader_office", "leader_name", "basis", "aim", "occasion", "result", "incidents", "security"),
        *("conclusion", "pledge_note"),
    )
    return {
        **{name: getattr(report, name) for name in names},
        "presences": tuple(
            PresenceDetails(row.institution, row.name, row.represented_by) for row in report.presences
        )
        or presences_at_desk(event_id),
        "quotes": tuple(
            QuoteDetails(row.speaker, row.capacity, row.text, row.approved_at is not None)
            for row in report.quotes
        ),
        "personnel": tuple(PersonnelDetails(row.force, row.strength, row.duty) for row in report.personnel),
        "photos": tuple(
            PhotoOnPaper(
                row.photo_id,
                row.photo.key,
                row.photo.alt or row.photo.caption,
                row.photo.caption,
                row.photo.credit,
            )
            for row in report.photos
            if row.photo.state is not PhotoState.REMOVED
        ),
    }
