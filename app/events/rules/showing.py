"""Which parts of an event may be shown while candidate pairs are held back."""

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from app.events.details import EventStatus

if TYPE_CHECKING:
    from app.events.models import Event, EventSession, ProgrammeItem


class Dated(Protocol):
    """What tells whether an event has a date."""

    @property
    def status(self) -> EventStatus: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def postponed_from_at(self) -> datetime | None: ...


def has_no_date(event: Dated) -> bool:
    """Whether the event is postponed and its new date is not known yet."""
    return event.status is EventStatus.POSTPONED and event.postponed_from_at == event.starts_at


def visible_sessions(event: "Event", *, quiet: bool) -> list["EventSession"]:
    """The sessions; in a quiet period without those that name pairs."""
    return [session for session in event.sessions if not (quiet and session.names_candidates)]


def visible_programme(event: "Event", *, quiet: bool) -> list["ProgrammeItem"]:
    """The programme; in a quiet period without the lines of sessions that name pairs."""
    hidden = {session.id for session in event.sessions if quiet and session.names_candidates}
    return [item for item in event.programme if item.session_id not in hidden]
