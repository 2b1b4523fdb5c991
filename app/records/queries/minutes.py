"""Reading minutes: the living draft, what stands on its paper, who may be offered as a speaker."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.attendance.queries import guests_present, headcount
from app.core.database import db
from app.events.details import ItemKind
from app.events.models import Event
from app.records.details import (
    AgreedKind,
    FollowUpDetails,
    MinutesPaper,
    SpeakerDetails,
)
from app.records.models import Minutes, MinutesSection, SetAside
from app.records.queries.follow_ups import carried_into
from app.records.queries.heads import counted_by_group

_SPEAKING = frozenset({ItemKind.SPEECH, ItemKind.DIRECTION, ItemKind.PRESENTATION, ItemKind.DISCUSSION})


def minutes_of(event_id: int) -> Minutes | None:
    """The minutes of an event with all their rows."""
    query = select(Minutes).where(Minutes.event_id == event_id)
    return db.session.scalar(
        query.options(
            selectinload(Minutes.speakers),
            selectinload(Minutes.agreed),
            selectinload(Minutes.notes),
            selectinload(Minutes.sections).joinedload(MinutesSection.changed_by),
        )
    )


def set_asides_of(minutes_id: int) -> list[SetAside]:
    """Texts that wait to be compared, the oldest first."""
    query = select(SetAside).where(SetAside.minutes_id == minutes_id).options(joinedload(SetAside.by))
    return list(db.session.scalars(query.order_by(SetAside.at, SetAside.id)))


def minutes_paper(event: Event, minutes: Minutes) -> MinutesPaper:
    """What stands on the paper as things are now."""

    def agreed(kind: AgreedKind) -> tuple[FollowUpDetails, ...]:
        rows = (row for row in minutes.agreed if row.kind is kind)
        return tuple(FollowUpDetails(row.task, row.owner, row.due_on, row.id) for row in rows)

    return MinutesPaper(
        title=event.title,
        chair=minutes.chair,
        taker=minutes.taker,
        opened_at=minutes.opened_at,
        closed_at=minutes.closed_at,
        opening=minutes.opening,
        speakers=tuple(
            SpeakerDetails(row.capacity, row.name, row.represented_by, row.points) for row in minutes.speakers
        ),
        decisions=agreed(AgreedKind.DECISION),
        tasks=agreed(AgreedKind.TASK),
        carried=tuple(carried for _, carried in carried_into(event, minutes)),
        present=headcount(event.id) or None,
        groups=counted_by_group(event.id),
    )


def speakers_on_offer(event: Event, minutes: Minutes | None) -> list[SpeakerDetails]:
    """Who may have spoken and is not in the minutes yet: from the programme, then from the attendance list."""
    taken = {(row.capacity, row.name) for row in minutes.speakers} if minutes else set()
    offered = [
        SpeakerDetails(item.leader_name or item.title, represented_by=item.represented_by)
        for item in event.programme
        if item.kind in _SPEAKING and not item.absent_note
    ] + [
        SpeakerDetails(guest.office or guest.organisation_name, guest.name, guest.represented_by)
        for guest in guests_present(event.id)
    ]
    fresh: dict[tuple[str, str], SpeakerDetails] = {}
    for one in offered:
        if (one.capacity, one.name) not in taken:
            fresh.setdefault((one.capacity, one.name), one)
    return list(fresh.values())
