"""Migration by month: the lines of all months, and the provisional months with their standard errors."""

from collections.abc import Iterator, Sequence

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Figure, Key, Table, table
from sojourn.stages.publish.cells import Cell
from sojourn.stages.publish.charts.series import Series, series
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.view import View

LINES = {"MI 1.3": "s0", "MI 1.4": "s1", "NM": "s2"}
Months = dict[str, dict[str, Cell]]
"""Indicator to month to cell."""


def months(view: View) -> Iterator[Block]:
    """Nothing where no flow is counted by month."""
    found = {name: {cell.period: cell for cell in view.main(name).where(breakdown="month")} for name in LINES}
    found = {name: cells for name, cells in found.items() if cells}
    every = sorted({month for cells in found.values() for month in cells})
    if not every:
        return
    title = say("report.months_title")
    drawn = [Series([value(cells.get(month)) for month in every], LINES[name]) for name, cells in found.items()]
    described = say("report.months_described", first=wording.moment(every[0]), last=wording.moment(every[-1]))
    svg = framed("months", title, described, lambda width: series(every, drawn, width))
    keys = [Key(LINES[name], wording.indicator_title(name)) for name in found]
    yield Figure(title, described, svg, as_table(title, found, every), keys)
    open_months = [month for month in every if any("provisional" in cells[month].flags for cells in found.values() if month in cells)]
    yield from [as_table(say("report.months_provisional_title"), found, open_months)] if open_months else []


def value(cell: Cell | None) -> float | None:
    return None if cell is None or cell.hidden else cell.value


def as_table(title: str, found: Months, every: Sequence[str]) -> Table:
    """Months down, flows across, each with the published standard error of its month."""
    heads, columns = [wording.breakdown("month")], []
    for name, cells in found.items():
        heads.append(wording.indicator_title(name))
        columns.append([cells.get(month) or wording.MISSING for month in every])
        if any(cell.standard_error is not None for cell in cells.values()):
            heads.append(say("report.standard_error"))
            columns.append([wording.error_text(cells[month]) if month in cells else "" for month in every])
    rows = [[wording.moment(month), *(column[place] for column in columns)] for place, month in enumerate(every)]
    return table(title, heads, rows, note=say("report.months_note"))
