"""Writing, issuing and withdrawing letters."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import pairs_of
from app.almanac.rules.naming import pairs_named_in
from app.core import audit, crypto
from app.core.clock import day_in
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.facts import publish
from app.core.text import fold
from app.documents.actions import take_number, void_number
from app.documents.queries import head_of
from app.events.models import Event
from app.events.queries import title_to_say
from app.invitations import messages, queries
from app.invitations.details import LetterDetails, LetterStatus, TypedAddressee
from app.invitations.facts import InvitationWithdrawn
from app.invitations.models import Addressee, Letter
from app.invitations.rules import in_protocol_order, merged, problem_with_issuing, sounds_like_a_team
from app.notify.actions import cancel_messages, queue_messages
from app.notify.details import Outgoing, Recipient
from app.people.models import Organisation, Person
from app.people.queries import living_organisations

SERIES = "undangan"


def _bodies(details: LetterDetails, event: Event) -> list[Organisation | TypedAddressee]:
    """Everybody a letter addresses, in protocol order, once the rules agree."""
    living, chosen_ids = living_organisations(), set(details.organisation_ids)
    if not chosen_ids and not details.typed:
        raise RuleBroken("no_addressees", field="organisation_ids")
    chosen = [body for body in living if body.id in chosen_ids]
    if len(chosen) != len(chosen_ids):
        raise RuleBroken("organisation_unknown", field="organisation_ids")
    refuse_missing_teams(chosen_ids, living, event)
    known = {(fold(body.name), fold(body.head_title)) for body in chosen}
    pairs = pairs_of(event.district_code, event.starts_at)
    for row in details.typed:
        text = f"{row.organisation_name} {row.head_title}"
        if sounds_like_a_team(text) or pairs_named_in(text, pairs):
            raise RuleBroken("team_typed", field="typed", name=row.organisation_name)
        key = (fold(row.organisation_name), fold(row.head_title))
        if key in known:
            raise RuleBroken("addressee_twice", field="typed", name=row.organisation_name)
        known.add(key)
    return merged(in_protocol_order(chosen), details.typed)


def refuse_missing_teams(chosen: Collection[int], living: list[Organisation], event: Event) -> None:
    """Raise RuleBroken when a list holds campaign teams, but not those of all pairs."""
    missing = queries.teams_missing(chosen, living, event)
    if missing.ballot_numbers:
        numbers = ", ".join(str(number) for number in missing.ballot_numbers)
        raise RuleBroken("teams_unregistered", field="organisation_ids", numbers=numbers)
    if missing.names:
        raise RuleBroken("teams_incomplete", field="organisation_ids", names="; ".join(missing.names))


def _address(letter: Letter, rows: list[Organisation | TypedAddressee]) -> None:
    known = {row.organisation_id: row for row in letter.addressees if row.organisation_id is not None}
    addressees = []
    for position, body in enumerate(rows, start=1):
        row = known.get(body.id) if isinstance(body, Organisation) else None
        if row is None:
            code = crypto.new_code(100)
            row = Addressee(answer_hash=crypto.token_hash(code), answer_sealed=crypto.encrypt(code))
        row.position, row.protocol_order = position, body.protocol_order
        row.head_name, row.head_title = body.head_name, body.head_title
        if isinstance(body, Organisation):
            row.organisation_id, row.organisation_name = body.id, body.name
        else:
            row.organisation_name = body.organisation_name
            row.phone_sealed = crypto.encrypt(body.phone) if body.phone else None
        addressees.append(row)
    letter.addressees = addressees


def _write(letter: Letter, details: LetterDetails) -> None:
    letter.subject = details.subject
    letter.classification = details.classification
    letter.references = details.references
    letter.closing = details.closing
    letter.copies = details.copies
    letter.layout = details.layout
    letter.enclosure = details.enclosure


def again(letter: Letter) -> Letter:
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
    """Begin a letter.

    Raises RuleBroken("teams_incomplete" | "teams_unregistered" | "no_addressees" | "organisation_unknown",
    field="organisation_ids"; "team_typed" | "addressee_twice", field="typed").
    """
    bodies = _bodies(details, event)
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
    """Rewrite a letter that has no number yet. Raises RuleBroken("letter_issued"), or as `draft_letter`."""
    letter = again(letter)
    if letter.status is not LetterStatus.DRAFT:
        raise RuleBroken("letter_issued")
    bodies = _bodies(details, letter.event)
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
    Raises RuleBroken: letter_issued, event_not_inviting, event_has_no_date, event_begun, number_taken, or of
    campaign teams as `draft_letter`.
    """
    letter = again(letter)
    if letter.status is not LetterStatus.DRAFT:
        raise RuleBroken("letter_issued")
    unit, event = letter.unit, letter.event
    problem = problem_with_issuing(event, now)
    if problem is not None:
        raise RuleBroken(problem)
    # Teams and pairs may have been added since the draft was written.
    refuse_missing_teams(
        {row.organisation_id for row in letter.addressees if row.organisation_id},
        living_organisations(),
        event,
    )
    dated_on = day_in(now, unit.zone)
    number = take_number(unit, SERIES, on=dated_on, about=letter.subject)
    signs = head_of(unit)
    letter.number, letter.serial, letter.year = number.text, number.serial, number.year
    letter.sign_office, letter.sign_name, letter.sign_rank = signs.office, signs.name, signs.rank_and_number
    letter.status, letter.dated_on, letter.issued_at = LetterStatus.ISSUED, dated_on, now
    called = title_to_say(event, now)
    texts = [
        (row, *messages.invitation(letter, row, queries.answer_code_of(row), called=called))
        for row in letter.addressees
    ]
    tell(letter, "sent", texts, now=now)
    audit.record(
        "invitations:letter:issued",
        by=by,
        now=now,
        subject=letter,
        name=number.text,
        after={"number": number.text, "addressees": len(letter.addressees)},
    )
    return letter


