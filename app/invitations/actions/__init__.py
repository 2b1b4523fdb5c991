"""What people do with letters of invitation."""

from app.invitations.actions.answering import answer_invitation
from app.invitations.actions.following import name_the_invited
from app.invitations.actions.letters import (
    SERIES,
    change_letter,
    draft_letter,
    issue_letter,
    withdraw_letter,
)
from app.invitations.actions.reminding import follow_cancellation, remind_due, remind_silent

__all__ = [
    "SERIES",
    "answer_invitation",
    "change_letter",
    "draft_letter",
    "follow_cancellation",
    "issue_letter",
    "name_the_invited",
    "remind_due",
    "remind_silent",
    "withdraw_letter",
]
