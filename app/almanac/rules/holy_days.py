"""Which days are holy, to whom, and how sure the date is.

The `holidays` package gives dates and names of the national holidays (Keppres 8/2024 and the yearly joint
decree of three ministers); an own table says whose feast a name is. Other holy days follow from Easter,
Christmas, Imlek and the two Eids. Purnama, Tilem, Galungan, Kuningan, Uposatha, Kathina, Asadha and 1 Sura
are announced by their communities and entered by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache

import holidays
from dateutil.easter import easter

from app.almanac.details import HolyDayDetails, HolyDayKind
from app.almanac.rules.tables import rows_of
from app.core.faiths import Faith

ESTIMATE_MARK = " (perkiraan)"
JOINT_LEAVE = "Cuti Bersama "
LUNAR = "kamariah"
NO_DECREE_YET = "Perhitungan kalender; SKB tahun ini belum dikenal"
VOTING_DAY = "Keputusan Presiden tentang hari pemungutan suara"
TARAWIH_MINUTES = 80
"""From the adzan of isya: with isya about 19.10 in Ketapang the evening is free again at about 20.30."""


class UnknownHoliday(LookupError):
    """The package gave a name of which the own table does not say whose feast it is."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A row of the own table of names."""

    kind: HolyDayKind
    faiths: tuple[Faith, ...]
    is_lunar: bool
    begins: time
    minutes: int


def holy_days_in(year: int) -> tuple[HolyDayDetails, ...]:
    """Everything that is known of a calendar year by reckoning, in order of date and name.

    Raises UnknownHoliday when the package has learnt a new name.
    """
    days = (*decreed_days_in(year), *derived_days_in(year), *ramadans_in(year))
    return tuple(sorted(days, key=lambda day: (day.on, day.name)))


@cache
def decreed_days_in(year: int) -> tuple[HolyDayDetails, ...]:
    """National holidays, collective leave and voting holidays of a year.

    A date is an estimate where the package says so, and for every lunar feast (Nyepi too, which the package
    leaves unmarked) of a year for which no decree is known.
    """
    decree = _decrees().get(year)
    found = []
    for category in ("public", "government"):
        calendar = holidays.country_holidays("ID", years=year, language="id", categories=(category,))
        for on in sorted(calendar):
            for given in calendar.get_list(on):
                name = given.removesuffix(ESTIMATE_MARK)
                known = known_name(name)
                voting = known.kind is HolyDayKind.PEMUNGUTAN_SUARA
                found.append(
                    HolyDayDetails(
                        on=on,
                        name=name,
                        kind=known.kind,
                        faiths=known.faiths,
                        source=VOTING_DAY if voting else decree or NO_DECREE_YET,
                        is_estimate=name != given or (known.is_lunar and decree is None),
                        begins=known.begins,
                        minutes=known.minutes,
                    )
                )
    return tuple(found)


@cache
def derived_days_in(year: int) -> tuple[HolyDayDetails, ...]:
    """Holy days without a holiday that lie at a fixed distance from another; as sure as what they follow."""
    found = []
    for row in rows_of("derived_days"):
        for anchor, is_estimate in ANCHORS[row["anchor"]](year):
            found.append(
                HolyDayDetails(
                    on=anchor + timedelta(days=int(row["offset"])),
                    name=row["name"],
                    kind=HolyDayKind.HARI_KEAGAMAAN,
                    faiths=_faiths(row["faiths"]),
                    source=row["source"],
                    is_estimate=is_estimate,
                    begins=time.fromisoformat(row["begins"]),
                    minutes=int(row["minutes"]),
                )
            )
    return tuple(sorted(found, key=lambda day: (day.on, day.name)))


@cache
def ramadans_in(year: int) -> tuple[HolyDayDetails, ...]:
    """The fasting months that begin in a year (two of them in 2030).

    `on` is the first day of fasting and `days` the number of fasts up to Idulfitri; tarawih is prayed on the
    evening before each of them. Where the table does not reach, the month is taken as thirty days.
    """
    table = {date.fromisoformat(row["begins"]): row for row in rows_of("ramadan")}
    found = []
    for eid, _ in (*_eids(year), *_eids(year + 1)):
        begins = next((on for on in table if 28 <= (eid - on).days <= 31), eid - timedelta(days=30))
        row = table.get(begins)
        if begins.year == year:
            found.append(
                HolyDayDetails(
                    on=begins,
                    name=f"Ramadan {row['hijri']} H" if row else "Ramadan",
                    kind=HolyDayKind.RAMADAN,
                    faiths=(Faith.ISLAM,),
                    source=row["source"] if row else NO_DECREE_YET,
                    is_estimate=row is None or bool(row["is_estimate"]),
                    minutes=TARAWIH_MINUTES,
                    days=(eid - begins).days,
                )
            )
    return tuple(found)


