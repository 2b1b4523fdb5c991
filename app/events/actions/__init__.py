"""What people do with events: one function for each deed."""

from app.events.actions.changing import (
    cancel_event,
    change_event,
    complete_event,
    correct_event,
    postpone_event,
    withdraw_event,
)
from app.events.actions.checking import add_note, approve_event, override_guard, publish_event, return_event
from app.events.actions.proposing import propose_event, revise_event, submit_event

__all__ = [
    "add_note",
    "approve_event",
    "cancel_event",
    "change_event",
    "complete_event",
    "correct_event",
    "override_guard",
    "postpone_event",
    "propose_event",
    "publish_event",
    "return_event",
    "revise_event",
    "submit_event",
    "withdraw_event",
]
