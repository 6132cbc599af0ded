"""The headline table of the command line: totals by indicator, in the words and the order of the report."""

from itertools import groupby
from operator import itemgetter

from sojourn.concepts.indicators import INDICATORS
from sojourn.stages.publish import wording
from sojourn.stages.publish.cells import months_beside_longer
from sojourn.stages.publish.sections.common import place

UNKNOWN = len(INDICATORS)
PERIODS = 6
"""Of a long series the last ones are shown; the report and the CSV have all."""


def headline_rows(rows: list[dict[str, str]]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Indicators with their title, each with rows of measure, period, value, unit and notes; hidden values stay hidden."""
    totals = [row for row in rows if row["category"] == "total" and not row["variant"]]
    places = {name: number for number, name in enumerate(INDICATORS)}
    names = sorted({row["indicator"] for row in totals}, key=lambda name: places.get(name, UNKNOWN))
    return [(_title(name), _measures(name, totals)) for name in names]


def _title(name: str) -> str:
    return f"{name}  {INDICATORS[name].title}" if name in INDICATORS else name


def _measures(name: str, totals: list[dict[str, str]]) -> list[tuple[str, ...]]:
    own = [row for row in totals if row["indicator"] == name]
    parts = months_beside_longer((row["measure"], row["period"]) for row in own)
    chosen = [row for row in own if (row["measure"], row["period"]) not in parts]
    main = INDICATORS[name].measure if name in INDICATORS else ""
    chosen.sort(key=lambda row: (row["measure"] != main, place(row["measure"]), row["period"]))
    chosen = [row for _, series in groupby(chosen, key=itemgetter("measure")) for row in list(series)[-PERIODS:]]
    return [(wording.measure(row["measure"]), row["period"], _value(row), _unit(row), row["flag"].replace("_", " ")) for row in chosen]


def _value(row: dict[str, str]) -> str:
    """The value with thousands separators, without decimals where it is a count; a dash where it is hidden."""
    places = wording.DECIMALS.get(row["unit"], 2)
    return f"{float(row['value']):,.{places}f}".removesuffix(".00") if row["value"] else "-"


def _unit(row: dict[str, str]) -> str:
    return wording.unit(row["unit"]) if row["value"] else ""
