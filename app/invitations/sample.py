"""Letters and answers of the sample regency."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.database import db, transactional
from app.events.models import Event
from app.invitations import actions
from app.invitations.details import Answer, AnswerDetails, Classification, LetterDetails
from app.notify.actions import mark_sent_by_hand
from app.notify.models import OutboxMessage
from app.people.models import Person
from app.web.house import World

_BODIES = {
    "evening": (
        "bupati",
        "dprd",
        "kodim",
        "kejari",
        "kesbangpol",
        "kpu",
        "bawaslu",
        "fkub",
        "mui",
        "pgi",
        "keuskupan",
        "phdi",
        "walubi",
        "makin",
        "dad",
        "mabm",
        "tim-1",
        "tim-2",
        "tim-3",
    ),
    "coming": (
        "bupati",
        "kodim",
        "kpu",
        "bawaslu",
        "fkub",
        "mui",
        "pgi",
        "keuskupan",
        "phdi",
        "walubi",
        "makin",
        "mlki",
        "dad",
        "mabm",
    ),
    "declaration": ["bupati", "dprd", "kpu", "bawaslu", "fkub"],
}
# In the order of the letter: who has answered what; the rest are still silent.
_ANSWERS = {
    "evening": (
        AnswerDetails(Answer.REPRESENTED, "Andaian Asisten, M.Si.", "Asisten I Sekda"),
        AnswerDetails(Answer.UNABLE, note="Ada rapat paripurna."),
        *(AnswerDetails(Answer.COMES),) * 17,
    ),
    "coming": (
        AnswerDetails(Answer.COMES),
        AnswerDetails(Answer.REPRESENTED, "Mayor Inf Rekaan Perwira", "Kepala Staf Kodim"),
        AnswerDetails(Answer.COMES),
        AnswerDetails(Answer.UNABLE, note="Sedang di luar kota."),
        AnswerDetails(Answer.COMES),
        AnswerDetails(Answer.COMES),
        AnswerDetails(Answer.REPRESENTED, "Pdt. Misal Umpama, S.Th.", "Sekretaris"),
    ),
}
_REFERENCES = (
    "Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia;\n"
    "Rencana kegiatan pembinaan kerukunan umat beragama tahun berjalan."
)


def fill(world: World) -> None:
    """Invite bodies to the sample events and let some answer; one letter is still a draft."""
    officer = world.people.get("petugas")
    if officer is not None:
        _fill(world, officer)
        db.session.expunge_all()


@transactional
def _fill(world: World, officer: Person) -> None:
    for key, names in _BODIES.items():
        event = world.events.get(key)
        ids = tuple(world.organisations[name].id for name in names if name in world.organisations)
        if event is None or not ids:
            continue
        _invite(world, event, key, ids, officer)


def _invite(world: World, event: Event, key: str, ids: tuple[int, ...], officer: Person) -> None:
    written = min(world.now - timedelta(days=2), event.starts_at - timedelta(days=4))
    details = LetterDetails(
        subject=f"Undangan {event.title}",
        classification=Classification.ORDINARY,
        organisation_ids=ids,
        references=_REFERENCES,
        copies="Kapolda Kalimantan Barat\nBupati Ketapang",
    )
    letter = actions.draft_letter(event, details=details, by=officer, now=written)
    if key not in _ANSWERS:
        return
    letter = actions.issue_letter(letter, by=officer, now=written + timedelta(hours=2))
    _delivered(letter.id, by=officer, now=min(world.now, written + timedelta(hours=4)), late=key == "coming")
    for place, (addressee, answer) in enumerate(zip(letter.addressees, _ANSWERS[key], strict=False)):
        moment = written + timedelta(hours=5 + place)
        actions.answer_invitation(addressee, details=answer, now=moment)


def _delivered(letter_id: int, *, by: Person, now: datetime, late: bool) -> None:
    """The officer has handed the letters over; late: all but the last three."""
    rows = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.key.startswith(f"letter:{letter_id}:sent:"))
        .order_by(OutboxMessage.id)
    ).all()
    for message in rows[: len(rows) - 3] if late else rows:
        mark_sent_by_hand(message, by=by, now=now)
