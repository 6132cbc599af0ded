"""The layout of a fixed-width file: a CSV file (UTF-8) with one line per column: name, start (from 1), length, title."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sojourn.engine.encodings import undecodable_line
from sojourn.errors import Problem, SojournError, problem

NEEDED = ("name", "start", "length")


@dataclass(frozen=True)
class Field:
    """A column of the file: characters `start` up to but not including `end`, counted from 0; its line in the layout."""

    name: str
    start: int
    end: int
    title: str
    line: int


def layout(path: Path) -> list[Field]:
    """The fields in the order of the layout. Raises SojournError with every problem of the layout."""
    if not path.is_file():
        raise SojournError(problem("readers.no_layout", path))
    if (undecodable := undecodable_line(path, "utf-8")) is not None:
        raise SojournError(problem("files.wrong_encoding", path, undecodable, encoding="utf-8"))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = [(reader.line_num, {key.strip(): (value or "").strip() for key, value in row.items() if key is not None}) for row in reader]
        lacking = [name for name in NEEDED if name not in [(each or "").strip() for each in reader.fieldnames or ()]]
    problems = [problem("readers.layout_column", path, 1, column=name) for name in lacking]
    problems = problems or [found for line, row in rows for found in _row_problems(path, line, row)]
    if not problems and not rows:
        problems = [problem("readers.layout_empty", path)]
    fields = [] if problems else [_field(line, row) for line, row in rows]
    problems = problems or [*_double_names(path, fields), *_overlaps(path, fields)]
    if problems:
        raise SojournError(*problems)
    return fields


def _row_problems(path: Path, line: int, row: dict[str, str]) -> Iterator[Problem]:
    if not row["name"]:
        yield problem("readers.layout_no_name", path, line)
    for key in ("start", "length"):
        if not (row[key].isascii() and row[key].isdigit() and int(row[key]) > 0):
            yield problem("readers.layout_number", path, line, key=key)


def _field(line: int, row: dict[str, str]) -> Field:
    start = int(row["start"]) - 1
    return Field(row["name"], start, start + int(row["length"]), row.get("title", ""), line)


def _double_names(path: Path, fields: list[Field]) -> Iterator[Problem]:
    first: dict[str, Field] = {}
    for field in fields:
        other = first.setdefault(field.name.lower(), field)
        if other is not field:
            yield problem("readers.layout_double", path, field.line, column=field.name, other=other.line)


def _overlaps(path: Path, fields: list[Field]) -> Iterator[Problem]:
    """Columns that share a character with the column that reaches farthest of those before them."""
    reach: Field | None = None
    for field in sorted(fields, key=lambda each: (each.start, each.line)):
        if reach is not None and field.start < reach.end:
            yield problem("readers.layout_overlap", path, field.line, column=field.name, other=reach.name)
        reach = field if reach is None or field.end > reach.end else reach
