"""Durations with a unit, and thresholds `needed within window`.

A duration becomes a number of nights only at a day: 12 months from 2008-01-10 are 366 nights, from 2009-01-10 they are
365. A stay from day a to day b holds b - a nights (E/CN.3/2021/11, paragraphs 30-31, leave the counting open; nights and
calendar months are the choice made here).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from sojourn.definitions.yaml import Refused

FROZEN = ConfigDict(frozen=True, extra="forbid")
UNITS = {"month": "months", "months": "months"} | {word: "days" for word in ("day", "days", "night", "nights")}
FORM = re.compile(r"^([+-]?\d+)\s*([a-z]+)$")
WITHIN = re.compile(r"\s+within\s+")
FOUR_YEARS = 1461
"""Days after which the calendar repeats, as long as every fourth year is a leap year (1901-2099)."""


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Duration(BaseModel):
    """An amount of calendar months or of days. A night is a day here: both count midnights."""

    model_config = FROZEN
    amount: int
    unit: Literal["months", "days"]

    @model_validator(mode="before")
    @classmethod
    def read(cls, value: Any) -> Any:
        return value if isinstance(value, (dict, cls)) else duration_parts(value)

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """`12 months`, `365 days`, `487 nights`. Raises Refused (a ValueError) for anything else."""
        return cls(**duration_parts(text))

    def end_from(self, day: date) -> date:
        """The day reached when the duration is added to `day`."""
        return add_months(day, self.amount) if self.unit == "months" else day + timedelta(days=self.amount)

    def nights_from(self, day: date) -> int:
        """Nights from `day` to the day reached by adding the duration."""
        return (self.end_from(day) - day).days

    def extremes(self) -> tuple[int, int]:
        """Fewest and most nights the duration can have, over all starting days."""
        return month_extremes(self.amount) if self.unit == "months" else (self.amount, self.amount)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.removesuffix('s') if self.amount == 1 else self.unit}"


def duration_parts(text: Any) -> dict[str, Any]:
    """Amount and unit of a written duration. Raises Refused where the unit is missing or the form is unknown."""
    words = str(text).strip().lower()
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", words):
        raise Refused("rules.unit_missing", value=words)
    match = FORM.match(words)
    if match is None or match.group(2) not in UNITS:
        raise Refused("rules.duration_form", value=words)
    return {"amount": int(match.group(1)), "unit": UNITS[match.group(2)]}


@lru_cache
def month_extremes(months: int) -> tuple[int, int]:
    """Fewest and most nights in so many calendar months, over four years of starting days."""
    starts = (date(2001, 1, 1) + timedelta(days=offset) for offset in range(FOUR_YEARS))
    nights = [(add_months(start, months) - start).days for start in starts]
    return min(nights), max(nights)


class Threshold(BaseModel):
    """`12 months within 16 months`: so many nights on one side of the border inside a window that opens at a crossing."""

    model_config = FROZEN
    needed: Duration
    within: Duration

    @model_validator(mode="before")
    @classmethod
    def read(cls, value: Any) -> Any:
        return value if isinstance(value, (dict, cls)) else threshold_parts(value)

    @classmethod
    def parse(cls, text: str) -> "Threshold":
        """Raises Refused where the text is not `duration within duration`."""
        return cls(**threshold_parts(text))

    def nights_from(self, day: date) -> tuple[int, int]:
        """Nights needed and nights of the window, for a crossing on `day`."""
        return self.needed.nights_from(day), self.within.nights_from(day)

    def __str__(self) -> str:
        return f"{self.needed} within {self.within}"


def threshold_parts(text: Any) -> dict[str, Duration]:
    """The two durations of a written threshold."""
    parts = WITHIN.split(str(text).strip().lower())
    if len(parts) != 2:
        raise Refused("rules.threshold_form", value=str(text))
    return {"needed": Duration.parse(parts[0]), "within": Duration.parse(parts[1])}
