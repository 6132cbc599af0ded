"""What went in, what was used, what was not and why, and how much is not decided yet."""

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Section, Table, table
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.sections.codes import unmapped
from sojourn.stages.publish.view import View

BALANCE = ("read", "used", "superseded", "rejected", "repaired", "flagged")


def quality(view: View) -> Section | None:
    blocks: list[Block | None] = [sources(view), balance(view), issues(view), unmapped(view), dates(view), undetermined(view)]
    made = [block for block in blocks if block]
    return Section("quality", say("report.quality_title"), say("report.quality_lead"), made) if made else None


def sources(view: View) -> Table | None:
    if not view.report.sources:
        return None
    heads = [say(f"report.source_{name}") for name in ("title", "owner", "evidence", "covers")]
    return table(say("report.sources_title"), heads, [source_row(row) for row in view.report.sources], texts=len(heads))


def source_row(row: Row) -> list[str]:
    covers = say("report.source_period", begin=wording.moment(row["begin"]), end=wording.moment(row["end"]))
    return [str(row["title"]), str(row["owner"]), say(f"concepts.evidence_{row['evidence']}"), covers]


def balance(view: View) -> Table | None:
    rows = view.rows("balance")
    if not rows:
        return None
    heads = [say("report.source"), *(say(f"report.balance_{name}") for name in BALANCE)]
    body = [[str(row["source"]), *(view.count(row[name]) for name in BALANCE)] for row in rows]
    return table(say("report.balance_title"), heads, body, note=say("report.balance_note"))


def issues(view: View) -> Table | None:
    """Problems of the records by reason, the most frequent first."""
    rows = sorted(view.rows("issue_counts"), key=lambda row: (str(row["source"]), -row["records"], str(row["reason"])))
    if not rows:
        return None
    heads = [say(f"report.issue_{name}") for name in ("source", "field", "reason", "action", "records")]
    return table(say("report.issues_title"), heads, [issue_row(view, row) for row in rows], texts=4)


def issue_row(view: View, row: Row) -> list[str]:
    return [
        str(row["source"]),
        str(row["field"] or ""),
        wording.known(f"report.reason_{row['reason']}", str(row["reason"])),
        wording.known(f"report.action_{row['action']}", str(row["action"])),
        view.count(row["records"]),
    ]


def dates(view: View) -> Table | None:
    """Days and years that have far more of the dates than chance would give them."""
    rows = [row for row in view.rows("date_patterns") if row["unusual"]]
    if not rows:
        return None
    heads = [say(f"dates.patterns_{name}") for name in ("source", "field", "pattern", "records", "share", "expected")]
    return table(say("dates.patterns_title"), heads, [date_row(view, row) for row in rows], texts=3, note=say("dates.patterns_note"))


def date_row(view: View, row: Row) -> list[str]:
    records = view.count(row["records"])
    shares = [wording.HIDDEN if records == wording.HIDDEN else f"{row[name]:.2%}" for name in ("share", "expected_share")]
    return [str(row["source"]), str(row["field"]), say(f"dates.pattern_{row['pattern']}", value=row["value"]), records, *shares]


def undetermined(view: View) -> Table | None:
    """Cases that the rule cannot decide yet, and their share: the figures above hold the decided ones alone."""
    rows = view.rows("open_cases")
    if not rows:
        return None
    heads = [say(f"report.open_{name}") for name in ("indicator", "period", "decided", "undetermined", "share")]
    return table(say("report.open_title"), heads, [open_row(view, row) for row in rows], texts=2, note=say("report.open_note"))


def open_row(view: View, row: Row) -> list[str]:
    decided, unclear = row["decided"] or 0, row["undetermined"] or 0
    counts = [view.count(decided), view.count(unclear)]
    whole = decided + unclear
    share = wording.HIDDEN if wording.HIDDEN in counts else wording.MISSING if not whole else f"{unclear / whole:.2%}"
    name = wording.indicator_title(str(row["indicator"]))
    return [f"{row['indicator']} {name}".strip(), wording.moment(row["period"]), *counts, share]
