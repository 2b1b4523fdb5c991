"""What people do with events, one function a deed."""

from app.events.actions.changing import cancel, change_published, complete, postpone, withdraw
from app.events.actions.checking import add_note, approve, override_guard, publish, return_with_note
from app.events.actions.grading import set_grades
from app.events.actions.handing_over import hand_over
from app.events.actions.proposing import propose, revise, save_draft, submit
from app.events.actions.rechecking import ask_again, ask_again_there, enqueue_recheck, recheck
from app.events.actions.running import reset_item, start_item
from app.events.actions.series import (
    Outcome,
    SeriesStep,
    change_following,
    end_series,
    make_series,
    move_on,
)

__all__ = [
    "Outcome",
    "SeriesStep",
    "add_note",
    "approve",
    "ask_again",
    "ask_again_there",
    "cancel",
    "change_following",
    "change_published",
    "complete",
    "end_series",
    "enqueue_recheck",
    "hand_over",
    "make_series",
    "move_on",
    "override_guard",
    "postpone",
    "propose",
    "publish",
    "recheck",
    "reset_item",
    "return_with_note",
    "revise",
    "save_draft",
    "set_grades",
    "start_item",
    "submit",
    "withdraw",
]
