"""The files of the direct door as tables of the session, and everything that is wrong with them, each with its line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from sojourn.definitions.delivery import Format
from sojourn.engine import delimited, encodings, parquet
from sojourn.engine.portable import literal
from sojourn.engine.session import Session
from sojourn.engine.unknown import form_of
from sojourn.errors import Problem, SojournError, problem
from sojourn.run.direct.lines import Places
from sojourn.stages import direct
from sojourn.stages.residence.listed import Evidence

LISTED = 50
"""Lines with one fault that are named one by one; the others follow in one list."""
BEFORE_ALL = -(2**31) + 2
"""The day of a status without a date: before every crossing."""


@dataclass(frozen=True)
class Loaded:
    """The crossings as table `crossings`. own_number: a person is a number in the kernels; else `persons` gives it.

    kind: the engine's type of the persons. columns: those of `direct.ORDER` that the file has. first, last: days.
    """

    own_number: bool
    kind: str
    columns: tuple[str, ...]
    rows: int
    first: int
    last: int


def load(session: Session, path: Path) -> tuple[Loaded | None, list[Problem]]:
    """The file of crossings; None where it cannot be read or holds faults."""
    problems = _table(session, path, "crossings", direct.NEEDED, direct.crossings, direct.CROSSING_FAULTS)
    if problems:
        return None, problems
    kinds = session.columns("SELECT * FROM crossings")
    own = kinds["person"] in direct.WHOLE
    if not own:
        session.execute(f"CREATE OR REPLACE TABLE persons AS {direct.persons()}")
    found = session.rows("SELECT count(*) AS n, min(day) AS first, max(day) AS last FROM crossings")[0]
    columns = tuple(each for each in direct.ORDER if each in kinds)
    return Loaded(own, kinds["person"], columns, found["n"], found["first"], found["last"]), []


def load_evidence(session: Session, path: Path | None, loaded: Loaded | None) -> tuple[Evidence, list[Problem]]:
    """The file of statuses; without one, no evidence. Persons without a crossing are looked for only if the crossings could be read."""
    nothing = Evidence(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.int8))
    if path is None:
        return nothing, []
    problems = _table(session, path, "statuses", ("person", "status"), direct.statuses, direct.STATUS_FAULTS)
    if problems or loaded is None:
        return nothing, problems
    rows = pa.Table.from_batches(session.batches(direct.evidence(loaded.own_number)))
    line, strange = rows.column("line").to_numpy(), rows.column("person").is_null().to_numpy()
    day, status = rows.column("day").fill_null(BEFORE_ALL).to_numpy(), rows.column("status").to_numpy()
    person = rows.column("person").fill_null(-1).to_numpy().astype(np.int64)
    same = (person[1:] == person[:-1]) & (day[1:] == day[:-1]) & (status[1:] != status[:-1]) & ~strange[1:]
    places = Places(path)
    problems = _named(path, places, "direct.unknown_person", line[strange]) + _named(path, places, "direct.two_statuses", line[1:][same])
    return Evidence(person, day.astype(np.int32), status.astype(np.int8)), problems


def _table(
    session: Session, path: Path, name: str, needed: Sequence[str], query: Callable[[str, Mapping[str, str]], str], bits: Mapping[str, int]
) -> list[Problem]:
    """Copy a file into a table by a query of its columns. Returns everything that is wrong with it."""
    try:
        relation = _relation(session, path)
        kinds = session.columns(f"SELECT * FROM {relation}")
        lacking = [problem("direct.missing_column", path, 1, column=each, present=", ".join(kinds)) for each in needed if each not in kinds]
        if lacking:
            return lacking
        if not direct.is_person(kinds["person"]):
            return [problem("direct.person_type", path, kind=kinds["person"])]
        session.execute(f"CREATE OR REPLACE TABLE {name} AS {query(relation, kinds)}")
    except SojournError as error:
        return list(error.problems)
    return _faults(session, path, name, bits)


def _relation(session: Session, path: Path) -> str:
    """The FROM item of a file of either kind. Raises SojournError where the file as a whole cannot be read."""
    form = form_of(path, None, None, None)
    if form.type == "parquet":
        return _parquet(path)
    if form.type != "csv":
        raise SojournError(problem("direct.other_kind", path))
    return _text(session, path, form)


def _parquet(path: Path) -> str:
    try:
        names = parquet.header(path)
    except (ValueError, OSError):
        raise SojournError(problem("files.not_parquet", path)) from None
    _refuse_doubles(path, names)
    return f"read_parquet({literal(path)})"


def _text(session: Session, path: Path, form: Format) -> str:
    line = encodings.undecodable_line(path, form.text_encoding) if form.text_encoding != "utf-8" else None
    if line is not None:
        raise SojournError(problem("files.wrong_encoding", path, line, encoding=form.text_encoding))
    _refuse_doubles(path, delimited.header(path, form))
    return delimited.read_csv(path, form, session.scratch, ", store_rejects = true, rejects_limit = 0")


def _refuse_doubles(path: Path, names: Sequence[str]) -> None:
    """The engine does not tell capitals from small letters in the names of columns."""
    if len({each.lower() for each in names}) < len(names):
        raise SojournError(problem("files.double_column", path, 1))


def _faults(session: Session, path: Path, name: str, bits: Mapping[str, int]) -> list[Problem]:
    """Every row with a fault, every line that is torn; or that there is no row at all."""
    places = Places(path)
    found = _named(path, places, "direct.torn_line", places.torn() if _rejected(session) else ())
    for column, bit in bits.items():
        rows = session.rows(f"SELECT rowid AS line FROM {name} WHERE fault & {bit} <> 0 ORDER BY rowid")
        found += _named(path, places, f"direct.bad_{column}", [row["line"] for row in rows])
    if found:
        return sorted(found, key=lambda each: each.line or 0)
    if not session.rows(f"SELECT count(*) AS n FROM (SELECT 1 FROM {name} LIMIT 1)")[0]["n"]:
        return [problem("files.no_records", path)]
    session.execute(f"ALTER TABLE {name} DROP COLUMN fault")
    return []


def _rejected(session: Session) -> bool:
    """Whether the last reading of a text file left out lines."""
    if not session.rows("SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'reject_errors'")[0]["n"]:
        return False
    torn = session.rows("SELECT count(*) AS n FROM reject_errors")[0]["n"]
    session.execute("DROP TABLE reject_errors")
    session.execute("DROP TABLE IF EXISTS reject_scans")
    return torn > 0


def _named(path: Path, places: Places, code: str, rows: Sequence[int]) -> list[Problem]:
    """One problem for each of the first lines, and one for all others together. rows: from 0; of torn lines, the lines."""
    if not len(rows):
        return []
    lines = list(rows) if code == "direct.torn_line" else places.of(rows)
    found = [Problem(code, path, line) for line in lines[:LISTED]]
    rest = lines[LISTED:]
    if rest:
        found.append(problem("direct.more_lines", path, rest[0], fault=Problem(code).part(""), lines=", ".join(map(str, rest)), count=len(rest)))
    return found
