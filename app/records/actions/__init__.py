"""What people do with minutes, reports, incidents and follow-ups."""

from app.records.actions.drawing import draw_sheet
from app.records.actions.follow_ups import finish_follow_up, remind_owners, reopen_follow_up
from app.records.actions.handing_over import hand_over
from app.records.actions.incidents import change_incident, note_incident, remove_incident
from app.records.actions.minutes import (
    add_speaker,
    begin_minutes,
    drop_set_aside,
    move_speaker,
    remove_speaker,
    save_section,
    set_aside,
)
from app.records.actions.reports import write_report
from app.records.actions.sealing import paper_of, renew, seal

__all__ = [
    "add_speaker",
    "begin_minutes",
    "change_incident",
    "draw_sheet",
    "drop_set_aside",
    "finish_follow_up",
    "hand_over",
    "move_speaker",
    "note_incident",
    "paper_of",
    "remind_owners",
    "remove_incident",
    "remove_speaker",
    "renew",
    "reopen_follow_up",
    "save_section",
    "seal",
    "set_aside",
    "write_report",
]
