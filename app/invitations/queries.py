"""Reading letters and answers."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import pairs_of
from app.core import crypto
from app.core.database import db
from app.documents.models import LetterNumberEntry
from app.events.models import Event
from app.invitations.details import Answer, AnswerCounts, LetterStatus
from app.invitations.models import Addressee, Letter
from app.invitations.rules import INVITING, REST, MissingTeams, missing_teams
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from app.notify.queries import under
from app.people.models import Organisation
from app.regions.models import Unit
from app.regions.rules import LONGEST_NOTICE


def _whole(query: Select[Letter]) -> Select[Letter]:
    event = joinedload(Letter.event)
    return query.options(
        joinedload(Letter.unit),
        event.joinedload(Event.unit),
        event.joinedload(Event.venue),
        event.joinedload(Event.district),
        selectinload(Letter.addressees),
    )


def find_letter(letter_id: int, unit_ids: frozenset[int]) -> Letter | None:
    """A letter of one of the units, with event and addressees."""
    query = _whole(select(Letter).where(Letter.id == letter_id, Letter.unit_id.in_(unit_ids)))
    return db.session.scalar(query)


def whole_letter(letter_id: int) -> Letter | None:
    """A letter with event and addressees, for whoever holds one of its links."""
    return db.session.scalar(_whole(select(Letter).where(Letter.id == letter_id)))


def find_by_check_code(code: str) -> Letter | None:
    """The letter behind the code on its paper."""
    return db.session.scalar(_whole(select(Letter).where(Letter.check_code == code)))


def find_addressee(typed: str) -> Addressee | None:
    """Whom a personal link addresses, with letter and event."""
    letter = joinedload(Addressee.letter)
    event = letter.joinedload(Letter.event)
    query = (
        select(Addressee)
        .where(Addressee.answer_hash == crypto.token_hash(crypto.read_code(typed)))
        .options(
            letter.joinedload(Letter.unit),
            event.joinedload(Event.unit),
            event.joinedload(Event.venue),
            event.joinedload(Event.district),
        )
    )
    return db.session.scalar(query)


def answer_code_of(addressee: Addressee) -> str:
    """The secret part of the body's own link."""
    return crypto.decrypt(addressee.answer_sealed)


def page_of_letters(unit_ids: frozenset[int], *, event_id: int | None, page: int, size: int) -> list[Letter]:
    """The register, newest first, one row more than `size` when another page follows."""
    query = select(Letter).where(Letter.unit_id.in_(unit_ids))
    if event_id is not None:
        query = query.where(Letter.event_id == event_id)
    query = query.options(joinedload(Letter.event), joinedload(Letter.unit)).order_by(Letter.id.desc())
    return list(db.session.scalars(query.limit(size + 1).offset((page - 1) * size)))


def teams_missing(chosen: Collection[int], living: Iterable[Organisation], event: Event) -> MissingTeams:
    """Which campaign teams a list of organisations leaves out, going by the elections under way at the event."""
    ballots = [pair.ballot_number for pair in pairs_of(event.district_code, event.starts_at)]
    return missing_teams(chosen, living, ballots)


def letters_to_remind(now: datetime) -> list[int]:
    """Issued letters whose unit reminds by now, with somebody who has neither answered nor been reminded."""
    silent = select(Addressee.letter_id).where(Addressee.answer.is_(None), Addressee.reminded_at.is_(None))
    query = (
        select(Letter.id, Event.starts_at, Unit.remind_days)
        .join(Event, Event.id == Letter.event_id)
        .join(Unit, Unit.id == Letter.unit_id)
        .where(
            Letter.status == LetterStatus.ISSUED,
            Event.status.in_(INVITING),
            Event.starts_at > now,
            Event.starts_at <= now + timedelta(days=LONGEST_NOTICE),
            Letter.issued_at <= now - REST,
            Letter.id.in_(silent),
        )
    )
    rows = db.session.execute(query.order_by(Letter.id))
    return [row.id for row in rows if row.starts_at <= now + timedelta(days=row.remind_days)]


def letters_begun(now: datetime) -> list[int]:
    """Issued letters to events that began in the last two days: their reminders are overtaken."""
    query = (
        select(Letter.id)
        .join(Event, Event.id == Letter.event_id)
        .where(Letter.status == LetterStatus.ISSUED, Event.starts_at.between(now - timedelta(days=2), now))
    )
    return list(db.session.scalars(query))


def issued_letters_of(event_id: int) -> list[int]:
    """The numbered letters to an event that were not withdrawn."""
    query = select(Letter.id).where(Letter.event_id == event_id, Letter.status == LetterStatus.ISSUED)
    return list(db.session.scalars(query))


def messages_waiting(letter_id: int) -> int:
    """How many messages about a letter still wait to be sent."""
    query = select(func.count()).where(
        under(f"letter:{letter_id}"), OutboxMessage.status == MessageStatus.WAITING
    )
    return db.session.scalar(query) or 0


def places_of_addressees(event_id: int) -> dict[int, tuple[int, int]]:
    """Where everybody invited to an event stands: addressee → (letter, place in protocol order)."""
    query = (
        select(Addressee.id, Addressee.letter_id, Addressee.position)
        .join(Letter, Letter.id == Addressee.letter_id)
        .where(Letter.event_id == event_id)
    )
    return {row.id: (row.letter_id, row.position) for row in db.session.execute(query)}


def answer_counts(letter_ids: Iterable[int]) -> dict[int, AnswerCounts]:
    """How letters were answered, in one statement."""
    query = (
        select(
            Addressee.letter_id,
            func.count(),
            func.count().filter(Addressee.answer == Answer.COMES),
            func.count().filter(Addressee.answer == Answer.REPRESENTED),
            func.count().filter(Addressee.answer == Answer.UNABLE),
        )
        .where(Addressee.letter_id.in_(list(letter_ids)))
        .group_by(Addressee.letter_id)
    )
    return {row[0]: AnswerCounts(*row[1:]) for row in db.session.execute(query)}


def letters_by_serial(unit_id: int, year: int, serials: list[int]) -> dict[int, int]:
    """The letter behind each number of a unit's register: serial → id."""
    query = select(Letter.serial, Letter.id).where(
        Letter.unit_id == unit_id, Letter.year == year, Letter.serial.in_(serials)
    )
    return {row.serial: row.id for row in db.session.execute(query) if row.serial is not None}


def letters_out_of_step() -> list[str]:
    """Letters whose number the register does not hold, for `rukun check`. Empty by rights."""
    query = (
        select(Letter.id, Letter.number)
        .outerjoin(
            LetterNumberEntry,
            (LetterNumberEntry.unit_id == Letter.unit_id) & (LetterNumberEntry.text == Letter.number),
        )
        .where(Letter.number.is_not(None), LetterNumberEntry.id.is_(None))
    )
    return [f"letter {row[0]}: number {row[1]} is not in the register" for row in db.session.execute(query)]
