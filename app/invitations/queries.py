"""Reading letters and answers."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.core import crypto
from app.core.database import db
from app.events.models import Event
from app.invitations.details import Answer, AnswerCounts
from app.invitations.models import Addressee, Letter


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


def letters_out_of_step() -> list[str]:
    """Gaps or doubles among the numbers given out, for `rukun check`. Empty by rights."""
    query = (
        select(Letter.unit_id, Letter.year, func.count(), func.max(Letter.serial))
        .where(Letter.serial.is_not(None))
        .group_by(Letter.unit_id, Letter.year)
        .having(func.count() != func.max(Letter.serial))
    )
    return [
        f"letters of unit {row[0]} in {row[1]}: {row[2]} letters, highest number {row[3]}"
        for row in db.session.execute(query)
    ]
