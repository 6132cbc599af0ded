"""Column maps: the `columns:` of a source file as a table, one row per canonical column, in a CSV file or an Excel sheet.

`columns: {file: maps/border.csv}` stands for the mappings that the rows spell out; what is wrong with a row is said with the
file and the row. A cell left empty is a key left out. Several values in one cell are separated by |.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sojourn.concepts.columns import COLUMNS
from sojourn.definitions.sheet import Table, of_sheet
from sojourn.definitions.yaml import Document
from sojourn.errors import Problem, SojournError, problem

CANONICAL = "canonical"
KEYS = {
    "column": ("column",), "value": ("value",), "format": ("format",), "missing": ("missing",),
    "otherwise": ("otherwise",), "required": ("required",),
    "codes": ("codes", "file"), "codes_sheet": ("codes", "sheet"), "codes_from": ("codes", "from"), "codes_to": ("codes", "to"),
    "concordance": ("codes", "concordance"), "on": ("codes", "on"),
    "calendar": ("calendar",), "century": ("century",), "placeholders": ("placeholders",),
    "year_only": ("partial", "year_only"), "month_only": ("partial", "month_only"),
}  # fmt: skip
"""Head of a column of the table to the keys of the mapping that it fills."""
SEVERAL = ("format", "missing", "placeholders")
DELIMITERS = ",;\t"


class WithMap(Document):
    """A source file whose columns stand in a table beside it. `rows`: canonical column to its row in `table`."""

    def __init__(self, document: Document, table: Path, columns: dict[str, dict], rows: dict[str, int]) -> None:
        super().__init__(document.file, document.tree)
        self.data = {**document.data, "columns": columns}
        self.table = table
        self.rows = rows

    def place(self, path: tuple[str | int, ...]) -> tuple[Path, int | None]:
        """The row of the table for a path into one of its columns, else the place in the source file."""
        held = len(path) > 1 and path[0] == "columns" and path[1] in self.rows
        return (self.table, self.rows[path[1]]) if held else super().place(path)


def with_columns(document: Document, folder: Path) -> Document:
    """The document with its table of columns read in, if it names one. folder: the country's. Raises SojournError."""
    named = document.data.get("columns")
    if not isinstance(named, dict) or not isinstance(named.get("file"), str):
        return document
    place = (document.file, document.line(("columns",)))
    path, other = folder / named["file"], sorted(set(map(str, named)) - {"file", "sheet"})
    if other:
        raise SojournError(problem("maps.mixed", *place, keys=", ".join(other)))
    if not path.is_file():
        raise SojournError(problem("maps.no_file", *place, table=named["file"]))
    head, rows = of_sheet(path, named.get("sheet")) if path.suffix.lower() == ".xlsx" else _of_text(path)
    found = [*_head_problems(path, head), *_row_problems(path, head, rows)]
    if found:
        raise SojournError(*found)
    columns = {row[CANONICAL]: _mapping(row) for _, row in _named(head, rows)}
    return WithMap(document, path, columns, {row[CANONICAL]: line for line, row in _named(head, rows)})


def _of_text(path: Path) -> Table:
    """A CSV file; programs of some languages write a semicolon where others write a comma, and the head shows which."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SojournError(problem("files.wrong_encoding", path, line, encoding="utf-8")) from None
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(DELIMITERS, key=first.count))
    head = [each.strip() for each in next(reader, [])]
    before, rows = reader.line_num, []
    for cells in reader:
        rows.append((before + 1, [each.strip() for each in cells]))
        before = reader.line_num
    return head, [(line, cells) for line, cells in rows if any(cells)]


def _named(head: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, dict[str, str]]]:
    return ((line, dict(zip(head, cells, strict=False))) for line, cells in rows)


def _head_problems(path: Path, head: list[str]) -> Iterator[Problem]:
    known = ", ".join((CANONICAL, *KEYS))
    if CANONICAL not in head:
        yield problem("maps.no_canonical", path, 1, known=known)
    for name in sorted(set(head) - {CANONICAL, *KEYS}):
        yield problem("maps.unknown_head", path, 1, head=name, known=known)
    for name in sorted({each for each in head if head.count(each) > 1}):
        yield problem("maps.double_head", path, 1, head=name)


def _row_problems(path: Path, head: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Problem]:
    """Rows with cells under no head, without a canonical column, with one that is not known, or one that stood before."""
    if CANONICAL not in head:
        return
    for line, cells in rows:
        if any(cells[len(head) :]):
            yield problem("maps.torn_row", path, line, fields=len(head))
    first: dict[str, int] = {}
    for line, row in _named(head, rows):
        name = row.get(CANONICAL, "")
        if not name:
            yield problem("maps.no_name", path, line)
        elif name not in COLUMNS:
            yield problem("definitions.unknown_column", path, line, column=name, known=", ".join(sorted(COLUMNS)))
        elif first.setdefault(name, line) != line:
            yield problem("maps.named_twice", path, line, column=name, other=first[name])


def _mapping(row: dict[str, str]) -> dict[str, Any]:
    """The mapping of one row, as a source file would hold it."""
    found: dict[str, Any] = {}
    for head, (*above, key) in KEYS.items():
        text = row.get(head, "")
        if text:
            inner = found.setdefault(above[0], {}) if above else found
            inner[key] = [each.strip() for each in text.split("|")] if head in SEVERAL else text
    return found | ({"value": _constant(row[CANONICAL], found["value"])} if "value" in found else {})


def _constant(name: str, text: str) -> str | int | date:
    """A fixed value as YAML would read it for a column of its kind."""
    read = {"date": date.fromisoformat, "integer": int}.get(COLUMNS[name].kind, str)
    try:
        return read(text)
    except ValueError:
        return text
