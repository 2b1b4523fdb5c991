"""When the faiths of a place are at worship.

Three tables meet here: the daily prayers by the sun, the regular services by the week or the moon, and the
holy days. The last two are kept by the admin and handed in as rows.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from app.almanac.details import (
    HolyDayDetails,
    HolyDayKind,
    Place,
    RecurringService,
    Rhythm,
    Window,
    WindowKind,
    WorshipFindings,
)
from app.almanac.rules.prayer_times import NoPrayerTimes, prayer_times
from app.almanac.rules.sky import lunar_day
from app.almanac.rules.tables import rows_of
from app.core.faiths import Faith

AFTER_ADZAN = timedelta(minutes=15)
PRAYERS = {
    "subuh": "Salat Subuh",
    "zuhur": "Salat Zuhur",
    "asar": "Salat Asar",
    "magrib": "Salat Magrib",
    "isya": "Salat Isya",
}
PRAYER_SOURCE = "Perhitungan menurut kriteria Kemenag; jadwal resmi dari Kemenag"
ONE_DAY = timedelta(days=1)


def windows_overlapping(
    start: datetime,
    end: datetime,
    *,
    place: Place,
    faiths: Collection[Faith],
    services: Iterable[RecurringService],
    holy_days: Iterable[HolyDayDetails],
) -> WorshipFindings:
    """Every worship window of the faiths that shares a moment with [start, end), earliest first.

    `start` and `end` are aware. Windows touch without overlapping: one may begin when the other ends. The
    zuhur that lies inside the Friday prayer is named once, as the Friday prayer. When Islam is among the
    faiths and the prayers cannot be computed (no coordinates, no such sun), the answer says so instead of
    guessing. Raises ValueError for naive moments or an end that is not after the start.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("start and end must know their zone")
    if end <= start:
        raise ValueError("the end must come after the start")
    # A window may have begun the evening before.
    days = _days(start.astimezone(place.zone).date() - ONE_DAY, end.astimezone(place.zone).date())
    regular = [window for service in services for window in service_windows(service, days, place=place)]
    near = [holy_day for holy_day in holy_days if _is_near(holy_day, days)]
    feasts = [window for holy_day in near for window in holy_day_windows(holy_day, place=place)]
    found = [*regular, *feasts]
    unknown = False
    if Faith.ISLAM in faiths:
        try:
            fridays = [window for window in regular if window.faith is Faith.ISLAM]
            found += [prayer for prayer in prayer_windows(days, place=place) if not _inside(prayer, fridays)]
        except NoPrayerTimes:
            unknown = True
    overlapping = {
        window for window in found if window.faith in faiths and window.start < end and start < window.end
    }
    return WorshipFindings(
        windows=tuple(sorted(overlapping, key=lambda window: (window.start, window.faith, window.name))),
        prayer_times_unknown=unknown,
    )


def prayer_windows(days: Iterable[date], *, place: Place) -> tuple[Window, ...]:
    """The five daily prayers of local dates, each [adzan, adzan + 15 minutes).

    Raises NoPrayerTimes when the place has no coordinates or lies too far from the equator.
    """
    found = []
    for day in days:
        if place.latitude is None or place.longitude is None:
            raise NoPrayerTimes("the place has no coordinates")
        times = prayer_times(place.latitude, place.longitude, place.zone, day)
        for prayer, name in PRAYERS.items():
            adzan: datetime = getattr(times, prayer)
            found.append(
                Window(Faith.ISLAM, adzan, adzan + AFTER_ADZAN, name, PRAYER_SOURCE, WindowKind.SALAT)
            )
    return tuple(found)


def service_windows(service: RecurringService, days: Iterable[date], *, place: Place) -> tuple[Window, ...]:
    """The windows of one regular service that begin on the given local dates. Lunar ones are estimates."""
    found = []
    for day in days:
        if _is_day_of(service, day):
            last = day if service.until > service.begins else day + ONE_DAY
            found.append(
                Window(
                    faith=service.faith,
                    start=datetime.combine(day, service.begins, place.zone),
                    end=datetime.combine(last, service.until, place.zone),
                    name=service.name,
                    source=service.source,
                    kind=WindowKind.IBADAH_RUTIN,
                    is_estimate=service.rhythm is Rhythm.KAMARIAH,
                )
            )
    return tuple(found)


def holy_day_windows(holy_day: HolyDayDetails, *, place: Place) -> tuple[Window, ...]:
    """The hours to keep free for a holy day, one window for each of its faiths and days.

    Collective leave and days of everybody give none. The nights of Ramadan give the tarawih, from the adzan
    of isya on the evening before each fast; without coordinates they give none, as the prayers are then
    unknown.
    """
    if holy_day.kind is HolyDayKind.CUTI_BERSAMA:
        return ()
    if holy_day.kind is HolyDayKind.RAMADAN:
        return tuple(_tarawih(holy_day, place))
    starts = (
        datetime.combine(day, holy_day.begins, place.zone)
        for day in _days(holy_day.on, holy_day.on + timedelta(days=holy_day.days - 1))
    )
    return tuple(
        Window(
            faith=faith,
            start=start,
            end=start + timedelta(minutes=holy_day.minutes),
            name=holy_day.name,
            source=holy_day.source,
            kind=WindowKind.HARI_RAYA,
            is_estimate=holy_day.is_estimate,
        )
        for start in starts
        for faith in holy_day.faiths
    )


@cache
def shipped_services() -> tuple[RecurringService, ...]:
    """The table of regular services as delivered: general custom, to be adapted by the admin."""
    return tuple(
        RecurringService(
            faith=Faith(row["faith"]),
            rhythm=Rhythm(row["rhythm"]),
            day=int(row["day"]),
            begins=time.fromisoformat(row["begins"]),
            until=time.fromisoformat(row["until"]),
            name=row["name"],
            source=row["source"],
        )
        for row in rows_of("regular_services")
    )


def _tarawih(ramadan: HolyDayDetails, place: Place) -> Iterator[Window]:
    if place.latitude is None or place.longitude is None:
        return
    for fast in _days(ramadan.on, ramadan.on + timedelta(days=ramadan.days - 1)):
        try:
            isya = prayer_times(place.latitude, place.longitude, place.zone, fast - ONE_DAY).isya
        except NoPrayerTimes:
            return
        yield Window(
            faith=Faith.ISLAM,
            start=isya,
            end=isya + timedelta(minutes=ramadan.minutes),
            name="Salat Tarawih",
            source=ramadan.source,
            kind=WindowKind.TARAWIH,
            is_estimate=ramadan.is_estimate,
        )


def _is_day_of(service: RecurringService, day: date) -> bool:
    if service.rhythm is Rhythm.KAMARIAH:
        return lunar_day(day) == service.day
    if service.rhythm is Rhythm.PEKAN_PERTAMA and day.day > 7:
        return False
    return day.isoweekday() == service.day


def _is_near(holy_day: HolyDayDetails, days: list[date]) -> bool:
    """Spares reckoning windows that cannot overlap; tarawih begins a day before its month."""
    lasts = timedelta(days=holy_day.days + holy_day.minutes // (24 * 60))
    return holy_day.on - ONE_DAY <= days[-1] and days[0] <= holy_day.on + lasts


def _inside(prayer: Window, services: Iterable[Window]) -> bool:
    return any(service.start <= prayer.start and prayer.end <= service.end for service in services)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
