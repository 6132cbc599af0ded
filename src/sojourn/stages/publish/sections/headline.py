"""The headline indicators as cards: the number, what it means in plain words, and where the framework defines it."""

from sojourn.concepts.indicators import FRAMEWORK_LINK, INDICATORS, Indicator
from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Card, Cards, Section
from sojourn.stages.publish.cells import Cell, Cells
from sojourn.stages.publish.sections.common import place
from sojourn.stages.publish.view import View

DETAILS = 9
"""Lines under the number; the sections below have the rest."""


def headline(view: View) -> Section | None:
    cards = [card for indicator in INDICATORS.values() if (card := as_card(view, indicator))]
    if not cards:
        return None
    return Section("headline", say("report.headline_title"), "", [Cards(cards)])


def totals(view: View, indicator: str) -> Cells:
    return view.cells.where(indicator=indicator, breakdown="total", category="total").summed()


def main_cell(view: View, indicator: Indicator) -> Cell | None:
    """The cell that is printed large: the indicator's headline measure at its last moment, under the main definition."""
    cells = view.main(indicator.id).where(breakdown="total", category="total")
    preferred = cells.where(measure=indicator.measure)
    return next(iter((preferred or cells).latest()), None)


def as_card(view: View, indicator: Indicator) -> Card | None:
    cell = main_cell(view, indicator)
    if cell is None:
        return None
    return Card(
        code=indicator.id,
        title=indicator.title,
        status=say(f"concepts.status_{indicator.status}"),
        status_long=say(f"concepts.status_{indicator.status}_long"),
        kind=say(f"concepts.kind_{indicator.kind}"),
        value=wording.cell_text(cell),
        unit=wording.unit(cell.unit),
        when=when(indicator, cell),
        flags=cell.flags,
        details=[*precision(cell), *undecided(view, indicator), *beside(view, indicator, cell)][:DETAILS],
        definition=indicator.proxy_definition if "proxy" in cell.flags else indicator.definition,
        citation=indicator.citation,
        link=FRAMEWORK_LINK,
    )


def when(indicator: Indicator, cell: Cell) -> str:
    """A stock stands at a moment, everything else over a period."""
    period = wording.moment(cell.period)
    if cell.measure not in ("stock", "events"):
        return say("report.when_of", measure=wording.measure(cell.measure), period=period)
    on_a_day = indicator.kind == "stock" and len(cell.period) == len("2016-12-31")
    return say("report.when_on", period=period) if on_a_day else say("report.when_in", period=period)


def precision(cell: Cell) -> list[tuple[str, str]]:
    pairs = [(say("report.standard_error"), wording.error_text(cell)), (say("report.bounds"), wording.interval_text(cell))]
    return [(label, text) for label, text in pairs if text]


def undecided(view: View, indicator: Indicator) -> list[tuple[str, str]]:
    """Changes that may or may not belong to a flow, so that a figure of decided cases is not taken for a final one."""
    rows = [row for row in view.rows("open_cases") if row["indicator"] == indicator.id and row["undetermined"]]
    return [(wording.measure("undetermined"), view.count(row["undetermined"])) for row in rows]


def beside(view: View, indicator: Indicator, cell: Cell) -> list[tuple[str, str]]:
    """The other measures, moments and definitions of the same total."""
    others = [each for each in totals(view, indicator.id) if each is not cell and not repeats(each, cell)]
    others.sort(key=lambda each: each.period, reverse=True)
    others.sort(key=lambda each: nearness(each, cell))
    return [(name_beside(each, cell), value_beside(each)) for each in others]


def nearness(other: Cell, cell: Cell) -> tuple[bool, bool, int, bool]:
    """The main definition first, then other measures of the moment, then other moments, the last ones first."""
    return (other.variant != cell.variant, other.measure == cell.measure, place(other.measure), other.period < cell.period)


def repeats(other: Cell, cell: Cell) -> bool:
    """Whether another definition gives the very same figure."""
    return (other.measure, other.period, other.value) == (cell.measure, cell.period, cell.value)


def name_beside(other: Cell, cell: Cell) -> str:
    """What tells the other value from the one printed large."""
    parts = [] if other.measure == cell.measure and other.variant == cell.variant else [wording.measure(other.measure)]
    parts += [wording.moment(other.period)] if other.period != cell.period else []
    parts += [say("report.by_definition", definition=other.variant.replace("_", " "))] if other.variant != cell.variant else []
    return ", ".join(parts)


def value_beside(cell: Cell) -> str:
    text = wording.cell_text(cell)
    if cell.hidden or cell.value is None:
        return text
    text = say("report.value_provisional", value=text) if "provisional" in cell.flags else text
    text = text if cell.unit in wording.BARE else say("report.with_unit", value=text, unit=wording.unit(cell.unit))
    return text if cell.standard_error is None else say("report.with_error", value=text, error=wording.error_text(cell))
