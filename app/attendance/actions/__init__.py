"""What people do with attendance."""

from app.attendance.actions.changing import (
    cancel_registration,
    change_party_size,
    choose_sessions,
    confirm_coming,
    pass_on_unconfirmed,
)
from app.attendance.actions.desk import (
    add_walk_in,
    check_in,
    find_for_check_in,
    merge_duplicate,
    undo_check_in,
)
from app.attendance.actions.following import (
    close_for_cancelled,
    close_for_completed,
    follow_change,
    keep_lost_sessions,
    name_the_registered,
    open_for_published,
)
from app.attendance.actions.forgetting import erase_registration, forget_people
from app.attendance.actions.groups import correct_registration, hand_over, split_group
from app.attendance.actions.guests import follow_answer, follow_withdrawal, seat_guest, unseat_guest
from app.attendance.actions.holds import end_hold, keep_seats, release_expired_of
from app.attendance.actions.lists import note_list_exported, note_list_taken, note_list_viewed
from app.attendance.actions.registering import register
from app.attendance.actions.requests import answer_request, ask_about_data
from app.attendance.actions.seats import (
    close_registration,
    ensure_pool,
    open_registration,
    promote,
    set_capacity,
    set_session_capacity,
    take_seats,
)
from app.attendance.actions.syncing import apply_desk_deed, apply_desk_deeds
from app.attendance.actions.thanking import take_thanks_back, thank_who_came
from app.attendance.actions.volunteers import open_desk_link, revoke_desk_link

__all__ = [
    "add_walk_in",
    "answer_request",
    "apply_desk_deed",
    "apply_desk_deeds",
    "ask_about_data",
    "cancel_registration",
    "change_party_size",
    "check_in",
    "choose_sessions",
    "close_for_cancelled",
    "close_for_completed",
    "close_registration",
    "confirm_coming",
    "correct_registration",
    "end_hold",
    "ensure_pool",
    "erase_registration",
    "find_for_check_in",
    "follow_answer",
    "follow_change",
    "follow_withdrawal",
    "forget_people",
    "hand_over",
    "keep_lost_sessions",
    "keep_seats",
    "merge_duplicate",
    "name_the_registered",
    "note_list_exported",
    "note_list_taken",
    "note_list_viewed",
    "open_desk_link",
    "open_for_published",
    "open_registration",
    "pass_on_unconfirmed",
    "promote",
    "register",
    "release_expired_of",
    "revoke_desk_link",
    "seat_guest",
    "set_capacity",
    "set_session_capacity",
    "split_group",
    "take_seats",
    "take_thanks_back",
    "thank_who_came",
    "undo_check_in",
    "unseat_guest",
]
