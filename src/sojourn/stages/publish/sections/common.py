"""What several sections share: one breakdown of one indicator as bars and a table."""

import re
from collections.abc import Sequence

from sojourn.concepts.populations import SUBPOPULATIONS, UNDETERMINED
from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Figure, Table, table
from sojourn.stages.publish.cells import STRUCTURAL_ZERO, Cell, Cells
from sojourn.stages.publish.charts.bars import Bar, bars
from sojourn.stages.publish.charts.svg import framed

MOST, MOST_ROWS = 15, 60
"""Bars in one chart, rows in its table; the CSV files have all."""

CROSS = " x "
"""Between the parts of a crossed breakdown."""

RANKED = frozenset("country_of_birth citizenship former_citizenship residence destination visa_class type country region region_group region_of_stage".split())
"""Breakdowns without an order of their own: the largest first."""

ORDER = """stock opening births reached entries deaths exits passed closing entry_rate exit_rate death_rate visits visits_temporary visits_undetermined events share rate person_years person_nights person_nights_spread mean_present mean_present_exit person_days person_nights_completed person_days_completed mean_stay mean_stay_limit median_stay
mean_stay_completed median_stay_completed due without_departure share_without_departure departed_after_due
share_departed_after_due departure_refused open_admissions open_share""".split()
"""Measures in reading order; others follow."""

_DIGITS = re.compile(r"\d+")
LAST = ("other", "unknown", UNDETERMINED, "open")


def arranged(cells: Cells, measure: str, breakdown: str) -> list[str]:
    """Categories in reading order: by size, by number (ages, durations), or as the framework lists them."""
    categories = cells.where(breakdown=breakdown).values("category")
    known = list(SUBPOPULATIONS)
    if breakdown in RANKED:
        size = {each.category: weight(each) for each in cells.where(breakdown=breakdown, measure=measure)}
        return sorted(categories, key=lambda each: (each in LAST, -size.get(each, 0), each))
    return sorted(categories, key=lambda each: (each in LAST, known.index(each) if each in known else -1, natural(each)))


def place(measure: str) -> int:
    return ORDER.index(measure) if measure in ORDER else len(ORDER)


def weight(cell: Cell) -> float:
    """What ranks a category: its count, or for shares and means the records behind it, so that small groups do not lead."""
    return (cell.value if cell.unit in wording.BARE else cell.records) or 0


def natural(category: str) -> tuple[float, str]:
    found = _DIGITS.search(category)
    return (int(found.group()) if found else -1, category)


def breakdown_figure(name: str, title: str, cells: Cells, measure: str, breakdown: str, unfolded: bool = False) -> Figure | None:
    """Bars of `measure` by the categories of one breakdown, with every measure in the table. None without categories."""
    order = arranged(cells, measure, breakdown)
    found = cells.where(breakdown=breakdown, measure=measure)
    if not found:
        return None
    unit = found.values("unit")[0]
    title = title if unit in wording.BARE else say("report.title_unit", title=title, unit=wording.unit(unit))
    by_category = {cell.category: cell for cell in found}
    have = [each for each in order if each in by_category]
    drawn = leading(have, MOST) if breakdown in RANKED else have
    rows = [as_bar(by_category[each]) for each in drawn]
    note = say("report.largest", drawn=MOST, all=len(have)) if len(have) > len(drawn) else ""
    listed = leading(order, MOST_ROWS)
    svg = framed(name, title, described(title, rows), lambda width: bars(rows, width))
    return Figure(title, described(title, rows), svg, measures_table(title, cells, listed, breakdown), note=note, open=unfolded)


def leading(order: Sequence[str], most: int) -> list[str]:
    """The first categories, and always the rest and the unknown at the end: what is left out must not look like nothing."""
    return [*[each for each in order if each not in LAST][:most], *[each for each in order if each in LAST]]


def as_bar(cell: Cell, style: str = "s0") -> Bar:
    text = wording.cell_text(cell)
    value = None if cell.hidden or STRUCTURAL_ZERO in cell.flags else cell.value
    if "unreliable" in cell.flags and value is not None:
        text, style = say("report.unreliable", value=text), "s2"
    return Bar(wording.category(cell.category, cell.breakdown), value, text, cell.lower, cell.upper, style)


def described(title: str, rows: Sequence[Bar]) -> str:
    """The chart in words, for who hears the page."""
    parts = "; ".join(say("report.described_part", label=row.label, value=row.shown) for row in rows[:MOST])
    return say("report.described", title=title, parts=parts)


def measures_table(title: str, cells: Cells, order: Sequence[str], breakdown: str) -> Table:
    """Categories down, measures across; a standard error stands right of its estimate."""
    found = cells.where(breakdown=breakdown)
    measures = sorted(found.values("measure"), key=place)
    with_error = [each for each in measures if any(cell.standard_error is not None for cell in found.where(measure=each))]
    heads = [wording.breakdown(breakdown)]
    for each in measures:
        heads.append(wording.measure_title(each, found.where(measure=each).values("unit")[0]))
        heads += [say("report.standard_error")] if each in with_error else []
    by_key = {(cell.category, cell.measure): cell for cell in found}
    rows = [[wording.category(category, breakdown), *across(by_key, category, measures, with_error)] for category in order]
    return table(title, heads, rows)


def across(by_key: dict[tuple[str, str], Cell], category: str, measures: Sequence[str], with_error: Sequence[str]) -> list[object]:
    entries: list[object] = []
    for each in measures:
        cell = by_key.get((category, each))
        entries.append(cell or wording.MISSING)
        if each in with_error:
            entries.append(wording.error_text(cell) if cell else "")
    return entries


def crossed_table(cells: Cells, measure: str, breakdown: str) -> Table:
    """A crossed breakdown (`type x duration_band`) as a table: the first down, the second across."""
    found = cells.where(breakdown=breakdown, measure=measure)
    first, _, second = breakdown.partition(CROSS)
    by_pair = {tuple(cell.category.partition("|")[::2]): cell for cell in found}
    across_order = sorted({pair[1] for pair in by_pair}, key=lambda each: (each in LAST, natural(each)))
    down_order = sorted({pair[0] for pair in by_pair}, key=lambda each: (each in LAST, natural(each)))
    heads = [wording.breakdown(first), *(wording.category(each, second) for each in across_order)]
    rows = [[wording.category(down, first), *(by_pair.get((down, each), wording.MISSING) for each in across_order)] for down in down_order]
    title = say("report.crossed", first=wording.breakdown(first), second=wording.breakdown(second).lower())
    return table(title, heads, rows)
