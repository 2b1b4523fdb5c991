"""The quick report to the chain of command, as a WhatsApp text."""

from app.records.details import EventRecord
from app.records.rules.wording import (
    GROUPS,
    date_words,
    item_words,
    kinds_words,
    listed,
    number_words,
    time_words,
    with_stand_in,
)


def duty_report(record: EventRecord, *, to: str = "") -> str:
    """Kepada, Dari, Perihal, then A to F. Nothing that is not on record is claimed."""
    zone = record.zone
    begun = f"{date_words(record.starts_at, zone)} pukul {time_words(record.starts_at, zone)}"
    lines = [
        f"Kepada Yth: {to or 'Pimpinan'}",
        f"Dari: {record.unit_name}",
        f"Perihal: *Laporan {kinds_words(record.kinds)}*",
        "",
        f"Mohon izin melaporkan, pada {begun} telah dilaksanakan {record.title}.",
        "",
        "*A. Dasar, waktu, dan tempat*",
    ]
    if record.order_number:
        lines.append(f"- Dasar: {record.order_number}")
    until = time_words(record.ended_at, zone) if record.ended_at else "selesai"
    lines += [
        f"- Waktu: pukul {time_words(record.starts_at, zone)} s.d. {until}",
        f"- Tempat: {record.venue}, Kecamatan {record.district}",
    ]
    if record.leader_office or record.leader_name:
        lines.append(
            f"- Pimpinan: {' '.join(part for part in (record.leader_office, record.leader_name) if part)}"
        )
    lines += ["", "*B. Yang hadir*"]
    lines += [
        f"{number}. {with_stand_in(one.institution, one.represented_by)}"
        for number, one in enumerate(record.presences, start=1)
    ] or ["- belum dicatat"]
    if record.present is not None:
        groups = ", ".join(f"{GROUPS[row.group]} {number_words(row.people)}" for row in record.groups)
        counted = f"Jumlah hadir menurut meja kehadiran: {number_words(record.present)} orang"
        lines.append(f"{counted} ({groups})" if groups else counted)
    lines += ["", "*C. Rangkaian acara*"]
    for number, item in enumerate(record.programme, start=1):
        who = with_stand_in(item.leader, item.represented_by) if item.leader else ""
        planned = f"{time_words(item.starts_at, zone, with_zone=False)} " if item.starts_at else ""
        lines.append(
            f"{number}. {planned}{item_words(item)}{': ' + who if who else ''}"
            f"{' (berhalangan)' if item.absent else ''}"
        )
    spoken = [speaker for speaker in record.speakers if speaker.lines]
    if spoken:
        lines += ["", "*D. Inti sambutan*"]
        for speaker in spoken:
            lines.append(
                f"- {with_stand_in(speaker.capacity, speaker.represented_by)}: {'; '.join(speaker.lines)}"
            )
    for pledge in record.pledges:
        missing = f"; belum: {listed(pledge.missing)}" if pledge.missing else ""
        lines.append(f"- {pledge.title}: {pledge.signed} dari {pledge.expected} menandatangani{missing}")
    if record.security or record.personnel:
        lines += ["", "*E. Pengamanan*"]
        lines += [
            f"- {row.force} {number_words(row.strength)} orang{f' ({row.duty})' if row.duty else ''}"
            for row in record.personnel
        ]
        if record.personnel:
            lines.append(f"Jumlah personel: {number_words(record.strength)} orang")
        lines += [record.security] if record.security else []
    notes = [record.incidents] if record.incidents else []
    notes += [
        f"Pukul {time_words(row.happened_at, zone)}: {row.what}"
        + (f" Tindakan: {row.done}" if row.done else "")
        for row in record.incident_rows
    ]
    notes += [
        f"Tindak lanjut: {task.task}"
        + (f" ({task.owner})" if task.owner else "")
        + (f", paling lambat {date_words(task.due_on)}" if task.due_on else "")
        for task in record.follow_ups
    ]
    if notes:
        lines += ["", "*F. Catatan*", *(f"- {note}" for note in notes)]
    if record.ended_at:
        lines += ["", f"Kegiatan selesai pukul {time_words(record.ended_at, zone)}. {record.result}".rstrip()]
    return "\n".join([*lines, "", "Demikian dilaporkan. Dokumentasi terlampir."])
