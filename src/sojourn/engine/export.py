"""A stream of Arrow batches as a file of its suffix, written in full before it takes its place."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from sojourn.engine.portable import literal
from sojourn.engine.session import guarded, passing_session
from sojourn.errors import SojournError

SUFFIXES = (".csv", ".parquet")


def partial(path: Path) -> Path:
    """Where a file stands until it is complete."""
    return path.with_name(path.name + ".partial")


def export(batches: Iterator[pa.RecordBatch], path: Path) -> None:
    """Write batches of one schema, in their order, to `partial(path)`. Raises SojournError where the file cannot be written."""
    first = next(batches)
    with guarded(path):
        (_parquet if path.suffix.lower() == ".parquet" else _text)(chain([first], batches), first.schema, partial(path))


def _parquet(batches: Iterator[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd", store_schema=False) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _text(batches: Iterator[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """Delimited text; a value is quoted only where it must be."""
    failed: list[SojournError] = []
    with passing_session() as session:
        session.connection.register("incoming", pa.RecordBatchReader.from_batches(schema, _noting(batches, failed)))
        try:
            session.connection.execute(f"COPY (SELECT * FROM incoming) TO {literal(path)} (FORMAT csv, HEADER true)")
        except duckdb.Error:
            if failed:
                raise failed[0] from None
            raise


def _noting(batches: Iterator[pa.RecordBatch], failed: list[SojournError]) -> Iterator[pa.RecordBatch]:
    """The batches; a problem in making them is kept, for the engine would tell it in words of its own."""
    try:
        yield from batches
    except SojournError as error:
        failed.append(error)
        raise
