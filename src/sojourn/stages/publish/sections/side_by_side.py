"""Two systems side by side: their statuses crossed, how far they agree, and the reasons behind each pair of statuses."""

from collections.abc import Sequence

from sojourn.concepts.populations import STATUSES
from sojourn.messages import has, say
from sojourn.stages.publish import wording
from sojourn.stages.publish.agreement import Crossed, crossed, day_date
from sojourn.stages.publish.blocks import Block, Folded, Prose, Section, Table, table
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View

MOST_ROWS = 200
"""Rows of one folded table."""


def side_by_side(view: View) -> Section | None:
    """Of each other system its agreement over the days, the statuses of the last day crossed, and all else folded."""
    rows = view.rows("status_comparison")
    if not rows:
        return None
    blocks = [block for system in view.rows("systems") for block in of_system(system, rows, view.report.threshold)]
    return Section("systems", say("compare.side_title"), say("compare.side_lead"), blocks)


def of_system(system: Row, rows: Sequence[Row], threshold: int) -> list[Block]:
    own = [row for row in rows if row["system"] == system["id"]]
    days = {day: crossed([row for row in own if row["day"] == day], threshold) for day in sorted({row["day"] for row in own})}
    if not days:
        return []
    last = max(days)
    blocks: list[Block] = [Prose(html(str(system["note"])), str(system["title"])), agreement(str(system["title"]), days)]
    blocks.append(statuses(last, days[last]))
    earlier = [statuses(day, found) for day, found in days.items() if day != last]
    folded = [*earlier, *(page for day, found in days.items() for page in reasons(day, found))]
    return [*blocks, Folded(say("compare.side_folded"), folded)]


def agreement(title: str, days: dict[int, Crossed]) -> Table:
    heads = [say(f"compare.side_{name}") for name in ("day", "both", "same", "rate", "kappa", "ours_only", "theirs_only", "hidden")]
    rows = [[day_text(day), *agreement_row(found)] for day, found in days.items()]
    return table(say("compare.side_agreement", title=title), heads, rows, note=say("compare.side_note"))


def agreement_row(found: Crossed) -> list[str]:
    low, high = found.rate
    first, last = percent(low), percent(high)
    rate = first if first == last else say("report.range", first=first, last=last)
    kappa = wording.HIDDEN if found.hidden else wording.MISSING if found.kappa is None else f"{found.kappa:.3f}".replace("-", "\N{MINUS SIGN}")
    counts = (found.ours_only, found.theirs_only, found.hidden)
    return [wording.number(found.both), wording.number(found.same), rate, kappa, *map(wording.number, counts)]


def percent(value: float | None) -> str:
    return wording.MISSING if value is None else f"{value:.1%}"


def statuses(day: int, found: Crossed) -> Table:
    """Ours down, theirs across; who is known to one system alone stands in the last row and column."""
    across = (*STATUSES, None)
    heads = [say("compare.side_ours"), *(status_text(each, "theirs") for each in across), say("compare.side_sum")]
    rows = []
    for ours in (*STATUSES, None):
        shown = [found.cells.get((ours, theirs)) for theirs in across]
        total = sum(max(each or 0, 0) for each in shown)
        rows.append([status_text(ours, "ours"), *map(count, shown), wording.number(total)])
    return table(say("compare.side_crossed", day=day_text(day)), heads, rows)


def count(persons: int | None) -> str:
    """Nobody, a count, or the sign of a hidden one (-1)."""
    return wording.HIDDEN if persons == -1 else wording.number(persons or 0)


def status_text(status: str | None, side: str) -> str:
    return say(f"compare.not_in_{side}") if status is None else say(f"compare.status_{status}")


def reasons(day: int, found: Crossed) -> list[Table]:
    """The pairs of reasons, differences first; all of them are in one of the tables."""
    heads = [say(f"compare.side_{name}") for name in ("ours", "our_reason", "theirs", "their_reason", "persons")]
    rows = [reason_row(row) for row in found.rows]
    title = say("compare.side_reasons", day=day_text(day))
    return [table(title, heads, rows[start : start + MOST_ROWS], texts=4) for start in range(0, len(rows), MOST_ROWS)]


def reason_row(row: Row) -> list[str]:
    key = f"explain.reason_{row['our_reason']}"
    ours = say(key) if has(key) else ""
    persons = wording.HIDDEN if row["persons"] is None else wording.number(row["persons"])
    return [status_text(row["our_status"], "ours"), ours, status_text(row["their_status"], "theirs"), str(row["their_reason"] or ""), persons]


def day_text(day: int) -> str:
    return wording.moment(day_date(day))
