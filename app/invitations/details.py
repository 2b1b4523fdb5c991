"""Words of invitations and what forms hand to actions."""

from dataclasses import dataclass
from enum import StrEnum


class LetterStatus(StrEnum):
    """ISSUED: numbered and unchangeable. WITHDRAWN: its number stays in the register."""

    DRAFT = "draft"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class Classification(StrEnum):
    """How a letter may be handled (klasifikasi)."""

    ORDINARY = "biasa"
    RESTRICTED = "terbatas"


class Layout(StrEnum):
    """SINGLE: a sheet for each addressee. LISTED: one letter to all, who stand on an attached list."""

    SINGLE = "satu"
    LISTED = "daftar"


class Answer(StrEnum):
    """What an invited body says."""

    COMES = "hadir"
    REPRESENTED = "diwakili"
    UNABLE = "berhalangan"


@dataclass(frozen=True)
class TypedAddressee:
    """Somebody who is no organisation on record, as an officer typed it. phone: E.164 or empty."""

    organisation_name: str
    head_title: str = ""
    head_name: str = ""
    phone: str = ""
    protocol_order: int = 500


@dataclass(frozen=True)
class LetterDetails:
    """What an officer writes. references, copies: one a line. organisation_ids, typed: in any order.

    enclosure: what the letter says under "Lampiran"; empty for the usual words.
    """

    subject: str
    classification: Classification
    organisation_ids: tuple[int, ...]
    references: str = ""
    closing: str = ""
    copies: str = ""
    typed: tuple[TypedAddressee, ...] = ()
    layout: Layout = Layout.SINGLE
    enclosure: str = ""


@dataclass(frozen=True)
class AnswerDetails:
    """What an invited body answers; a representative is named with office."""

    answer: Answer
    represented_by: str = ""
    represented_office: str = ""
    note: str = ""


@dataclass(frozen=True)
class AnswerCounts:
    """How a letter was answered, in bodies."""

    addressed: int
    comes: int
    represented: int
    unable: int

    @property
    def silent(self) -> int:
        return self.addressed - self.comes - self.represented - self.unable
