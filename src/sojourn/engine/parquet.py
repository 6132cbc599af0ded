"""Parquet files: their relation, and what can be wrong with them."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sojourn.definitions.source import Source
from sojourn.engine.fitting import missing_columns, wrong_types, wrong_weights
from sojourn.engine.portable import literal
from sojourn.errors import Problem, problem


def scan(parts: Sequence[tuple[int, Sequence[Path]]]) -> str:
    """The files as one relation, columns with their own types.

    Each file has its own offset: numbering all rows in one window would run on one thread.
    """
    each, offset = [], 0
    for number, file in ((number, file) for number, files in parts for file in files):
        each.append(
            f"SELECT * EXCLUDE (file_row_number), {number} AS delivery, {offset} + file_row_number + 1 AS record "
            f"FROM read_parquet({literal(file)}, file_row_number = true)"
        )
        offset += pq.ParquetFile(file).metadata.num_rows
    return f"({' UNION ALL BY NAME '.join(each)})"


def header(file: Path) -> list[str]:
    return pq.ParquetFile(file).schema_arrow.names


def inspect(file: Path, source: Source) -> list[Problem]:
    """Every problem of one file."""
    try:
        footer = pq.ParquetFile(file)
    except (pa.ArrowInvalid, OSError):
        return [problem("files.not_parquet", file)]
    if footer.metadata.num_rows == 0:
        return [problem("files.no_records", file)]
    schema = footer.schema_arrow
    return wrong_types(file, source, schema) or missing_columns(source, file, schema.names) or _wrong_weights(file, source)


def _wrong_weights(file: Path, source: Source) -> list[Problem]:
    return wrong_weights(file, source, f"read_parquet({literal(file)})", "isfinite(CAST({0} AS DOUBLE)) AND {0} = round({0})", "isfinite(CAST({0} AS DOUBLE))")
