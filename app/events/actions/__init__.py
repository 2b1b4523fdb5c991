"""What people do with events, one function a deed."""

from app.events.actions.changing import cancel, change_published, complete, postpone, withdraw
from app.events.actions.checking import approve, override_guard, publish, return_with_note
from app.events.actions.escalating import escalate
from app.events.actions.following import Later, change_following, end_series, rehearse_following
from app.events.actions.grading import set_grades
from app.events.actions.handing_over import hand_over
from app.events.actions.outcomes import Outcome
from app.events.actions.proposing import propose, revise, save_draft, submit
from app.events.actions.rechecking import ask_again, ask_again_there, enqueue_recheck, recheck
from app.events.actions.reminding import (
    plan_missing_reminders,
    send_reminder,
    switch_reminder,
    take_back_reminders,
)
from app.events.actions.running import reset_item, start_item
from app.events.actions.series import SeriesStep, extend_series, make_series, move_on
from app.events.actions.thread import add_note, mark_thread_read

__all__ = [
    "Later",
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
    "escalate",
    "extend_series",
    "hand_over",
    "make_series",
    "mark_thread_read",
    "move_on",
    "override_guard",
    "plan_missing_reminders",
    "postpone",
    "propose",
    "publish",
    "recheck",
    "rehearse_following",
    "reset_item",
    "return_with_note",
    "revise",
    "save_draft",
    "send_reminder",
    "set_grades",
    "start_item",
    "submit",
    "switch_reminder",
    "take_back_reminders",
    "withdraw",
]
