"""Periods of flows: the published ones, and longer ones that published ones fill without a gap."""

from collections.abc import Iterator

from sojourn.definitions.period import Period, parse_period
from sojourn.engine.portable import days_between, literal

DECEMBER = 12


def published(chosen: str, period: Period, least: str = "0 MONTH") -> str:
    """SQL of the published periods inside a period, none shorter than `least`: label, span_from, span_to."""
    inside = f"first_day >= DATE {literal(period.start)} AND next_day <= DATE {literal(period.end)}"
    long = f"next_day >= first_day + INTERVAL {least}"
    return f"SELECT DISTINCT period AS label, first_day AS span_from, next_day AS span_to FROM ({chosen}) WHERE {inside} AND {long}"


def spans(chosen: str, period: Period, least: str = "0 MONTH") -> str:
    """SQL of the published periods and of the years that shorter ones may fill: label, span_from, span_to."""
    fixed = (f"SELECT {literal(each.label)}, DATE {literal(each.start)}, DATE {literal(each.end)}" for each in dict.fromkeys(years(period)))
    return " UNION ".join([published(chosen, period, least), *fixed])


def years(period: Period) -> Iterator[Period]:
    """The calendar years inside a period, the twelve months with which it ends, and itself where it is no longer than that."""
    found = (parse_period(str(year)) for year in range(period.start.year, period.end.year))
    yield from (each for each in found if period.start <= each.start)
    year, month = period.last_day.year, period.last_day.month
    last = parse_period(str(year) if month == DECEMBER else f"{year - 1}-{month + 1:02}..{year}-{month:02}")
    yield last if period.start <= last.start else period


def complete(chosen: str, wanted: str) -> str:
    """SQL of the published periods that together fill a wanted one: label, span_from, span_to, source, period.

    Published periods of a source must not overlap: the days of a period are counted against those of its parts.
    """
    parts = f"SELECT DISTINCT source, period, first_day, next_day FROM ({chosen})"
    inside = (
        f"SELECT w.label, w.span_from, w.span_to, p.source, p.period, sum({days_between('p.first_day', 'p.next_day')}) "
        f"OVER (PARTITION BY w.label, p.source) AS filled FROM ({wanted}) w JOIN ({parts}) p "
        "ON p.first_day >= w.span_from AND p.next_day <= w.span_to"
    )
    return f"SELECT label, span_from, span_to, source, period FROM ({inside}) WHERE filled = {days_between('span_from', 'span_to')}"
