"""The calendar years of a period: a Lexis triangle lies in one year, and a year has days of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sojourn.definitions.period import Period
from sojourn.engine.portable import literal


@dataclass(frozen=True)
class Part:
    """The days [start, end) of one calendar year inside a period. `days`: of the whole year. `label`: of what is printed."""

    year: int
    days: int
    start: date
    end: date
    label: str


def parts_of(period: Period) -> list[Part]:
    """The parts of a period in order; the label of the only one is the period's own."""
    years = range(period.start.year, period.last_day.year + 1)
    return [_part(period, year, len(years) == 1) for year in years]


def _part(period: Period, year: int, alone: bool) -> Part:
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    start, end = max(first, period.start), min(last, period.end)
    months = f"{start:%Y-%m}..{year}-{end.month - 1 or 12:02}"
    label = period.label if alone else str(year) if (start, end) == (first, last) else months
    return Part(year, (last - first).days, start, end, label)


def rows(parts: Sequence[Part]) -> str:
    """SQL: the parts as rows of year, days, starts, ends and label."""
    each = ", ".join(f"({part.year}, {part.days}, DATE {literal(part.start)}, DATE {literal(part.end)}, {literal(part.label)})" for part in parts)
    return f"(VALUES {each}) AS p(year, days, starts, ends, label)"


def calendar(part: Part) -> str:
    """SQL: every day of a part, as `day`."""
    count = (part.end - part.start).days
    return f"SELECT DATE {literal(part.start)} + CAST(place AS INTEGER) AS day FROM (SELECT UNNEST(generate_series(0, {count - 1})) AS place)"
