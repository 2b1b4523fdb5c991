"""Words of articles and notices, and what forms hand to actions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ItemStatus(StrEnum):
    """How far an article or a notice has come. PUBLISHED with a moment that lies ahead is a scheduled one."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """How an item is shown to staff at a moment."""

    DRAFT = "konsep"
    SUBMITTED = "diajukan"
    RETURNED = "dikembalikan"
    SCHEDULED = "terjadwal"
    PUBLISHED = "terbit"
    EMERGENCY = "darurat"  # published in an emergency, still to be approved
    CORRECTED = "diralat"
    EXPIRED = "berakhir"
    WITHDRAWN = "ditarik"


class NoticeKind(StrEnum):
    ANNOUNCEMENT = "pengumuman"
    DECREE = "maklumat"
    APPEAL = "imbauan"


class Urgency(StrEnum):
    """URGENT stands on every public page while it is valid."""

    NORMAL = "biasa"
    IMPORTANT = "penting"
    URGENT = "mendesak"


@dataclass(frozen=True)
class ArticleDetails:
    """All that a writer says of an article. body: HTML as it came, cleaned by the action.

    wanted_at: when the writer wishes it to appear. districts: codes of the kecamatan it is about, none for all.
    """

    title: str
    body: str
    subtitle: str = ""
    byline: str = ""
    event_id: int | None = None
    cover_id: int | None = None
    districts: tuple[str, ...] = ()
    names_candidates: bool = False
    wanted_at: datetime | None = None


@dataclass(frozen=True)
class NoticeDetails:
    """All that is said of a notice. It is valid in [valid_from, valid_until)."""

    title: str
    body: str
    kind: NoticeKind
    urgency: Urgency
    valid_from: datetime
    valid_until: datetime
    districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something the lint names. code: which rule; excerpt: the words it is about; better: what to write."""

    code: str
    excerpt: str = ""
    better: str = ""
