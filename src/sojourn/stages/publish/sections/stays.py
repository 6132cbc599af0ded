"""Temporary stays: how many, how long, how many still present, and departures that were not recorded."""

from collections.abc import Sequence

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Figure, Folded, Key, Section, Table, table
from sojourn.stages.publish.cells import Cells
from sojourn.stages.publish.charts.curve import Curve, curves
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.sections.common import (
    CROSS,
    MOST_ROWS,
    arranged,
    breakdown_figure,
    crossed_table,
    measures_table,
    natural,
)
from sojourn.stages.publish.view import View

LEADING = ("type", "duration_band")
DRAWN = ("visa_class", "route", "citizenship", "residence", "status")
OVERSTAY_DRAWN = ("route", "type", "visa_class")
"""Breakdowns that are drawn, in order; all others are tables, closed until asked for."""
LENGTH = "length_"
GROUPS = ("s0", "s1", "s2", "s5", "s4")
ALL = ("all", "total")
TABLE_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 45, 60, 90, 120, 150, 183, 240, 300, 365)
"""Days printed in the tables under the curves; the curves use every day."""


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
    order = arranged(cells, measure, breakdown)[:MOST_ROWS]
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


def groups(view: View, name: str) -> dict[str, list[Row]]:
    """Rows by group in order of day, the whole first, then the groups by their size on the first day."""
    by_group: dict[str, list[Row]] = {}
    for row in sorted(view.rows(name), key=lambda each: each["day"]):
        by_group.setdefault(str(row["grp"]), []).append(row)
    size = "at_risk" if name == "survival" else "present"
    return dict(sorted(by_group.items(), key=lambda item: (item[0] not in ALL, -(item[1][0][size] or 0))))


def survival(view: View) -> Figure | None:
    """The proportion of stays that last longer than each day, estimated with the open stays counted for as long as seen."""
    found = {name: seen(view, rows, "at_risk") for name, rows in groups(view, "survival").items()}
    found = {name: rows for name, rows in found.items() if rows}
    if not found:
        return None
    title = say("report.survival_title")
    drawn = list(found.items())[: len(GROUPS)]
    series = [
        Curve(group_name(name), [(0, 1.0), *((row["day"], row["surviving"]) for row in rows)], style)
        for (name, rows), style in zip(drawn, GROUPS, strict=False)
    ]
    words = say("report.survival_described", parts=landmarks(drawn))
    svg = framed("survival", title, words, lambda width: curves(series, 1.0, True, say("report.days_axis"), width))
    keys = [Key(each.style, each.label) for each in series]
    return Figure(title, words, svg, survival_table(view, title, found), keys, say("report.survival_note"))


def group_name(group: str) -> str:
    return say("report.all_stays") if group in ALL else wording.category(group)


def seen(view: View, rows: Sequence[Row], count: str) -> list[Row]:
    """The rows up to the first that rests on too few stays."""
    kept = []
    for row in rows:
        if view.visible(row[count]) is None or row.get("surviving", 0) is None:
            break
        kept.append(row)
    return kept


def landmarks(drawn: Sequence[tuple[str, Sequence[Row]]]) -> str:
    parts = []
    for name, rows in drawn:
        at = {row["day"]: row["surviving"] for row in rows}
        days = [day for day in (7, 30, 90) if day in at]
        values = ", ".join(say("report.survival_at", day=day, share=f"{at[day]:.0%}") for day in days)
        parts += [say("report.described_part", label=group_name(name), value=values)] if values else []
    return "; ".join(parts)


def survival_table(view: View, title: str, found: dict[str, list[Row]]) -> Table:
    heads = [say(f"report.survival_{name}") for name in ("group", "day", "at_risk", "departed", "surviving")]
    rows = [
        [group_name(name), row["day"], view.count(row["at_risk"]), view.count(row["departed"]), f"{row['surviving']:.2%}"]
        for name, listed in found.items()
        for row in listed
        if row["day"] in TABLE_DAYS
    ]
    return table(title, heads, rows)


def presence(view: View) -> Figure | None:
    """How many of the arrivals are present each day since arrival, and for how many that is not known."""
    found = groups(view, "presence")
    rows = seen(view, next(iter(found.values()), []), "present")
    if not rows:
        return None
    title = say("report.presence_title")
    present = [(row["day"], row["present"]) for row in rows]
    unclear = [(row["day"], row["present"] + (view.visible(row["undetermined"]) or 0)) for row in rows]
    series = [
        Curve(say("report.present"), present, "s0", area=True),
        Curve(say("report.presence_undetermined"), unclear, "s4", area=True, base=present),
    ]
    top = max(value for _, value in unclear)
    svg = framed("presence", title, say("report.presence_described"), lambda width: curves(series, top, False, say("report.days_axis"), width))
    data = presence_table(view, title, found)
    return Figure(title, say("report.presence_described"), svg, data, [Key(each.style, each.label) for each in series])


def presence_table(view: View, title: str, found: dict[str, list[Row]]) -> Table:
    heads = [say("report.survival_group"), say("report.survival_day"), say("report.present"), say("report.presence_undetermined")]
    rows = [
        [group_name(name), row["day"], view.count(row["present"]), view.count(row["undetermined"])]
        for name, listed in found.items()
        for row in listed
        if row["day"] in TABLE_DAYS
    ]
    return table(title, heads, rows)
