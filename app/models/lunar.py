"""The Vietnamese lunar calendar, reckoned at UTC+7.

Vietnam's calendar follows the moon over Hà Nội, China's the moon over Beijing; the two differ when
a new moon or a solstice falls between their midnights, so Tết 2007 and 2030 are a day earlier than
the Chinese new year. Astronomy after Jean Meeus, *Astronomical Algorithms* (new moons, chapter 49,
and the sun's longitude, chapter 25), to the precision a civil date needs.
"""

from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, sin

_ZONE = 7.0 / 24.0
_EPOCH = date(1900, 1, 1)
_EPOCH_DAY = 2415021  # the Julian day number of noon, 1 January 1900
_SYNODIC_MONTH = 29.530588853


def solar_date(day: int, month: int, year: int) -> date:
    """The civil date of lunar *day*/*month* (not a leap month) of lunar *year*."""
    eleventh = _eleventh_month(year if month >= 11 else year - 1)
    offset = (month - 11) % 12
    leap = _leap_offset(year if month >= 11 else year - 1)
    if leap is not None and offset >= leap:
        offset += 1
    k = floor(0.5 + (eleventh - 2415021.076998695) / _SYNODIC_MONTH)
    return _civil(_new_moon(k + offset) + day - 1)


def _civil(julian_day: int) -> date:
    return _EPOCH + timedelta(days=julian_day - _EPOCH_DAY)


@lru_cache(maxsize=512)
def _new_moon(k: int) -> int:
    """The local day number of the *k*-th new moon after 1 January 1900."""
    t = k / 1236.85
    t2, t3 = t * t, t * t * t
    rad = pi / 180
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * rad)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * rad
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * rad
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * rad
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    shift += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    shift += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun)
    shift += -0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon)
    shift += 0.0005 * sin(sun + 2 * moon)
    dynamical = -0.000278 + 0.000265 * t + 0.000262 * t2
    return floor(mean + shift - dynamical + 0.5 + _ZONE)


def _sun_sector(day_number: int) -> int:
    """Which twelfth of the ecliptic the sun is in at the local midnight that begins the day."""
    t = (day_number - 0.5 - _ZONE - 2451545.0) / 36525
    rad = pi / 180
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t * t) * rad
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t * t
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor((longitude % 360) / 30)


@lru_cache(maxsize=512)
def _eleventh_month(year: int) -> int:
    """The day number that begins the lunar month holding the winter solstice of *year*."""
    last_day = (date(year, 12, 31) - _EPOCH).days + _EPOCH_DAY
    k = floor((last_day - 2415021.076998695) / _SYNODIC_MONTH)
    begins = _new_moon(k)
    return _new_moon(k - 1) if _sun_sector(begins) >= 9 else begins


@lru_cache(maxsize=512)
def _leap_offset(year: int) -> int | None:
    """How many months after the eleventh of *year* the leap month stands, if there is one.

    With thirteen months between two solstices, the leap month is the first in which the sun does
    not enter a new sector.
    """
    first, following = _eleventh_month(year), _eleventh_month(year + 1)
    if following - first < 365:
        return None
    k = floor(0.5 + (first - 2415021.076998695) / _SYNODIC_MONTH)
    offset = 1
    while _sun_sector(_new_moon(k + offset)) != _sun_sector(_new_moon(k + offset + 1)):
        offset += 1
    return offset
