"""One DuckDB session: tables as Parquet files, views over them, and nothing half-written."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from sojourn.errors import SojournError, problem

MEMORY = "1536MB"
"""Memory for the engine, which goes to disk beyond it; SOJOURN_MEMORY, for example 12GB, allows more."""
LEVEL = 1
"""Of zstd: higher ones take a third longer to write and save a twelfth of the bytes."""
ROWS_PER_BATCH = 1 << 17


def chosen_memory() -> str:
    """The engine's memory as the user chose it, else the default."""
    return os.environ.get("SOJOURN_MEMORY") or MEMORY


def memory_limit() -> int:
    """The engine's memory in bytes."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{chosen_memory()}'")
        text = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
    number, unit = text.split()
    return int(float(number) * 1024 ** ("bytes KiB MiB GiB TiB".split().index(unit)))


UNREADABLE = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.OutOfRangeException, pa.ArrowInvalid)
"""Errors of data. A damaged page of a Parquet file comes as a bare duckdb.Error."""


@dataclass(frozen=True)
class Written:
    """A table on disk: rows, and the SHA-256 of the file."""

    path: Path
    rows: int
    checksum: str


class Session:
    """A connection with its settings. `threads` defaults to the machine's cores; results never depend on it."""

    def __init__(self, scratch: Path, threads: int | None = None, memory: str | None = None) -> None:
        self.scratch = scratch
        self.sweep("*")
        self.connection = duckdb.connect()
        self.set(threads=threads or os.cpu_count() or 1, memory_limit=memory or chosen_memory(), temp_directory=str(scratch))
        self.set(preserve_insertion_order=True, autoinstall_known_extensions=False, autoload_known_extensions=False)

    def set(self, **settings: object) -> None:
        for name, value in settings.items():
            self.connection.execute(f"SET {name} = {_setting(value)}")

    def variable(self, name: str, value: str) -> None:
        """A session variable: a value (the secret) that no query text may hold."""
        self.connection.execute(f"SET VARIABLE {name} = $value", {"value": value})

    def execute(self, sql: str) -> None:
        """Run a statement. Raises SojournError without the engine's own text, which can quote a record."""
        with guarded():
            self.connection.execute(sql)

    def view(self, name: str, path: Path) -> None:
        self.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{_quoted(path)}')")

    def table(self, name: str, rows: pa.Table) -> None:
        """A small Arrow table as a table of the session."""
        self.connection.register("incoming", rows)
        self.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM incoming")
        self.connection.unregister("incoming")

    def load(self, name: str, batches: Iterator[pa.RecordBatch], in_order: bool = False) -> None:
        """A stream of Arrow batches as a passing table, at the pace of the reader.

        in_order: sorted by all columns, for rows that come in no order of their own.
        """
        first = next(batches)
        stream = pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))
        self.connection.register("incoming", stream)
        self.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM incoming{' ORDER BY ALL NULLS LAST' if in_order else ''}")
        self.connection.unregister("incoming")

    def sweep(self, names: str = "*.txt") -> None:
        """Remove files from the scratch folder: converted text, or all that a killed run left, the engine's own pages included."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        for path in self.scratch.glob(names):
            path.unlink()

    def rows(self, sql: str) -> list[dict]:
        """A small result as a list of dicts."""
        with guarded():
            return self.connection.execute(sql).to_arrow_table().to_pylist()

    def columns(self, sql: str) -> dict[str, str]:
        """Column names and engine types of a query."""
        with guarded():
            return {row[0]: row[1] for row in self.connection.execute(f"DESCRIBE {sql}").fetchall()}

    def batches(self, sql: str, rows: int = ROWS_PER_BATCH) -> Iterator[pa.RecordBatch]:
        """A large result as Arrow batches; one without rows if there are none, so that its columns are known."""
        with guarded():
            reader = self.connection.execute(sql).to_arrow_reader(rows)
            first = next(reader, pa.RecordBatch.from_pylist([], reader.schema))
            yield first
            yield from reader

    def write(self, sql: str, path: Path) -> Written:
        """A query's rows as one zstd Parquet file, renamed into place when complete."""
        partial = path.with_name(path.name + ".partial")
        with guarded(path):
            self.connection.execute(f"COPY ({sql}) TO '{_quoted(partial)}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {LEVEL})")
        return finish(partial, path)

    def close(self) -> None:
        self.connection.close()


@contextmanager
def passing_session() -> Iterator[Session]:
    """A session whose scratch folder is gone afterwards."""
    with TemporaryDirectory() as folder:
        session = Session(Path(folder))
        try:
            yield session
        finally:
            session.close()


def write_batches(batches: Iterator[pa.RecordBatch], schema: pa.Schema, path: Path) -> Written:
    """Arrow batches as one zstd Parquet file, renamed into place when complete."""
    partial = path.with_name(path.name + ".partial")
    with guarded(path), pq.ParquetWriter(partial, schema, compression="zstd", compression_level=LEVEL) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return finish(partial, path)


def finish(partial: Path, path: Path) -> Written:
    """Checksum a complete file and rename it into place."""
    with guarded(path):
        checksum = sha256(partial)
        os.replace(partial, path)
    return Written(path, pq.ParquetFile(path).metadata.num_rows, checksum)


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class guarded:
    """Turns engine and system errors into problems without the text of a record."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, duckdb.OutOfMemoryException):
            raise SojournError(problem("errors.out_of_memory")) from None
        if isinstance(error, (duckdb.IOException, OSError)):
            raise SojournError(problem("errors.cannot_write", self.path)) from None
        if isinstance(error, UNREADABLE) or type(error) is duckdb.Error:
            raise SojournError(problem("errors.unreadable_data", self.path)) from None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _setting(value: object) -> str:
    return str(value).lower() if isinstance(value, (bool, int)) else f"'{value}'"
