"""What invitations do when their event changes: the invited are told with everybody else."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.events.details import NewsKind
from app.events.facts import Circle, ConcernedAsked, Told
from app.invitations import messages, queries
from app.invitations.actions.letters import recipient_of
from app.invitations.details import Answer, LetterStatus
from app.invitations.models import Addressee, Letter


def name_the_invited(asked: ConcernedAsked) -> None:
    """Whom issued letters address: of a change all, for another time may suit who could not come.

    Who answered "berhalangan" need not hear that the event is off, and only those who come are reminded of the day.
    """
    query = (
        select(Addressee)
        .join(Letter, Letter.id == Addressee.letter_id)
        .where(Letter.event_id == asked.event.id, Letter.status == LetterStatus.ISSUED)
        .options(joinedload(Addressee.organisation))
        .order_by(Addressee.letter_id, Addressee.position)
    )
    members = tuple(
        Told(
            f"addressee:{row.id}",
            recipient_of(row),
            messages.answer_address(queries.answer_code_of(row)),
        )
        for row in db.session.scalars(query)
        if _hears(row.answer, asked.news.kind)
    )
    asked.found.append(
        Circle(
            messages.circle_of_invited(),
            members,
            lambda name, link: messages.news_to_invited(asked.news, name, link),
        )
    )


def _hears(answer: Answer | None, kind: NewsKind) -> bool:
    match kind:
        case NewsKind.CHANGED:
            return True
        case NewsKind.CALLED_OFF:
            return answer is not Answer.UNABLE
        case NewsKind.REMINDER:
            return answer in {Answer.COMES, Answer.REPRESENTED}
        case NewsKind.SESSIONS:  # a letter invites to the event, not to one of its sessions
            return False
