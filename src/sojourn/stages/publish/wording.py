"""Numbers, dates, codes and flags as a reader sees them."""

import re
from functools import cache
from typing import Any

from sojourn.concepts.indicators import INDICATORS
from sojourn.lists.countries import REGION, names, regions
from sojourn.messages import has, say
from sojourn.stages.publish.cells import STRUCTURAL_ZERO, Cell

HIDDEN, MISSING, NIL = "c", "…", "–"
"""Signs: not shown (too few records); not available; zero by law or definition, not measured."""

_MOMENT = re.compile(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$")
BARE = frozenset({"persons", "balance", "events", "visits", "admissions"})
"""Units of counts: a bare number says enough."""
DECIMALS = dict.fromkeys(BARE, 0) | {"percent": 2, "per_1000_person_years": 2, "person_years": 2}
COUNTRIES = frozenset("country_of_birth citizenship former_citizenship residence destination".split())
"""Breakdowns whose categories are country codes."""


def number(value: float | None, unit: str = "persons") -> str:
    """A number with thousands separators and a true minus; the sign for missing where there is none."""
    if value is None:
        return MISSING
    places = DECIMALS.get(unit, 0 if float(value).is_integer() else 1)
    return f"{value:,.{places}f}".replace("-", "\N{MINUS SIGN}")


def cell_text(cell: Cell | None) -> str:
    """The value of a cell, or the sign that stands for it."""
    if cell is None:
        return MISSING
    if cell.hidden:
        return HIDDEN
    if STRUCTURAL_ZERO in cell.flags and not cell.value:
        return NIL
    return number(cell.value, cell.unit)


def error_text(cell: Cell) -> str:
    """The standard error in the unit of its value, empty where the value has none."""
    return "" if cell.standard_error is None else number(cell.standard_error, cell.unit)


def interval_text(cell: Cell) -> str:
    if cell.lower is None or cell.upper is None:
        return ""
    return say("report.interval", lower=number(cell.lower, cell.unit), upper=number(cell.upper, cell.unit))


def unit(code: str) -> str:
    return known(f"report.unit_{code}", code)


def measure(code: str) -> str:
    return known(f"report.measure_{code}", code)


def measure_title(code: str, unit_code: str) -> str:
    """A measure with its unit where the number alone would not tell."""
    title = measure(code)
    return title if unit_code in BARE else say("report.title_unit", title=title, unit=unit(unit_code))


def breakdown(code: str) -> str:
    """One breakdown, or a crossed one (`type x duration_band`)."""
    first, crossed, second = code.partition(" x ")
    if crossed:
        return say("report.crossed", first=breakdown(first), second=breakdown(second).lower())
    length = re.fullmatch(r"length_(\d+)", code)
    return say("report.breakdown_length", nights=length[1]) if length else known(f"report.breakdown_{plain_key(code)}", code)


def flag(code: str) -> str:
    return known(f"report.flag_{code}", code)


def category(code: str, within: str = "") -> str:
    """One category of the breakdown `within`; the parts of a crossed one (`female|20-24`) side by side."""
    breakdowns = within.split(" x ")
    parts = str(code).split("|")
    if len(breakdowns) != len(parts):
        breakdowns = [within] * len(parts)
    return " · ".join(part_of_category(*pair) for pair in zip(parts, breakdowns, strict=True))


@cache
def part_of_category(code: str, within: str) -> str:
    name = plain_key(code)
    keys = [f"report.category_{name}", f"mobility.type_{name}"]
    known_country = country(code) if within in COUNTRIES and not any(has(key) for key in keys) else None
    return known_country or next((say(key) for key in keys if has(key)), re.sub(r"(?<=\d)-(?=\d)", "\N{EN DASH}", code.replace("_", " ")))


def country(code: str) -> str | None:
    """The name of a country or former country, or of the rest of a region; None for any other code."""
    region = regions().get(code.removeprefix(REGION)) if code.startswith(REGION) else None
    return say("lists.rest_of_region", region=region) if region else names().get(code)


def plain_key(code: str) -> str:
    return re.sub(r"\W+", "_", str(code))


def known(key: str, code: str) -> str:
    """The catalogue's words, else the code made readable: a country may bring categories of its own."""
    return say(key) if has(key) else str(code).replace("_", " ")


def moment(text: Any) -> str:
    """`2016-12-31` as 31 December 2016, `2016-04` as April 2016, a range from its first to its last month."""
    first, ranged, last = str(text).partition("..")
    if ranged:
        return say("report.range", first=moment(first), last=moment(last))
    match = _MOMENT.match(first)
    if match is None:
        return first
    year, month, day = match.groups()
    name = say(f"report.month_{int(month)}")
    return say("report.date", day=int(day), month=name, year=year) if day else say("report.month_year", month=name, year=year)


def indicator_title(code: str) -> str:
    return INDICATORS[code].title if code in INDICATORS else code
