"""Calendars once more, from their own rules: arithmetic, the sun and the moon, without the libraries that the package uses."""

from datetime import date, timedelta
from functools import cache
from math import cos, radians

PERSIAN_ANCHOR = (1404, date(2025, 3, 21))
SOLAR = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112), (156, 73.14, 45036.886),
    (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906), (70, 243.58, 9037.513), (58, 119.81, 33718.147),
    (52, 297.17, 150.678), (50, 21.02, 2281.226), (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417),
    (18, 155.12, 67555.328), (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip
"""Periodic terms of the equinoxes: J. Meeus, Astronomical Algorithms, chapter 27, table 27.C."""


def ethiopian(year: int, month: int, day: int) -> date:
    """Twelve months of 30 days and a thirteenth of 5, of 6 in the year before a leap year of the Julian calendar (year % 4 = 3).

    1 Meskerem 1 was 27 August 8 of the Julian calendar, ordinal 2796.
    """
    length = 30 if month < 13 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= 13 and 1 <= day <= length):
        raise ValueError
    return date.fromordinal(2796 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def equinox(year: int) -> float:
    """Julian day of the March equinox in universal time (Meeus, chapter 27), within some minutes from 1800 to 2150."""
    y = (year - 2000) / 1000
    mean = 2451623.80984 + 365242.37404 * y + 0.05169 * y**2 - 0.00411 * y**3 - 0.00057 * y**4
    centuries = (mean - 2451545) / 36525
    w = radians(35999.373 * centuries - 2.47)
    terms = sum(size * cos(radians(phase + speed * centuries)) for size, phase, speed in SOLAR)
    return mean + 0.00001 * terms / (1 + 0.0334 * cos(w) + 0.0007 * cos(2 * w))


def tehran_hour(year: int) -> tuple[date, float]:
    """Day and hour of the March equinox in the time of Iran (3.5 hours ahead)."""
    moment = equinox(year) + 0.5 + 3.5 / 24
    return date.fromordinal(int(moment) - 1721425), moment % 1 * 24


def nowruz_by_the_sun(year: int) -> date:
    """New year's day: that of the equinox, or the next one where it comes after noon."""
    day, hour = tehran_hour(year + 621)
    return day + timedelta(days=hour >= 12)


def persian_leap(year: int) -> bool:
    """The eighth, or ninth, leap year of 33 comes after five years: leap are the years with these remainders."""
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


@cache
def nowruz(year: int) -> date:
    """New year's day by the cycle of 33 years."""
    known, day = PERSIAN_ANCHOR
    years = range(known, year) if year >= known else range(year, known)
    total = sum(365 + persian_leap(each) for each in years)
    return day + timedelta(days=total if year >= known else -total)


def persian(year: int, month: int, day: int) -> date:
    """Six months of 31 days, five of 30, and one of 29 or, in a leap year, 30."""
    length = 31 if month <= 6 else 30 if month < 12 or persian_leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= length):
        raise ValueError
    return nowruz(year) + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def mean_new_moon(number: int) -> float:
    """The mean conjunction of a lunation, number 0 being that of 6 January 2000, as a day ordinal in universal time (Meeus, chapter 49)."""
    return 2451550.09766 + 29.530588861 * number + 0.5 - 1721425
