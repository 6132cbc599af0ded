"""How long stays last and how many of the arrivals are still present: the two curves of temporary mobility."""

from collections.abc import Sequence

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Figure, Key, Table, table
from sojourn.stages.publish.charts.curve import Curve, curves
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View

GROUPS = ("s0", "s1", "s2", "s5", "s4")
ALL = ("all", "total")
TABLE_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 45, 60, 90, 120, 150, 183, 240, 300, 365)
"""Days printed in the tables under the curves; the curves use every day."""


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
    words, axis = say("report.survival_described", parts=landmarks(drawn)), say("report.days_axis")
    svg = framed("survival", title, words, lambda width: curves(series, 1.0, True, axis, width))
    keys = [Key(each.style, each.label) for each in series]
    return Figure(title, words, svg, survival_table(view, title, found), keys, say("report.survival_note"))


def group_name(group: str) -> str:
    return say("report.all_stays") if group in ALL else wording.category(group)


def seen(view: View, rows: Sequence[Row], count: str) -> list[Row]:
    """The rows up to the first that rests on too few stays, without the days whose step would tell a few departures.

    The departures of a day that is left out are counted with those of the next day that is shown.
    """
    kept: list[Row] = []
    waiting = 0
    for row in rows:
        if view.visible(row[count]) is None or row.get("surviving", 0) is None:
            break
        waiting += row.get("departed") or 0
        step = waiting if "departed" in row else (kept[-1][count] - row[count] if kept else 0)
        if view.visible(step) is not None:
            kept.append({**row, "departed": waiting} if "departed" in row else row)
            waiting = 0
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
    words, axis = say("report.presence_described"), say("report.days_axis")
    svg = framed("presence", title, words, lambda width: curves(series, top, False, axis, width))
    keys = [Key(each.style, each.label) for each in series]
    return Figure(title, words, svg, presence_table(view, title, found), keys)


def presence_table(view: View, title: str, found: dict[str, list[Row]]) -> Table:
    heads = [say("report.survival_group"), say("report.survival_day"), say("report.present"), say("report.presence_undetermined")]
    rows = [
        [group_name(name), row["day"], view.count(row["present"]), view.count(row["undetermined"])]
        for name, listed in found.items()
        for row in listed
        if row["day"] in TABLE_DAYS
    ]
    return table(title, heads, rows)
