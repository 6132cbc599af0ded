"""A source's deliveries as one relation, and everything that can be wrong with them before their records are read.

Delimited text and Parquet are read where they lie. Everything else (spreadsheets, files of statistical packages, fixed
width, databases) streams through `engine.readers` into passing tables of the session.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sojourn.definitions.delivery import DATABASES, Format
from sojourn.definitions.source import Source
from sojourn.engine import delimited, parquet
from sojourn.engine.fitting import missing_columns, parts_of_weights, wrong_types
from sojourn.engine.portable import identifier, literals
from sojourn.engine.readers import content
from sojourn.engine.session import Session, passing_session
from sojourn.errors import Problem, SojournError, problem, warning

Parts = Sequence[tuple[int, Sequence[Path]]]
"""The files of each delivery, by the delivery's number from 1; a database has one delivery without files."""
NATIVE = {"csv": delimited, "parquet": parquet}


def relation(session: Session, source: Source, parts: Parts, folder: Path) -> str:
    """The FROM item of a source: its columns, `delivery`, and `record` (from 1, in the order of deliveries and files).

    `folder`: the country's, for files that a format names. Columns are matched by name from file to file. Everything but
    Parquet is copied into passing tables first, of which `release` lets go: a table knows the place of each of its rows, and
    numbering rows while they are read would run on one thread.
    """
    if source.format.type == "parquet":
        return parquet.scan(parts)
    each, offset = [], 0
    for place, (number, path) in enumerate(_listed(parts), 1):
        columns, name = _copied(session, source, place, path, folder), passing(source.id, place)
        each.append(f"SELECT {columns}, {number} AS delivery, {offset} + rowid + 1 AS record FROM {name}")
        offset += session.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]
    return f"({' UNION ALL BY NAME '.join(each)})"


def stream(session: Session, source: Source, parts: Parts) -> str:
    """The FROM item of a source of delimited text read where it lies: its columns and `delivery`, in order, not numbered."""
    return f"({' UNION ALL BY NAME '.join(_text(session, source, number, path) for number, path in _listed(parts))})"


def _text(session: Session, source: Source, number: int, path: Path) -> str:
    columns = ", ".join(identifier(column) for column in sorted(source.raw_columns()))
    return f"SELECT {columns}, {number} AS delivery FROM {delimited.scan(path, source.format, session.scratch)}"


def _listed(parts: Parts) -> list[tuple[int, Path | None]]:
    return [(number, path) for number, paths in parts for path in (paths or [None])]


def _copied(session: Session, source: Source, place: int, path: Path | None, folder: Path) -> str:
    """Copy one file or query into its passing table. Returns its columns, without what the file itself declares missing."""
    name = passing(source.id, place)
    if source.format.type == "csv":
        session.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * EXCLUDE (delivery) FROM ({_text(session, source, 0, path)})")
        return ", ".join(identifier(column) for column in sorted(source.raw_columns()))
    found = content(source.format, path, source.id, folder)
    session.load(name, found.batches(), in_order=source.format.type in DATABASES)
    return ", ".join(f"{_present(column, found.missing.get(column, ()))} AS {identifier(column)}" for column in found.columns)


def _present(column: str, missing: Iterable[str]) -> str:
    name, codes = identifier(column), literals(list(missing))
    return f"CASE WHEN CAST({name} AS VARCHAR) IN ({codes}) THEN NULL ELSE {name} END" if codes else name


def passing(source: str, place: int) -> str:
    """The name of the passing table of a source's file."""
    return f"raw_{source}_{place}"


def release(session: Session, source: Source, parts: Parts) -> None:
    """Drop what `relation` copied: it holds natural keys."""
    for place, _ in enumerate(_listed(parts), 1):
        session.execute(f"DROP TABLE IF EXISTS {passing(source.id, place)}")
    session.sweep()


def inspect(source: Source, parts: Parts, folder: Path) -> list[Problem]:
    """Every problem of the files of a source: missing, empty, truncated, wrongly encoded, torn lines, missing columns."""
    form = source.format
    unusable = delimited.unusable(source) if form.type == "csv" else []
    return unusable or [found for _, path in _listed(parts) for found in _inspect(source, path, folder)]


def _inspect(source: Source, path: Path | None, folder: Path) -> list[Problem]:
    if path is not None and not path.is_file():
        return [problem("files.not_there", path, source=source.id)]
    if path is not None and path.stat().st_size == 0:
        return [problem("files.empty", path)]
    if source.format.type in NATIVE:
        return NATIVE[source.format.type].inspect(path, source)
    return _inspect_content(source, path, folder)


def _inspect_content(source: Source, path: Path | None, folder: Path) -> list[Problem]:
    """A file or query that is read through its own reader: it opens, has the columns, has records, and its types fit."""
    try:
        found = content(source.format, path, source.id, folder)
        lacking = missing_columns(source, path, found.columns)
        first = next((batch for batch in found.batches() if batch.num_rows), None)
    except SojournError as error:
        return list(error.problems)
    if first is None:
        return [problem("files.no_records", path)]
    hidden = [warning("files.hidden_rows", path, rows=found.hidden)] if found.hidden else []
    return (lacking or wrong_types(path, source, first.schema) or parts_of_weights(path, source, first.schema)) + hidden


def detected(source: Source, parts: Parts) -> dict[Path, Format]:
    """For a source whose format says `detect`: what each file is written in."""
    if source.format.type != "csv" or not delimited.to_detect(source.format):
        return {}
    return {path: delimited.resolved(path, source.format) for _, path in _listed(parts) if path is not None and path.is_file()}


def snapshot(source: Source, folder: Path) -> str:
    """What a database source holds now, in one word that changes when a row does."""
    with passing_session() as session:
        session.load("rows", content(source.format, None, source.id, folder).batches())
        found = session.rows("SELECT count(*) AS n, CAST(bit_xor(hash(r)) AS VARCHAR) AS x, CAST(sum(CAST(hash(r) AS HUGEINT)) AS VARCHAR) AS s FROM rows AS r")
    return "-".join(str(each) for each in found[0].values())
