"""Where the sun stands and when the moon is new.

Low-precision formulas after Jean Meeus, Astronomical Algorithms, second edition, chapters 12, 25 and 49: the
sun to about 0.01 degree, the new moon to about two minutes between 1900 and 2100. Enough for calendars and
prayer times, which are printed in whole minutes.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import asin, atan2, cos, degrees, radians, sin

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
CHINA = timedelta(hours=8)
"""The Chinese calendar counts its days at 120 degrees east."""


def sun_at(moment: datetime, longitude: float) -> tuple[float, float]:
    """The sun's declination and its local hour angle (west positive, -180 to 180), both in degrees.

    `moment` is aware, `longitude` in degrees, east positive.
    """
    days = (moment - J2000) / timedelta(days=1)
    centuries = days / 36525
    anomaly = radians(357.52911 + centuries * (35999.05029 - centuries * 0.0001537))
    centre = (
        (1.914602 - centuries * (0.004817 + centuries * 0.000014)) * sin(anomaly)
        + (0.019993 - centuries * 0.000101) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    mean_longitude = 280.46646 + centuries * (36000.76983 + centuries * 0.0003032)
    node = radians(125.04 - 1934.136 * centuries)
    apparent = radians(mean_longitude + centre - 0.00569 - 0.00478 * sin(node))
    obliquity = radians(23.4392911 - centuries * 0.0130042 + 0.00256 * cos(node))
    ascension = degrees(atan2(cos(obliquity) * sin(apparent), cos(apparent)))
    declination = degrees(asin(sin(obliquity) * sin(apparent)))
    sidereal = 280.46061837 + 360.98564736629 * days
    return declination, _turned(sidereal + longitude - ascension)


@lru_cache(maxsize=512)
def lunar_day(day: date) -> int:
    """The day of the Chinese lunar month, 1 (the day of new moon in China) to 30."""
    lunation = round((day - date(2000, 1, 6)).days / 29.530588861) + 1
    while (first := (new_moon(lunation) + CHINA).date()) > day:
        lunation -= 1
    return (day - first).days + 1


@lru_cache(maxsize=512)
def new_moon(lunation: int) -> datetime:
    """The UTC moment of a new moon; number 0 is that of 6 January 2000."""
    t = lunation / 1236.85
    terrestrial = 2451550.09766 + 29.530588861 * lunation + t * t * (0.00015437 - t * 0.00000015)
    sun = radians(2.5534 + 29.10535670 * lunation - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * lunation + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * lunation - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * lunation + 0.0020672 * t * t)
    eccentricity = 1 - t * (0.002516 + t * 0.0000074)
    terrestrial += (
        -0.40720 * sin(moon)
        + 0.17241 * eccentricity * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * eccentricity * sin(moon - sun)
        - 0.00514 * eccentricity * sin(moon + sun)
        + 0.00208 * eccentricity**2 * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * latitude)
        - 0.00057 * sin(moon + 2 * latitude)
        + 0.00056 * eccentricity * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon)
        + 0.00042 * eccentricity * sin(sun + 2 * latitude)
        + 0.00038 * eccentricity * sin(sun - 2 * latitude)
        - 0.00024 * eccentricity * sin(2 * moon - sun)
        - 0.00017 * sin(node)
        + 0.000325 * sin(radians(299.77 + 0.107408 * lunation - 0.009173 * t * t))
    )
    # The formula runs in terrestrial time, about 70 seconds ahead of UTC in the years this calendar serves.
    return J2000 + timedelta(days=terrestrial - 2451545.0, seconds=-70)


def _turned(angle: float) -> float:
    return (angle + 180) % 360 - 180
