"""Minutes and reports as papers: finished words in blocks, which one Typst template sets.

A block is one of {"title"}, {"subtitle"}, {"text"}, {"points"}, {"facts"}, {"table"}, {"photos"}. What nobody has
written stands there as a marked gap; nothing is made up.
"""

from datetime import datetime
from typing import Any

from app.core.i18n import _, clock_time, day, number, span, when
from app.events.models import Event
from app.records.details import (
    CarriedDetails,
    EventRecord,
    FollowUpDetails,
    GroupCount,
    MinutesPaper,
    PledgeState,
    Stamp,
)
from app.records.rules.wording import GROUPS, item_words, listed, with_stand_in

Block = dict[str, Any]


def gap() -> str:
    """How an empty place is marked."""
    return str(_("[belum diisi]"))


def state_line(stamp: Stamp, zone: str) -> str:
    """What the foot of every page says of the version."""
    if stamp.at is None:
        return str(_("Versi %(number)s · KONSEP, belum ditandatangani", number=stamp.number))
    return str(
        _(
            "Versi %(number)s · ditandatangani %(when)s · kode %(code)s",
            number=stamp.number,
            when=when(stamp.at, zone),
            code=stamp.code,
        )
    )


def seal_lines(stamp: Stamp, zone: str) -> list[str]:
    """The box beside the QR code: who sealed this version when, and which one it replaces why."""
    if stamp.at is None:
        return []
    lines = [
        _("Ditandatangani dan dikunci oleh %(name)s, %(when)s.", name=stamp.by, when=when(stamp.at, zone)),
        _("Versi %(number)s. Kode periksa: %(code)s", number=stamp.number, code=spaced(stamp.code)),
    ]
    if stamp.number > 1:
        lines.append(
            _(
                "Menggantikan versi %(old)s. Alasan: %(reason)s",
                old=stamp.number - 1,
                reason=stamp.reason,
            )
        )
    return [str(line) for line in lines]


