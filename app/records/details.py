"""Words of minutes and reports, and the record of an event as one value."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.core.faiths import Faith
from app.events.details import EventKind


class SheetStatus(StrEnum):
    """A signed sheet is sealed: whatever changes later is a new version that names the old."""

    DRAFT = "draft"
    SIGNED = "signed"


class SheetKind(StrEnum):
    """The two sheets that are signed; the values stand in addresses."""

    MINUTES = "notula"
    REPORT = "laporan"


class AgreedKind(StrEnum):
    """What a meeting agreed on: something decided, or something to be done. Both may have an owner and a day."""

    DECISION = "keputusan"
    TASK = "tugas"


class FollowUpFilter(StrEnum):
    """Which follow-ups a list shows; the values stand in addresses."""

    OPEN = "terbuka"
    OVERDUE = "lewat"
    MINE = "saya"
    DONE = "selesai"


class HeadGroup(StrEnum):
    """Groups in which heads are reported: kinds of organisation in the order of protocol, then the public."""

    FORKOPIMDA = "forkopimda"
    GOVERNMENT = "pemerintah"
    ELECTION = "penyelenggara"
    CAMPAIGN_TEAM = "tim_kampanye"
    HARMONY_FORUM = "fkub"
    FAITH = "keagamaan"
    CUSTOM = "adat"
    COMMUNITY = "masyarakat"
    YOUTH = "pemuda"
    WOMEN = "perempuan"
    EDUCATION = "pendidikan"
    PRESS = "pers"
    OTHER_BODY = "lembaga_lain"
    PUBLIC = "pendaftar"
    WALK_IN = "langsung"


@dataclass(frozen=True)
class OpeningDetails:
    """The head of the minutes. opened_at, closed_at: when the meeting really began and ended, aware."""

    chair: str
    taker: str
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    opening: str = ""


@dataclass(frozen=True)
class FollowUpDetails:
    """What was decided or is to be done, by whom, until which day (of the unit's zone).

    id: of the row that is kept, None for a new one.
    """

    task: str
    owner: str = ""
    due_on: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class NoteDetails:
    """What this meeting said of a follow-up of an earlier one."""

    follow_up_id: int
    note: str = ""


@dataclass(frozen=True)
class CarriedDetails:
    """A follow-up of an earlier meeting as it stood when this one met. done_on: None while open."""

    task: str
    owner: str
    due_on: date | None
    meeting: str
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class MinutesPaper:
    """All that stands on the paper of the minutes: what is signed."""

    title: str
    chair: str
    taker: str
    opened_at: datetime | None
    closed_at: datetime | None
    opening: str
    speakers: tuple["SpeakerDetails", ...]
    decisions: tuple[FollowUpDetails, ...]
    tasks: tuple[FollowUpDetails, ...]
    carried: tuple[CarriedDetails, ...]
    present: int | None
    groups: tuple["GroupCount", ...]


@dataclass(frozen=True)
class Stamp:
    """What a paper says of its own version. code is empty and `at` None while it is a draft."""

    number: int
    code: str = ""
    at: datetime | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class GroupCount:
    """How many of a group were counted at the desk."""

    group: HeadGroup
    people: int


@dataclass(frozen=True)
class IncidentDetails:
    """What happened, when, and what was done about it (empty while nobody has said)."""

    happened_at: datetime
    what: str
    done: str = ""


@dataclass(frozen=True)
class PersonnelDetails:
    """How many a force sent."""

    force: str
    strength: int
    duty: str = ""


@dataclass(frozen=True)
class PhotoOnPaper:
    """A photo of the report. key: name of its file; alt: for those who cannot see it."""

    id: int
    key: str
    alt: str
    caption: str
    credit: str


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
    personnel: tuple[PersonnelDetails, ...] = ()
    photo_ids: tuple[int, ...] = ()


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
    starts_at: datetime | None = None
    faith: Faith | None = None


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
    basis: str = ""
    conclusion: str = ""
    pledge_note: str = ""
    groups: tuple[GroupCount, ...] = ()
    incident_rows: tuple[IncidentDetails, ...] = ()
    personnel: tuple[PersonnelDetails, ...] = ()
    photos: tuple[PhotoOnPaper, ...] = ()

    @property
    def strength(self) -> int:
        """All who secured the event."""
        return sum(row.strength for row in self.personnel)
