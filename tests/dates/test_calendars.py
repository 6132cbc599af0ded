"""The calendars' tables against published dates, and against other ways to count the same days."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import duckdb
import pytest

from sojourn.definitions.calendars import MONTHS, YEARS, DateForm
from sojourn.engine import calendars
from tests.dates import almanac

PUBLISHED = [
    # Solar Hijri: Institute of Geophysics, University of Tehran, leap years 1206-1498: 1403 is leap, 1404 begins on 21 March 2025.
    ("persian", (1403, 12, 30), date(2025, 3, 20)),
    ("persian", (1404, 1, 1), date(2025, 3, 21)),
    # The revolution of 22 Bahman 1357, and the day on which the calendar became law, 11 Farvardin 1304.
    ("persian", (1357, 11, 22), date(1979, 2, 11)),
    ("persian", (1304, 1, 11), date(1925, 3, 31)),
    # The Ethiopian millennium; new year after a leap year falls on 12 September; Adwa, 23 Yekatit 1888.
    ("ethiopian", (2000, 1, 1), date(2007, 9, 12)),
    ("ethiopian", (2017, 1, 1), date(2024, 9, 11)),
    ("ethiopian", (2015, 13, 6), date(2023, 9, 11)),
    ("ethiopian", (1888, 6, 23), date(1896, 3, 1)),
    # Umm al-Qura: the newspaper of that name was dated Friday, 8 Rajab 1344 and 22 January 1926 (issue 56); the Grand Mosque in Mecca was seized on 1 Muharram 1400; new years as R. H. van Gent lists them.
    ("hijri", (1344, 7, 8), date(1926, 1, 22)),
    ("hijri", (1400, 1, 1), date(1979, 11, 20)),
    ("hijri", (1356, 1, 1), date(1937, 3, 14)),
    ("hijri", (1420, 1, 1), date(1999, 4, 17)),
    ("hijri", (1446, 9, 1), date(2025, 3, 1)),
    # Thailand: the new year of 1 January began with 2484 (Calendar Year Act, B.E. 2483); the revolution of 24 June 2475.
    ("buddhist", (2484, 1, 1), date(1941, 1, 1)),
    ("buddhist", (2475, 6, 24), date(1932, 6, 24)),
    ("buddhist", (2543, 2, 29), date(2000, 2, 29)),
]


@cache
def listed(calendar: str) -> dict[tuple[int, int, int], date]:
    rows = calendars.days(calendar).to_pylist()
    found = {(row["year"], row["month"], row["day"]): row["date"] for row in rows}
    assert len(found) == len(rows)
    return found


def test_the_engine_holds_icu_without_a_network() -> None:
    found = duckdb.sql("SELECT installed, install_mode FROM duckdb_extensions() WHERE extension_name = 'icu'").fetchall()
    assert found == [(True, "STATICALLY_LINKED")]


@pytest.mark.parametrize("calendar, day, expected", PUBLISHED)
def test_published_dates(calendar, day, expected) -> None:
    assert listed(calendar)[day] == expected


@pytest.mark.parametrize("calendar", YEARS)
def test_every_day_once_and_none_left_out(calendar) -> None:
    """Both ways: a day of the calendar is one day, the days follow one another, and all stated years are whole."""
    days = listed(calendar)
    assert len(set(days.values())) == len(days)
    gaps = [(one, other) for one, other in pairwise(days.values()) if other - one != timedelta(days=1)]
    untold = 52 if calendar == "buddhist" else 0  # the first three months of the years 2433 to 2483, and of 2484 none
    assert len(gaps) == max(untold - 1, 0)
    years = {year for year, _, _ in days}
    assert (min(years), max(years)) == YEARS[calendar] and {month for _, month, _ in days} == set(range(1, MONTHS.get(calendar, 12) + 1))


def test_ethiopian_days_by_arithmetic() -> None:
    assert all(almanac.ethiopian(*day) == found for day, found in listed("ethiopian").items())


def test_persian_days_by_the_cycle_of_thirty_three_years() -> None:
    assert all(almanac.persian(*day) == found for day, found in listed("persian").items())


def test_persian_years_by_the_equinox() -> None:
    """The law counts from the equinox at Tehran; within ten minutes of noon this computation cannot tell."""
    years = [year for year in range(*YEARS["persian"]) if abs(almanac.tehran_hour(year + 621)[1] - 12) > 1 / 6]
    assert len(years) > 285
    assert [year for year in years if almanac.nowruz_by_the_sun(year) != listed("persian")[year, 1, 1]] == []


def test_buddhist_years_are_543_ahead() -> None:
    assert all((found.year + 543, found.month, found.day) == day for day, found in listed("buddhist").items())
    assert not any(month < 4 for year, month, _ in listed("buddhist") if year < 2484)


def test_hijri_days_by_another_table() -> None:
    """ICU's table, computed anew for all years, has the published days from 1420 on."""
    moments = "SELECT day, make_timestamptz(86400000000 * date_diff('day', DATE '1970-01-01', day)) AS moment FROM days"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'; SET Calendar = 'islamic-umalqura'")
        span = "SELECT unnest(generate_series(DATE '1999-04-17', DATE '2029-05-13', INTERVAL 1 DAY))::DATE AS day"
        rows = connection.execute(f"WITH days AS ({span}) SELECT year(moment), month(moment), day(moment), day FROM ({moments})").fetchall()
    assert {(year, month, day): found for year, month, day, found in rows} == {
        day: found for day, found in listed("hijri").items() if 1420 <= day[0] <= 1450
    }


