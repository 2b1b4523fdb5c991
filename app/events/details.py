"""Words of events and what forms hand to actions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.faiths import Faith


class EventKind(StrEnum):
    """What an event is; a compound event has several."""

    JOINT_PRAYER = "doa_bersama"
    COORDINATION_MEETING = "rakor"
    DECLARATION = "deklarasi"
    PARADE = "apel"
    GATHERING = "silaturahmi"
    COMMUNITY_TALK = "jumat_curhat"
    SOCIAL_WORK = "bakti_sosial"
    CAMPAIGN = "kampanye"


class EventStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


# The states in which the public sees an event.
PUBLIC_STATES = frozenset(
    {EventStatus.PUBLISHED, EventStatus.POSTPONED, EventStatus.CANCELLED, EventStatus.COMPLETED}
)
HIDDEN_STATES = frozenset(EventStatus) - PUBLIC_STATES


class Audience(StrEnum):
    """Who may come: everyone, or those invited (the page is public all the same)."""

    PUBLIC = "umum"
    INVITED = "undangan"


class VenueKind(StrEnum):
    POLICE_HALL = "kantor_polisi"
    GOVERNMENT_HALL = "gedung_pemerintah"
    HOUSE_OF_WORSHIP = "rumah_ibadah"
    SCHOOL = "sekolah"
    UNIVERSITY = "perguruan_tinggi"
    COMMUNITY_HALL = "gedung_warga"
    HOTEL = "hotel"
    FIELD = "lapangan"
    OTHER = "lain"


class Repeat(StrEnum):
    """How a series goes on from its first date."""

    WEEKLY = "mingguan"
    MONTHLY_DATE = "bulanan_tanggal"
    MONTHLY_WEEKDAY = "bulanan_hari"
    MONTHLY_LAST = "bulanan_hari_terakhir"


class ItemKind(StrEnum):
    """A programme item's kind."""

    REGISTRATION = "registrasi"
    OPENING = "pembukaan"
    ANTHEM = "lagu_kebangsaan"
    SPEECH = "sambutan"
    DIRECTION = "arahan"
    PRESENTATION = "paparan"
    DISCUSSION = "diskusi"
    PRAYER = "doa"
    PLEDGE = "ikrar"
    PERFORMANCE = "penampilan"
    PRAYER_BREAK = "istirahat_salat"
    PHOTO = "foto_bersama"
    CLOSING = "penutup"
    OTHER = "lain"


class Grade(StrEnum):
    """How hard a guard stands in the way; ordered from the hardest."""

    REFUSED = "tolak"
    REASON = "alasan"
    WARNING = "peringatan"
    INFO = "info"


class Guard(StrEnum):
    """What is checked of every plan."""

    QUIET_PERIOD = "masa_tenang"
    QUIET_SESSIONS = "masa_tenang_sesi"
    NAMES_PAIRS = "menyebut_paslon"
    PAIRS_INCOMPLETE = "paslon_tidak_lengkap"
    CAMPAIGN_PLACE = "kampanye_tempat"
    CAMPAIGN_CAMPUS = "kampanye_kampus"
    VENUE_KIND = "jenis_tempat"
    PAIRS_AT_WORSHIP = "paslon_tempat_ibadah"
    WORSHIP = "waktu_ibadah"
    HOLY_DAY = "hari_raya"
    COORDINATES = "koordinat"
    FASTING = "ramadan"
    VENUE_CLASH = "tempat_bentrok"
    FIELD_SHARED = "lapangan_bersama"
    PERSON_CLASH = "orang_bentrok"
    SAME_DAY = "acara_sehari"
    FAITH_WITHOUT_SLOT = "agama_tanpa_doa"
    UNEQUAL_MINUTES = "menit_tidak_sama"
    NO_LEADER = "doa_tanpa_pemimpin"
    OPENING_FAITH = "pembuka_doa"
    OVER_CAPACITY = "melebihi_kapasitas"
    PROGRAMME_TOO_LONG = "susunan_terlalu_panjang"
    IN_THE_PAST = "sudah_lewat"


class NewsKind(StrEnum):
    """Why people are written to about an event."""

    CHANGED = "berubah"
    CALLED_OFF = "batal"
    REMINDER = "pengingat"
    SESSIONS = "sesi"


class Reminder(StrEnum):
    """The reminders of an event, in their order."""

    THREE_DAYS = "h-3"
    ONE_DAY = "h-1"
    TWO_HOURS = "2-jam"


