"""How a column writes its dates: the calendar, the forms of the text, what stands for a day that is not known.

A year or a month alone becomes a day only where the source file states which; the precision is kept beside the date.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sojourn.definitions.model import Model, as_tuple
from sojourn.definitions.yaml import Refused
from sojourn.messages import say

Calendar = Literal["gregorian", "buddhist", "persian", "ethiopian", "hijri"]
YEARS: dict[str, tuple[int, int]] = {
    "gregorian": (1700, 2299),
    "buddhist": (2432, 2743),
    "persian": (1206, 1498),
    "ethiopian": (1750, 2200),
    "hijri": (1343, 1450),
}
"""First and last year that is converted, both included.

buddhist: Thailand, the year beginning on 1 January since 2484 (1941) and on 1 April from 2432 (1889) to 2483. persian: the
Solar Hijri years whose leap years the Institute of Geophysics of the University of Tehran lists. hijri: the Umm al-Qura
calendar as it was published and used (1 August 1924 to 13 May 2029); tables of later years are forecasts that differ from one
another. gregorian, ethiopian: arithmetic, for any person alive.
"""
MONTHS = {"ethiopian": 13}
"""Months of a year, 12 in the other calendars."""
DEFAULT_FORMAT = ("%Y-%m-%d",)
NUMBERS = frozenset("Yymd")
"""The directives of strptime whose values are read as numbers, in any calendar."""
HOLDS_YEAR = frozenset(["Y", "y", "-y", "c", "x", "G"])
HOLDS_MONTH = frozenset(["m", "-m", "b", "B"])
HOLDS_DAY = frozenset(["d", "-d", "j", "-j", "c", "x"])
"""Directives by what they tell; %c and %x tell all."""
_PIECE = re.compile(r"%(-?[A-Za-z%])|(.)", re.DOTALL)
_LITERAL = re.compile(r"[^\W_]|[ ./,:'_-]")
_SAMPLES = (date(2003, 4, 5), date(1911, 12, 10), date(2010, 11, 12), date(1990, 1, 2))

YearOnly = Annotated[str, Field(pattern=r"^(first|middle|last|reject|(0[1-9]|1[0-3])-(0[1-9]|[12]\d|3[01]))$")]
MonthOnly = Annotated[str, Field(pattern=r"^(first|middle|last|reject|0?[1-9]|[12]\d|3[01])$")]


class Partial(Model):
    """The day, in the column's own calendar, that stands for a year alone or a month alone.

    first, middle, last: of the year or month (middle: as many days before it as after it, or one fewer before). A month and
    day, or a day of the month, is the last day of a month too short for it. reject: the record is rejected. Where a kind is
    not stated, such a date is an impossible date.
    """

    year_only: YearOnly | None = None
    month_only: Annotated[MonthOnly | None, BeforeValidator(lambda v: str(v) if isinstance(v, int) else v)] = None


class DateForm(Model):
    """The keys of a mapping that are about dates; none of them may stand on a column of another kind.

    `format`: forms of strptime, tried in order. `century`: the first of the hundred years that two digits of a year mean.
    `placeholders`: dates that mean "not known", as YYYY-MM-DD of the column's calendar.
    """

    format: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = ()
    calendar: Calendar = "gregorian"
    partial: Partial | None = None
    century: int | None = None
    placeholders: Annotated[tuple[str, ...], BeforeValidator(lambda v: [str(each) for each in as_tuple(v)])] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """The forms stated, else the international one."""
        return self.format or DEFAULT_FORMAT

    @property
    def plain(self) -> bool:
        """Whether the dates are whole days of the common calendar in forms that the engine reads by itself."""
        return self.calendar == "gregorian" and self.partial is None and self.century is None

    @model_validator(mode="after")
    def readable_forms(self) -> "DateForm":
        for form in self.formats:
            check_form(form, self)
        for first, second in clashes(self.formats):
            raise Refused("dates.ambiguous", first=first, second=second)
        return self

    @model_validator(mode="after")
    def century_of_two_digits(self) -> "DateForm":
        if self.century is not None and not any("y" in directives(form) for form in self.formats):
            raise Refused("dates.idle_century")
        return self

    @model_validator(mode="after")
    def month_of_the_calendar(self) -> "DateForm":
        day = (self.partial.year_only if self.partial else None) or ""
        if day.startswith("13") and MONTHS.get(self.calendar, 12) < 13:
            raise Refused("dates.no_such_month", day=day)
        return self

    @model_validator(mode="after")
    def placeholders_are_dates(self) -> "DateForm":
        for text in self.placeholders:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) or (self.plain and not is_day(text)):
                raise Refused("dates.placeholder_form", text=text)
        return self

    def of_dates(self) -> list[str]:
        """The keys in use that only a date column may have."""
        return sorted({"calendar", "partial", "century", "placeholders"} & self.model_fields_set)


def check_form(form: str, reading: DateForm) -> None:
    """Raises Refused for a form without a year, with a year in two digits, or that reads a part of a date unstated."""
    found = directives(form)
    if {"y", "-y"} & set(found) and reading.century is None:
        raise Refused("dates.two_digits", form=form)
    if not HOLDS_YEAR & set(found) or not (reading.plain or in_numbers(form)):
        raise Refused("dates.form", form=form, known="%Y %y %m %d")
    stated = reading.partial or Partial()
    if not HOLDS_DAY & set(found):
        key = "month_only" if HOLDS_MONTH & set(found) else "year_only"
        if getattr(stated, key) is None:
            raise Refused("dates.unstated", form=form, key=key)


def in_numbers(form: str) -> bool:
    """Whether a form is numbers alone, each at most once, and no day without its month, between usual signs."""
    found = directives(form)
    usual = all(directive or _LITERAL.fullmatch(text) for directive, text in pieces(form))
    return usual and set(found) <= NUMBERS and len(set(found)) == len(found) and ("d" not in found or "m" in found)


def pieces(form: str) -> Iterator[tuple[str, str]]:
    """A form as (directive, "") and ("", one character) pairs."""
    return ((match[1] or "", match[2] or "") for match in _PIECE.finditer(form))


def directives(form: str) -> list[str]:
    """The letters behind the percent signs."""
    return [directive for directive, _ in pieces(form) if directive]


def clashes(forms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of forms under which one text is two dates, found on sample days."""
    for place, first in enumerate(forms):
        for second in forms[place + 1 :]:
            if any(clash(day, a, b) for day in _SAMPLES for a, b in ((first, second), (second, first))):
                yield first, second


