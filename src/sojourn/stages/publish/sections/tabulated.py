"""The account of published tables: by group and year, from the opening stock to a published closing stock."""

from collections.abc import Iterable, Iterator, Sequence

from sojourn.concepts.counts import COMPONENTS
from sojourn.concepts.populations import AGE_GROUPS
from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Figure, Folded, Key, Prose, Section, Table, table
from sojourn.stages.publish.charts.series import Series, series
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.charts.waterfall import Step, floor, place, waterfall
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View

Values = dict[str, dict[str, int]]
"""Period to component to value, with the sign by which it enters the closing stock."""
STOCKS = ("opening", "closing")
UNEXPLAINED = {"adjustment": "s1", "residual": "s0"}
"""What the moves do not explain, and the style of its line."""
LEAST_PERIODS = 3


def tabulated(view: View) -> Section | None:
    rows, groups = view.rows("counts_account"), view.rows("account_groups")
    if not rows:
        return None
    blocks: list[Block] = [Prose(html(str(groups[0]["independence"])), say("tabulated.checks_title"))]
    for group in groups:
        blocks += of_group(view, group, by_period(row for row in rows if row["population"] == group["id"]))
    return Section("tabulated", say("tabulated.title"), say("tabulated.lead"), [*blocks, *ages(view)])


def by_period(rows: Iterable[Row]) -> Values:
    """Years before longer periods, each in order of time."""
    values: Values = {}
    for row in sorted(rows, key=lambda row: (len(str(row["period"])), row["first_day"])):
        values.setdefault(str(row["period"]), {})[str(row["component"])] = row["value"]
    return values


def of_group(view: View, group: Row, values: Values) -> Iterator[Block]:
    """The last year as steps with the table of every year, and what remained over the years."""
    if not values:
        return
    years = [each for each in values if len(each) == 4] or list(values)
    steps = [step(view, name, values[years[-1]][name]) for name in COMPONENTS if name in values[years[-1]]]
    title = say("tabulated.group_title", group=group["title"])
    described = say("report.described", title=f"{title}, {years[-1]}", parts=parts(steps))
    svg = framed(f"account-{group['id']}", title, described, lambda width: waterfall(steps, width))
    cut = say("report.account_cut") + " " if floor(place(steps)) > 0 else ""
    drawn = say("tabulated.drawn", period=wording.moment(years[-1]))
    yield Figure(title, described, svg, as_table(view, title, values), note=f"{drawn} {cut}{note(group, values)}", open=True)
    yield from unexplained(view, group, values, years)


def parts(steps: Sequence[Step]) -> str:
    return "; ".join(say("report.described_part", label=each.label, value=each.shown) for each in steps)


def step(view: View, name: str, value: int) -> Step:
    stock, seen = name in STOCKS, view.visible(value)
    plus = "+" if not stock and seen is not None and seen > 0 else ""
    return Step(component(name), seen, plus + view.count(value), stock=stock)


def component(name: str) -> str:
    return say(f"tabulated.component_{name}")


def note(group: Row, values: Values) -> str:
    """What a reader must know of the lines that this group has."""
    found = {name for each in values.values() for name in each}
    said = [say("tabulated.partly_note", lacking=group["lacking"])] if group["lacking"] else []
    said += [say("tabulated.mixed_note")] if {"residual", "not_separated"} <= found else []
    said += [say("tabulated.residual_note")] if "residual" in found and "not_separated" not in found else []
    said += [say("tabulated.adjustment_note")] if "adjustment" in found else []
    said += [say("tabulated.transfer_note")] if "acquisition" in found else []
    return " ".join(said)


def as_table(view: View, title: str, values: Values) -> Table:
    """Periods down, components across; missing where nothing was published."""
    names = [name for name in COMPONENTS if any(name in each for each in values.values())]
    heads = [say("tabulated.period"), *map(component, names)]
    rows = [[wording.moment(period), *(text(view, each.get(name), name) for name in names)] for period, each in values.items()]
    return table(title, heads, rows)


def text(view: View, value: int | None, name: str) -> str:
    """A component with its sign; a stock without."""
    plus = "+" if value is not None and value > 0 and name not in STOCKS and view.visible(value) is not None else ""
    return plus + view.count(value)


def unexplained(view: View, group: Row, values: Values, years: Sequence[str]) -> Iterator[Figure]:
    """Adjustment and residual over the years, where there are enough of them."""
    lines = {name: [view.visible(values[year].get(name)) for year in years] for name in UNEXPLAINED}
    lines = {name: found for name, found in lines.items() if any(found)}
    if len(years) < LEAST_PERIODS or "residual" not in lines:
        return
    title = say("tabulated.unexplained_title", group=group["title"])
    drawn = [Series(found, UNEXPLAINED[name]) for name, found in lines.items()]
    described = say("tabulated.unexplained_described", title=title, first=years[0], last=years[-1])
    svg = framed(f"unexplained-{group['id']}", title, described, lambda width: series(years, drawn, width))
    heads = [say("tabulated.period"), *map(component, lines)]
    rows = [[year, *(text(view, found[place], name) for name, found in lines.items())] for place, year in enumerate(years)]
    keys = [Key(UNEXPLAINED[name], component(name)) for name in lines]
    yield Figure(title, described, svg, table(title, heads, rows), keys)


def ages(view: View) -> Iterator[Block]:
    """The residual by sex and age reached, year by year, and the whole account of each year behind it."""
    rows = view.rows("age_account")
    if not rows:
        return
    periods, sexes = (sorted({str(row[name]) for row in rows}) for name in ("period", "sex"))
    values = {(str(row["period"]), str(row["sex"]), str(row["age_group"]), str(row["component"])): row["value"] for row in rows}
    for sex in sexes:
        title = say("tabulated.ages_title", sex=wording.category(sex))
        yield table(title, [say("tabulated.age_head"), *periods], residuals(view, values, sex, periods), note=say("tabulated.ages_note"))
    yield Folded(say("tabulated.ages_folded"), [ages_table(view, values, sex, period) for period in periods for sex in sexes])


def residuals(view: View, values: dict, sex: str, periods: Sequence[str]) -> list[list[str]]:
    body = [[wording.category(age), *(text(view, values.get((year, sex, age, "residual")), "residual") for year in periods)] for age in AGE_GROUPS]
    totals = [sum(values.get((year, sex, age, "residual"), 0) for age in AGE_GROUPS) for year in periods]
    return [*body, [say("tabulated.all_ages"), *(text(view, total, "residual") for total in totals)]]


def ages_table(view: View, values: dict, sex: str, period: str) -> Table:
    names = [name for name in COMPONENTS if any(key[3] == name for key in values)]
    heads = [say("tabulated.age_head"), *map(component, names)]
    rows = [[wording.category(age), *(text(view, values.get((period, sex, age, name), 0), name) for name in names)] for age in AGE_GROUPS]
    return table(say("tabulated.age_year", sex=wording.category(sex), period=period), heads, rows)
