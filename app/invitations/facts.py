"""What invitations publish, inside the transaction of the deed."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.events.models import Event
    from app.invitations.models import Addressee


@dataclass(frozen=True)
class InvitationAnswered:
    """An invited body said whether it comes, for the first time or anew."""

    event: "Event"
    addressee: "Addressee"
    now: datetime


@dataclass(frozen=True)
class InvitationWithdrawn:
    """A body is invited no more, because its letter was withdrawn."""

    event: "Event"
    addressee: "Addressee"
    now: datetime
