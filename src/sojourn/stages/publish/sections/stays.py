"""Temporary stays: how many, how long, how many still present, and departures that were not recorded."""

from collections.abc import Sequence

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Figure, Folded, Section, Table, table
from sojourn.stages.publish.cells import Cells
from sojourn.stages.publish.sections.common import (
    CROSS,
    MOST_ROWS,
    arranged,
    breakdown_figure,
    crossed_table,
    leading,
    measures_table,
    natural,
)
from sojourn.stages.publish.sections.durations import presence, survival
from sojourn.stages.publish.view import View

LEADING = ("type", "duration_band")
DRAWN = ("visa_class", "route", "citizenship", "residence", "status")
OVERSTAY_DRAWN = ("route", "type", "visa_class")
"""Breakdowns that are drawn, in order; all others are tables, closed until asked for."""
LENGTH = "length_"


def stays(view: View) -> Section | None:
    visits = view.main("TM")
    blocks = [one("TM", visits, "visits", each) for each in LEADING]
    blocks += [lengths(visits), survival(view), presence(view)]
    blocks += [one("TM", visits, "visits", each) for each in DRAWN]
    blocks.append(further(others(visits, "visits", (*LEADING, *DRAWN))))
    made = [block for block in blocks if block]
    return Section("stays", say("report.stays_title"), say("report.stays_lead"), made) if made else None


def overstay(view: View) -> Section | None:
    """Admissions without recorded departure by the due date: an estimate, with its causes named."""
    late = view.main("OV")
    blocks = [one("OV", late, "share", each) for each in OVERSTAY_DRAWN]
    made = [block for block in (*blocks, further(others(late, "share", OVERSTAY_DRAWN))) if block]
    return Section("overstay", say("concepts.ov_title"), say("report.overstay_lead"), made) if made else None


def others(cells: Cells, measure: str, drawn: Sequence[str]) -> list[Table]:
    """Tables of the breakdowns that are not drawn; those of three dimensions are in the CSV files alone."""
    found = [each for each in cells.values("breakdown") if each not in (*drawn, "total") and not each.startswith(LENGTH)]
    found = [each for each in found if each.count(CROSS) < 2]
    return [other(cells.where(breakdown=each), measure, each) for each in sorted(found, key=lambda each: (CROSS in each, each))]


def other(cells: Cells, measure: str, breakdown: str) -> Table:
    if CROSS in breakdown:
        return crossed_table(cells, measure, breakdown)
    order = leading(arranged(cells, measure, breakdown), MOST_ROWS)
    return measures_table(title_of(measure, breakdown), cells, order, breakdown)


def further(tables: list[Table]) -> Folded | None:
    return Folded(say("report.folded_tables"), tables) if tables else None


def lengths(cells: Cells) -> Table | None:
    """Below, reached or undetermined, at every length that the definition names."""
    found = sorted((each for each in cells.values("breakdown") if each.startswith(LENGTH)), key=natural)
    if not found:
        return None
    by_key = {(cell.category, cell.breakdown): cell for cell in cells if cell.breakdown in found and cell.measure == "visits"}
    heads = [say("report.lengths_class"), *(say("report.lengths_nights", nights=each.removeprefix(LENGTH)) for each in found)]
    classes = [each for each in ("below", "reached", "undetermined") if any(key[0] == each for key in by_key)]
    # The classes exhaust the visits, so a class without a row at one length is a counted zero, not a missing value.
    rows = [[wording.category(each), *(by_key.get((each, length), "0") for length in found)] for each in classes]
    return table(say("report.lengths_title"), heads, rows, note=say("report.lengths_note"))


def title_of(measure: str, breakdown: str) -> str:
    return say("report.measure_by", measure=wording.measure(measure), breakdown=wording.breakdown(breakdown).lower())


def one(indicator: str, cells: Cells, measure: str, breakdown: str) -> Figure | None:
    """A breakdown as bars; that of late departures by route with its table open, since missed departures stand in it."""
    name = f"{indicator}-{breakdown}".lower()
    return breakdown_figure(name, title_of(measure, breakdown), cells, measure, breakdown, (indicator, breakdown) == ("OV", "route"))
