"""Indicators that this run does not produce: why not, and which source would unlock each."""

import re

from sojourn.concepts.columns import COLUMNS
from sojourn.messages import has, say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Section, table
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View


def absent(view: View) -> Section | None:
    rows = view.rows("not_produced")
    if not rows:
        return None
    heads = [say(f"report.absent_{name}") for name in ("indicator", "reason", "unlock")]
    body = [absent_row(row) for row in rows]
    block = table(say("report.absent_title"), heads, body, texts=len(heads))
    return Section("absent", say("report.absent_title"), say("report.absent_lead"), [block])


def absent_row(row: Row) -> list[str]:
    code = str(row["indicator"])
    title = wording.indicator_title(code)
    name = say("report.absent_name", code=code, title=title) if title != code else code
    key = f"report.absent_because_{row['reason']}"
    reason = say(key) if has(key) else str(row["reason"])
    return [name, reason, unlock(str(row["unlock"]))]


def unlock(written: str) -> str:
    """`a + b | c` in words: alternatives of what is needed together. Anything else is text already."""
    if not re.fullmatch(r"[\w+| ]+", written):
        return written
    alternatives = [
        say("report.unlock_and").join(needed(each.strip()) for each in alternative.split("+")) for alternative in written.split("|")
    ]
    return say("report.unlock_or").join(alternatives)


def needed(code: str) -> str:
    key = f"concepts.evidence_{code}"
    if has(key):
        return say(key)
    return say("report.unlock_column", column=code.replace("_", " ")) if code in COLUMNS else code.replace("_", " ")
