"""Words of photos and share cards."""

from dataclasses import dataclass, field
from enum import StrEnum


class PhotoState(StrEnum):
    """INCOMPLETE: caption, alternative text or credit is missing, so nothing may be published with it."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    REMOVED = "removed"


class PeopleShown(StrEnum):
    """Who can be recognised in a photo, since that decides whose consent must be on record."""

    NOBODY = "tidak_ada"
    PUBLIC = "umum"  # officials and leaders at an open event
    PRIVATE = "warga"
    CHILDREN = "anak"


@dataclass(frozen=True)
class PhotoDetails:
    """What is said of a photo. decorative: it tells nothing the text does not; its alt stays empty.

    neutral: a person looked for gestures, attributes of a campaign and a pair alone with an officer, and found
    none. focus: where to look, in per cent from the left and from the top.
    """

    caption: str = ""
    alt: str = ""
    credit: str = ""
    decorative: bool = False
    people: PeopleShown = PeopleShown.NOBODY
    consent_note: str = ""
    neutral: bool = False
    focus: tuple[int, int] = (50, 50)


@dataclass(frozen=True)
class Source:
    """One `<source>` of a `<picture>`."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """A photo as pages show it. width and height in pixels of the copy at `url`."""

    id: int
    url: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    focus: str = "50-50"
    sources: tuple[Source, ...] = field(default=())


@dataclass(frozen=True)
class CardCheck:
    """What a finished card really is. fits: what WhatsApp asks of it holds."""

    width: int
    height: int
    kilobytes: int
    fits: bool


@dataclass(frozen=True)
class Card:
    """A share card, 1200 × 630. With a photo it shows that, otherwise title and lines on the woven ground."""

    title: str
    kicker: str = ""
    lines: tuple[str, ...] = ()
    unit: str = ""
    photo_key: str = ""
    focus: tuple[int, int] = (50, 50)
