"""What country codes did to the figures: values that no list knows, and the effect of the rule of borders."""

from itertools import groupby
from pathlib import Path

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Table, table
from sojourn.stages.publish.compared import write_rows
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View

CLASSES = ("native_born", "foreign_born", "undetermined")
MOST = 50
"""Values listed on the page; the table of the run holds all."""


def unmapped(view: View) -> Table | None:
    """Values outside the code lists, most frequent first; those of few records are counted together and not named."""
    rows = sorted(view.rows("unmapped_codes"), key=lambda row: (-row["records"], row["source"], row["field"], row["value"]))
    if not rows:
        return None
    named = [row for row in rows if view.visible(row["records"]) is not None][:MOST]
    heads = [say(f"report.unmapped_{name}") for name in ("source", "field", "value", "suggestion", "records")]
    note = say("report.unmapped_note", others=len(rows) - len(named), threshold=view.report.threshold)
    return table(say("report.unmapped_title"), heads, [_unmapped_row(view, row) for row in named], texts=4, note=note)


def _unmapped_row(view: View, row: Row) -> list[str]:
    code = row["suggestion"]
    meant = say("report.unmapped_meant", code=code, name=wording.country(code) or code) if code else wording.MISSING
    return [str(row["source"]), str(row["field"]), str(row["value"]), meant, view.count(row["records"])]


def borders(view: View) -> Table | None:
    """Residents by place of birth under both rules of borders, side by side."""
    rows = effect(view)
    if not rows:
        return None
    heads = [say("report.borders_moment"), say("report.borders_rule")]
    heads += [wording.category(name) for name in CLASSES] + [say("report.borders_difference")]
    return table(say("report.borders_title"), heads, [_borders_row(row) for row in rows], texts=2, note=say("report.borders_note"))


def _borders_row(row: Row) -> list[str]:
    rule = say(f"report.borders_{row['rule']}")
    named = say("report.borders_in_use", rule=rule) if row["in_use"] else rule
    values = [wording.HIDDEN if row[name] is None else wording.number(row[name]) for name in (*CLASSES, "difference")]
    return [wording.moment(row["moment"]), named, *values]


def effect(view: View) -> list[Row]:
    """Rows of `birthplace_effect` with `difference`: foreign-born beyond those of the rule in use.

    A moment is hidden as a whole where one count, or the change from rule to rule, is of few persons: the others would
    tell it.
    """
    ordered = sorted(view.rows("birthplace_effect"), key=lambda row: (row["moment"], not row["in_use"]))
    return [row for _, found in groupby(ordered, key=lambda row: row["moment"]) for row in _moment(view, list(found))]


def _moment(view: View, rows: list[Row]) -> list[Row]:
    used = rows[0]
    counts = [row[name] for row in rows for name in CLASSES] + [abs(row[name] - used[name]) for row in rows for name in CLASSES]
    hidden = any(view.visible(count) is None for count in counts)
    made = [{**row, "difference": row["foreign_born"] - used["foreign_born"]} for row in rows]
    return [{**row, **dict.fromkeys((*CLASSES, "difference"))} for row in made] if hidden else made


def write_effect(view: View, folder: Path) -> list[Path]:
    """The same rows as CSV; no file where the run has no rule of borders."""
    return write_rows(folder, "birthplace_effect", effect(view))
