"""Movements into and out of the resident population, and acquisitions of citizenship, over the period, or the last of several."""

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Section, Table, table
from sojourn.stages.publish.cells import Cells
from sojourn.stages.publish.sections.common import CROSS, breakdown_figure
from sojourn.stages.publish.sections.months import months
from sojourn.stages.publish.sections.population import definition_name
from sojourn.stages.publish.view import View

FLOWS = ("MI 1.3", "MI 1.4", "MI 1.2")
FIRST = ("subpopulation", "of_which", "country_of_birth", "citizenship", "age_group", "sex")
APART = ("total", "month")
"""Breakdowns that are not drawn here: the total stands in the headline, months are periods of their own."""


def flows(view: View) -> Section | None:
    blocks: list[Block] = []
    for indicator in FLOWS:
        every = view.main(indicator).where(measure="events")
        found = [each for each in every.values("breakdown") if each not in APART and CROSS not in each]
        for breakdown in sorted(found, key=lambda each: (FIRST.index(each) if each in FIRST else len(FIRST), each)):
            figure = flow(view, indicator, breakdown)
            blocks += [figure] if figure else []
    blocks += [made for indicator in (*FLOWS, "NM") if (made := definitions(view, indicator))]
    blocks += months(view)
    return Section("flows", say("report.flows_title"), say("report.flows_lead"), blocks) if blocks else None


def flow(view: View, indicator: str, breakdown: str) -> Block | None:
    """One breakdown of one flow in its last period; with its rates, where there are any."""
    every = view.main(indicator).where(breakdown=breakdown)
    cells = every.latest()
    title = say("report.flow_by", indicator=wording.indicator_title(indicator), breakdown=wording.breakdown(breakdown).lower())
    if len(every.values("period")) > 1:
        title = say("report.title_of", title=title, period=wording.moment(cells.values("period")[0]))
    return breakdown_figure(f"{indicator}-{breakdown}".replace(" ", "-").lower(), title, cells, "events", breakdown)


def definitions(view: View, indicator: str) -> Table | None:
    """The totals of a flow under each definition, in the periods that more than one of them has."""
    cells = view.cells.where(indicator=indicator, breakdown="total")
    cells = cells.where(measure="net" if indicator == "NM" else "events")
    variants = sorted(cells.values("variant"))
    periods = [each for each in sorted(cells.values("period")) if len(cells.where(period=each).values("variant")) > 1]
    if not periods:
        return None
    heads = [say("tabulated.period"), *map(definition_name, variants)]
    heads += [say("report.differs_by", definition=definition_name(each)) for each in variants[1:]]
    rows = [compared(cells.where(period=period), period, variants) for period in periods]
    title = say("report.flow_definitions", indicator=wording.indicator_title(indicator))
    return table(title, heads, rows, note=say("report.flow_definitions_note"))


def compared(cells: Cells, period: str, variants: list[str]) -> list[object]:
    """One period: each definition's figure, and how far each further one is from the first."""
    found = [cells.one(variant=each) for each in variants]
    first = found[0].value if found[0] else None
    apart = [None if first is None or each is None or each.value is None else each.value - first for each in found[1:]]
    return [wording.moment(period), *(each or wording.MISSING for each in found), *map(wording.number, apart)]
