"""What people do with events, one function a deed."""

from app.events.actions.changing import cancel, change_published, complete, postpone, withdraw
from app.events.actions.checking import add_note, approve, override_guard, publish, return_with_note
from app.events.actions.handing_over import hand_over
from app.events.actions.proposing import propose, revise, save_draft, submit

__all__ = [
    "add_note",
    "approve",
    "cancel",
    "change_published",
    "complete",
    "hand_over",
    "override_guard",
    "postpone",
    "propose",
    "publish",
    "return_with_note",
    "revise",
    "save_draft",
    "submit",
    "withdraw",
]
