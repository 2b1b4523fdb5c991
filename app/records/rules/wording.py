"""Indonesian for dates and kinds, as letters and releases write them; always Indonesian, whoever reads."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.faiths import Faith
from app.events.details import EventKind
from app.records.details import HeadGroup, ProgrammeLine

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
KINDS = {
    EventKind.JOINT_PRAYER: "doa bersama",
    EventKind.COORDINATION_MEETING: "rapat koordinasi",
    EventKind.DECLARATION: "deklarasi damai",
    EventKind.PARADE: "apel kesiapan",
    EventKind.GATHERING: "silaturahmi",
    EventKind.COMMUNITY_TALK: "Jumat Curhat",
    EventKind.SOCIAL_WORK: "bakti sosial",
    EventKind.CAMPAIGN: "kegiatan kampanye",
}

FAITHS = {
    Faith.ISLAM: "Islam",
    Faith.PROTESTAN: "Protestan",
    Faith.KATOLIK: "Katolik",
    Faith.HINDU: "Hindu",
    Faith.BUDDHA: "Buddha",
    Faith.KHONGHUCU: "Khonghucu",
    Faith.PENGHAYAT: "Penghayat Kepercayaan",
}
GROUPS = {
    HeadGroup.FORKOPIMDA: "Forkopimda",
    HeadGroup.GOVERNMENT: "Pemerintah",
    HeadGroup.ELECTION: "Penyelenggara pemilu",
    HeadGroup.CAMPAIGN_TEAM: "Tim kampanye",
    HeadGroup.HARMONY_FORUM: "Forum kerukunan",
    HeadGroup.FAITH: "Lembaga keagamaan",
    HeadGroup.CUSTOM: "Lembaga adat",
    HeadGroup.COMMUNITY: "Organisasi masyarakat",
    HeadGroup.YOUTH: "Organisasi pemuda",
    HeadGroup.WOMEN: "Organisasi perempuan",
    HeadGroup.EDUCATION: "Lembaga pendidikan",
    HeadGroup.PRESS: "Pers",
    HeadGroup.OTHER_BODY: "Lembaga lain",
    HeadGroup.PUBLIC: "Masyarakat yang mendaftar",
    HeadGroup.WALK_IN: "Datang langsung",
}


def date_words(value: date | datetime, zone: str = "") -> str:
    """ "Rabu, 20 November 2024" """
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return f"{_DAYS[value.weekday()]}, {value.day} {_MONTHS[value.month - 1]} {value.year}"


def time_words(moment: datetime, zone: str, *, with_zone: bool = True) -> str:
    """ "19.30 WIB" """
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%H.%M} {local.tzname()}" if with_zone else f"{local:%H.%M}"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a dan b", "a, b, dan c" """
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def kinds_words(kinds: Sequence[EventKind]) -> str:
    """ "rapat koordinasi, deklarasi damai, dan doa bersama" """
    return listed([KINDS[kind] for kind in kinds])


def number_words(count: int) -> str:
    """ "1.284" """
    return f"{count:,}".replace(",", ".")


def with_stand_in(capacity: str, represented_by: str) -> str:
    """ "Bupati Contoh (diwakili Kepala Satpol PP)": both are named, always."""
    return f"{capacity} (diwakili {represented_by})" if represented_by else capacity


def item_words(item: ProgrammeLine) -> str:
    """A line of the programme; a prayer says whose it is: "Doa (Katolik)"."""
    faith = FAITHS[item.faith] if item.faith is not None else ""
    return (
        f"{item.title} ({faith})" if faith and faith.casefold() not in item.title.casefold() else item.title
    )