def spaced(code: str) -> str:
    """A code in groups of four, easier to read aloud."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def minutes_sheet(event: Event, paper: MinutesPaper) -> dict[str, Any]:
    """The notula."""
    zone = event.unit.zone
    begins = clock_time(paper.opened_at, zone, with_zone=paper.closed_at is None) or gap()
    ends = clock_time(paper.closed_at, zone) or gap()
    facts = [
        [_("Kegiatan"), paper.title],
        [_("Hari, tanggal"), day(paper.opened_at or event.starts_at, zone)],
        [_("Waktu"), _("pukul %(start)s s.d. %(end)s", start=begins, end=ends)],
        [_("Tempat"), f"{event.venue.name}, {event.district.name}"],
        [_("Pimpinan"), paper.chair or gap()],
        [_("Notulis"), paper.taker or gap()],
        [_("Peserta"), _counted(paper.present, paper.groups)],
    ]
    blocks: list[Block] = [{"title": _("Pembukaan")}, {"text": paper.opening or gap()}]
    if paper.carried:
        blocks += [{"title": _("Tindak lanjut rapat lalu")}, _carried_table(paper.carried)]
    blocks.append({"title": _("Pokok pembicaraan")})
    for row in paper.speakers:
        who = ", ".join(part for part in (with_stand_in(row.capacity, row.represented_by), row.name) if part)
        blocks += [{"subtitle": who}, {"points": list(row.lines) or [gap()]}]
    if not paper.speakers:
        blocks.append({"text": gap()})
    blocks += [{"title": _("Keputusan")}, {"points": [_agreed(row) for row in paper.decisions] or [gap()]}]
    blocks.append({"title": _("Tindak lanjut")})
    if paper.tasks:
        rows = [
            [str(place), row.task, row.owner or gap(), day(row.due_on) or gap()]
            for place, row in enumerate(paper.tasks, start=1)
        ]
        columns = [_("No."), _("Tugas"), _("Penanggung jawab"), _("Paling lambat")]
        blocks.append({"table": {"columns": columns, "widths": ["1cm", "1fr", "4cm", "4.8cm"], "rows": rows}})
    else:
        blocks.append({"text": _("Tidak ada tindak lanjut yang dicatat.")})
    signs = [
        {"office": _("Notulis"), "name": paper.taker, "rank_and_number": ""},
        {"office": _("Pimpinan rapat"), "name": paper.chair, "rank_and_number": ""},
    ]
    return {"title": str(_("Notula")), "facts": facts, "blocks": blocks, "signs": signs}


def report_sheet(event: Event, record: EventRecord) -> dict[str, Any]:
    """The laporan kegiatan: I to VI, then the photos."""
    zone = record.zone
    leader = " ".join(part for part in (record.leader_office, record.leader_name) if part)
    facts = [
        [_("Kegiatan"), record.title],
        [_("Hari, tanggal"), day(record.starts_at, zone)],
        [_("Waktu"), _hours(record)],
        [_("Tempat"), _("%(venue)s, Kecamatan %(district)s", venue=record.venue, district=record.district)],
        [_("Pimpinan"), leader or gap()],
        [_("Jumlah hadir"), _counted(record.present)],
    ]
    blocks: list[Block] = [
        {"title": _("I. Pendahuluan")},
        {
            "facts": [
                [_("Dasar"), record.basis or record.order_number or gap()],
                [_("Maksud"), record.occasion or gap()],
                [_("Tujuan"), record.aim or gap()],
            ]
        },
        {"title": _("II. Pelaksanaan")},
        {"subtitle": _("Yang hadir")},
        {"points": [_presence(row) for row in record.presences] or [gap()]},
        {"subtitle": _("Jumlah hadir menurut kelompok")},
        _group_table(record.groups, record.present) if record.groups else {"text": gap()},
        {"subtitle": _("Rangkaian acara")},
        _programme_table(record) if record.programme else {"text": gap()},
        {"title": _("III. Hasil")},
        {"text": record.result or gap()},
    ]
    if record.decisions:
        blocks += [{"subtitle": _("Keputusan")}, {"points": list(record.decisions)}]
    if record.follow_ups:
        blocks += [{"subtitle": _("Tindak lanjut")}, {"points": [_agreed(row) for row in record.follow_ups]}]
    if record.pledges or record.pledge_note:
        blocks.append({"subtitle": _("Penandatanganan ikrar")})
        blocks += [{"points": [_pledge(row) for row in record.pledges]}] if record.pledges else []
        blocks += [{"text": record.pledge_note}] if record.pledge_note else []
    blocks += [
        {"title": _("IV. Kendala dan pengamanan")},
        {"subtitle": _("Kejadian menonjol")},
        *_incident_blocks(record),
        {"subtitle": _("Personel pengamanan")},
        *_personnel_blocks(record),
        {"title": _("V. Kesimpulan dan saran")},
        {"text": record.conclusion or gap()},
    ]
    # Stands with the signature, which is never alone on a page.
    closing: list[Block] = [
        {"title": _("VI. Penutup")},
        {"text": _("Demikian laporan ini dibuat sebagai bahan pertimbangan pimpinan.")},
    ]
    return {"title": str(_("Laporan kegiatan")), "facts": facts, "blocks": blocks, "closing": closing}


def _hours(record: EventRecord) -> str:
    """From when to when, by the minutes where they know it; the day stands in the line above."""
    end = record.ended_at or record.ends_at
    if end is None or day(end, record.zone) != day(record.starts_at, record.zone):
        return span(record.starts_at, end, record.zone)
    begins, ends = clock_time(record.starts_at, record.zone, with_zone=False), clock_time(end, record.zone)
    return str(_("pukul %(start)s s.d. %(end)s", start=begins, end=ends))


def photo_blocks(photos: list[dict[str, str]]) -> list[Block]:
    """The annex of photos, when there are any."""
    return [{"title": _("Lampiran: dokumentasi")}, {"photos": photos}] if photos else []


def _counted(present: int | None, groups: tuple[GroupCount, ...] = ()) -> str:
    if present is None:
        return str(_("belum dihitung di meja kehadiran"))
    text = str(_("%(count)s orang menurut meja kehadiran", count=number(present)))
    parts = ", ".join(f"{GROUPS[row.group]} {number(row.people)}" for row in groups)
    return f"{text} ({parts})" if parts else text


def _agreed(row: FollowUpDetails) -> str:
    more = [_("penanggung jawab %(name)s", name=row.owner)] if row.owner else []
    more += [_("paling lambat %(day)s", day=day(row.due_on))] if row.due_on else []
    return f"{row.task} ({', '.join(map(str, more))})" if more else row.task


def _pledge(row: PledgeState) -> str:
    holes = {"title": row.title, "signed": number(row.signed), "expected": number(row.expected)}
    if not row.missing:
        return str(_("%(title)s: %(signed)s dari %(expected)s lembaga menandatangani", **holes))
    return str(
        _(
            "%(title)s: %(signed)s dari %(expected)s lembaga menandatangani; belum: %(missing)s",
            missing=listed(row.missing),
            **holes,
        )
    )


def _presence(row: Any) -> str:
    who = with_stand_in(row.institution, row.represented_by)
    return f"{who}, {row.name}" if row.name and not row.represented_by else who


def _group_table(groups: tuple[GroupCount, ...], present: int | None) -> Block:
    rows = [[GROUPS[row.group], number(row.people)] for row in groups]
    rows.append([_("Jumlah"), number(present)])
    return {
        "table": {"columns": [_("Kelompok"), _("Orang")], "widths": ["1fr", "3cm"], "rows": rows, "sum": True}
    }


def _programme_table(record: EventRecord) -> Block:
    def by(item: Any) -> str:
        if item.absent:
            return (
                str(_("%(name)s (berhalangan)", name=item.leader)) if item.leader else str(_("berhalangan"))
            )
        return with_stand_in(item.leader, item.represented_by) if item.leader else ""

    rows = [
        [
            clock_time(item.starts_at, record.zone, with_zone=False) if item.starts_at else "",
            item_words(item),
            by(item),
        ]
        for item in record.programme
    ]
    columns = [_("Rencana pukul"), _("Acara"), _("Oleh")]
    return {"table": {"columns": columns, "widths": ["2.4cm", "1fr", "6cm"], "rows": rows}}


def _carried_table(carried: tuple[CarriedDetails, ...]) -> Block:
    def state(row: CarriedDetails) -> str:
        done = _("selesai %(day)s", day=day(row.done_on)) if row.done_on else _("belum selesai")
        return f"{done}. {row.note}" if row.note else str(done)

    rows = [
        [f"{row.task} ({row.meeting})", row.owner or gap(), day(row.due_on) or gap(), state(row)]
        for row in carried
    ]
    columns = [_("Tugas (rapat)"), _("Penanggung jawab"), _("Paling lambat"), _("Keadaan")]
    return {"table": {"columns": columns, "widths": ["1fr", "3.2cm", "3.2cm", "4cm"], "rows": rows}}


def _incident_blocks(record: EventRecord) -> list[Block]:
    blocks: list[Block] = [{"text": record.incidents}] if record.incidents else []
    if record.incident_rows:
        rows = [
            [_moment(row.happened_at, record), row.what, row.done or gap()] for row in record.incident_rows
        ]
        columns = [_("Waktu"), _("Kejadian"), _("Yang dilakukan")]
        blocks.append({"table": {"columns": columns, "widths": ["2.6cm", "1fr", "1fr"], "rows": rows}})
    return blocks or [{"text": gap()}]


def _moment(moment: datetime, record: EventRecord) -> str:
    return clock_time(moment, record.zone)


def _personnel_blocks(record: EventRecord) -> list[Block]:
    blocks: list[Block] = []
    if record.personnel:
        rows = [[row.force, number(row.strength), row.duty] for row in record.personnel]
        rows.append([_("Jumlah"), number(record.strength), ""])
        columns = [_("Kesatuan"), _("Orang"), _("Tugas")]
        blocks.append(
            {"table": {"columns": columns, "widths": ["1fr", "2cm", "1fr"], "rows": rows, "sum": True}}
        )
    if record.security:
        blocks.append({"text": record.security})
    return blocks or [{"text": gap()}]
