"""The figures and names of a record that a release states, so that a later change of the record is noticed."""

from dataclasses import dataclass

from app.records.details import EventRecord
from app.records.rules.wording import date_words, listed, number_words, time_words, with_stand_in


@dataclass(frozen=True)
class Difference:
    """A fact that the record tells otherwise than the release was drafted from. Either may be empty."""

    name: str
    before: str
    now: str


def facts_of(record: EventRecord) -> dict[str, str]:
    """Name of the fact → how the record tells it, in the words of the release."""
    facts = {
        "pemimpin acara": " ".join(part for part in (record.leader_office, record.leader_name) if part),
        "waktu mulai": f"{date_words(record.starts_at, record.zone)} pukul {time_words(record.starts_at, record.zone)}",
        "tempat": f"{record.venue}, Kecamatan {record.district}",
        "tema": record.theme,
        "tujuan": record.aim,
        "hadir": listed([with_stand_in(row.institution, row.represented_by) for row in record.presences])
        if record.presences
        else "",
        "jumlah hadir": number_words(record.present) if record.present is not None else "",
        "jam selesai": time_words(record.ended_at, record.zone) if record.ended_at is not None else "",
        "hasil": record.result,
    }
    for pledge in record.pledges:
        facts[f"penanda tangan {pledge.title}"] = f"{pledge.signed} dari {pledge.expected}"
    for quote in record.quotes:
        if quote.approved:
            facts[f"kutipan {quote.speaker or quote.capacity}"] = quote.text
    return facts


def differences(before: dict[str, str], now: dict[str, str]) -> list[Difference]:
    """What the record tells otherwise, in the order of the release."""
    names = [*before, *(name for name in now if name not in before)]
    return [
        Difference(name, before.get(name, ""), now.get(name, ""))
        for name in names
        if before.get(name, "") != now.get(name, "")
    ]
