"""Residents and immigrants: the four subpopulations, the pyramid, and where people were born."""

from sojourn.concepts.populations import AGE_GROUPS, SUBPOPULATIONS, UNDETERMINED
from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Figure, Key, Section, Table, table
from sojourn.stages.publish.cells import STRUCTURAL_ZERO, Cell, Cells
from sojourn.stages.publish.charts.composition import Part, composition
from sojourn.stages.publish.charts.pyramid import BIRTHS, SIDES, STYLES, Counts, pyramid
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.sections.codes import borders
from sojourn.stages.publish.sections.common import breakdown_figure
from sojourn.stages.publish.view import View

CROSSED = "sex x age_group x birth"
CLASSES = dict(zip((*SUBPOPULATIONS, UNDETERMINED), ("s3", "s1", "s2", "s0", "s4"), strict=True))
BREAKDOWNS = ("country_of_birth", "citizenship", "sex", "age_group")


def population(view: View) -> Section | None:
    blocks: list[Block | None] = [subpopulations(view), ages(view)]
    blocks += [stock_figure(view, "MI 1.1", breakdown) for breakdown in BREAKDOWNS]
    if not any(view.main("MI 1.1").where(breakdown=each) for each in BREAKDOWNS):
        blocks += [stock_figure(view, "RP", breakdown) for breakdown in ("sex", "age_group")]
    blocks += [borders(view), definitions(view)]
    made = [block for block in blocks if block]
    return Section("population", say("report.population_title"), say("report.population_lead"), made) if made else None


def stocks(view: View, breakdown: str) -> Cells:
    """Stocks of the resident population by a breakdown; of the immigrant population where there is nothing wider."""
    for indicator in ("RP", "MI 1.1"):
        if cells := view.main(indicator).where(measure="stock", breakdown=breakdown):
            return cells
    return Cells([])


def subpopulations(view: View) -> Figure | None:
    cells = stocks(view, "subpopulation")
    if not cells:
        return None
    last = {cell.category: cell for cell in cells.latest()}
    title = say("report.subpopulations_title", moment=wording.moment(cells.latest().values("period")[0]))
    order = [each for each in CLASSES if each in last]
    parts = [Part(wording.category(each), last[each].value or 0, CLASSES[each]) for each in order if drawable(last[each])]
    keys = [Key(CLASSES[each], wording.category(each), wording.cell_text(last[each])) for each in order]
    words = "; ".join(say("report.described_part", label=key.text, value=key.value) for key in keys)
    description = say("report.described", title=title, parts=words)
    svg = framed("subpopulations", title, description, lambda width: composition(parts, width))
    return Figure(title, description, svg, moments(title, cells, order), keys, open=True)


def drawable(cell: Cell) -> bool:
    return not cell.hidden and bool(cell.value) and STRUCTURAL_ZERO not in cell.flags


def moments(title: str, cells: Cells, order: list[str]) -> Table:
    """Subpopulations down, moments across, each with its standard error where it has one."""
    heads, columns = [say("report.subpopulation")], []
    for period in sorted(cells.values("period")):
        found = {cell.category: cell for cell in cells.where(period=period)}
        heads.append(wording.moment(period))
        columns.append([found.get(each) or wording.MISSING for each in order])
        if any(cell.standard_error is not None for cell in found.values()):
            heads.append(say("report.standard_error"))
            columns.append([wording.error_text(found[each]) if each in found else "" for each in order])
    rows = [[wording.category(each), *(column[number] for column in columns)] for number, each in enumerate(order)]
    return table(title, heads, rows)


def ages(view: View) -> Figure | None:
    """The pyramid by sex, age group and birthplace."""
    cells = stocks(view, CROSSED).latest()
    if not cells:
        return None
    by_key = {pyramid_key(cell): cell for cell in cells}
    counts = {key: None if cell.hidden else cell.value for key, cell in by_key.items()}
    groups = age_range({key[1] for key in by_key})
    placed = any(not cell.category.endswith(UNDETERMINED) for cell in cells)
    title = say("report.pyramid_title" if placed else "report.pyramid_title_plain", moment=wording.moment(cells.values("period")[0]))
    titles = {sex: wording.category(sex) for sex in SIDES}
    svg = framed("pyramid", title, say("report.pyramid_described"), lambda w: pyramid(counts, groups, titles, wording.HIDDEN, w))
    keys = [Key(STYLES[birth], wording.category(birth)) for birth in BIRTHS if placed and any(key[2] == birth for key in counts)]
    return Figure(title, say("report.pyramid_described"), svg, ages_table(title, by_key, groups), keys, others(counts))


def age_range(found: set[str]) -> list[str]:
    """The age groups from the youngest to the oldest that has people, none left out between."""
    places = [place for place, age in enumerate(AGE_GROUPS) if age in found]
    return list(AGE_GROUPS[min(places) : max(places) + 1]) if places else []


def pyramid_key(cell: Cell) -> tuple[str, str, str]:
    """(sex, age group, birth); any other word for birth is undetermined."""
    sex, age, birth = cell.category.split("|")
    return (sex, age, birth if birth in BIRTHS else UNDETERMINED)


def others(counts: Counts) -> str:
    """A note where people of another or unknown sex or age stand in the figures but not in the picture."""
    outside = any(key[0] not in SIDES or key[1] not in AGE_GROUPS for key in counts)
    return say("report.pyramid_outside") if outside else ""


def ages_table(title: str, by_key: dict[tuple[str, str, str], Cell], groups: list[str]) -> Table:
    columns = sorted({(key[0], key[2]) for key in by_key}, key=lambda each: (each[0] not in SIDES, each[0], each[1]))
    heads = [wording.breakdown("age_group"), *(wording.category("|".join(each)) for each in columns)]
    sampled = any(cell.standard_error is not None for cell in by_key.values())
    nobody = wording.MISSING if sampled else wording.number(0)
    rows = [[wording.category(age), *(by_key.get((sex, age, birth), nobody) for sex, birth in columns)] for age in groups]
    return table(title, heads, rows)


def stock_figure(view: View, indicator: str, breakdown: str) -> Figure | None:
    cells = view.main(indicator).where(breakdown=breakdown).latest()
    title = say("report.stock_by", indicator=wording.indicator_title(indicator), breakdown=wording.breakdown(breakdown).lower())
    return breakdown_figure(f"{indicator}-{breakdown}".replace(" ", "-").lower(), title, cells, "stock", breakdown)


def definitions(view: View) -> Table | None:
    """The same total under several definitions, side by side."""
    cells = view.cells.where(indicator="MI 1.1", breakdown="total", category="total").latest()
    if len(cells.values("variant")) < 2:
        return None
    heads = [say("report.definition"), say("report.measure"), say("report.value"), say("report.standard_error")]
    rows = [
        [definition_name(cell.variant), wording.measure_title(cell.measure, cell.unit), cell, wording.error_text(cell)]
        for cell in sorted(cells, key=lambda each: (each.measure, each.variant))
    ]
    return table(say("report.definitions_title"), heads, rows, texts=2)


def definition_name(variant: str) -> str:
    return variant.replace("_", " ") or say("report.main_definition")
