"""Words of attendance and what forms hand to actions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SeatPurpose(StrEnum):
    """What a pool of seats is for."""

    ATTEND = "hadir"


class RegistrationKind(StrEnum):
    """INDIVIDUAL: somebody with a phone; GROUP: a coordinator's rombongan; the others are written down by staff."""

    INDIVIDUAL = "perorangan"
    GROUP = "rombongan"
    WALK_IN = "langsung"
    INSTITUTION = "lembaga"


class RegistrationStatus(StrEnum):
    """CONFIRMED and WAITING live. DUPLICATE: a number sent in again; holds no seat, is sorted out at the desk."""

    CONFIRMED = "terdaftar"
    WAITING = "menunggu"
    CANCELLED = "batal"
    DUPLICATE = "ganda"


LIVING = (RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING)


class Channel(StrEnum):
    """How somebody came onto the list."""

    ONLINE = "daring"
    DESK = "meja"
    INVITATION = "undangan"


class Need(StrEnum):
    """What the hosts should have ready for somebody. OTHER: said in words."""

    WHEELCHAIR = "kursi_roda"
    SIGN_LANGUAGE = "bahasa_isyarat"
    OTHER = "lain"


@dataclass(frozen=True)
class RegistrationDetails:
    """What a visitor or a group's coordinator fills in. phone is E.164; party_size counts the visitor too.

    members: names of a group, as far as they are known. hold_code: the link by which an invited body uses the
    places that are kept for it. Without session_ids it is the whole event.
    """

    name: str
    phone: str
    party_size: int
    district_code: str
    kind: RegistrationKind = RegistrationKind.INDIVIDUAL
    village: str = ""
    needs: tuple[Need, ...] = ()
    needs_note: str = ""
    group_name: str = ""
    members: tuple[str, ...] = ()
    session_ids: tuple[int, ...] = ()
    hold_code: str = ""


@dataclass(frozen=True)
class CorrectionDetails:
    """What the holder of a ticket may put right without touching seats. phone: another number; empty: as before."""

    name: str
    district_code: str
    village: str
    needs: tuple[Need, ...]
    needs_note: str
    phone: str = ""
    group_name: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class SplitDetails:
    """A part of a group that gets a ticket of its own; a phone may be left out."""

    name: str
    phone: str
    party_size: int
    members: tuple[str, ...] = ()


class RequestKind(StrEnum):
    """What somebody asks about the data that are kept of them."""

    SEE = "lihat"
    CORRECT = "betulkan"
    DELETE = "hapus"
    OBJECT = "keberatan"


@dataclass(frozen=True)
class DataRequestDetails:
    """A request about one's own data. phone is E.164."""

    kind: RequestKind
    name: str
    phone: str
    text: str


@dataclass(frozen=True)
class HandOverDetails:
    """Who comes instead. phone is E.164."""

    name: str
    phone: str


@dataclass(frozen=True)
class SeatSettings:
    """How many seats there are and when the public may register; None: no limit, no such moment."""

    capacity: int | None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class HoldDetails:
    """Places kept for an invited body until a moment."""

    organisation_name: str
    seats: int
    expires_at: datetime
    organisation_id: int | None = None


@dataclass(frozen=True)
class WalkInDetails:
    """What the desk writes down for somebody who comes unannounced; a phone may be left out."""

    name: str
    party_size: int
    phone: str = ""
    district_code: str = ""
    organisation_name: str = ""


@dataclass(frozen=True)
class Ticket:
    """What a ticket shows, the same form for a true one and for a number sent in twice (it tells nobody which)."""

    registration_id: int
    status: RegistrationStatus
    name: str
    phone_mask: str
    party_size: int
    check_code: str
    position: int | None
    checked_in_at: datetime | None
    confirm_by: datetime | None = None


@dataclass(frozen=True)
class SeatCounts:
    """How an event stands: people, not rows. capacity None: unlimited; left None: likewise.

    held: seats among the taken that are kept for invited bodies and not used yet.
    """

    capacity: int | None
    taken: int
    waiting: int
    registered: int
    checked_in: int
    outside: int
    open: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    held: int = 0

    @property
    def left(self) -> int | None:
        """Seats that are free."""
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        return self.left is not None and self.left <= 0


@dataclass(frozen=True)
class SessionSeats:
    """A session with seats of its own, as a visitor chooses it."""

    session_id: int
    title: str
    capacity: int | None
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)


@dataclass(frozen=True)
class Bar:
    """One bar of a chart and one row of the table behind it."""

    label: str
    value: int


@dataclass(frozen=True)
class Figures:
    """An event in numbers: people, not rows. A peak is the fullest ten minutes at the door, when there was one."""

    registered: int
    present: int
    walked_in: int
    stayed_away: int | None  # registered and not come; None before the event is over
    by_day: tuple[Bar, ...]
    by_district: tuple[tuple[str, int, int], ...]  # name, registered, present
    at_the_door: tuple[Bar, ...]

    @property
    def peak(self) -> Bar | None:
        return max(self.at_the_door, key=lambda bar: bar.value, default=None)


class DeskDeedKind(StrEnum):
    """What the desk did."""

    CHECK_IN = "hadir"
    UNDO = "urung"
    WALK_IN = "langsung"


class DeskOutcome(StrEnum):
    """What became of it. ALREADY: somebody else was first; REFUSED: it may not be, see the reason."""

    DONE = "dicatat"
    ALREADY = "sudah"
    REFUSED = "ditolak"


@dataclass(frozen=True)
class DeskStamp:
    """Where and when a deed of the desk truly happened, when a phone kept it while there was no network."""

    client_id: str = ""
    desk: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True)
class DeskDeedDetails:
    """One line of a phone's queue. code: the ticket; of: the earlier line that is undone; seen: the moment of the
    check-in (ISO) that is undone when another desk made it."""

    client_id: str
    kind: DeskDeedKind
    happened_at: datetime
    code: str = ""
    count: int | None = None
    of: str = ""
    seen: str = ""
    name: str = ""
    party_size: int = 1
    organisation_name: str = ""