def recipient_of(addressee: Addressee) -> Recipient:
    """How an addressee (with its organisation loaded) is reached."""
    body = addressee.organisation
    sealed = body.phone_sealed if body else addressee.phone_sealed
    phone = crypto.decrypt(sealed) if sealed else ""
    return Recipient(addressee.head_name or addressee.organisation_name, body.email if body else "", phone)


def message_key(letter: Letter, what: str, addressee: Addressee) -> str:
    """The key of the one message of a kind that an addressee may get; the closing colon keeps 1 apart from 12."""
    return f"letter:{letter.id}:{what}:addressee:{addressee.id}:"


def tell(letter: Letter, what: str, texts: Iterable[tuple[Addressee, str, str]], *, now: datetime) -> None:
    """Queue a message to each addressee with its own subject and text."""
    outgoing = [
        Outgoing(
            key=message_key(letter, what, addressee),
            cause=f"invitations:letter:{what}",
            to=recipient_of(addressee),
            subject=subject,
            text=text,
            unit_id=letter.unit_id,
        )
        for addressee, subject, text in texts
    ]
    queue_messages(outgoing, now=now)


@transactional
def withdraw_letter(letter: Letter, *, reason: str, by: Person, now: datetime) -> Letter:
    """Take an issued letter back, with a reason that its bodies are told. Its number stays in the register."""
    letter = again(letter)
    if letter.status is LetterStatus.DRAFT:
        raise RuleBroken("letter_not_issued")
    if letter.status is LetterStatus.WITHDRAWN:
        raise RuleBroken("letter_withdrawn")
    if not reason:
        raise RuleBroken("reason_missing", field="reason")
    letter.status, letter.withdrawn_at, letter.withdrawn_reason = LetterStatus.WITHDRAWN, now, reason
    if letter.serial is not None and letter.year is not None:
        void_number(letter.unit, SERIES, year=letter.year, serial=letter.serial, reason=reason, now=now)
    for what in ("sent", "reminder"):
        cancel_messages(f"letter:{letter.id}:{what}:")
    called = title_to_say(letter.event, now)
    texts = [(row, *messages.withdrawal(letter, row, called=called)) for row in letter.addressees]
    tell(letter, "withdrawn", texts, now=now)
    for addressee in letter.addressees:
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
