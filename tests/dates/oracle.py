"""The reading of one text in plain Python: its date, precision and what is counted of it, without SQL and without tables.

Digits are those that Unicode says they are, and days come from the almanac; the Umm al-Qura calendar alone has no rule.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from sojourn.definitions.calendars import MONTHS, YEARS, DateForm
from sojourn.engine import calendars
from tests.dates import almanac


@dataclass(frozen=True)
class Reading:
    """What becomes of a text: `found` names its counted faults and imputations."""

    day: date | None
    precision: str | None
    found: tuple[str, ...] = ()


def read(text: str | None, form: DateForm) -> Reading:
    if text is None:
        return Reading(None, None)
    parts = next((numbers for each in form.formats if (numbers := matched(text, each, form))), None)
    if parts is None:
        return Reading(None, None, ("impossible_date",))
    year, month, day = parts
    if f"{year:04}-{month:02}-{day:02}" in form.placeholders:
        return Reading(None, None, ("placeholder_date",))
    first, last = YEARS[form.calendar]
    if not first <= year <= last or untold(form, year, month, day):
        return Reading(None, None, ("outside_calendar",))
    return whole(form, year, month, day) if day else part(form, year, month)


def untold(form: DateForm, year: int, month: int, day: int) -> bool:
    """January to March of Thailand before 2484, and what would stand for such a year."""
    if form.calendar != "buddhist" or year >= 2484:
        return False
    rule = (form.partial and form.partial.year_only) or "reject"
    whole_year = rule in ("first", "middle", "last") or rule[:2] in ("01", "02", "03")
    return (1 <= month <= 3 and day <= 31) or (month == day == 0 and whole_year)


def matched(text: str, form: str, reading: DateForm) -> tuple[int, int, int] | None:
    """Year, month and day of a text in a form; nought for what it lacks."""
    tokens = re.findall(r"%.|.", form)
    place, numbers = 0, {}
    for at, token in enumerate(tokens):
        if not token.startswith("%"):
            if text[place : place + 1] != token:
                return None
            place += 1
            continue
        close = any(0 <= near < len(tokens) and tokens[near].startswith("%") for near in (at - 1, at + 1))
        width = {"%Y": (4, 4), "%y": (2, 2)}.get(token, (2, 2) if close else (1, 2))
        run = re.match(r"[\u1369-\u137b]+|\d+" if reading.calendar == "ethiopian" and not close else r"\d+", text[place:])
        value, length = number(run[0], width) if run else (None, 0)
        if value is None:
            return None
        numbers[token[1]], place = value, place + length
    if place < len(text):
        return None
    year = numbers["Y"] if "Y" in numbers else next(y for y in range(reading.century, reading.century + 100) if y % 100 == numbers["y"])
    return year, numbers.get("m", 0), numbers.get("d", 0)


def number(run: str, width: tuple[int, int]) -> tuple[int | None, int]:
    """The value of a run of digits and how much of it was read; Ethiopic numerals by their sum."""
    if "\u1369" <= run[0] <= "\u137b":
        return ethiopic(run), len(run)
    taken = run[: width[1]]
    return (int(taken), len(taken)) if len(taken) >= width[0] else (None, 0)


def ethiopic(run: str) -> int | None:
    """Tens and ones, at most one sign of each in this order, and hundreds before the sign of a hundred."""
    before, sign, after = run.partition("\u137b")
    sums = [under_hundred(part) for part in (before, after)]
    return None if None in sums else sums[0] + sums[1] if not sign else 100 * (sums[0] or 1) + sums[1]


def under_hundred(run: str) -> int | None:
    values = [int(unicodedata.numeric(sign)) for sign in run]
    order = [value >= 10 for value in values]
    return sum(values) if max(values, default=0) < 100 and (len(values) < 2 or order == [True, False]) else None


def whole(form: DateForm, year: int, month: int, day: int) -> Reading:
    try:
        return Reading(convert(form.calendar, year, month, day), "day")
    except (ValueError, KeyError):
        return Reading(None, None, ("impossible_date",))


def part(form: DateForm, year: int, month: int) -> Reading:
    """A year, or a year and month, by the rule that the column states."""
    precision, issue = ("month", "imputed_day") if month else ("year", "imputed_month")
    rule = form.partial and (form.partial.month_only if month else form.partial.year_only)
    if rule is None or month > MONTHS.get(form.calendar, 12):
        return Reading(None, None, ("impossible_date",))
    if rule == "reject":
        return Reading(None, None, ("partial_date",))
    if "-" in rule:
        month, rule = int(rule[:2]), rule[3:]
    months = [month] if month else range(1, MONTHS.get(form.calendar, 12) + 1)
    days = [convert(form.calendar, year, each, day) for each in months for day in range(1, length(form.calendar, year, each) + 1)]
    place = {"first": 0, "middle": (len(days) - 1) // 2, "last": len(days) - 1}.get(rule)
    return Reading(days[min(int(rule), len(days)) - 1] if place is None else days[place], precision, (issue,))


@cache
def length(calendar: str, year: int, month: int) -> int:
    """The days of a month, by trying."""
    return max(day for day in range(28, 32) if exists(calendar, year, month, day)) if (calendar, month) != ("ethiopian", 13) else 5 + (year % 4 == 3)


def exists(calendar: str, year: int, month: int, day: int) -> bool:
    try:
        return bool(convert(calendar, year, month, day))
    except (ValueError, KeyError):
        return False


UMM_AL_QURA = {(row["year"], row["month"], row["day"]): row["date"] for row in calendars.days("hijri").to_pylist()}


def convert(calendar: str, year: int, month: int, day: int) -> date:
    """A day of a calendar. Raises ValueError or KeyError for a day that it has not."""
    if calendar == "hijri":
        return UMM_AL_QURA[year, month, day]
    if calendar in ("persian", "ethiopian"):
        return getattr(almanac, calendar)(year, month, day)
    return date(year - 543 * (calendar == "buddhist"), month, day)
