"""An unknown file copied into a session, every column as text, so that it can be measured whatever wrote it."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from sojourn.definitions.delivery import Format
from sojourn.engine import delimited, encodings
from sojourn.engine.portable import as_text, identifier, literal, literals
from sojourn.engine.readers import content
from sojourn.engine.session import Session
from sojourn.errors import Problem, SojournError, problem

STOPPING = ("files.not_csv", "files.double_column")
"""What is wrong with a file as a whole, and not with some of its lines."""


@dataclass(frozen=True)
class Table:
    """A file copied into the session as `profiled`, by `place` from 0, its columns c1, c2, ... as trimmed text, NULL where empty or declared missing.

    kinds: engine types as read. labels, titles: as the file has them. declared: codes that the file declares to be
    missing, with their records. torn: lines that were left out.
    """

    names: tuple[str, ...]
    records: int
    kinds: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    declared: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    torn: tuple[Problem, ...] = ()


def table(session: Session, form: Format, path: Path, folder: Path) -> Table:
    """Copy a file into the session. Raises SojournError with everything that keeps it from being read."""
    if form.type == "csv":
        return _of_text(session, form, path)
    if form.type == "parquet":
        return _of_parquet(session, path)
    found = content(form, path, path.stem, folder)
    session.load("raw", found.batches())
    declared = {name: _counted(session, name, codes) for name, codes in found.missing.items()}
    return _copied(session, "raw", found.columns, declared, labels=found.labels, titles=found.titles)


def _of_text(session: Session, form: Format, path: Path) -> Table:
    """Delimited text without its torn lines."""
    line = encodings.undecodable_line(path, form.text_encoding)
    if line is not None:
        raise SojournError(problem("files.wrong_encoding", path, line, encoding=form.text_encoding))
    try:
        names = delimited.header(path, form)
        _refuse_head(path, names)
        torn = delimited.torn_lines(path, form, session.scratch)
        stopping = [each for each in torn if each.code in STOPPING]
        if stopping:
            raise SojournError(*stopping)
        return _copied(session, delimited.read_csv(path, form, session.scratch, ", ignore_errors = true"), names, {}, torn=tuple(torn))
    except (csv.Error, duckdb.Error):
        raise SojournError(problem("files.not_csv", path)) from None


def _refuse_head(path: Path, names: Sequence[str]) -> None:
    """A first line that holds no names is a record: its values must not be taken for names and shown."""
    if not names or not all(names) or sum(map(_like_a_value, names)) * 2 > len(names) or any(map(_like_a_key, names)):
        raise SojournError(problem("profile.no_head", path, 1))


def _like_a_value(name: str) -> bool:
    """A number other than a year."""
    return name.replace(".", "", 1).isdigit() and not (len(name) == 4 and name[:2] in ("18", "19", "20", "21"))


def _like_a_key(name: str) -> bool:
    """Six figures or more in one name, as dates and numbers of documents have them."""
    return sum(each.isdigit() for each in name) >= 6


def _of_parquet(session: Session, path: Path) -> Table:
    try:
        names = pq.ParquetFile(path).schema_arrow.names
    except (ValueError, OSError):
        raise SojournError(problem("files.not_parquet", path)) from None
    return _copied(session, f"read_parquet({literal(path)})", names, {})


def _counted(session: Session, name: str, codes: Iterable[str]) -> dict[str, int]:
    text = f"CAST({identifier(name)} AS VARCHAR)"
    rows = session.rows(f"SELECT {text} AS code, count(*) AS n FROM raw WHERE {text} IN ({literals(codes)}) GROUP BY ALL ORDER BY ALL")
    return {row["code"]: row["n"] for row in rows}


def _copied(session: Session, relation: str, names: Sequence[str], declared: Mapping[str, Mapping[str, int]], **known) -> Table:
    """Every column as text in a passing Parquet file, which takes less memory than a table and is read column by column."""
    kinds = session.columns(f"SELECT * FROM {relation}")
    each = [f"{_present(name, kinds[name], declared.get(name, ()))} AS c{place}" for place, name in enumerate(names, 1)]
    path = session.scratch / "profiled.parquet"
    written = session.write(f"SELECT {', '.join(each)} FROM {relation}", path)
    session.execute(f"CREATE VIEW profiled AS SELECT * RENAME (file_row_number AS place) FROM read_parquet({literal(path)}, file_row_number = true)")
    return Table(tuple(names), written.rows, kinds, declared=declared, **known)


def _present(name: str, kind: str, codes: Iterable[str]) -> str:
    text = as_text(name, kind)
    listed = literals(["", *codes])
    return f"CASE WHEN {text} IN ({listed}) THEN NULL ELSE {text} END"
