"""How long a letter and a list of 500 names take to draw: `python -m benchmarks.documents`.

Bars: half a second for one letter, three seconds for the list. Nothing is read from a database; the texts are as
long as real ones.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from app.attendance.details import RegistrationKind
from app.attendance.messages import list_paper
from app.attendance.models import Registration
from app.attendance.staff.papers import LIST_TEMPLATE
from app.core import crypto
from app.core.i18n import in_indonesian
from app.documents.rules import draw
from app.events.models import Event, Venue
from app.factory import create_app
from app.invitations.details import Classification, Layout, LetterStatus
from app.invitations.messages import LETTER_TEMPLATE, SHEETS, letter_paper
from app.invitations.models import Addressee, Letter
from app.regions.models import Region, Unit

NAMES = 500
ROUNDS = 5
LONG = "Majelis Musyawarah Kerukunan Umat Beragama dan Adat Contoh Kabupaten Rekaan Bagian Hulu Sungai"


def make_event(turn: int = 0) -> Event:
    """An evening at a Polres, in memory only. turn: makes the words of each drawing its own, as real ones are."""
    district = Region(name="Delta Pawan")
    unit = Unit(
        name="Polres Contoh",
        zone="Asia/Pontianak",
        letterhead="Kepolisian Negara Republik Indonesia\nDaerah Kalimantan Barat\nResor Contoh",
        address="Jalan Contoh Nomor 1, Rekaan 78811",
        letter_place="Rekaan",
        head_title="Kepala Kepolisian Resor Contoh",
        head_name="Umpama Teladan, S.I.K., M.H.",
        head_rank="Ajun Komisaris Besar Polisi",
        head_number="00000000",
        emblem="",
    )
    starts_at = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)
    return Event(
        title=f"Rapat koordinasi, deklarasi kampanye damai, dan doa bersama lintas agama {turn}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        unit=unit,
        venue=Venue(name="Aula Contoh", address="Jalan Teladan Nomor 10"),
        district=district,
        dress="Batik atau pakaian adat",
        contact_name="Petugas Contoh",
        contact_phone="0812-0000-0000",
    )


def make_letter(count: int, layout: Layout, turn: int = 0) -> Letter:
    """A numbered letter to so many addressees with long names."""
    event = make_event(turn)
    letter = Letter(
        id=1,
        event=event,
        unit=event.unit,
        status=LetterStatus.ISSUED,
        number="B/Und-12/XI/BIN.1.2/2024",
        dated_on=date(2024, 11, 15),
        check_code="ABCD2345EFGH6789",
        subject=f"Undangan {event.title}",
        classification=Classification.ORDINARY,
        layout=layout,
        enclosure="",
        references="Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia;\nRencana kegiatan.",
        closing="",
        copies="Kapolda Kalimantan Barat\nBupati Contoh",
        sign_office="",
    )
    letter.addressees = [
        Addressee(
            position=place,
            organisation_name=f"{LONG} {place}" if place % 7 == 0 else f"Lembaga Contoh {place} {turn}",
            head_title="Ketua",
            head_name=f"Drs. K.H. Nama Rekaan Bin Umpama {place}, M.Si." if place % 3 else "",
            answer_sealed=crypto.encrypt(f"{turn:04}{place:016}"),
        )
        for place in range(1, count + 1)
    ]
    return letter


def make_guests(count: int, turn: int = 0) -> list[Registration]:
    """Guests, every third an institution with a representative, half of them checked in."""
    start = datetime(2024, 11, 20, 12, 10, tzinfo=UTC)
    return [
        Registration(
            kind=RegistrationKind.INSTITUTION if place % 3 == 0 else RegistrationKind.INDIVIDUAL,
            name=f"Nama Contoh {place} {turn}"
            if place % 11
            else f"Drs. K.H. Nama Rekaan Bin Umpama Teladan {place}, M.Si.",
            office="Ketua" if place % 3 == 0 else "",
            organisation_name=f"{LONG} {place}" if place % 3 == 0 else "",
            represented_by="Wakil Contoh, Sekretaris" if place % 9 == 0 else "",
            party_size=1 + place % 4,
            checked_in_at=start if place % 2 else None,
            checked_in_count=1 if place % 2 else 0,
            district=Region(name="Delta Pawan"),
        )
        for place in range(count)
    ]


def letter_pdf(turn: int = 0, *, count: int = 1, layout: Layout = Layout.SINGLE, sheets: int = 1) -> bytes:
    """A letter drawn for the first `sheets` addressees."""
    letter = make_letter(count, layout, turn)
    with in_indonesian():
        return draw(LETTER_TEMPLATE, letter_paper(letter, letter.addressees[:sheets]))


def list_pdf(turn: int = 0, *, count: int = NAMES, marked: bool = False) -> bytes:
    """A list of attendance with so many names."""
    with in_indonesian():
        return draw(LIST_TEMPLATE, list_paper(make_event(turn), make_guests(count, turn), marked=marked))


def _best(deed: Callable[[int], bytes]) -> float:
    def once(turn: int) -> float:
        begin = perf_counter()
        deed(turn)
        return perf_counter() - begin

    return min(once(turn) for turn in range(ROUNDS))


def main() -> None:
    """Print the best of some rounds for each document; each round draws other words, so that nothing is kept ready."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": Path(folder), "SECRET_KEY": "benchmark"})
        with app.app_context():
            rows: list[tuple[str, Callable[[int], bytes], float | None]] = [
                ("one letter", letter_pdf, 0.5),
                (
                    f"letter with a list of {NAMES}",
                    lambda turn: letter_pdf(turn, count=NAMES, layout=Layout.LISTED),
                    3.0,
                ),
                (f"list of attendance, {NAMES} names, to sign", list_pdf, 3.0),
                (f"list of attendance, {NAMES} names, filled", lambda turn: list_pdf(turn, marked=True), 3.0),
                (
                    f"{SHEETS} letters in one file",
                    lambda turn: letter_pdf(turn, count=SHEETS, sheets=SHEETS),
                    None,
                ),
            ]
            for name, deed, bar in rows:
                seconds = _best(deed)
                verdict = "" if bar is None else f"   bar {bar:g} s: {'kept' if seconds <= bar else 'MISSED'}"
                print(f"{name:45} {seconds:7.3f} s{verdict}", flush=True)


if __name__ == "__main__":
    main()
