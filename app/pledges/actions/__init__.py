"""The deeds of pledges: drafting, opening, signing, striking, sealing."""

from app.pledges.actions.codes import send_code, try_code
from app.pledges.actions.desk import confirm, restore, strike
from app.pledges.actions.doubts import sort_out_doubtful
from app.pledges.actions.drafting import close, close_ended, draft_pledge, open_pledge, pause, revise_pledge
from app.pledges.actions.erasing import erase_own_signature, sweep_phones
from app.pledges.actions.following import add_follow_up
from app.pledges.actions.handing_over import hand_over
from app.pledges.actions.institutions import invite_signatories, note_state, sign_for_institution
from app.pledges.actions.paper import enter_paper_signature
from app.pledges.actions.photos import choose_photo
from app.pledges.actions.runs import strike_by_conditions, undo_run
from app.pledges.actions.sealing import change_log_key, seal_logs, seal_pledge
from app.pledges.actions.sheets import add_sheet, read_line
from app.pledges.actions.signing import Receipt, sign_as_public
from app.pledges.actions.switches import set_bad_words, switch_off, switch_on
from app.pledges.actions.versions import draft_version, open_version, reaffirm, tell_signers
from app.pledges.actions.witnesses import add_witness, ask_witnesses, end_witness, keep_cosignature

__all__ = [
    "Receipt",
    "add_follow_up",
    "add_sheet",
    "add_witness",
    "ask_witnesses",
    "change_log_key",
    "choose_photo",
    "close",
    "close_ended",
    "confirm",
    "draft_pledge",
    "draft_version",
    "end_witness",
    "enter_paper_signature",
    "erase_own_signature",
    "hand_over",
    "invite_signatories",
    "keep_cosignature",
    "note_state",
    "open_pledge",
    "open_version",
    "pause",
    "read_line",
    "reaffirm",
    "restore",
    "revise_pledge",
    "seal_logs",
    "seal_pledge",
    "send_code",
    "set_bad_words",
    "sign_as_public",
    "sign_for_institution",
    "sort_out_doubtful",
    "strike",
    "strike_by_conditions",
    "sweep_phones",
    "switch_off",
    "switch_on",
    "tell_signers",
    "try_code",
    "undo_run",
]