def clash(day: date, writes: str, reads: str) -> bool:
    """Whether a day written in one form is another day when read in the other."""
    try:
        written = day.strftime(writes)
        own, other = (datetime.strptime(written, form) for form in (writes, reads))
    except ValueError:
        return False
    return own != other


def is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def number(text: str) -> int:
    """`YYYY-MM-DD` as the number YYYYMMDD, under which calendars list their days."""
    return int(text.replace("-", ""))


def prose(column: str, reading: DateForm) -> list[str]:
    """What the column's dates are, in sentences; none for whole dates of the common calendar."""
    stated: dict[str, Any] = reading.partial.model_dump(exclude_none=True) if reading.partial else {}
    found = [say(f"dates.prose_{reading.calendar}", column=column)] if reading.calendar != "gregorian" else []
    found += [say(f"dates.prose_{kind}", column=column, day=in_words(day)) for kind, day in stated.items() if day != "reject"]
    found += [say(f"dates.prose_{kind}_reject", column=column) for kind, day in stated.items() if day == "reject"]
    if reading.century is not None:
        found.append(say("dates.prose_century", column=column, first=reading.century, last=reading.century + 99))
    if reading.placeholders:
        found.append(say("dates.prose_placeholders", column=column, dates=", ".join(reading.placeholders)))
    return found


def in_words(day: str) -> str:
    """first, middle and last as words; a day as it is written."""
    return say(f"dates.{day}") if day in ("first", "middle", "last") else day
