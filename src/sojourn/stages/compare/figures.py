"""Rows of a published table as figures of cells: codes, periods and numbers, with the line of everything that is wrong.

Pure Python: published tables are small, and every fault of theirs is said with its line before anything is computed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from sojourn.concepts.indicators import INDICATORS
from sojourn.definitions.period import parse_period
from sojourn.definitions.published import VINTAGES, Figures, Part, PublishedTable, When
from sojourn.errors import Problem, SojournError, problem

KEY = ("indicator", "variant", "measure", "period", "breakdown", "category")
CROSS = " x "
Row = Mapping[str, object]
Codes = Mapping[str, Mapping[str, str]]
"""What is coded (a part of the cell's name, or a dimension) to the file's code to ours; nothing for what has no codes."""


class Wrong(Exception):
    """One fault of one row; the reader adds file and line."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


def figures(table: PublishedTable, codes: Codes, rows: Iterable[tuple[int | None, Row]]) -> tuple[list[dict], list[Problem]]:
    """Figures (columns of the run's table `published`), and the problems, each with its line and without the file."""
    found: list[dict] = []
    problems: list[Problem] = []
    for line, row in rows:
        for column, own in table.figures().items():
            try:
                found.append(figure(table, codes, row, column, own) | {"line": line})
            except Wrong as wrong:
                problems.append(Problem(wrong.code, None, line, wrong.fields))
    return found, problems + repeated(found)


def figure(table: PublishedTable, codes: Codes, row: Row, column: str, own: Figures) -> dict:
    """One figure with the name of its cell. Raises Wrong."""
    named = {name: coded(name, part, row, codes) for name, part in table.named().items() if not said(own, name)}
    named |= crossed(table, row, codes) if table.breakdowns else {}
    named |= {} if own.period is not None else {"period": period(table.period, row, codes)}
    named |= {name: str(value) for name in KEY if (value := getattr(own, name)) is not None}
    check(named)
    error = number(table, row, own.standard_error) if own.standard_error else None
    vintage, tolerance = named.pop("status"), table.tolerance
    return {
        "published_table": table.id, **named, "value": number(table, row, column), "standard_error": error, "vintage": vintage,
        "absolute": tolerance.absolute, "relative": tolerance.relative, "standard_errors": tolerance.standard_errors,
    }  # fmt: skip


def said(own: Figures, name: str) -> bool:
    """Whether the column of figures says this part itself."""
    return getattr(own, name, None) is not None


def chosen(table: PublishedTable, row: Row) -> bool:
    """Whether the definition reads the row."""
    return all(text(row, column) in values for column, values in table.only.items())


def text(row: Row, column: str) -> str:
    """A value as text; a whole number that a file keeps as a floating one without its point."""
    value = row.get(column)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def coded(name: str, part: Part | When, row: Row, codes: Codes) -> str:
    """A part of the cell's name: fixed, or the column's value through its codes."""
    return translated(name, part.column, row, codes) if part.column else str(part.value)


def translated(name: str, column: str, row: Row, codes: Codes) -> str:
    code = text(row, column)
    if name not in codes:
        return code
    if code not in codes[name]:
        raise Wrong("compare.unknown_code", column=column, value=code, known=", ".join(codes[name]))
    return codes[name][code]


def crossed(table: PublishedTable, row: Row, codes: Codes) -> dict[str, str]:
    """Breakdown and category from those dimensions of the row that are not the total."""
    used = {name: each for name, each in table.breakdowns.items() if text(row, each.column) != each.total}
    if not used:
        return {"breakdown": "total", "category": "total"}
    categories = [translated(name, each.column, row, codes) for name, each in used.items()]
    return {"breakdown": CROSS.join(used), "category": "|".join(categories)}


def period(when: When, row: Row, codes: Codes) -> str:
    """The period as our cells write it."""
    if when.year is None:
        return coded("period", when, row, codes)
    month = text(row, when.month).zfill(2) if when.month else when.moment
    return "-".join(part for part in (text(row, when.year), month) if part)


def check(named: dict[str, str]) -> None:
    """Words that cells could not have. Raises Wrong."""
    if named["indicator"] not in INDICATORS:
        raise Wrong("compare.unknown_indicator", value=named["indicator"], known=", ".join(INDICATORS))
    if not is_period(named["period"]):
        raise Wrong("compare.no_period", value=named["period"])
    if named["status"] not in VINTAGES:
        raise Wrong("compare.unknown_vintage", value=named["status"], known=", ".join(VINTAGES))


def is_period(written: str) -> bool:
    """Whether a text is a day, or a period that a run could have."""
    try:
        return bool(date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else parse_period(written))
    except (ValueError, SojournError):
        return False


def number(table: PublishedTable, row: Row, column: str) -> float | None:
    """A figure in our units, None where the table marks it as missing. Raises Wrong for what is no number."""
    value = row.get(column)
    written = text(row, column)
    if value is None or written in table.missing:
        return None
    plain = table.numbers.number(written) if isinstance(value, str) else as_number(value)
    if plain is None:
        signs = table.numbers
        raise Wrong("compare.no_number", column=column, value=written, decimal=signs.decimal, thousands=signs.thousands or "-")
    return round(plain * table.factor, 9)


def as_number(value: object) -> float | None:
    """A typed value of a file as a number; a date is none."""
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def repeated(found: list[dict]) -> list[Problem]:
    """Cells that two rows give a figure for."""
    first: dict[tuple, int | None] = {}
    problems = []
    for each in found:
        key = tuple(each[name] for name in KEY)
        if key in first:
            problems.append(problem("compare.double_cell", None, each["line"], cell=", ".join(filter(None, key)), other=first[key] or "-"))
        first.setdefault(key, each["line"])
    return problems
