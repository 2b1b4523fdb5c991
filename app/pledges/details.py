"""Words of pledges and what forms hand to actions."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PledgeStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Stage(StrEnum):
    """What a reader meets at a moment: the status, the times and the quiet period taken together."""

    COMING = "akan_dibuka"
    SIGNING = "dibuka"
    PAUSED = "dijeda"
    QUIET = "masa_tenang"
    CLOSED = "ditutup"


class Verification(StrEnum):
    """Which figure stands first: all ways together, or what an officer has made sure of."""

    ALL_WAYS = "semua_cara"
    CONFIRMED = "dipastikan"


class SignatoryPart(StrEnum):
    """As what an institution signs."""

    PARTY = "pihak"
    WITNESS = "saksi"


class SignatoryState(StrEnum):
    INVITED = "diundang"
    PRESENT = "hadir"
    SIGNED = "menandatangani"
    REFUSED = "menolak"
    NOT_YET = "belum"


class SignWay(StrEnum):
    """How somebody of the public signed; the four are never silently added up."""

    ONSITE = "di_tempat"
    ONLINE = "daring_terverifikasi"
    PAPER = "kertas"
    UNVERIFIED = "belum_terverifikasi"


class LineOutcome(StrEnum):
    """What came of a line of a sheet that two officers read alike."""

    COUNTED = "dihitung"
    BLANK = "kosong"
    SIGNED_BEFORE = "sudah_menandatangani"
    TWO_NAMES = "dua_nama"


class Switch(StrEnum):
    """What of all declarations can be switched off under load or in trouble."""

    SIGNING = "tanda_tangan"
    LISTS = "daftar_nama"
    HOURS = "data_per_jam"


class LeafKind(StrEnum):
    """What a line of the public log says happened; docs/pledge-log.md tells what each means for the counts.

    SORTED_OUT: how many of the lines "belum_terverifikasi" were further tries, as a number without names.
    WITHDRAWAL: how logs of the first form wrote strike and erasure alike; no new line is of this kind.
    """

    INSTITUTION = "lembaga"
    SIGNATURE = "tanda_tangan"
    CONFIRMATION = "pemastian"
    STRIKE = "pencoretan"
    RESTORATION = "pemulihan"
    ERASURE = "penghapusan"
    SORTED_OUT = "kiriman_ulang"
    WITHDRAWAL = "pencabutan"


# The text version that people agree to; a changed text gets a new number.
CONSENT = "ikrar-2026-1"


@dataclass(frozen=True)
class PledgeDetails:
    """All that staff say of a declaration. Moments are aware; None: at once, or until somebody closes it.

    points: the numbered points in order. occasion: in words; empty with an event: named after it. reader: who
    reads it out. names_candidates: confirmed by a person; the quiet period asks. session_id: of a compound event.
    """

    title: str
    points: tuple[str, ...]
    on: date
    preamble: str = ""
    occasion: str = ""
    place: str = ""
    reader: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    names_candidates: bool = False
    verification: Verification = Verification.ALL_WAYS
    event_id: int | None = None
    session_id: int | None = None


@dataclass(frozen=True)
class SignatoryDetails:
    """An institution that is to sign; the order of the list is the order on paper and screen."""

    organisation_id: int
    name: str
    capacity: str
    part: SignatoryPart = SignatoryPart.PARTY


@dataclass(frozen=True)
class InstitutionSigning:
    """Who signs for an institution; represented_by: who stands in for that person. ink: SVG path data."""

    name: str
    capacity: str
    represented_by: str = ""
    ink: str = ""


@dataclass(frozen=True)
class PublicSigning:
    """What was typed on the public form. phone: E.164. network: the address it came from, kept hashed.
    venue: the code of the ceremony page, which changes every minute; with it the signature is one at the venue.
    """

    name: str
    phone: str
    district_code: str
    shown: bool
    submission_key: str
    network: str = ""
    venue: str = ""


@dataclass(frozen=True)
class PaperSigning:
    """What stands on one line of paper. phone: E.164 or empty."""

    name: str
    district_code: str
    shown: bool
    phone: str = ""


@dataclass(frozen=True)
class Reading:
    """What one officer reads on one line of a sheet. phone: E.164 or empty. blank: there is no signature on it."""

    name: str = ""
    phone: str = ""
    district_code: str = ""
    shown: bool = False
    blank: bool = False


@dataclass(frozen=True)
class LineState:
    """How far a line of a sheet is. mine: what the person asking reads on it. others: how many others have read it.

    theirs: what they read, to be compared; empty until the person asking has read the line too.
    """

    line: int
    outcome: LineOutcome | None = None
    mine: Reading | None = None
    others: int = 0
    theirs: tuple[Reading, ...] = ()

    @property
    def differs(self) -> bool:
        return self.outcome is None and self.mine is not None and self.others > 0

    @property
    def is_open(self) -> bool:
        """Whether the person asking has still to read it."""
        return self.outcome is None and self.mine is None


@dataclass(frozen=True)
class StrikeConditions:
    """Which signatures are to be struck; all that are given must hold. like_code: the check code of one of them,
    for all from the same network. since, until: aware moments, until excluded.
    """

    name: str = ""
    district_code: str = ""
    way: SignWay | None = None
    like_code: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return self == StrikeConditions()

    def as_data(self) -> dict[str, str]:
        """For the record of the run."""
        values = {
            "name": self.name,
            "district_code": self.district_code,
            "way": self.way.value if self.way else "",
            "like_code": self.like_code,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {key: value for key, value in values.items() if value}


@dataclass(frozen=True)
class FollowUpDetails:
    """What came of a promise. point: the number of the point, None for the whole."""

    on: date
    text: str
    point: int | None = None
    source: str = ""


@dataclass(frozen=True)
class DistrictCount:
    """Signatures from one kecamatan, all ways together."""

    code: str
    name: str
    slug: str
    count: int


@dataclass(frozen=True)
class PledgeCounts:
    """Living signatures of the public. `total` is all ways together and is only shown labelled so."""

    total: int
    by_way: dict[SignWay, int]
    by_district: tuple[DistrictCount, ...]

    @property
    def confirmed(self) -> int:
        """Without those nobody has made sure of."""
        return self.total - self.by_way[SignWay.UNVERIFIED]


@dataclass(frozen=True)
class InclusionProof:
    """That a line stands in the log: RFC 9162, hashes as bytes from the leaf upwards."""

    number: int
    size: int
    leaf: str
    leaf_hash: bytes
    path: tuple[bytes, ...]
    checkpoint: str
