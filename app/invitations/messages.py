"""What invitations say to people."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.i18n import _, _l, clock_time, day, span
from app.documents.queries import head_of, letterhead_of
from app.documents.rules import qr_svg
from app.invitations.details import Answer, Classification, LetterStatus
from app.invitations.queries import answer_code_of
from app.web.house import Words
from app.web.pages import absolute

if TYPE_CHECKING:
    from app.events.models import Event
    from app.invitations.models import Addressee, Letter

LETTER_TEMPLATE = Path(__file__).parent / "typst" / "undangan.typ"

LABELS: dict[object, Words] = {
    LetterStatus.DRAFT: _l("Konsep"),
    LetterStatus.ISSUED: _l("Terbit"),
    LetterStatus.WITHDRAWN: _l("Ditarik"),
    Classification.ORDINARY: _l("Biasa"),
    Classification.RESTRICTED: _l("Terbatas"),
    Answer.COMES: _l("Hadir"),
    Answer.REPRESENTED: _l("Diwakili"),
    Answer.UNABLE: _l("Berhalangan"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "invitations:addressee:answered": _l("Jawaban undangan dicatat"),
    "invitations:letter:changed": _l("Konsep surat undangan diubah"),
    "invitations:letter:drafted": _l("Konsep surat undangan dibuat"),
    "invitations:letter:issued": _l("Surat undangan diterbitkan"),
    "invitations:letter:withdrawn": _l("Surat undangan ditarik"),
}

REFUSALS: dict[str, Words] = {
    "no_addressees": _l("Pilih paling sedikit satu lembaga."),
    "teams_incomplete": _l(
        "Tim kampanye diundang semua atau tidak sama sekali. Lengkapi pilihannya, atau kosongkan semuanya."
    ),
    "organisation_unknown": _l("Salah satu lembaga sudah tidak ada. Periksa lagi pilihannya."),
    "letter_issued": _l(
        "Surat ini sudah terbit dan tidak dapat diubah. Tarik surat ini, lalu buat yang baru."
    ),
    "letter_not_issued": _l("Surat ini belum terbit."),
    "letter_withdrawn": _l("Undangan ini sudah ditarik."),
    "answer_too_late": _l("Acara sudah dimulai. Sampaikan langsung di meja kehadiran."),
    "representative_missing": _l("Tulis nama yang mewakili."),
    "reason_missing": _l("Tulis alasan penarikan."),
}


def answer_address(code: str) -> str:
    """The personal link of an invited body."""
    return absolute(f"/undangan/{code}")


def invitation(letter: "Letter", event: "Event", addressee: "Addressee", code: str) -> tuple[str, str]:
    """Subject and text of the message that goes with a letter."""
    text = _(
        'Salam sejahtera. Yth. %(title)s %(organisation)s, kami mengundang pada acara "%(event)s", %(span)s, di '
        "%(place)s (surat nomor %(number)s). Surat dan jawaban hadir, diwakili, atau berhalangan: %(link)s",
        title=addressee.head_title,
        organisation=addressee.organisation_name,
        event=event.title,
        span=span(event.starts_at, event.ends_at, event.zone),
        place=event.venue.name,
        number=letter.number,
        link=answer_address(code),
    )
    return _("Undangan: %(title)s", title=event.title), text


def withdrawal(letter: "Letter", event: "Event", addressee: "Addressee") -> tuple[str, str]:
    """Subject and text for a body that was invited and is no more."""
    text = _(
        'Salam sejahtera. Yth. %(title)s %(organisation)s, undangan nomor %(number)s untuk acara "%(event)s" kami '
        "tarik. %(reason)s",
        title=addressee.head_title,
        organisation=addressee.organisation_name,
        number=letter.number,
        event=event.title,
        reason=letter.withdrawn_reason,
    )
    return _("Undangan ditarik: %(title)s", title=event.title), text


def letter_words(letter: "Letter", event: "Event") -> dict[str, Any]:
    """The letter's own text, apart from head, addressee and signature; letters are written in Indonesian."""
    last = (
        clock_time(event.ends_at, event.zone, with_zone=False) if event.ends_at is not None else _("selesai")
    )
    place = ", ".join(part for part in (event.venue.name, event.venue.address, event.district.name) if part)
    rows = [
        [_("hari, tanggal"), day(event.starts_at, event.zone)],
        [
            _("pukul"),
            _(
                "%(start)s s.d. %(end)s",
                start=clock_time(event.starts_at, event.zone),
                end=last,
            ),
        ],
        [_("tempat"), place],
        [_("acara"), event.title],
    ]
    if event.dress:
        rows.append([_("pakaian"), event.dress])
    contact = " ".join(part for part in (event.contact_name, event.contact_phone) if part)
    return {
        "title": _("Undangan %(title)s", title=event.title),
        "number": letter.number or _("(konsep, belum bernomor)"),
        "classification": str(LABELS[letter.classification]).upper(),
        "subject": letter.subject,
        "references": [line for line in letter.references.splitlines() if line],
        "invite": _(
            "Sehubungan dengan rujukan tersebut di atas, kami mengundang Bapak/Ibu untuk menghadiri acara yang "
            "diselenggarakan pada:"
        )
        if letter.references
        else _("Bersama ini kami mengundang Bapak/Ibu untuk menghadiri acara yang diselenggarakan pada:"),
        "rows": rows,
        "contact": _(
            "Kehadiran atau wakil yang ditunjuk mohon dikabarkan lewat kode di surat ini atau kepada %(contact)s.",
            contact=contact,
        )
        if contact
        else _("Kehadiran atau wakil yang ditunjuk mohon dikabarkan lewat kode di surat ini."),
        "closing": letter.closing
        or _("Demikian undangan ini disampaikan. Atas kehadirannya kami ucapkan terima kasih."),
        "copies": [line for line in letter.copies.splitlines() if line],
        "check": _("Keaslian surat: %(address)s", address=absolute(f"/periksa/{letter.check_code}")),
    }


def letter_paper(letter: "Letter", addressees: Sequence["Addressee"]) -> dict[str, Any]:
    """What the paper shows: one letter for each addressee, each with its own code to answer.

    An issued letter shows who signed then; a draft the present head.
    """
    event, unit = letter.event, letter.unit
    head, signs = letterhead_of(unit), head_of(unit)
    signed = {"office": letter.sign_office, "name": letter.sign_name, "rank_and_number": letter.sign_rank}
    dated = day(letter.dated_on).partition(", ")[2] if letter.dated_on else ""
    return {
        **letter_words(letter, event),
        "head": vars(head),
        "date": ", ".join(part for part in (head.place, dated) if part),
        "signs": signed if letter.sign_office else vars(signs),
        "withdrawn": letter.withdrawn_at is not None,
        "place": head.place,
        "recipients": [
            {
                "title": row.head_title,
                "name": row.head_name,
                "organisation": row.organisation_name,
                "qr": qr_svg(answer_address(answer_code_of(row))),
                "link": answer_address(answer_code_of(row)),
            }
            for row in addressees
        ],
    }
