"""The demographic account from dated facts: its steps, the ages, rates by age, the account by age group and cohort, checks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sojourn.concepts.lexis import CHECKS, COMPONENTS
from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Figure, Folded, Key, Section, Table, table
from sojourn.stages.publish.cells import Cell, Cells
from sojourn.stages.publish.charts.curve import Curve, curves
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.charts.waterfall import Step, floor, place, waterfall
from sojourn.stages.publish.sections.common import arranged, breakdown_figure, measures_table, natural
from sojourn.stages.publish.view import View

STOCKS = {"opening": "s0"}
RATES = {"entry_rate": "s0", "exit_rate": "s1"}
"""Measures drawn by single year of age, each with its style."""
Point = tuple[int, float]


def lexis(view: View) -> Section | None:
    cells = view.main("DA")
    blocks = [block for period in cells.values("period") for block in of_period(cells.where(period=period), wording.moment(period))]
    if not blocks:
        return None
    return Section("lexis", say("lexis.section_title"), say("lexis.section_lead"), [*blocks, *checks(view)])


def of_period(cells: Cells, period: str) -> list[Block]:
    """Everything on one calendar year, or the part of it that was asked for."""
    name = cells.values("period")[0]
    blocks = [
        steps(f"lexis-account-{name}", say("lexis.waterfall_title", period=period), cells.where(breakdown="total")),
        by_age(f"lexis-ages-{name}", say("lexis.ages_title", period=period), say("lexis.ages_described"), cells, STOCKS),
        by_age(f"lexis-rates-{name}", say("lexis.rates_title", period=period), say("lexis.rates_described"), cells, RATES),
        groups(f"lexis-groups-{name}", say("lexis.groups_title", period=period), cells),
        Folded(say("report.folded_tables"), [cohorts(cells, period)]),
    ]
    return [block for block in blocks if block]


def steps(name: str, title: str, cells: Cells) -> Figure | None:
    """From the opening to the closing stock."""
    found = [(each.sign, cell) for each in COMPONENTS if (cell := cells.one(measure=each.id))]
    if not found:
        return None
    drawn = [step(sign, cell) for sign, cell in found]
    words = "; ".join(say("report.described_part", label=each.label, value=each.shown) for each in drawn)
    description = say("report.described", title=title, parts=words)
    svg = framed(name, title, description, lambda width: waterfall(drawn, width))
    rows = [[each.label, cell] for each, (_, cell) in zip(drawn, found, strict=True)]
    data = table(title, [say("report.component"), say("report.value")], rows)
    return Figure(title, description, svg, data, note=say("report.account_cut") if floor(place(drawn)) > 0 else "", open=True)


def step(sign: int, cell: Cell) -> Step:
    change = None if cell.value is None else cell.value * (sign or 1)
    text = wording.HIDDEN if cell.hidden else wording.number(change)
    plus = "+" if sign > 0 and change else ""
    return Step(wording.measure(cell.measure), change, plus + text, stock=not sign)


def by_age(name: str, title: str, description: str, cells: Cells, styles: dict[str, str]) -> Figure | None:
    """Measures by single year of age as curves; a gap where a value may not be shown, and nothing where only zeros lie between gaps."""
    drawn = {measure: stretches(cells.where(breakdown="age", measure=measure)) for measure in styles}
    drawn = {measure: [points for points in parts if any(value for _, value in points)] for measure, parts in drawn.items()}
    series = [Curve(wording.measure(measure), points, styles[measure]) for measure, parts in drawn.items() for points in parts]
    if not series:
        return None
    top = max(value for each in series for _, value in each.points)
    svg = framed(name, title, description, lambda width: curves(series, top, False, say("lexis.age_axis"), width))
    keys = [Key(style, wording.measure(measure)) for measure, style in styles.items()]
    return Figure(title, description, svg, ages(title, cells, tuple(styles)), keys)


def stretches(cells: Cells) -> Iterator[list[Point]]:
    """Ages in order, cut where a value is hidden or an age is missing; each value holds until the next age."""
    points: list[Point] = []
    for cell in sorted(cells, key=lambda each: int(each.category)):
        if points and (cell.value is None or points[-1][0] != int(cell.category)):
            yield points
            points = []
        if cell.value is not None:
            age = int(cell.category)
            points = [*points[:-1], (age, cell.value), (age + 1, cell.value)]
    if points:
        yield points


def ages(title: str, cells: Cells, measures: Sequence[str]) -> Table:
    order = sorted(cells.where(breakdown="age").values("category"), key=natural)
    chosen = Cells([cell for cell in cells.where(breakdown="age") if cell.measure in measures])
    return measures_table(title, chosen, order, "age")


def groups(name: str, title: str, cells: Cells) -> Figure | None:
    """Death rates by age group, with the whole account of each group in the table."""
    figure = breakdown_figure(name, title, cells, "death_rate", "age_group")
    return replace(figure, note=say("lexis.groups_note")) if figure else None


def cohorts(cells: Cells, period: str) -> Table:
    return measures_table(say("lexis.cohorts_title", period=period), cells, arranged(cells, "opening", "cohort"), "cohort")


def checks(view: View) -> list[Table]:
    """What must hold of the account, and what does not."""
    found = {row["name"]: row for row in view.rows("lexis_checks")}
    if not found:
        return []
    heads = [say(f"lexis.check_{each}") for each in ("name", "examined", "failing")]
    rows = [[say(f"lexis.check_{each}"), *(wording.number(found[each][name]) for name in ("examined", "failing"))] for each in CHECKS]
    failing = found["below_zero"]["failing"]
    contradiction = say("lexis.checks_below_zero", failing=wording.number(failing)) + " " if failing else ""
    return [table(say("lexis.checks_title"), heads, rows, note=contradiction + say("lexis.checks_note"))]
