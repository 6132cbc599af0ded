"""The headline table of the command line: totals by indicator, in the words of the report."""

from sojourn.concepts.indicators import INDICATORS
from sojourn.stages.publish import wording

ORDER = {name: place for place, name in enumerate(INDICATORS)}


def headline_rows(rows: list[dict[str, object]]) -> list[tuple[str, str, str, str, str]]:
    """Indicator with title, measure, period, value, flags; hidden values stay hidden."""
    found = sorted(rows, key=lambda row: ORDER.get(str(row["indicator"]), len(ORDER)))
    return [_row(row) for row in found if row["category"] == "total" and not row["variant"]]


def _row(row: dict[str, object]) -> tuple[str, str, str, str, str]:
    indicator = INDICATORS.get(str(row["indicator"]))
    title = f"{row['indicator']} {indicator.title}" if indicator else str(row["indicator"])
    value = f"{float(str(row['value'])):,.2f}".removesuffix(".00") if row["value"] else "-"
    return title, wording.measure(str(row["measure"])), str(row["period"]), value, str(row["flag"])
