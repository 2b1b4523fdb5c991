"""The quick report to the chain of command, as a WhatsApp text."""

from app.records.details import EventRecord
from app.records.rules.wording import (
    date_words,
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
        lines.append(f"Jumlah hadir menurut meja kehadiran: {number_words(record.present)} orang")
    lines += ["", "*C. Rangkaian acara*"]
    for number, item in enumerate(record.programme, start=1):
        who = with_stand_in(item.leader, item.represented_by) if item.leader else ""
        lines.append(
            f"{number}. {item.title}{': ' + who if who else ''}{' (berhalangan)' if item.absent else ''}"
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
    if record.security:
        lines += ["", "*E. Pengamanan*", record.security]
    notes = [record.incidents] if record.incidents else []
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
