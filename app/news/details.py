"""Words of articles and notices, and what forms hand to actions."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.media.details import Picture


class ItemStatus(StrEnum):
    """How far an article or a notice has come.

    APPROVED: a second person stands behind it, only the moment is open. PUBLISHED with a moment that lies ahead
    is a scheduled one.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """How an item is shown to staff at a moment."""

    DRAFT = "konsep"
    SUBMITTED = "diajukan"
    RETURNED = "dikembalikan"
    APPROVED = "disetujui"
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


class Topic(StrEnum):
    """What an article is mainly about; readers follow topics."""

    HARMONY = "kerukunan"
    ELECTION = "pemilu-damai"
    SAFETY = "kamtibmas"
    TRAFFIC = "lalu-lintas"
    SERVICE = "pelayanan"
    SOCIAL = "sosial"


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
    topic: Topic | None = None


@dataclass(frozen=True)
class Shown:
    """What stands between paragraphs, as a page shows it. kind: photo, gallery, read (text: its title), pull."""

    kind: str
    pictures: tuple[Picture, ...] = ()
    text: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Change:
    """A piece of a comparison of two texts. kind: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Conflict:
    """Two texts of one article: what somebody saved in between (by, at, title, body), and how the own differs."""

    by: str
    at: datetime
    title: str
    body: str
    lines: list[list[Change]]


class Verdict(StrEnum):
    """What somebody from outside says of the facts of a draft."""

    RIGHT = "benar"
    WRONG = "keliru"


@dataclass(frozen=True)
class SubscriptionDetails:
    """What somebody wants to be told of. topics and districts (codes): empty for all. digest: once a day."""

    topics: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    digest: bool = False


@dataclass(frozen=True)
class Browser:
    """Where a browser wants to be told, and the keys with which it reads: as the browser gives them."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class TranslationDetails:
    """An article in another language. by_machine: drafted by one."""

    title: str
    body: str
    subtitle: str = ""
    by_machine: bool = False


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

    @property
    def fix(self) -> tuple[str, str] | None:
        """(words as they stand, words instead) where one click can mend it."""
        if not self.better or self.code not in FIXABLE:
            return None
        if self.code == "weekday_differs":
            written = re.match(r"[^\W\d]+(?:['’][^\W\d]+)?", self.excerpt)
            rest = self.excerpt[written.end() :] if written else ""
            return self.excerpt, self.better.capitalize() + rest
        if self.code == "spelling" and self.excerpt[0].isupper():
            return self.excerpt, self.better[0].upper() + self.better[1:]
        return self.excerpt, self.better


# What the lint can mend by itself; the rest needs a person's knowledge.
FIXABLE = {
    "spelling",
    "zone_in_small_letters",
    "degree_without_stop",
    "weekday_differs",
    "rank_form",
    "number_without_stops",
}
