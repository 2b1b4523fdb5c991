"""Prayer times by the criteria of the Ministry of Religious Affairs (Kemenag).

Subuh 20 and isya 18 degrees under the horizon, asar at one length of shadow more than at noon, sunrise and
sunset one degree under the horizon (refraction, half a disc, a low hill), duha at 4.5 degrees. Ihtiyat of
two minutes, three for zuhur; sunrise goes the other way. Good for 25 to 30 km around the point and up to 250
m above the sea. A hint for planning, never for the fast: the official schedule is Kemenag's.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import acos, atan, cos, degrees, radians, sin, tan
from zoneinfo import ZoneInfo

from app.almanac.details import PrayerTimes
from app.almanac.rules.sky import sun_at

SUBUH_ALTITUDE = -20.0
HORIZON = -1.0
DUHA_ALTITUDE = 4.5
ISYA_ALTITUDE = -18.0
IHTIYAT = timedelta(minutes=2)
IHTIYAT_ZUHUR = timedelta(minutes=3)
IMSAK_BEFORE_SUBUH = timedelta(minutes=10)
DEGREES_AN_HOUR = 15.0
MORNING, AFTERNOON = -1, 1


class NoPrayerTimes(ValueError):
    """On that day and at that latitude the sun does not reach one of the altitudes."""


@lru_cache(maxsize=4096)
def prayer_times(latitude: float, longitude: float, zone: ZoneInfo, day: date) -> PrayerTimes:
    """The times of a local date at a place (degrees; south and west negative), as datetimes in `zone`.

    Raises ValueError for coordinates off the globe and NoPrayerTimes where the sun does not go so low or so
    high.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"no such place: {latitude}, {longitude}")
    transit = _transit(longitude, zone, day)
    declination, _ = sun_at(transit, longitude)
    asar_altitude = degrees(atan(1 / (1 + tan(radians(abs(latitude - declination))))))

    def crossing(altitude: float, side: int) -> datetime:
        return _crossing(altitude, side, transit, latitude, longitude)

    subuh = _up(crossing(SUBUH_ALTITUDE, MORNING) + IHTIYAT, zone)
    return PrayerTimes(
        imsak=subuh - IMSAK_BEFORE_SUBUH,
        subuh=subuh,
        terbit=_down(crossing(HORIZON, MORNING) - IHTIYAT, zone),
        duha=_up(crossing(DUHA_ALTITUDE, MORNING) + IHTIYAT, zone),
        zuhur=_up(transit + IHTIYAT_ZUHUR, zone),
        asar=_up(crossing(asar_altitude, AFTERNOON) + IHTIYAT, zone),
        magrib=_up(crossing(HORIZON, AFTERNOON) + IHTIYAT, zone),
        isya=_up(crossing(ISYA_ALTITUDE, AFTERNOON) + IHTIYAT, zone),
    )


def _transit(longitude: float, zone: ZoneInfo, day: date) -> datetime:
    """When the sun crosses the meridian nearest to the clock's noon of that date."""
    moment = datetime.combine(day, time(12), zone).astimezone(UTC)
    for _ in range(3):
        _, angle = sun_at(moment, longitude)
        moment -= timedelta(hours=angle / DEGREES_AN_HOUR)
    return moment


def _crossing(altitude: float, side: int, transit: datetime, latitude: float, longitude: float) -> datetime:
    """When the sun passes the altitude before or after a transit; its declination is taken at that very
    moment."""
    moment = transit
    for _ in range(4):
        declination, angle = sun_at(moment, longitude)
        wanted = side * _hour_angle(altitude, latitude, declination)
        moment += timedelta(hours=(wanted - angle) / DEGREES_AN_HOUR)
    return moment


def _hour_angle(altitude: float, latitude: float, declination: float) -> float:
    """The hour angle (0…180 degrees) at which the sun stands at an altitude."""
    height, north, tilt = radians(altitude), radians(latitude), radians(declination)
    across = cos(north) * cos(tilt)
    cosine = (sin(height) - sin(north) * sin(tilt)) / across if abs(across) > 1e-9 else 2.0
    if abs(cosine) > 1:
        raise NoPrayerTimes(f"the sun does not stand at {altitude:.1f} degrees at latitude {latitude}")
    return degrees(acos(cosine))


def _up(moment: datetime, zone: ZoneInfo) -> datetime:
    down = _down(moment, zone)
    return down if down == moment else down + timedelta(minutes=1)


def _down(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(second=0, microsecond=0).astimezone(zone)
