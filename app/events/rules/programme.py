"""What a programme of each kind of event usually holds, and in which order the faiths pray.

The titles are words for the public page of an event, as a proposer would write them: they are data and stay
Indonesian on the page of a reader of another language.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.core.faiths import Faith
from app.events.details import EventKind, ItemKind, ProgrammeItemDetails

# Every faith gets the same.
PRAYER_MINUTES = 5


@dataclass(frozen=True)
class UsualLine:
    """A line that events of a kind usually have.

    phase: where it stands when several kinds are held as one event; lines of equal phase and title are one line.
    common: it belongs to the whole event, not to the part of its kind. each_faith: once for every invited faith.
    alone: left out when the faiths pray in turn anyway.
    """

    phase: int
    title: str
    kind: ItemKind
    minutes: int
    common: bool = False
    each_faith: bool = False
    alone: bool = False


_ARRIVAL = UsualLine(10, "Kedatangan tamu dan pengisian daftar hadir", ItemKind.REGISTRATION, 15, common=True)
_OPENING = UsualLine(20, "Pembukaan oleh pembawa acara", ItemKind.OPENING, 5, common=True)
_ANTHEM = UsualLine(25, "Menyanyikan lagu Indonesia Raya", ItemKind.ANTHEM, 5, common=True)
_HOST = UsualLine(35, "Sambutan tuan rumah", ItemKind.SPEECH, 10, common=True)
_GOVERNMENT = UsualLine(36, "Sambutan pemerintah daerah", ItemKind.SPEECH, 10, common=True)
_PHOTO = UsualLine(85, "Foto bersama", ItemKind.PHOTO, 5, common=True)
_CLOSING = UsualLine(95, "Penutup dan ramah tamah", ItemKind.CLOSING, 10, common=True)

USUAL: dict[EventKind, tuple[UsualLine, ...]] = {
    EventKind.JOINT_PRAYER: (
        _ARRIVAL,
        UsualLine(15, "Penampilan pembuka", ItemKind.PERFORMANCE, 10, common=True),
        _OPENING,
        _ANTHEM,
        UsualLine(30, "Laporan ketua panitia", ItemKind.SPEECH, 5, common=True),
        _HOST,
        _GOVERNMENT,
        UsualLine(60, "Renungan kerukunan", ItemKind.OTHER, 10),
        UsualLine(62, "Doa", ItemKind.PRAYER, PRAYER_MINUTES, each_faith=True),
        UsualLine(80, "Penyerahan cendera mata kepada para pemimpin doa", ItemKind.OTHER, 5),
        _PHOTO,
        _CLOSING,
    ),
    EventKind.COORDINATION_MEETING: (
        _ARRIVAL,
        _OPENING,
        _ANTHEM,
        _GOVERNMENT,
        UsualLine(40, "Arahan pimpinan rapat", ItemKind.DIRECTION, 15),
        UsualLine(42, "Paparan instansi terkait", ItemKind.PRESENTATION, 30),
        UsualLine(44, "Tanya jawab dan diskusi", ItemKind.DISCUSSION, 40),
        UsualLine(46, "Kesimpulan dan kesepakatan", ItemKind.DISCUSSION, 10),
        UsualLine(90, "Doa penutup", ItemKind.PRAYER, 5, common=True, alone=True),
        _CLOSING,
    ),
    EventKind.DECLARATION: (
        _ARRIVAL,
        _OPENING,
        _ANTHEM,
        UsualLine(28, "Doa pembuka", ItemKind.PRAYER, 5, common=True, alone=True),
        _HOST,
        UsualLine(50, "Pembacaan naskah ikrar bersama-sama", ItemKind.PLEDGE, 10),
        UsualLine(52, "Penandatanganan naskah ikrar", ItemKind.PLEDGE, 15),
        UsualLine(54, "Penandatanganan oleh para saksi", ItemKind.PLEDGE, 5),
        UsualLine(56, "Tindakan simbolis tanda damai", ItemKind.OTHER, 5),
        _PHOTO,
        _CLOSING,
    ),
    EventKind.PARADE: (
        UsualLine(38, "Pasukan disiapkan di lapangan", ItemKind.OPENING, 10),
        UsualLine(38, "Penghormatan dan laporan komandan apel", ItemKind.OTHER, 5),
        UsualLine(38, "Pemeriksaan pasukan oleh inspektur apel", ItemKind.OTHER, 10),
        UsualLine(39, "Amanat inspektur apel", ItemKind.DIRECTION, 15),
        UsualLine(39, "Doa", ItemKind.PRAYER, 5, alone=True),
        UsualLine(39, "Laporan akhir dan pasukan dibubarkan", ItemKind.CLOSING, 5),
    ),
    EventKind.GATHERING: (
        _OPENING,
        _HOST,
        UsualLine(44, "Ramah tamah dan bincang bersama", ItemKind.DISCUSSION, 60),
        UsualLine(90, "Doa penutup", ItemKind.PRAYER, 5, common=True, alone=True),
        _CLOSING,
    ),
    EventKind.COMMUNITY_TALK: (
        _OPENING,
        UsualLine(35, "Pengantar kapolsek", ItemKind.SPEECH, 10, common=True),
        UsualLine(44, "Warga menyampaikan keluhan dan saran", ItemKind.DISCUSSION, 45),
        UsualLine(46, "Tanggapan dan janji tindak lanjut", ItemKind.DISCUSSION, 20),
        _CLOSING,
    ),
    EventKind.SOCIAL_WORK: (
        UsualLine(20, "Berkumpul dan pembagian tugas", ItemKind.OPENING, 15, common=True),
        UsualLine(70, "Pelaksanaan bakti sosial", ItemKind.OTHER, 150),
        _PHOTO,
        _CLOSING,
    ),
}


@dataclass(frozen=True)
class UsualProgramme:
    """What is offered for an event of some kinds; parts: the kinds that become sessions, in the order they are held."""

    parts: tuple[EventKind, ...]
    lines: tuple[ProgrammeItemDetails, ...]


def usual_programme(kinds: Collection[EventKind], faiths: Sequence[Faith]) -> UsualProgramme:
    """The usual lines of these kinds as one programme; faiths: in the order in which they shall pray.

    A compound event opens and closes once; each kind keeps its own part as a session.
    """
    chosen = [kind for kind in USUAL if kind in kinds]
    in_turn = bool(faiths) and any(line.each_faith for kind in chosen for line in USUAL[kind])
    lines: dict[tuple[int, str], tuple[EventKind, UsualLine]] = {}
    for kind in chosen:
        for line in USUAL[kind]:
            if not (line.alone and in_turn) and not (line.each_faith and not faiths):
                lines.setdefault((line.phase, line.title), (kind, line))
    ordered = sorted(lines.values(), key=lambda pair: pair[1].phase)
    parts = tuple(dict.fromkeys(kind for kind, line in ordered if not line.common))
    found: list[ProgrammeItemDetails] = []
    session = 0
    for kind, line in ordered:
        if not line.common and len(parts) > 1:
            session = parts.index(kind)
        item = ProgrammeItemDetails(line.title, line.kind, line.minutes, session=session)
        if line.each_faith:
            found += [replace(item, faith=faith) for faith in faiths]
        else:
            found.append(item)
    return UsualProgramme(parts if len(parts) > 1 else (), tuple(found))


def order_of_prayer(faiths: Iterable[Faith], opened_by: Sequence[Faith]) -> tuple[Faith, ...]:
    """The faiths in their order, begun with the one whose turn it is to open.

    opened_by: who opened before, the newest first. The turn is of the one that never opened, else of the one that
    has not opened for longest.
    """
    asked = set(faiths)
    ordered = [faith for faith in Faith if faith in asked]
    if not ordered:
        return ()
    waited = {faith: len(opened_by) for faith in ordered}
    for ago, faith in reversed(list(enumerate(opened_by))):
        if faith in waited:
            waited[faith] = ago
    first = max(ordered, key=lambda faith: waited[faith])  # of equals the first in the order
    place = ordered.index(first)
    return tuple(ordered[place:] + ordered[:place])


def turned(programme: Sequence[ProgrammeItemDetails], steps: int) -> tuple[ProgrammeItemDetails, ...]:
    """The programme with its prayers moved on by `steps` turns, so that another faith opens.

    A prayer takes its leader along; the places, their minutes and given starts stay.
    """
    places = [
        place
        for place, item in enumerate(programme)
        if item.faith is not None and item.kind is ItemKind.PRAYER
    ]
    if len(places) < 2:
        return tuple(programme)
    lines = list(programme)
    for index, place in enumerate(places):
        there, comes = programme[place], programme[places[(index + steps) % len(places)]]
        lines[place] = replace(
            comes, minutes=there.minutes, start_after=there.start_after, session=there.session
        )
    return tuple(lines)
