"""The deeds of pledges: drafting, opening, signing, striking, sealing."""

from app.pledges.actions.drafting import close, draft_pledge, open_pledge, pause, revise_pledge
from app.pledges.actions.handing_over import hand_over
from app.pledges.actions.institutions import invite_signatories, note_state, sign_for_institution
from app.pledges.actions.sealing import change_log_key, seal_logs, seal_pledge
from app.pledges.actions.signing import (
    Receipt,
    confirm,
    enter_paper_signature,
    erase_own_signature,
    restore,
    sign_as_public,
    strike,
    sweep_phones,
)

__all__ = [
    "Receipt",
    "change_log_key",
    "close",
    "confirm",
    "draft_pledge",
    "enter_paper_signature",
    "erase_own_signature",
    "hand_over",
    "invite_signatories",
    "note_state",
    "open_pledge",
    "pause",
    "restore",
    "revise_pledge",
    "seal_logs",
    "seal_pledge",
    "sign_as_public",
    "sign_for_institution",
    "strike",
    "sweep_phones",
]
