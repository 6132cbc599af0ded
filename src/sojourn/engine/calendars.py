"""Calendars as tables: every day of a calendar with its day of the common one, joined to records by the day's number.

Conversion is a join and no function, so that it means the same on every engine and a record is converted at the speed of
SQL. The days come from two libraries. ICU, inside DuckDB, gives the Buddhist, Persian and Ethiopian calendars. hijridate gives
the Umm al-Qura calendar as it was published and used, which is how a register has its dates. ICU has the table that was computed
anew for all years: it agrees from 1420 on, and puts 1 Muharram 1400 on 21 November 1979 where the calendar in use had the 20th.
"""

from datetime import date
from functools import cache

import duckdb
import pyarrow as pa

from sojourn.definitions.calendars import MONTHS, YEARS, DateForm, Partial, number
from sojourn.engine.portable import day_date

ICU = {"gregorian": "gregorian", "buddhist": "buddhist", "persian": "persian", "ethiopian": "ethiopic"}
OUTSIDE = "outside"
"""In place of a precision: the day cannot be told, since the year then began on another day than now."""
DAY_NUMBERS = (-120_000, 130_000)
"""Days from 1970-01-01 in which every calendar's years lie."""
_LENGTHS = """
    WITH months AS (SELECT year, month, min(date) AS begin, count(*) AS length FROM days GROUP BY year, month),
    years AS (SELECT year, min(begin) AS begin, sum(length) AS length FROM months GROUP BY year HAVING count(*) = {months})
"""


def table(reading: DateForm) -> pa.Table:
    """The days of a column's calendar, in order. Grain: one day, and one month and one year where the column states their day.

    Columns: code (YYYYMMDD of the calendar; DD or MMDD is 0 for a month or a year alone), date (of the common calendar; NULL
    where such a date is rejected, cannot be told or means nothing), precision (day, month, year; outside, placeholder).
    """
    return _table(reading.calendar, reading.partial, tuple(map(number, reading.placeholders)))


@cache
def _table(calendar: str, partial: Partial | None, placeholders: tuple[int, ...]) -> pa.Table:
    with duckdb.connect() as connection:
        connection.register("days", days(calendar))
        parts = ["SELECT 10000 * year + 100 * month + day AS code, date, 'day' AS precision FROM days"]
        parts += _untold(partial) if calendar == "buddhist" else []
        parts += [_year(partial.year_only), _month(partial.month_only)] if partial else []
        listed = _without(placeholders, " UNION ALL ".join(part for part in parts if part))
        typed = f"SELECT CAST(code AS INTEGER) AS code, CAST(date AS DATE) AS date, precision FROM ({listed})"
        query = f"{_LENGTHS.format(months=MONTHS.get(calendar, 12))} {typed} ORDER BY code"
        return connection.execute(query).to_arrow_table()


@cache
def days(calendar: str) -> pa.Table:
    """Every day of a calendar in the years that are converted: year, month, day, date. Grain: one day."""
    return _umm_al_qura() if calendar == "hijri" else _by_icu(calendar)


def _by_icu(calendar: str) -> pa.Table:
    """The days as ICU counts them. A moment is made from a count of days: a date would be read in the calendar set."""
    first, last = YEARS[calendar]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET Calendar = '{ICU[calendar]}'")
        moments = f"SELECT number, make_timestamptz(86400000000 * number) AS moment FROM range({DAY_NUMBERS[0]}, {DAY_NUMBERS[1]}) AS r(number)"
        parts = f"SELECT year(moment) AS year, month(moment) AS month, day(moment) AS day, {day_date('number')} AS date FROM ({moments})"
        told = "AND (year >= 2484 OR month >= 4)" if calendar == "buddhist" else ""
        query = f"SELECT * FROM ({parts}) WHERE year BETWEEN {first} AND {last} {told} ORDER BY date"
        return connection.execute(query).to_arrow_table()


def _umm_al_qura() -> pa.Table:
    from hijridate import Hijri

    first, last = YEARS["hijri"]
    months = [(year, month) for year in range(first, last + 1) for month in range(1, 13)]
    rows = []
    for year, month in months:
        begin = Hijri(year, month, 1)
        ordinal = begin.to_gregorian().toordinal()
        rows += [(year, month, 1 + day, date.fromordinal(ordinal + day)) for day in range(begin.month_length())]
    return pa.table(dict(zip(("year", "month", "day", "date"), zip(*rows, strict=True), strict=True)))


def _untold(partial: Partial | None) -> list[str]:
    """Thailand's January to March before 2484 belonged to the year before; a text may follow either way of counting."""
    years, numbers = "range(2432, 2484) AS y(year)", "range(1, 4) AS m(month), range(0, 32) AS d(day)"
    found = [f"SELECT 10000 * year + 100 * month + day AS code, NULL AS date, '{OUTSIDE}' AS precision FROM {years}, {numbers}"]
    rule = (partial.year_only if partial else None) or "reject"
    whole = rule in ("first", "middle", "last") or rule[:3] in ("01-", "02-", "03-")
    return found + ([f"SELECT 10000 * year AS code, NULL AS date, '{OUTSIDE}' AS precision FROM {years}"] if whole else [])


def _without(placeholders: tuple[int, ...], listed: str) -> str:
    """The days with those that mean "not known" in place of the days they would be; they need not be days of the calendar."""
    if not placeholders:
        return listed
    own = " UNION ALL ".join(f"SELECT {code} AS code, NULL AS date, 'placeholder' AS precision" for code in sorted(set(placeholders)))
    return f"SELECT * FROM ({listed}) WHERE code NOT IN ({', '.join(map(str, placeholders))}) UNION ALL {own}"


def _year(rule: str | None) -> str | None:
    """The day that stands for a year alone."""
    if rule is None:
        return None
    if rule == "reject":
        return "SELECT DISTINCT 10000 * year AS code, NULL AS date, 'year' AS precision FROM months"
    if "-" not in rule:
        return f"SELECT 10000 * year AS code, {_within(rule)} AS date, 'year' AS precision FROM years"
    month, day = map(int, rule.split("-"))
    dated = f"begin + CAST(least({day}, length) - 1 AS INTEGER)"
    return f"SELECT 10000 * year AS code, {dated} AS date, 'year' AS precision FROM months WHERE month = {month}"


def _month(rule: str | None) -> str | None:
    """The day that stands for a month alone."""
    if rule is None:
        return None
    dated = f"begin + CAST(least({int(rule)}, length) - 1 AS INTEGER)" if rule.isdigit() else _within(rule)
    return f"SELECT 10000 * year + 100 * month AS code, {dated} AS date, 'month' AS precision FROM months"


def _within(rule: str) -> str:
    """The first, middle or last day of a year or month that begins on `begin`; none where it is rejected."""
    after = {"first": "0", "middle": "CAST((length - 1) // 2 AS INTEGER)", "last": "CAST(length - 1 AS INTEGER)"}
    return f"begin + {after[rule]}" if rule in after else "NULL"
