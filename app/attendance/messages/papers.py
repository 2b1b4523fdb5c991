"""The printed list of attendance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.attendance.messages.letters import place_of
from app.core.i18n import _, clock_time, day, number
from app.documents.queries import head_of, letterhead_of

if TYPE_CHECKING:
    from app.attendance.models import Registration
    from app.events.models import Event

# Empty lines at the end of the printed list, for those who come unannounced.
SPARE_LINES = 12


def list_paper(event: "Event", rows: "Sequence[Registration]", *, marked: bool) -> dict[str, Any]:
    """What the printed list of attendance shows; marked: with who was checked in instead of room to sign.

    Phones and faiths are left out: the sheet goes from hand to hand.
    """
    start, zone = event.starts_at, event.zone
    until = clock_time(event.ends_at, zone) if event.ends_at else _("selesai")
    signs = head_of(event.unit)
    return {
        "title": _("Daftar hadir"),
        "event": event.title,
        "facts": [
            [_("Kegiatan"), event.title],
            [_("Hari, tanggal"), day(start, zone)],
            [_("Waktu"), _("pukul %(start)s s.d. %(end)s", start=clock_time(start, zone), end=until)],
            [_("Tempat"), place_of(event)],
            [_("Pimpinan"), signs.office],
        ],
        "head": vars(letterhead_of(event.unit)),
        "signs": vars(signs),
        "columns": [
            _("No"),
            _("Nama, jabatan, dan lembaga"),
            _("Orang"),
            _("Kehadiran") if marked else _("Tanda tangan"),
            _("Keterangan"),
        ],
        "foot": _("Daftar hadir: %(title)s", title=event.title),
        "rows": [_printed(row, zone, marked=marked) for row in rows],
        "spare": 0 if marked else SPARE_LINES,
        "marked": marked,
        "summary": _summary(rows) if marked else "",
    }


def _printed(row: "Registration", zone: str, *, marked: bool) -> dict[str, str]:
    """Under the name: what a guest was invited as, or the kecamatan of a visitor."""
    under = [row.office, row.organisation_name]
    if not row.organisation_name and row.district is not None:
        under = [row.district.name]
    mark = ""
    if marked:
        mark = _("tidak hadir")
        if row.checked_in_at is not None:
            mark = _("hadir pukul %(time)s", time=clock_time(row.checked_in_at, zone, with_zone=False))
    count = row.checked_in_count if marked and row.checked_in_at is not None else row.party_size
    return {
        "name": row.name,
        "under": ", ".join(part for part in under if part),
        "people": number(count),
        "mark": mark,
        "note": _("diwakili %(name)s", name=row.represented_by) if row.represented_by else "",
    }


def _summary(rows: "Sequence[Registration]") -> str:
    came = [row for row in rows if row.checked_in_at is not None]
    figures = {
        "came": number(len(came)),
        "listed": number(len(rows)),
        "people": number(sum(row.checked_in_count for row in came)),
    }
    represented = sum(bool(row.represented_by) for row in came)
    if not represented:
        return _("Tercatat hadir %(came)s dari %(listed)s pendaftaran, %(people)s orang.", **figures)
    return _(
        "Tercatat hadir %(came)s dari %(listed)s pendaftaran, %(people)s orang, %(represented)s di antaranya diwakili.",
        represented=number(represented),
        **figures,
    )
