"""What invitations say to people."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.i18n import _, _l, clock_time, day, span
from app.core.text import show_phone
from app.documents.queries import head_of, letterhead_of
from app.documents.rules import qr_svg
from app.events.details import NewsKind
from app.invitations.details import Answer, Classification, Layout, LetterStatus
from app.invitations.queries import answer_code_of
from app.web.house import Words
from app.web.pages import absolute

if TYPE_CHECKING:
    from app.events.facts import News
    from app.invitations.models import Addressee, Letter

# So many single sheets are drawn into one file; more would keep a web process busy for too long.
SHEETS = 100
LETTER_TEMPLATE = Path(__file__).parent / "typst" / "undangan.typ"

LABELS: dict[object, Words] = {
    LetterStatus.DRAFT: _l("Konsep"),
    LetterStatus.ISSUED: _l("Terbit"),
    LetterStatus.WITHDRAWN: _l("Ditarik"),
    Classification.ORDINARY: _l("Biasa"),
    Classification.RESTRICTED: _l("Terbatas"),
    Layout.SINGLE: _l("Satu lembar untuk tiap penerima"),
    Layout.LISTED: _l("Satu surat, penerima pada daftar terlampir"),
    Answer.COMES: _l("Hadir"),
    Answer.REPRESENTED: _l("Diwakili"),
    Answer.UNABLE: _l("Berhalangan"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "invitations:addressee:answered": _l("Jawaban undangan dicatat"),
    "invitations:letter:changed": _l("Konsep surat undangan diubah"),
    "invitations:letter:drafted": _l("Konsep surat undangan dibuat"),
    "invitations:letter:reminded": _l("Yang belum menjawab undangan diingatkan"),
    "invitations:letter:issued": _l("Surat undangan diterbitkan"),
    "invitations:letter:withdrawn": _l("Surat undangan ditarik"),
}

REFUSALS: dict[str, Words] = {
    "no_addressees": _l("Pilih paling sedikit satu lembaga, atau tulis satu penerima lain."),
    "teams_incomplete": _l(
        "Tim kampanye diundang semua dalam satu surat atau tidak sama sekali. Belum dipilih: %(names)s."
    ),
    "teams_unregistered": _l(
        "Tim kampanye diundang semua dalam satu surat atau tidak sama sekali. Belum ada lembaga tim untuk "
        "pasangan calon nomor urut %(numbers)s: daftarkan dahulu di halaman Lembaga."
    ),
    "team_typed": _l(
        "%(name)s terbaca sebagai tim kampanye. Daftarkan di halaman Lembaga dengan nomor urutnya, lalu pilih "
        "bersama tim yang lain."
    ),
    "addressee_twice": _l("%(name)s dengan jabatan yang sama sudah ada pada surat ini."),
    "typed_unreadable": _l(
        "Baris %(line)s belum terbaca: paling banyak lima bagian, dipisah titik koma, dan lembaga harus ada."
    ),
    "typed_too_long": _l(
        "Baris %(line)s: lembaga, jabatan, dan nama masing-masing paling panjang 200 huruf."
    ),
    "typed_phone": _l("Baris %(line)s: nomor WhatsApp belum benar. Contoh: 0812-0000-0000."),
    "typed_order": _l("Baris %(line)s: urutan protokol adalah angka 1 sampai 9999."),
    "typed_too_many": _l("Paling banyak 500 penerima lain dalam satu surat; baris %(line)s berlebih."),
    "event_not_inviting": _l(
        "Surat terbit sesudah acara disetujui, dan tidak untuk acara yang dibatalkan atau ditarik."
    ),
    "event_has_no_date": _l("Acara ini ditunda tanpa tanggal baru. Surat terbit sesudah tanggalnya ada."),
    "event_begun": _l("Acara ini sudah dimulai; undangannya tidak dapat terbit lagi."),
    "no_reminder_now": _l("Pengingat hanya untuk surat yang terbit dan acara yang belum dimulai."),
    "nobody_to_remind": _l("Semua yang belum menjawab sudah pernah diingatkan."),
    "answer_to_cancelled": _l("Acara ini dibatalkan. Jawaban tidak diperlukan lagi."),
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


# called: what the event is called now (`events.queries.title_to_say`); in masa tenang no title that names pairs.


def answer_address(code: str) -> str:
    """The personal link of an invited body."""
    return absolute(f"/undangan/{code}")


def invitation(letter: "Letter", addressee: "Addressee", code: str, *, called: str) -> tuple[str, str]:
    """Subject and text of the message that goes with a letter."""
    event = letter.event
    text = _(
        'Salam sejahtera. Yth. %(title)s %(organisation)s, kami mengundang pada acara "%(event)s", %(span)s, di '
        "%(place)s (surat nomor %(number)s). Surat dan jawaban hadir, diwakili, atau berhalangan: %(link)s",
        title=addressee.head_title,
        organisation=addressee.organisation_name,
        event=called,
        span=span(event.starts_at, event.ends_at, event.zone),
        place=event.venue.name,
        number=letter.number,
        link=answer_address(code),
    )
    return _("Undangan: %(title)s", title=called), text


def reminder(letter: "Letter", addressee: "Addressee", code: str, *, called: str) -> tuple[str, str]:
    """Subject and text for somebody who has not answered yet."""
    event = letter.event
    text = _(
        "Salam sejahtera. Yth. %(title)s %(organisation)s, kami mengingatkan undangan nomor %(number)s pada acara "
        '"%(event)s", %(span)s, di %(place)s. Mohon jawaban hadir, diwakili, atau berhalangan: %(link)s',
        title=addressee.head_title,
        organisation=addressee.organisation_name,
        number=letter.number,
        event=called,
        span=span(event.starts_at, event.ends_at, event.zone),
        place=event.venue.name,
        link=answer_address(code),
    )
    return _("Mohon jawaban undangan: %(title)s", title=called), text


def circle_of_invited() -> str:
    return _("Yang diundang dengan surat")


def news_to_invited(news: "News", name: str, link: str) -> tuple[str, str]:
    """News of an event as an invited body gets it; link: where it answers."""
    if news.kind is NewsKind.CALLED_OFF:
        text = _(
            "Salam sejahtera. Yth. %(name)s,\n\n%(news)s\n\nMohon maaf; undangannya tidak berlaku lagi.",
            name=name,
            news=news.body,
        )
    elif news.kind is NewsKind.REMINDER:
        text = _(
            "Salam sejahtera. Yth. %(name)s,\n\n%(news)s\n\nSurat undangan, dan bila berhalangan: %(link)s",
            name=name,
            news=news.body,
            link=link,
        )
    else:
        text = _(
            "Salam sejahtera. Yth. %(name)s,\n\n%(news)s\n\nUndangannya tetap berlaku; jawaban dapat diubah di "
            "sini: %(link)s",
            name=name,
            news=news.body,
            link=link,
        )
    return news.subject, text


def typed_line(addressee: "Addressee", phone: str) -> str:
    """An addressee typed by hand as the form reads it again."""
    order = "" if addressee.protocol_order == 500 else str(addressee.protocol_order)
    parts = [addressee.organisation_name, addressee.head_title, addressee.head_name, phone, order]
    return "; ".join(parts).rstrip("; ")


def withdrawal(letter: "Letter", addressee: "Addressee", *, called: str) -> tuple[str, str]:
    """Subject and text for a body that was invited and is no more."""
    text = _(
        'Salam sejahtera. Yth. %(title)s %(organisation)s, undangan nomor %(number)s untuk acara "%(event)s" kami '
        "tarik. %(reason)s",
        title=addressee.head_title,
        organisation=addressee.organisation_name,
        number=letter.number,
        event=called,
        reason=letter.withdrawn_reason,
    )
    return _("Undangan ditarik: %(title)s", title=called), text


def subject_to_say(letter: "Letter", called: str) -> str:
    """What a letter is about: as it was written, unless its event may not be called by its title now."""
    return letter.subject if called == letter.event.title else _("Undangan %(title)s", title=called)


def letter_words(letter: "Letter", called: str) -> dict[str, Any]:
    """The letter's own text, apart from head, addressee and signature; letters are written in Indonesian."""
    event = letter.event
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
        [_("acara"), called],
    ]
    if event.dress:
        rows.append([_("pakaian"), event.dress])
    phone = show_phone(event.contact_phone) if event.contact_phone.startswith("+62") else event.contact_phone
    contact = " ".join(part for part in (event.contact_name, phone) if part)
    return {
        "title": _("Undangan %(title)s", title=called),
        "number": letter.number or _("(konsep, belum bernomor)"),
        "classification": str(LABELS[letter.classification]).upper(),
        "subject": subject_to_say(letter, called),
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


def _named(row: "Addressee") -> dict[str, Any]:
    return {"title": row.head_title, "name": row.head_name, "organisation": row.organisation_name}


def _sheet(row: "Addressee | None") -> dict[str, Any]:
    """One printed letter: to whom, with the code to answer; None is the copy for the file, which nobody answers."""
    if row is None:
        return {"title": "", "name": "", "organisation": "", "qr": "", "link": ""}
    link = answer_address(answer_code_of(row))
    return {**_named(row), "qr": qr_svg(link), "link": link}


def letter_paper(letter: "Letter", sheets: "Sequence[Addressee | None]", *, called: str) -> dict[str, Any]:
    """What the paper shows: one letter for each of `sheets`, with that addressee's own code to answer.

    letter: with all its addressees, who stand on the attached list of a letter with such a list. An issued letter
    shows who signed then; a draft the present head.
    """
    unit = letter.unit
    head, signs = letterhead_of(unit), head_of(unit)
    signed = {"office": letter.sign_office, "name": letter.sign_name, "rank_and_number": letter.sign_rank}
    dated = day(letter.dated_on).partition(", ")[2] if letter.dated_on else ""
    listed = letter.layout is Layout.LISTED
    return {
        **letter_words(letter, called),
        "head": vars(head),
        "enclosure": letter.enclosure or (_("satu berkas") if listed else "-"),
        "date": ", ".join(part for part in (head.place, dated) if part),
        "dated": dated or _("(konsep)"),
        "signs": signed if letter.sign_office else vars(signs),
        "withdrawn": letter.withdrawn_at is not None,
        "draft": letter.number is None,
        "place": head.place,
        "listed": [_named(row) for row in letter.addressees] if listed else [],
        "recipients": [_sheet(row) for row in sheets],
    }