def test_hijri_months_follow_the_moon() -> None:
    """Months begin near the mean conjunction. Eight of the early ones, corrected while in use, have 28 or 31 days."""
    first = [found for (_, _, day), found in listed("hijri").items() if day == 1]
    odd = [one.year for one, other in pairwise(first) if (other - one).days not in (29, 30)]
    assert len(odd) == 8 and max(odd) == 1945 and {(other - one).days for one, other in pairwise(first)} == {28, 29, 30, 31}
    numbers = range(-933, -933 + len(first))
    ages = [found.toordinal() - almanac.mean_new_moon(number) for found, number in zip(first, numbers, strict=True)]
    assert -0.6 < min(ages) and max(ages) < 2.3


RULES = [
    ("gregorian", {"year_only": "middle"}, 20230000, date(2023, 7, 2)),
    ("gregorian", {"year_only": "middle"}, 20240000, date(2024, 7, 1)),
    ("gregorian", {"year_only": "07-01"}, 20240000, date(2024, 7, 1)),
    ("gregorian", {"year_only": "02-31"}, 20240000, date(2024, 2, 29)),
    ("gregorian", {"year_only": "last"}, 20240000, date(2024, 12, 31)),
    ("gregorian", {"month_only": "middle"}, 20230200, date(2023, 2, 14)),
    ("gregorian", {"month_only": "31"}, 20230200, date(2023, 2, 28)),
    ("gregorian", {"month_only": 15}, 20230200, date(2023, 2, 15)),
    ("gregorian", {"month_only": "reject"}, 20230200, None),
    ("persian", {"year_only": "07-01"}, 14030000, date(2024, 9, 22)),
    ("persian", {"year_only": "last"}, 14030000, date(2025, 3, 20)),
    ("ethiopian", {"month_only": "15"}, 20151300, date(2023, 9, 11)),
    ("ethiopian", {"year_only": "13-06"}, 20160000, date(2024, 9, 10)),
    ("hijri", {"year_only": "first"}, 14460000, date(2024, 7, 7)),
    ("buddhist", {"year_only": "middle"}, 24600000, None),
    ("buddhist", {"year_only": "07-01"}, 24600000, date(1917, 7, 1)),
    ("buddhist", {"year_only": "reject"}, 24600000, None),
]


@pytest.mark.parametrize("calendar, partial, code, expected", RULES)
def test_the_day_that_stands_for_a_year_or_a_month(calendar, partial, code, expected) -> None:
    rows = calendars.table(DateForm(calendar=calendar, partial=partial)).to_pylist()
    assert [row["date"] for row in rows if row["code"] == code] == [expected]


@pytest.mark.parametrize("calendar", YEARS)
def test_each_code_stands_once(calendar) -> None:
    reading = DateForm(calendar=calendar, partial={"year_only": "first", "month_only": "last"}, placeholders=["1900-01-01", "9999-12-31"])
    codes = calendars.table(reading).column("code").to_pylist()
    assert codes == sorted(set(codes)) and {19000101, 99991231} <= set(codes)
