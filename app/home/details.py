"""Words of the front page and of search."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """What can be found; the values stand in the address (`?jenis=`)."""

    EVENT = "acara"
    PLEDGE = "ikrar"
    ARTICLE = "berita"
    NOTICE = "pengumuman"


@dataclass(frozen=True)
class Draft:
    """What the index keeps of something public: words to find it by, and what a line of the results shows.

    at: an event's start, a publication's moment. changed_at: of the thing itself, to notice what is out of date.
    marks: names of the kecamatan and units it is about, to narrow by.
    """

    kind: DocumentKind
    subject_id: int
    title: str
    text: str
    path: str
    place: str
    zone: str
    at: datetime
    changed_at: datetime
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportDetails:
    """A problem that somebody tells of. phone: E.164 or empty. page: the path it is about, if known."""

    message: str
    phone: str = ""
    page: str = ""
