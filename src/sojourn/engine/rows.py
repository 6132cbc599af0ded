"""The rows of a small file, whatever its format, each with its line: for tables that people write, not for records."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sojourn.definitions.delivery import Format
from sojourn.engine import delimited, encodings
from sojourn.engine.readers import content

Row = tuple[int | None, dict[str, object]]


def rows(form: Format, path: Path, name: str, folder: Path) -> Iterator[Row]:
    """(line or row of the file, column to value). Values of delimited text are text; rows without any value are left out.

    `name`: of what the file belongs to, for messages. `folder`: the country's. Raises SojournError for a file that
    cannot be read; `engine.read.inspect` finds what is wrong with it before.
    """
    each = _of_text(form, path) if form.type == "csv" else _of_batches(form, path, name, folder)
    return ((line, row) for line, row in each if any(value not in (None, "") for value in row.values()))


def _of_text(form: Format, path: Path) -> Iterator[Row]:
    form = delimited.resolved(path, form)
    with encodings.opened(path, form.text_encoding) as lines:
        reader = csv.reader(lines, delimiter=form.delimiter)
        names = [each.strip() for each in next(reader, [])]
        before = reader.line_num
        for values in reader:
            yield before + 1, dict(zip(names, values, strict=False))
            before = reader.line_num


def _of_batches(form: Format, path: Path, name: str, folder: Path) -> Iterator[Row]:
    """A missing value of the file's own is None, and a code that the file declares to be missing too."""
    if form.type == "parquet":
        yield from _numbered(pq.ParquetFile(path).iter_batches(), lambda record: None, {})
        return
    found = content(form, path, name, folder)
    yield from _numbered(found.batches(), found.lines or (lambda record: None), found.missing)


def _numbered(batches: Iterator[pa.RecordBatch], line, missing) -> Iterator[Row]:
    record = 0
    for batch in batches:
        for row in batch.to_pylist():
            record += 1
            yield line(record), {name: None if str(value) in missing.get(name, ()) else value for name, value in row.items()}
