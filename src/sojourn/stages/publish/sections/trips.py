"""The tourist part of the temporary population: the series of months, the years, and who the visitors are."""

from collections.abc import Sequence
from itertools import groupby

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Figure, Folded, Key, Prose, Section, Table, table
from sojourn.stages.publish.cells import Cell, Cells
from sojourn.stages.publish.charts.series import Series, series
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.sections.common import breakdown_figure, measures_table, place
from sojourn.stages.publish.sections.stays import title_of
from sojourn.stages.publish.view import View

DRAWN = ("visit_kind", "region", "residence", "purpose", "accommodation", "route", "duration_band")
STAGES = "region_of_stage"
FOLDED = ("region_group",)
"""Breakdowns that repeat a drawn one as a published table has it."""
LEAST_MONTHS = 3
"""Months from which a series is drawn."""
SUMMED = ("visits", "person_nights", "mean_stay", "person_nights_spread", "mean_present", "mean_present_exit")
BY_EXIT, BY_NIGHT, BEFORE, PRESENT = "person_nights", "person_nights_spread", "person_nights_before", "mean_present"


def trips(view: View) -> Section | None:
    cells = view.main("TP")
    if not cells:
        return None
    latest = cells.where(measure="visits").latest() or cells.latest()
    shown = cells.where(period=latest.values("period")[0])
    blocks: list[Block | None] = [
        Prose(html(say("trips.no_errors"))),
        chart(cells, say("trips.visits_series"), ("visits",)),
        chart(cells, say("trips.nights_series"), (BY_EXIT, BY_NIGHT)),
        periods(cells, say("trips.years_title"), say("trips.year"), sums(cells), note=say("trips.years_note")),
        lags(view),
        before(cells),
        Prose(html(say("trips.year_note", period=wording.moment(shown.values("period")[0])))),
        *(breakdown_figure(f"tp-{each}", title_of("visits", each), shown, "visits", each) for each in DRAWN),
        breakdown_figure("tp-stages", title_of(PRESENT, STAGES), shown, PRESENT, STAGES),
        *further(shown),
    ]
    return Section("trips", say("trips.title"), say("trips.lead"), [block for block in blocks if block])


def sums(cells: Cells) -> list[str]:
    """The periods of which the months are parts."""
    return [each for each in cells.where(measure="visits").values("period") if each not in months(cells)]


def before(cells: Cells) -> Prose | None:
    """What of the nights lies before the data."""
    cell = cells.one(measure=BEFORE, breakdown="total")
    if cell is None or cell.hidden:
        return None
    return Prose(html(say("trips.before", period=wording.moment(cell.period), nights=wording.number(cell.value, cell.unit))))


def months(cells: Cells) -> list[str]:
    return sorted(each for each in cells.values("period") if len(each) == len("2016-04"))


def chart(cells: Cells, title: str, measures: Sequence[str]) -> Figure | None:
    """Lines over the months with their table; a line is broken where a month has no figure."""
    listed, totals = months(cells), cells.where(breakdown="total")
    if len(listed) < LEAST_MONTHS:
        return None
    found = {each: {cell.period: cell for cell in totals.where(measure=each)} for each in measures}
    lines = [[value(found[each].get(month)) for month in listed] for each in measures]
    drawn = [part for style, values in zip(("s0", "s1"), lines, strict=False) for part in pieces(values, style)]
    if not drawn:
        return None
    words = say("trips.series_described", first=wording.moment(listed[0]), last=wording.moment(listed[-1]))
    svg = framed(f"tp-{measures[0]}", title, words, lambda width: series(listed, drawn, width))
    keys = [Key("s0", say("trips.by_exit")), Key("s1", say("trips.by_night"))] if len(measures) > 1 else []
    return Figure(title, words, svg, periods(cells, say("trips.months_title"), say("trips.month"), listed, measures), keys)


def value(cell: Cell | None) -> float | None:
    return None if cell is None or cell.hidden else cell.value


def pieces(values: Sequence[float | None], style: str) -> list[Series]:
    """One line for each run of months that have a value, so that none is drawn across a gap."""
    runs = [list(run) for _, run in groupby(range(len(values)), key=lambda each: values[each] is None)]
    return [Series([each if at in run else None for at, each in enumerate(values)], style) for run in runs if values[run[0]] is not None]


def periods(cells: Cells, title: str, head: str, listed: Sequence[str], measures: Sequence[str] = SUMMED, note: str = "") -> Table | None:
    """Totals, periods down and measures across; of a month that lacks nights what is known of it."""
    totals = cells.where(breakdown="total")
    chosen = sorted((each for each in totals.values("measure") if each in measures), key=place)
    if not listed:
        return None
    heads = [head, *(wording.measure_title(each, totals.where(measure=each).values("unit")[0]) for each in chosen)]
    rows = [[wording.moment(period), *(known(totals.one(period=period, measure=each)) for each in chosen)] for period in listed]
    return table(title, heads, rows, note=note)


def known(cell: Cell | None) -> Cell | str:
    if cell is not None and not cell.hidden and cell.value is None and cell.lower is not None:
        return say("trips.at_least", value=wording.number(cell.lower, cell.unit))
    return cell or wording.MISSING


def lags(view: View) -> Table | None:
    """How long after a night its visitor leaves."""
    rows = sorted(view.rows("trip_lags"), key=lambda row: row["lag"])
    if not rows:
        return None
    body = [[str(row["lag"]), f"{row['share']:.2%}"] for row in rows]
    return table(say("trips.lags_title"), [say("trips.lag"), say("trips.lag_share")], body, note=say("trips.lags_note"))


def further(cells: Cells) -> list[Folded]:
    """Breakdowns that are tables alone."""
    held = [each for each in FOLDED if each in cells.values("breakdown")]
    made = [measures_table(title_of("visits", each), cells, cells.where(breakdown=each).values("category"), each) for each in held]
    return [Folded(say("report.folded_tables"), made)] if made else []
