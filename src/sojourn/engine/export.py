"""A stream of Arrow batches as a file of its suffix, written in full before it takes its place."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa

from sojourn.engine.portable import literal
from sojourn.engine.session import guarded, passing_session

OPTIONS = {".csv": "FORMAT csv, HEADER true", ".parquet": "FORMAT parquet, COMPRESSION zstd"}
"""Suffix to how the engine writes it. Text is quoted only where it must be."""


def partial(path: Path) -> Path:
    """Where a file stands until it is complete."""
    return path.with_name(path.name + ".partial")


def export(batches: Iterator[pa.RecordBatch], path: Path) -> None:
    """Write batches of one schema, in their order, to `partial(path)`. Raises SojournError where the file cannot be written."""
    first = next(batches)
    stream = pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))
    with passing_session() as session, guarded(path):
        session.connection.register("incoming", stream)
        session.connection.execute(f"COPY (SELECT * FROM incoming) TO {literal(partial(path))} ({OPTIONS[path.suffix.lower()]})")