class EventTag(StrEnum):
    """Audit tags of events."""

    DRAFTED = "events:event:drafted"
    REVISED = "events:event:revised"
    SUBMITTED = "events:event:submitted"
    RETURNED = "events:event:returned"
    APPROVED = "events:event:approved"
    PUBLISHED = "events:event:published"
    CHANGED = "events:event:changed"
    POSTPONED = "events:event:postponed"
    CANCELLED = "events:event:cancelled"
    COMPLETED = "events:event:completed"
    WITHDRAWN = "events:event:withdrawn"
    NOTED = "events:event:noted"
    HANDED_OVER = "events:event:handed_over"
    ESCALATED = "events:event:escalated"
    REMINDED = "events:event:reminded"
    REMINDER_SWITCHED = "events:reminder:switched"
    OVERRIDDEN = "events:guard:overridden"
    GRADE_SET = "events:guard:grade_set"
    ITEM_STARTED = "events:programme:started"
    ITEM_RESET = "events:programme:reset"
    SERIES_MADE = "events:series:made"
    SERIES_EXTENDED = "events:series:extended"
    SERIES_MOVED_ON = "events:series:moved_on"
    SERIES_CHANGED = "events:series:changed"
    SERIES_ENDED = "events:series:ended"
    FOUND_LATE = "events:guard:found_late"


class TableKind(StrEnum):
    """Tables whose change has everything scheduled checked anew; the first three are the almanac's own words."""

    HOLY_DAYS = "hari_raya"
    SERVICES = "ibadah_rutin"
    ELECTIONS = "pemilihan"
    COORDINATES = "koordinat"
    GRADES = "tingkat_penjaga"


@dataclass(frozen=True)
class GuardFinding:
    """One thing that stands in the way of a plan.

    holes: raw values for the sentence in `messages` (moments stay moments). fingerprint: what exactly was found,
    so that an override of it does not cover another time or place.
    """

    guard: Guard
    grade: Grade
    holes: dict[str, object]
    source: str
    fingerprint: str


@dataclass(frozen=True)
class ProgrammeItemDetails:
    """One line of the programme. minutes: planned length. represented_by: who stands in for the leader.

    start_after: minutes from the event's start to a given start; None: when the line before is through.
    absent_note: why a faith's prayer slot has nobody ("berhalangan"); the slot stays in the programme.
    """

    title: str
    kind: ItemKind
    minutes: int
    session: int = 0  # index into EventDetails.sessions
    faith: Faith | None = None
    leader_name: str = ""
    leader_id: int | None = None
    represented_by: str = ""
    absent_note: str = ""
    start_after: int | None = None


@dataclass(frozen=True)
class SessionDetails:
    """A part of a compound event."""

    title: str
    kind: EventKind
    names_candidates: bool = False


@dataclass(frozen=True)
class Announced:
    """What is announced of an event; two of them make a difference.

    starts_at None: postponed, and no new time is known. place: venue, address and kecamatan.
    """

    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    capacity: int | None = None


@dataclass(frozen=True)
class AnnouncedSession:
    """What is announced of a session; begins: how long after the event."""

    id: int
    title: str
    begins: timedelta | None = None
    names_candidates: bool = False


@dataclass(frozen=True)
class SessionChange:
    """What becomes of an announced session; after None: it is left out."""

    before: AnnouncedSession
    after: AnnouncedSession | None


@dataclass(frozen=True)
class EventDetails:
    """All that a proposer says of an event. Moments are aware; ends_at None means open end ("sampai selesai")."""

    title: str
    kinds: tuple[EventKind, ...]
    starts_at: datetime
    ends_at: datetime | None
    venue_name: str
    venue_kind: VenueKind
    district_code: str
    theme: str = ""
    summary: str = ""
    venue_address: str = ""
    village_code: str = ""
    audience: Audience = Audience.PUBLIC
    capacity: int | None = None
    expected_crowd: int | None = None
    dress: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    order_number: str = ""  # sprin
    officers: tuple[str, ...] = ()  # who is on duty there, by name
    faiths: tuple[Faith, ...] = ()
    names_candidates: bool = False
    sessions: tuple[SessionDetails, ...] = ()
    programme: tuple[ProgrammeItemDetails, ...] = ()


@dataclass(frozen=True)
class SeriesRule:
    """On which dates a series is held, counted from its first.

    interval: every so many weeks or months. weekdays: of a weekly rule, Monday is 0. Either count (of dates, the
    first included) or until (the last day) ends it.
    """

    repeat: Repeat
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
