"""The staff pages of invitations."""

from app.invitations.staff import answers, papers  # noqa: F401 – views register themselves
from app.invitations.staff.letters import event_staff_links, letters_in_register
from app.invitations.staff.rooms import blueprint

__all__ = ["blueprint", "event_staff_links", "letters_in_register"]
