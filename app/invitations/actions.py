"""Writing, issuing and withdrawing letters, and answering them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core import audit, crypto
from app.core.clock import day_in
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.facts import publish
from app.documents.actions import take_number
from app.documents.queries import head_of
from app.events.models import Event
from app.invitations import messages, queries
from app.invitations.details import AnswerDetails, LetterDetails, LetterStatus
from app.invitations.facts import InvitationAnswered, InvitationWithdrawn
from app.invitations.models import Addressee, Letter
from app.invitations.rules import (
    in_protocol_order,
    problem_with_addressees,
    problem_with_answer,
    problem_with_answering,
)
from app.notify.actions import cancel_messages, queue_message
from app.notify.details import Recipient
from app.people.models import Organisation, Person
from app.people.queries import living_organisations

SERIES = "undangan"


def _bodies(organisation_ids: tuple[int, ...]) -> list[Organisation]:
    living = living_organisations()
    problem = problem_with_addressees(organisation_ids, living)
    if problem is not None:
        raise RuleBroken(problem, field="organisation_ids")
    chosen = [body for body in living if body.id in set(organisation_ids)]
    if len(chosen) != len(set(organisation_ids)):
        raise RuleBroken("organisation_unknown", field="organisation_ids")
    return in_protocol_order(chosen)


def _address(letter: Letter, bodies: list[Organisation]) -> None:
    known = {row.organisation_id: row for row in letter.addressees}
    rows = []
    for position, body in enumerate(bodies, start=1):
        row = known.get(body.id)
        if row is None:
            code = crypto.new_code(100)
            row = Addressee(
                organisation_id=body.id,
                answer_hash=crypto.token_hash(code),
                answer_sealed=crypto.encrypt(code),
            )
        row.position = position
        row.organisation_name = body.name
        row.head_name, row.head_title = body.head_name, body.head_title
        rows.append(row)
    letter.addressees = rows


def _write(letter: Letter, details: LetterDetails) -> None:
    letter.subject = details.subject
    letter.classification = details.classification
    letter.references = details.references
    letter.closing = details.closing
    letter.copies = details.copies


def _again(letter: Letter) -> Letter:
    """The letter, read and held inside the present transaction, with all that the deeds below touch."""
    lock(letter)
    event = joinedload(Letter.event)
    query = (
        select(Letter)
        .where(Letter.id == letter.id)
        .options(
            joinedload(Letter.unit),
            event.joinedload(Event.unit),
            event.joinedload(Event.venue),
            event.joinedload(Event.district),
            selectinload(Letter.addressees).joinedload(Addressee.organisation),
        )
    )
    return db.session.scalars(query).one()


@transactional
def draft_letter(event: Event, *, details: LetterDetails, by: Person, now: datetime) -> Letter:
    """Begin a letter. Raises RuleBroken("teams_incomplete" | "no_addressees", field="organisation_ids")."""
    bodies = _bodies(details.organisation_ids)
    letter = Letter(event_id=event.id, unit_id=event.unit_id, check_code=crypto.new_code(), created_at=now)
    letter.addressees = []
    _write(letter, details)
    _address(letter, bodies)
    db.session.add(letter)
    audit.record(
        "invitations:letter:drafted",
        by=by,
        now=now,
        subject=letter,
        name=details.subject,
        after={"addressees": len(bodies)},
    )
    return letter


@transactional
def change_letter(letter: Letter, *, details: LetterDetails, by: Person, now: datetime) -> Letter:
    """Rewrite a letter that has no number yet. Raises RuleBroken("letter_issued")."""
    letter = _again(letter)
    if letter.status is not LetterStatus.DRAFT:
        raise RuleBroken("letter_issued")
    bodies = _bodies(details.organisation_ids)
    before = {"subject": letter.subject, "addressees": len(letter.addressees)}
    _write(letter, details)
    _address(letter, bodies)
    after = {"subject": letter.subject, "addressees": len(bodies)}
    audit.record(
        "invitations:letter:changed",
        by=by,
        now=now,
        subject=letter,
        name=letter.subject,
        before=before,
        after=after,
    )
    return letter


@transactional
def issue_letter(letter: Letter, *, by: Person, now: datetime) -> Letter:
    """Give the letter its number and date, freeze it, and queue it to everyone it addresses.

    The number comes out of the unit's series in the same transaction: a letter that fails leaves no gap.
    Raises RuleBroken("letter_issued").
    """
    letter = _again(letter)
    if letter.status is not LetterStatus.DRAFT:
        raise RuleBroken("letter_issued")
    unit, event = letter.unit, letter.event
    dated_on = day_in(now, unit.zone)
    number = take_number(unit, SERIES, on=dated_on)
    signs = head_of(unit)
    letter.number, letter.serial, letter.year = number.text, number.serial, number.year
    letter.sign_office, letter.sign_name, letter.sign_rank = signs.office, signs.name, signs.rank_and_number
    letter.status, letter.dated_on, letter.issued_at = LetterStatus.ISSUED, dated_on, now
    for addressee in letter.addressees:
        subject, text = messages.invitation(letter, event, addressee, queries.answer_code_of(addressee))
        _tell(letter, addressee, "sent", subject, text, now=now)
    audit.record(
        "invitations:letter:issued",
        by=by,
        now=now,
        subject=letter,
        name=number.text,
        after={"number": number.text, "addressees": len(letter.addressees)},
    )
    return letter


def _tell(letter: Letter, addressee: Addressee, what: str, subject: str, text: str, *, now: datetime) -> None:
    body = addressee.organisation
    phone = crypto.decrypt(body.phone_sealed) if body.phone_sealed else ""
    queue_message(
        key=f"letter:{letter.id}:{what}:addressee:{addressee.id}",
        cause=f"invitations:letter:{what}",
        to=Recipient(addressee.head_name or addressee.organisation_name, body.email, phone),
        subject=subject,
        text=text,
        unit_id=letter.unit_id,
        now=now,
    )


@transactional
def withdraw_letter(letter: Letter, *, reason: str, by: Person, now: datetime) -> Letter:
    """Take an issued letter back, with a reason that its bodies are told. Its number stays in the register."""
    letter = _again(letter)
    if letter.status is LetterStatus.DRAFT:
        raise RuleBroken("letter_not_issued")
    if letter.status is LetterStatus.WITHDRAWN:
        raise RuleBroken("letter_withdrawn")
    if not reason:
        raise RuleBroken("reason_missing", field="reason")
    letter.status, letter.withdrawn_at, letter.withdrawn_reason = LetterStatus.WITHDRAWN, now, reason
    cancel_messages(f"letter:{letter.id}:sent:")
    for addressee in letter.addressees:
        subject, text = messages.withdrawal(letter, letter.event, addressee)
        _tell(letter, addressee, "withdrawn", subject, text, now=now)
        publish(InvitationWithdrawn(letter.event, addressee, now))
    audit.record(
        "invitations:letter:withdrawn",
        by=by,
        now=now,
        subject=letter,
        name=letter.number or "",
        reason=reason,
    )
    return letter


@transactional
def answer_invitation(
    addressee: Addressee, *, details: AnswerDetails, now: datetime, by: Person | None = None
) -> Addressee:
    """Note what an invited body answers; by: the officer who took the answer by telephone.

    The list of attendance follows in the same transaction. Raises RuleBroken: letter_withdrawn,
    answer_too_late, representative_missing (field "represented_by").
    """
    lock(addressee)
    letter = _again(db.session.get_one(Letter, addressee.letter_id))
    problem = problem_with_answering(status=letter.status, starts_at=letter.event.starts_at, now=now)
    if problem is not None:
        raise RuleBroken(problem)
    problem = problem_with_answer(details.answer, details.represented_by)
    if problem is not None:
        raise RuleBroken(problem, field="represented_by")
    represented = details.represented_by if details.answer.value == "diwakili" else ""
    before = {"answer": addressee.answer}
    addressee.answer = details.answer
    addressee.represented_by = represented
    addressee.represented_office = details.represented_office if represented else ""
    addressee.note = details.note
    addressee.answered_at = now
    addressee.answered_by_id = by.id if by else None
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
