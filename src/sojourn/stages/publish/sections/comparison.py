"""Published figures beside ours: a summary of each table, every difference beyond its tolerance, and what has no twin."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Figure, Folded, Key, Prose, Section, Table, table
from sojourn.stages.publish.charts.series import Series, series
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View

OPEN_ROWS, PAGE_ROWS = 25, 200
"""Breaches that stand open, and rows of a folded table."""
LEAST_PERIODS = 3
"""Periods from which figures are drawn as lines."""
OTHERS = ("hidden", "published_only", "ours_only", "not_given", "other_period")
COLUMNS = ("cell", "period", "ours", "published", "difference", "relative", "error", "vintage", "line")
SERIES = ("indicator", "variant", "measure", "breakdown", "category")


def comparison(view: View) -> Section | None:
    """Of each published table its own blocks, in the order of the country's files."""
    rows = view.rows("comparison")
    if not rows:
        return None
    tables = [(row, [each for each in rows if each["published_table"] == row["id"]]) for row in view.rows("published_tables")]
    blocks = [summary(tables), *(block for row, own in tables for block in of_table(row, own))]
    return Section("comparison", say("compare.title"), say("compare.lead"), blocks)


def summary(tables: Sequence[tuple[Row, Sequence[Row]]]) -> Table:
    heads = [say(f"compare.head_{name}") for name in ("table", "compared", "within", "breach", *OTHERS, "largest")]
    return table(say("compare.summary"), heads, [summary_row(row, own) for row, own in tables], note=say("compare.summary_note"))


def summary_row(row: Row, own: Sequence[Row]) -> list[str]:
    counts = Counter(each["status"] for each in own)
    largest = max((abs(each["relative_difference"]) for each in own if each["relative_difference"] is not None), default=None)
    numbers = [counts["within"] + counts["breach"], *(counts[name] for name in ("within", "breach", *OTHERS))]
    return [str(row["title"]), *map(wording.number, numbers), share(largest)]


def share(value: float | None) -> str:
    return wording.MISSING if value is None else f"{value:.2%}".replace("-", "\N{MINUS SIGN}")


def of_table(row: Row, own: Sequence[Row]) -> Iterable[Block]:
    """Where the table stands, its chart, its breaches, and everything that could not be compared."""
    yield Prose(html(about(row)), str(row["title"]))
    yield from chart(row, own)
    yield from breaches([each for each in own if each["status"] == "breach"])
    folded = [page for name in OTHERS for page in pages(say(f"compare.head_{name}"), [each for each in own if each["status"] == name])]
    yield from [Folded(say("compare.not_compared"), folded)] if folded else []


def about(row: Row) -> str:
    tolerance = say("compare.tolerance", absolute=wording.number(row["absolute"], ""), relative=share(row["relative"]))
    passed_over = say("compare.passed_over", count=wording.number(row["passed_over"])) if row["passed_over"] else ""
    parts = (say("compare.reference", reference=row["reference"]), tolerance, passed_over, str(row["note"]))
    return "\n\n".join(part for part in parts if part)


def breaches(rows: Sequence[Row]) -> Iterable[Block]:
    """The largest differences open, all further ones folded: none is left out."""
    ordered = sorted(rows, key=lambda row: (-abs(row["relative_difference"] or float("inf")), line(row)))
    if not ordered:
        yield Prose(html(say("compare.no_breach")))
        return
    yield listed(say("compare.breaches"), ordered[:OPEN_ROWS])
    rest = pages(say("compare.breaches"), ordered[OPEN_ROWS:])
    yield from [Folded(say("compare.further_breaches", count=len(ordered) - OPEN_ROWS), rest)] if rest else []


def pages(title: str, rows: Sequence[Row]) -> list[Table]:
    """Tables of so many rows that each can be read; all rows are in one of them."""
    return [listed(title, rows[start : start + PAGE_ROWS]) for start in range(0, len(rows), PAGE_ROWS)]


def listed(title: str, rows: Sequence[Row]) -> Table:
    heads = [say(f"compare.head_{name}") for name in COLUMNS]
    return table(title, heads, [line(row) for row in rows], texts=2)


def line(row: Row) -> list[str]:
    unit = str(row["unit"] or "")
    ours = wording.HIDDEN if row["status"] == "hidden" or hidden(row) else wording.number(row["ours"], unit)
    error = "" if row["within_error"] is None else say(f"compare.within_error_{'yes' if row['within_error'] else 'no'}")
    return [
        cell_name(row), wording.moment(row["period"]), ours, wording.number(row["published"], unit),
        wording.number(row["difference"], unit), share(row["relative_difference"]), error,
        say(f"compare.vintage_{row['vintage']}") if row["vintage"] else "", str(row["line"] or ""),
    ]  # fmt: skip


def hidden(row: Row) -> bool:
    """A cell of ours without a published twin whose value may not be shown."""
    return row["status"] == "ours_only" and row["ours"] is None


def cell_name(row: Row) -> str:
    """Indicator, measure, definition, breakdown and category in words; a total is none."""
    name = say("compare.indicator", code=row["indicator"], title=wording.indicator_title(row["indicator"]))
    parts = [name, wording.measure(row["measure"]).lower(), str(row["variant"]).replace("_", " ")]
    if row["breakdown"] != "total":
        parts += [say("compare.category", breakdown=wording.breakdown(row["breakdown"]), category=wording.category(row["category"], row["breakdown"]))]
    return ", ".join(filter(None, parts))


def chart(row: Row, own: Sequence[Row]) -> Iterable[Figure]:
    """Ours and published over the periods, for the total where there is one, else for the cell with the most periods."""
    by_cell: dict[tuple, list[Row]] = {}
    for each in own:
        by_cell.setdefault(tuple(each[name] for name in SERIES), []).append(each)
    drawable = {name: rows for name, rows in by_cell.items() if len(rows) >= LEAST_PERIODS and both(rows)}
    if drawable:
        name = min(drawable, key=lambda each: (each[3] != "total", -len(drawable[each]), each))
        yield figure(row, sorted(drawable[name], key=lambda each: each["period"]))


def both(rows: Sequence[Row]) -> bool:
    """Whether a line of each kind has something to show."""
    return any(row["ours"] is not None for row in rows) and any(row["published"] is not None for row in rows)


def figure(row: Row, rows: Sequence[Row]) -> Figure:
    title = say("compare.chart", cell=cell_name(rows[0]), table=row["title"])
    drawn = [Series([each[name] for each in rows], style) for name, style in (("published", "s1"), ("ours", "s0"))]
    described = say("compare.chart_described")
    svg = framed(f"comparison-{row['id']}", title, described, lambda width: series([each["period"] for each in rows], drawn, width))
    keys = [Key("s0", say("compare.head_ours")), Key("s1", say("compare.head_published"))]
    return Figure(title, described, svg, listed(title, rows), keys)
