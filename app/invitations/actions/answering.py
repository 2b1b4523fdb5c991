"""Answering an invitation."""

from datetime import datetime

from app.core import audit
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.facts import publish
from app.invitations.actions.letters import again, message_key
from app.invitations.details import Answer, AnswerDetails
from app.invitations.facts import InvitationAnswered
from app.invitations.models import Addressee, Letter
from app.invitations.rules import problem_with_answer, problem_with_answering
from app.notify.actions import cancel_messages
from app.people.models import Person


@transactional
def answer_invitation(
    addressee: Addressee, *, details: AnswerDetails, now: datetime, by: Person | None = None
) -> Addressee:
    """Note what an invited body answers; by: the officer who took the answer by telephone.

    The list of attendance follows in the same transaction. Raises RuleBroken: letter_withdrawn,
    answer_to_cancelled, answer_too_late, representative_missing (field "represented_by").
    """
    lock(addressee)
    letter = again(db.session.get_one(Letter, addressee.letter_id))
    problem = problem_with_answering(status=letter.status, event=letter.event, now=now)
    if problem is not None:
        raise RuleBroken(problem)
    problem = problem_with_answer(details.answer, details.represented_by)
    if problem is not None:
        raise RuleBroken(problem, field="represented_by")
    represented = details.represented_by if details.answer is Answer.REPRESENTED else ""
    before = {"answer": addressee.answer}
    addressee.answer = details.answer
    addressee.represented_by = represented
    addressee.represented_office = details.represented_office if represented else ""
    addressee.note = details.note
    addressee.answered_at = now
    addressee.answered_by_id = by.id if by else None
    cancel_messages(message_key(letter, "reminder", addressee))
    publish(InvitationAnswered(letter.event, addressee, now))
    if by is not None:
        audit.record(
            "invitations:addressee:answered",
            by=by,
            now=now,
            subject=addressee,
            unit_id=letter.unit_id,
            name=addressee.organisation_name,
            before=before,
            after={"answer": details.answer},
        )
    return addressee