def known_name(name: str) -> KnownName:
    """Kind, faiths and hours for a name as the package gives it, without the mark of an estimate.

    Raises UnknownHoliday for a name that the table does not have.
    """
    feast = name.removeprefix(JOINT_LEAVE)
    if feast not in _names():
        raise UnknownHoliday(name)
    known = _names()[feast]
    if feast == name:
        return known
    # Leave is a decision of the government on a fixed date, not a feast that waits for the moon.
    return KnownName(HolyDayKind.CUTI_BERSAMA, known.faiths, is_lunar=False, begins=time(0), minutes=24 * 60)


def fasting_on(day: date, holy_days: tuple[HolyDayDetails, ...]) -> HolyDayDetails | None:
    """The Ramadan to which a day of fasting belongs, for whoever plans a meal by day."""
    for holy_day in holy_days:
        if holy_day.kind is HolyDayKind.RAMADAN and 0 <= (day - holy_day.on).days < holy_day.days:
            return holy_day
    return None


def followers_of(name: str) -> tuple[tuple[str, int], ...]:
    """The days that are reckoned from a feast by its name, each with its distance in days."""
    anchor = FEASTS.get(name)
    if anchor is None:
        return ()
    derived = [
        (row["name"], int(row["offset"])) for row in rows_of("derived_days") if row["anchor"] == anchor
    ]
    second = [(SECOND_EID, 1)] if name == EID else []
    return (*derived, *second)


def easter_sunday(year: int) -> date:
    """Easter of the western churches."""
    sunday: date = easter(year)
    return sunday


def ceng_beng(year: int) -> date:
    """Qingming, 4 or 5 April in the years 2000 to 2099: the usual formula of the solar term."""
    century_year = year % 100
    return date(year, 4, int(century_year * 0.2422 + 4.81) - century_year // 4)


def fourth_advent(year: int) -> date:
    """The last Sunday before 25 December."""
    christmas = date(year, 12, 25)
    return christmas - timedelta(days=christmas.isoweekday())


Anchors = Callable[[int], tuple[tuple[date, bool], ...]]


def _anchored(name: str) -> Anchors:
    def feasts(year: int) -> tuple[tuple[date, bool], ...]:
        return tuple((day.on, day.is_estimate) for day in decreed_days_in(year) if day.name == name)

    return feasts


EID, SECOND_EID = "Hari Raya Idul Fitri", "Hari kedua dari Hari Raya Idul Fitri"
FEASTS = {EID: "idulfitri", "Hari Raya Idul Adha": "iduladha", "Tahun Baru Imlek": "imlek"}
"""Feasts whose date only a decree makes sure, and by what name the table of derived days knows them."""
RAMADAN_LENGTHS = range(28, 32)
_eids = _anchored(EID)
ANCHORS: dict[str, Anchors] = {
    "paskah": lambda year: ((easter_sunday(year), False),),
    "natal": lambda year: ((date(year, 12, 25), False),),
    "adven": lambda year: ((fourth_advent(year), False),),
    "ceng_beng": lambda year: ((ceng_beng(year), False),),
    "imlek": _anchored("Tahun Baru Imlek"),
    "idulfitri": _eids,
    "iduladha": _anchored("Hari Raya Idul Adha"),
}


@cache
def _names() -> dict[str, KnownName]:
    return {
        row["name"]: KnownName(
            kind=HolyDayKind(row["kind"]),
            faiths=_faiths(row["faiths"]),
            is_lunar=row["reckoning"] == LUNAR,
            begins=time.fromisoformat(row["begins"]),
            minutes=int(row["minutes"]),
        )
        for row in rows_of("holiday_names")
    }


@cache
def _decrees() -> dict[int, str]:
    return {int(row["year"]): row["source"] for row in rows_of("decrees")}


def _faiths(words: str) -> tuple[Faith, ...]:
    return tuple(Faith(word) for word in words.split())
