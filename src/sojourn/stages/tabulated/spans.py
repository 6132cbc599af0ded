"""Periods of flows: the published ones, and longer ones that published ones fill without a gap."""

from datetime import date

from sojourn.definitions.period import Period
from sojourn.engine.portable import days_between, literal


def spans(chosen: str, period: Period, months: bool) -> str:
    """SQL of the periods wanted: label, span_from, span_to. `months`: whether published periods of less than a year are among them."""
    inside = f"first_day >= DATE {literal(period.start)} AND next_day <= DATE {literal(period.end)}"
    long = "" if months else " AND next_day >= first_day + INTERVAL 1 YEAR"
    own = f"SELECT DISTINCT period AS label, first_day AS span_from, next_day AS span_to FROM ({chosen}) WHERE {inside}{long}"
    named = [(str(year), date(year, 1, 1), date(year + 1, 1, 1)) for year in years(period)]
    named += [(period.label, period.start, period.end)]
    fixed = (f"SELECT {literal(label)}, DATE {literal(start)}, DATE {literal(end)}" for label, start, end in dict.fromkeys(named))
    return " UNION ".join([own, *fixed])


def years(period: Period) -> range:
    """The calendar years that lie inside a period."""
    first = period.start.year + (period.start > date(period.start.year, 1, 1))
    return range(first, period.end.year)


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
