"""The table of a concordance: its rows, read and held against the lists of countries and their history."""

import csv
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from sojourn.definitions.sheet import of_sheet
from sojourn.errors import Problem, SojournError, problem, warning
from sojourn.lists.countries import UNKNOWN, former, is_known, special
from sojourn.lists.territories import candidates, lifetime, renamed, states

NEEDED = ("code", "target")
OPTIONAL = ("valid_from", "valid_until", "successor", "note")
Row = tuple[int, dict[str, str]]
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
"""Stand for an open beginning and an open end."""


@dataclass(frozen=True)
class Meaning:
    """What a code means over [begin, end). `successor`: the present country it stands for where `target` is a former state."""

    code: str
    target: str
    begin: date
    end: date
    successor: str
    line: int

    @property
    def place(self) -> str:
        """The finest place that the row knows: the successor, the target, `unknown` for a document that tells no nationality."""
        if special().get(self.target) == UNKNOWN:
            return UNKNOWN
        return renamed(self.successor or self.target)


def read_table(path: Path, sheet: str | None = None) -> list[Meaning]:
    """The meanings of a table (CSV or .xlsx) in file order. Raises SojournError with every row that cannot hold."""
    meanings, found = _parsed(path, _with_columns(path, _rows(path, sheet)))
    found += [each for each in table_problems(path, meanings) if not each.warning]
    if found:
        raise SojournError(*found)
    return meanings


def table_problems(path: Path, meanings: list[Meaning]) -> list[Problem]:
    """What the rows say that the lists of countries do not bear out, and codes with two meanings or none on one day."""
    found = [each for meaning in meanings for each in (_target(path, meaning), _successor(path, meaning)) if each]
    return found + [each for code in _by_code(meanings).values() for pair in pairwise(code) if (each := _joint(path, *pair))]


def table_warnings(path: Path, meanings: list[Meaning]) -> list[Problem]:
    """What is doubtful in a table and does not stop a run."""
    return [each for each in table_problems(path, meanings) if each.warning]


def without_date(meanings: list[Meaning]) -> dict[str, str]:
    """Code to place for the codes that mean the same on every day of the table: all that can be read without a date."""
    grouped = {code: {each.place for each in rows} for code, rows in _by_code(meanings).items()}
    return {code: next(iter(places)) for code, places in grouped.items() if len(places) == 1}


def dated_codes(meanings: list[Meaning]) -> list[str]:
    """Codes that mean one place on some days and another on others."""
    return sorted({each.code for each in meanings} - set(without_date(meanings)))


def _by_code(meanings: list[Meaning]) -> dict[str, list[Meaning]]:
    grouped: dict[str, list[Meaning]] = {}
    for each in sorted(meanings, key=lambda each: (each.code, each.begin, each.line)):
        grouped.setdefault(each.code, []).append(each)
    return grouped


def _rows(path: Path, sheet: str | None) -> list[Row]:
    """The rows, each with its line in the file."""
    if not path.is_file():
        raise SojournError(problem("concordance.no_table", path))
    if path.suffix.lower() == ".xlsx":
        head, found = of_sheet(path, sheet)
        return [(line, dict(zip(head, cells, strict=False))) for line, cells in found]
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(enumerate(csv.DictReader(lines), 2))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SojournError(problem("files.wrong_encoding", path, line, encoding="utf-8")) from None


def _with_columns(path: Path, rows: list[Row]) -> list[Row]:
    """The rows, where they have the columns needed. Raises SojournError."""
    heads = list(rows[0][1]) if rows else []
    lacking = [name for name in NEEDED if name not in heads]
    if lacking:
        known = ", ".join((*NEEDED, *OPTIONAL))
        raise SojournError(*(problem("concordance.no_column", path, 1, column=name, known=known) for name in lacking))
    return rows


def _parsed(path: Path, rows: list[Row]) -> tuple[list[Meaning], list[Problem]]:
    meanings, found = [], []
    for line, row in rows:
        values = {name: (row.get(name) or "").strip() for name in (*NEEDED, *OPTIONAL)}
        try:
            begin, end = _day(values["valid_from"], FIRST), _day(values["valid_until"], LAST)
        except ValueError:
            found.append(problem("concordance.no_date", path, line))
            continue
        if not values["code"] or not values["target"] or begin >= end:
            found.append(problem("concordance.row", path, line))
            continue
        meanings.append(Meaning(values["code"], values["target"], begin, end, values["successor"], line))
    return meanings, found


def _day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


def _target(path: Path, meaning: Meaning) -> Problem | None:
    """A target must be on the lists, and not be a state that had ended, or not begun, on all the days of the row."""
    code = meaning.target
    if not is_known(code):
        return problem("concordance.unknown_target", path, meaning.line, target=code)
    if code not in former() or code not in states():
        return None
    begin, end = lifetime(code)
    facts = {"target": code, "begin": begin, "end": end}
    if meaning.begin >= end or meaning.end <= begin:
        return problem("concordance.target_not_then", path, meaning.line, **facts)
    return warning("concordance.target_outlived", path, meaning.line, **facts) if meaning.end > end else None


def _successor(path: Path, meaning: Meaning) -> Problem | None:
    """A successor must be a country that lies where the state lay."""
    possible = candidates(meaning.target, None)
    if not meaning.successor or meaning.successor in possible:
        return None
    facts = {"successor": meaning.successor, "target": meaning.target, "possible": ", ".join(possible)}
    return problem("concordance.no_successor", path, meaning.line, **facts)


def _joint(path: Path, first: Meaning, second: Meaning) -> Problem | None:
    """Two rows of one code, in order of date: they must not overlap, and should not leave days between them."""
    if first.end > second.begin:
        return problem("concordance.overlap", path, second.line, other=first.line)
    gap = {"begin": first.end, "end": second.begin, "other": first.line}
    return warning("concordance.gap", path, second.line, **gap) if first.end < second.begin else None
