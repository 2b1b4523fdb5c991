"""The words of the almanac: faiths, holy days, worship windows, election stages, candidate pairs.

Everything here is frozen and knows neither database nor web. Values of the enums are the words that are
stored and that other programs read; the words people read are in the feature's messages.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core.faiths import Faith


class HolyDayKind(StrEnum):
    """Why a day stands in the calendar."""

    LIBUR_NASIONAL = "libur_nasional"
    """National holiday by the joint decree of three ministers (SKB)."""
    CUTI_BERSAMA = "cuti_bersama"
    """Collective leave: offices are closed, but nobody is at worship because of it."""
    PEMUNGUTAN_SUARA = "pemungutan_suara"
    """Voting day made a holiday by presidential decree."""
    HARI_KEAGAMAAN = "hari_keagamaan"
    """Holy day that is no public holiday."""
    LOKAL = "lokal"
    """A day of the region (Gawai, hari jadi); with a faith it is kept free like a holy day."""
    RAMADAN = "ramadan"
    """The fasting month: a period of days, whose nights carry the tarawih prayer."""


class WindowKind(StrEnum):
    """What fills a worship window; the guard on events treats them differently."""

    SALAT = "salat"
    """A daily prayer: lifted by an "istirahat salat" in the programme."""
    IBADAH_RUTIN = "ibadah_rutin"
    """A service that returns each week, month or lunar month."""
    TARAWIH = "tarawih"
    HARI_RAYA = "hari_raya"


class Rhythm(StrEnum):
    """How a service returns, and so what the `day` of its row counts."""

    PEKANAN = "pekanan"
    """Every week; `day` is the ISO weekday, 1 Monday … 7 Sunday."""
    PEKAN_PERTAMA = "pekan_pertama"
    """The first such weekday of each month (Jumat Pertama); `day` as above."""
    KAMARIAH = "kamariah"
    """Each month of the Chinese calendar; `day` is the day of the lunar month, 1 at new moon."""


class StageKind(StrEnum):
    """Stages (tahapan) of an election, in the order in which they come."""

    PENDAFTARAN = "pendaftaran"
    PENETAPAN = "penetapan"
    PENGUNDIAN = "pengundian"
    KAMPANYE = "kampanye"
    MASA_TENANG = "masa_tenang"
    PEMUNGUTAN = "pemungutan"
    REKAPITULASI = "rekapitulasi"


class Table(StrEnum):
    """The tables by which plans are judged."""

    HOLY_DAYS = "hari_raya"
    SERVICES = "ibadah_rutin"
    ELECTIONS = "pemilihan"


class NamedBy(StrEnum):
    """By what a text gives a candidate pair away."""

    NAMA = "nama"
    NOMOR_URUT = "nomor_urut"
    PARTAI = "partai"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens, as far as the sky and the clock care. Coordinates are degrees, south and west
    negative; both are None when nobody has entered them."""

    zone: ZoneInfo
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PrayerTimes:
    """The eight times of one day at one place: aware local datetimes on whole minutes."""

    imsak: datetime
    subuh: datetime
    terbit: datetime
    duha: datetime
    zuhur: datetime
    asar: datetime
    magrib: datetime
    isya: datetime


@dataclass(frozen=True, slots=True)
class HolyDayDetails:
    """One line of the calendar, known by its date and name together: a feast can fall twice in a year.

    `on` is the local date; `begins` the local time of day and `minutes` the length of what is to be kept free
    on each of `days` days (Nyepi: 06.00 for 24 hours). No faith means a day of everybody.
    """

    on: date
    name: str
    kind: HolyDayKind
    faiths: tuple[Faith, ...]
    source: str
    is_estimate: bool = False
    begins: time = time(0)
    minutes: int = 24 * 60
    days: int = 1
    region_code: str | None = None
    """Where the day is kept, by Kemendagri code; None for everywhere."""


@dataclass(frozen=True, slots=True)
class RecurringService:
    """A row of the table of regular services: local times; `until` at or before `begins` means the next
    day."""

    faith: Faith
    rhythm: Rhythm
    day: int
    begins: time
    until: time
    name: str
    source: str
    region_code: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time [start, end) in which a faith is at worship: aware datetimes in the place's zone."""

    faith: Faith
    start: datetime
    end: datetime
    name: str
    source: str
    kind: WindowKind
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class WorshipFindings:
    """What stands in the way, earliest first, and whether the prayers could be computed at all: without
    coordinates they are unknown, never guessed."""

    windows: tuple[Window, ...]
    prayer_times_unknown: bool = False


@dataclass(frozen=True, slots=True)
class StageDetails:
    """One stage of one election: aware moments, [starts_at, ends_at)."""

    kind: StageKind
    starts_at: datetime
    ends_at: datetime
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class ElectionDetails:
    """An election with its stages; `slug` is its permanent name."""

    slug: str
    name: str
    stages: tuple[StageDetails, ...]


@dataclass(frozen=True, slots=True)
class StageProblem:
    """Why a set of stages cannot stand: a code for the message and the stages it is about."""

    code: str
    stage: StageDetails
    other: StageDetails | None = None


@dataclass(frozen=True, slots=True)
class CandidatePairDetails:
    """A pair on the ballot of a region (Kemendagri code). `aliases` are other names the press gives the pair
    or one of the two, such as a short name or a slogan made of their names."""

    region_code: str
    ballot_number: int
    head_name: str
    deputy_name: str = ""
    parties: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairNaming:
    """A pair that a text names, by what, and in which (normalised) words."""

    pair: CandidatePairDetails
    by: tuple[NamedBy, ...]
    phrases: tuple[str, ...]
