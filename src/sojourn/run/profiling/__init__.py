"""`sojourn profile`: an unknown file is read, described, and proposed as a source, without a value that points to a person."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sojourn.definitions.date_patterns import DatePatterns
from sojourn.definitions.delivery import Format
from sojourn.definitions.source import Source
from sojourn.engine.profile import EXACT, parsed, repeated_rows, unique
from sojourn.engine.session import Session, guarded, passing_session
from sojourn.engine.unknown import form_of
from sojourn.engine.unknown_table import Table, table
from sojourn.errors import SojournError, problem
from sojourn.run.profiling.codes import code_list, code_path, listable
from sojourn.run.profiling.column import Column, column
from sojourn.run.profiling.looks import Look, looks
from sojourn.run.profiling.proposal import source_file
from sojourn.run.profiling.shown import LEAST
from sojourn.stages.date_patterns import patterns

Progress = Callable[[str, int, int], None]
PAIRED = {True: 8, False: 3}
"""How many columns are tried in pairs for a key: fewer where there are more than EXACT records."""
_STUB = {"id": "unknown", "title": "-", "evidence": "admissions", "unit": "admission", "owner": "-", "files": ["-"], "covers": {"from": "0001-01-01", "until": "9999-12-31"}}
"""Stands for the source that the file is not yet: its patterns of dates need to know that no date lies ahead."""


@dataclass(frozen=True)
class Profile:
    """What was found. keys: columns that alone, or else two together, name every record. repeated: records equal to an earlier
    one. patterns: column to unusual days and years. written: the files made."""

    file: Path
    form: Format
    table: Table
    columns: Sequence[Column]
    looks: Mapping[str, Look]
    keys: Sequence[tuple[str, ...]]
    repeated: int
    patterns: Mapping[str, Sequence[dict]]
    written: Sequence[Path]


def profile(
    file: Path | str,
    out: Path | str = ".",
    *,
    kind: str | None = None,
    sheet: str | None = None,
    layout: Path | str | None = None,
    header_row: int | None = None,
    progress: Progress = lambda name, place, count: None,
) -> Profile:
    """Describe a file and write a proposed source file and its code lists into `out`.

    kind: as `type:` of a format; header_row: of a spreadsheet; both are found where they are not stated. Into a country's
    folder the source file goes to `sources`.
    Raises SojournError where the file cannot be read, or where a file to be written is there already.
    """
    path, folder = Path(file), Path(out)
    form = form_of(path, kind, sheet, str(Path(layout).resolve()) if layout else None, header_row)
    with passing_session() as session:
        found = table(session, form, path, path.parent)
        columns = []
        for place, name in enumerate(found.names, 1):
            progress(name, place - 1, len(found.names))
            columns.append(column(session, found, place))
        if any(each.facts.heads for each in columns):
            raise SojournError(problem("profile.no_head", path, 1))
        progress("", len(found.names), len(found.names))
        roles = looks(columns)
        unusual = {each.name: _patterns(session, each, roles) for each in columns if each.dates}
        keys, repeated = _keys(session, columns), repeated_rows(session, found)
    written = _write(folder, path, form, columns, roles, unusual)
    return Profile(path, form, found, columns, roles, keys, repeated, unusual, written)


def _keys(session: Session, columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """Columns that alone name every record; where there is none, pairs of the most different columns that do."""
    whole = [each for each in columns if each.facts.present == each.facts.records and each.facts.distinct > 1 and each.kind in ("text", "whole")]
    alone = [(each.name,) for each in whole if each.facts.unique]
    if alone or not columns or columns[0].facts.records < 2:
        return alone
    tried = sorted(whole, key=lambda each: -each.facts.distinct)[: PAIRED[columns[0].facts.records <= EXACT]]
    return [(a.name, b.name) for a, b in combinations(tried, 2) if _may_name(a, b) and unique(session, (a.facts.place, b.facts.place))]


def _may_name(a: Column, b: Column) -> bool:
    return a.facts.distinct * b.facts.distinct >= a.facts.records


def _patterns(session: Session, each: Column, roles: Mapping[str, Look]) -> list[dict]:
    """The unusual days and years of a column that enough records share."""
    role = next((role for role in ("birth_date", "admitted_until") if role in roles and roles[role].column is each), "date")
    days = ", ".join(parsed(each.facts.place, form) for form in each.dates.written)
    query = patterns(f"(SELECT coalesce({days}) AS {role} FROM profiled)", role, Source(**_STUB), DatePatterns())
    idle = {"after_coverage"} | ({"day_of_month", "day_of_year"} if _in_one_year(each) else set())
    return [row for row in session.rows(query) if row["unusual"] and row["records"] >= LEAST and row["pattern"] not in idle]


def _in_one_year(each: Column) -> bool:
    """Whether the dates are of months of one year or two in a row, in which days cannot be alike."""
    first, last = each.dates.months or ("0", "0")
    return int(last[:4]) - int(first[:4]) <= 1


def source_id(path: Path) -> str:
    """The name of a file as the id of a source."""
    kept = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    return kept if re.match("[a-z]", kept) else f"source_{kept}".rstrip("_")


def _write(folder: Path, path: Path, form: Format, columns: Sequence[Column], roles: Mapping[str, Look], unusual: Mapping[str, Sequence[dict]]) -> list[Path]:
    """The proposed source file and its code lists. None where one is there already; the source file last, once its lists are."""
    name, home = source_id(path), folder / "sources" if (folder / "country.yaml").is_file() else folder
    of_column = {id(look.column): role for role, look in roles.items()}
    days = {each: [row["value"] for row in rows if row["pattern"] == "single_day"] for each, rows in unusual.items()}
    data, outside = _within(path, folder)
    stated = form.model_copy(update={"layout": _within(Path(form.layout), folder)[0]}) if form.layout else form
    texts = {home / f"{name}.proposed.yaml": source_file(name, data, outside, stated, columns, roles, days)}
    for each in columns:
        role = of_column.get(id(each))
        texts |= {folder / code_path(name, each): code_list(each, role)} if listable(each, role) else {}
    _refuse_to_overwrite(texts)
    for target in reversed(texts):
        _put(target, texts[target])
    return list(texts)


def _within(path: Path, folder: Path) -> tuple[str, bool]:
    """A path as the source file names it: from the country's folder, or, where it lies elsewhere, as if it were in `data`."""
    inside = path.resolve().is_relative_to(folder.resolve())
    return (path.resolve().relative_to(folder.resolve()).as_posix(), False) if inside else (f"data/{path.name}", True)


def _refuse_to_overwrite(texts: Mapping[Path, str]) -> None:
    there = [problem("profile.exists", target) for target in texts if target.exists()]
    if there:
        raise SojournError(*there)


def _put(target: Path, text: str) -> None:
    partial = target.with_name(target.name + ".partial")
    with guarded(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, target)
