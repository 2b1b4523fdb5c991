"""Words of minutes and reports, and the record of an event as one value."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.events.details import EventKind


class SheetStatus(StrEnum):
    """A signed sheet is sealed: whatever changes later is a new version that names the old."""

    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True)
class SpeakerDetails:
    """Who spoke. represented_by: who stood in for the capacity named. points: one a line."""

    capacity: str
    name: str = ""
    represented_by: str = ""
    points: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip(" -•\t") for line in self.points.splitlines() if line.strip(" -•\t"))


@dataclass(frozen=True)
class FollowUpDetails:
    """What is to be done, by whom, until which day (of the unit's zone)."""

    task: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class MinutesDetails:
    """Notula. opened_at, closed_at: when the meeting really began and ended, aware."""

    chair: str
    taker: str
    opened_at: datetime | None
    closed_at: datetime | None
    opening: str = ""
    speakers: tuple[SpeakerDetails, ...] = ()
    decisions: tuple[str, ...] = ()
    follow_ups: tuple[FollowUpDetails, ...] = ()


@dataclass(frozen=True)
class PresenceDetails:
    """An institution that was there, in the order of protocol."""

    institution: str
    name: str = ""
    represented_by: str = ""


@dataclass(frozen=True)
class QuoteDetails:
    """Words somebody said, for publication only once that person has approved them."""

    speaker: str
    capacity: str
    text: str
    approved: bool = False


@dataclass(frozen=True)
class ReportDetails:
    """Laporan kegiatan. leader_office and leader_name: who presided, as first mentioned in the news."""

    leader_office: str
    leader_name: str
    basis: str = ""
    aim: str = ""
    occasion: str = ""
    result: str = ""
    incidents: str = ""
    security: str = ""
    conclusion: str = ""
    pledge_note: str = ""
    presences: tuple[PresenceDetails, ...] = ()
    quotes: tuple[QuoteDetails, ...] = ()


@dataclass(frozen=True)
class PledgeState:
    """How far a declaration has been signed by the institutions asked to."""

    title: str
    signed: int
    expected: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProgrammeLine:
    """A line of the programme as it was held."""

    title: str
    leader: str = ""
    represented_by: str = ""
    absent: bool = False


@dataclass(frozen=True)
class EventRecord:
    """All that is on record of an event; what the release and the duty report are drafted from.

    Moments are aware, shown on the clocks of `zone`. present: heads counted at the desk, None when nobody was
    checked in. ended_at: when it really ended, from the minutes.
    """

    event_id: int
    unit_id: int
    unit_name: str
    place: str
    title: str
    theme: str
    kinds: tuple[EventKind, ...]
    starts_at: datetime
    ends_at: datetime | None
    zone: str
    venue: str
    district: str
    district_code: str
    names_candidates: bool = False
    order_number: str = ""
    leader_office: str = ""
    leader_name: str = ""
    aim: str = ""
    occasion: str = ""
    present: int | None = None
    ended_at: datetime | None = None
    presences: tuple[PresenceDetails, ...] = ()
    programme: tuple[ProgrammeLine, ...] = ()
    speakers: tuple[SpeakerDetails, ...] = ()
    quotes: tuple[QuoteDetails, ...] = ()
    decisions: tuple[str, ...] = ()
    follow_ups: tuple[FollowUpDetails, ...] = ()
    pledges: tuple[PledgeState, ...] = ()
    result: str = ""
    incidents: str = ""
    security: str = ""
