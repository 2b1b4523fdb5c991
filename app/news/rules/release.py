"""The release drafted from the record of an event: every fact from the record, every missing one marked.

Order of the press here: who leads what for which purpose, where and when; who was there, by rank; what happened
in turn; quotes that were approved; what comes next; how it ended.
"""

import html
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.records.details import EventRecord, PledgeState, QuoteDetails
from app.records.rules.wording import (
    date_words,
    kinds_words,
    listed,
    number_words,
    time_words,
    with_stand_in,
)


@dataclass(frozen=True)
class Release:
    """A drafted article. body: HTML paragraphs; gaps: names of the facts that are not on record."""

    title: str
    subtitle: str
    body: str
    gaps: tuple[str, ...]


class _Gaps:
    """Hands out marks for missing facts and remembers them."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, value: str, name: str) -> str:
        if value:
            return value
        self.names.append(name)
        return f"[LENGKAPI: {name}]"


def release_of(record: EventRecord) -> Release:
    """Title, subtitle and paragraphs from a record. It claims nothing that is not in the record."""
    gap = _Gaps()
    office = gap(record.leader_office, "jabatan pemimpin acara")
    title = _title(record, office)
    approved = [quote for quote in record.quotes if quote.approved]
    subtitle = (
        f"{record.leader_office}: “{_short(approved[0].text)}”" if _is_leaders(record, approved) else ""
    )
    paragraphs = [
        _lead(record, office, gap),
        _attendance(record, gap),
        _sequence(record, gap),
        *(_spoken(record)),
        *(_pledge(pledge) for pledge in record.pledges),
        *(_quote(quote) for quote in approved),
    ]
    if not approved:
        paragraphs.append(gap("", "kutipan yang sudah disetujui"))
    if record.follow_ups:
        paragraphs.append(_follow_up(record))
    paragraphs.append(_closing(record, gap))
    body = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs if text)
    return Release(title, subtitle, body, tuple(dict.fromkeys(gap.names)))


def _title(record: EventRecord, office: str) -> str:
    kinds = " ".join(_capital(word) for word in kinds_words(record.kinds).split())
    parts = [office, "Pimpin", kinds or record.title]
    if record.occasion:
        parts.append(" ".join(_capital(word) for word in record.occasion.split()))
    return " ".join(parts)


def _capital(word: str) -> str:
    small = {"dan", "di", "ke", "dari", "untuk", "yang", "pada", "dengan"}
    return word if word in small else word[:1].upper() + word[1:]


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:120].rpartition(" ")[0] + " …"


def _is_leaders(record: EventRecord, approved: list[QuoteDetails]) -> bool:
    return bool(approved) and bool(record.leader_office) and approved[0].capacity == record.leader_office


def _lead(record: EventRecord, office: str, gap: _Gaps) -> str:
    name = gap(record.leader_name, "nama lengkap pemimpin acara")
    aim = gap(record.aim, "tujuan kegiatan")
    aim = aim if aim.startswith(("[", "untuk", "guna", "agar")) else f"untuk {aim}"
    what = kinds_words(record.kinds) or record.title
    theme = f" bertema “{record.theme}”" if record.theme else ""
    return (
        f"{record.place.upper()} – {office} {name} memimpin {what}{theme} {aim} di {record.venue}, "
        f"Kecamatan {record.district}, {date_words(record.starts_at, record.zone)} "
        f"pukul {time_words(record.starts_at, record.zone)}."
    )


def _attendance(record: EventRecord, gap: _Gaps) -> str:
    if not record.presences:
        text = f"Hadir {gap('', 'daftar yang hadir menurut urutan protokol')}."
    else:
        present = [with_stand_in(one.institution, one.represented_by) for one in record.presences]
        text = f"Hadir dalam kegiatan ini {listed(present)}."
    if record.present is None:
        return f"{text} {gap('', 'jumlah yang hadir menurut meja kehadiran')}."
    return f"{text} Meja kehadiran mencatat {number_words(record.present)} orang."


def _sequence(record: EventRecord, gap: _Gaps) -> str:
    if not record.programme:
        return gap("", "rangkaian acara")
    held = []
    for item in record.programme:
        who = f" oleh {with_stand_in(item.leader, item.represented_by)}" if item.leader else ""
        held.append(f"{item.title[:1].lower()}{item.title[1:]}{who}{' (berhalangan)' if item.absent else ''}")
    if len(held) == 1:
        return f"Acara diisi dengan {held[0]}."
    middle = f", dilanjutkan {', '.join(held[1:-1])}" if held[1:-1] else ""
    return f"Acara diawali dengan {held[0]}{middle}, dan ditutup dengan {held[-1]}."


def _spoken(record: EventRecord) -> list[str]:
    return [
        f"{with_stand_in(speaker.capacity, speaker.represented_by)} menyampaikan "
        f"{listed([line.rstrip('.') for line in speaker.lines])}."
        for speaker in record.speakers
        if speaker.lines
    ]


def _pledge(pledge: PledgeState) -> str:
    if pledge.signed == pledge.expected:
        return f"{pledge.title} ditandatangani oleh seluruh pihak, {number_words(pledge.expected)} penanda tangan."
    missing = f" Yang belum menandatangani: {listed(pledge.missing)}." if pledge.missing else ""
    return (
        f"{pledge.title} ditandatangani oleh {number_words(pledge.signed)} dari "
        f"{number_words(pledge.expected)} pihak.{missing}"
    )


def _quote(quote: QuoteDetails) -> str:
    who = " ".join(part for part in (quote.capacity, quote.speaker) if part)
    return f"“{quote.text.rstrip('.')},” kata {who}."


def _follow_up(record: EventRecord) -> str:
    tasks = []
    for task in record.follow_ups:
        owner = f" oleh {task.owner}" if task.owner else ""
        due = f" paling lambat {date_words(task.due_on)}" if task.due_on else ""
        tasks.append(f"{task.task}{owner}{due}")
    return f"Sebagai tindak lanjut disepakati {listed(tasks)}."


def _closing(record: EventRecord, gap: _Gaps) -> str:
    if record.ended_at is None:
        ended = gap("", "jam selesai")
    else:
        ended = time_words(record.ended_at, record.zone)
        zone = ZoneInfo(record.zone)
        if record.ended_at.astimezone(zone).date() != record.starts_at.astimezone(zone).date():
            ended = f"{ended}, {date_words(record.ended_at, record.zone)}"
    result = gap(record.result, "hasil kegiatan")
    return f"Kegiatan selesai pukul {ended}. {result}"
