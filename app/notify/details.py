"""What callers hand to notify: plain addresses and texts."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a message leaves the house. PETUGAS: a person sends it from the send-list."""

    EMAIL = "email"
    PETUGAS = "petugas"
    WHATSAPP = "whatsapp"
    PUSH = "push"
    LOG = "log"


class MessageStatus(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Weight(StrEnum):
    """NEEDED: about something the person has asked for or that changed; EXTRA: a reminder, a thank-you."""

    NEEDED = "perlu"
    EXTRA = "tambahan"


class Wish(StrEnum):
    """What somebody wants to hear: everything, what is needed, nothing."""

    ALL = "semua"
    NEEDED = "perlu"
    NOTHING = "tidak"


@dataclass(frozen=True)
class Recipient:
    """Whom a message is for. phone is E.164; a person has either, both or neither address.

    push: a browser instead of a person, as JSON of its endpoint and keys.
    """

    name: str
    email: str = ""
    phone: str = ""
    push: str = ""


@dataclass(frozen=True)
class Outgoing:
    """One message of many. key, weight, link, leave: see `actions.queue_message`."""

    key: str
    cause: str
    to: Recipient
    subject: str
    text: str
    unit_id: int | None
    weight: Weight = Weight.NEEDED
    link: str = ""
    leave: str = ""
