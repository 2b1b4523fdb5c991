"""An invited body hears of what becomes of the event, once and by its letter."""

from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.events import actions as events
from app.events.details import NewsKind
from app.events.facts import ConcernedAsked, News
from app.invitations.actions import answer_invitation, issue_letter, name_the_invited
from app.invitations.details import Answer, AnswerDetails
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from tests.events.factories import make_event
from tests.invitations.factories import make_issued_letter, make_letter, whole
from tests.people.factories import make_person

REASON = "Jembatan menuju aula rusak."


def invited(event, kind):
    asked = ConcernedAsked(event, News(kind, "x", "x", "Kabar", "Kabar."), [])
    name_the_invited(asked)
    (circle,) = asked.found
    return {member.key for member in circle.members}


def test_the_invited_hear_according_to_what_they_answered(app: Flask) -> None:
    officer, event = make_person(Role.PETUGAS), make_event()
    rows = []
    for _letter in range(3):
        letter = make_letter(event, by=officer)
        issue_letter(letter, by=officer, now=clock.now())
        rows += whole(letter).addressees
    make_letter(event, by=officer)  # a draft invites nobody yet
    comes, unable, silent = rows
    keys = {row: f"addressee:{row.id}" for row in rows}
    answer_invitation(comes, details=AnswerDetails(Answer.COMES), now=clock.now())
    answer_invitation(unable, details=AnswerDetails(Answer.UNABLE), now=clock.now())
    assert invited(event, NewsKind.CHANGED) == set(keys.values())
    assert invited(event, NewsKind.CALLED_OFF) == {keys[comes], keys[silent]}
    assert invited(event, NewsKind.REMINDER) == {keys[comes]}


def test_a_cancelled_event_takes_back_letters_that_did_not_leave_and_tells_each_body_once(app: Flask) -> None:
    letter, officer = make_issued_letter()
    event = whole(letter).event
    row = whole(letter).addressees[0]
    answer_invitation(row, details=AnswerDetails(Answer.COMES), now=clock.now())
    events.cancel(event, REASON, by=officer, now=clock.now())
    db.session.rollback()
    messages = list(db.session.scalars(select(OutboxMessage)))
    waiting = [message for message in messages if message.status is MessageStatus.WAITING]
    assert not any(message.key.startswith("letter:") for message in waiting)
    about = [message for message in waiting if "cancelled" in message.key]
    assert len({message.to_name for message in about}) == len(about)
    assert any(REASON in message.text and "Yth." in message.text for message in about)
