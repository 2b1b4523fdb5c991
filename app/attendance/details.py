"""Words of attendance and what forms hand to actions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SeatPurpose(StrEnum):
    """What a pool of seats is for."""

    ATTEND = "hadir"


class RegistrationKind(StrEnum):
    """INDIVIDUAL: somebody with a phone; GUEST: entered at the desk or invited for an organisation."""

    INDIVIDUAL = "perorangan"
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


@dataclass(frozen=True)
class RegistrationDetails:
    """What a visitor fills in. phone is E.164; party_size counts the visitor too."""

    name: str
    phone: str
    party_size: int
    district_code: str


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


@dataclass(frozen=True)
class SeatCounts:
    """How an event stands: people, not rows. capacity None: unlimited; left None: likewise."""

    capacity: int | None
    taken: int
    waiting: int
    registered: int
    checked_in: int
    outside: int
    open: bool

    @property
    def left(self) -> int | None:
        """Seats that are free."""
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        return self.left is not None and self.left <= 0


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
