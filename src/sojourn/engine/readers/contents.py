"""What every reader returns, whatever the file was written by."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

import pyarrow as pa

from sojourn.errors import SojournError, problem

ROWS = 1 << 16
"""Rows of a batch: some dozens of megabytes for a wide survey."""
LISTED = 20
"""Problems of one kind that are named one by one; of the others the number is said."""


@dataclass(frozen=True)
class Content:
    """What a file or a table of a database holds, before anything is mapped.

    columns: names, in the order of the file. batches: the rows in order, at least one batch; it can be called again.
    Values are string, int64, float64, date32 or timestamp[us]; whole numbers are never floats.
    labels: column to code (as text, the way it stands in the data) to value label. missing: column to the codes that
    the file itself declares to be missing. titles: column to its label. lines: record number (from 1) to the line or
    row of the file; None where a record has none. hidden: rows that a person who opens the file does not see.
    """

    columns: tuple[str, ...]
    batches: Callable[[], Iterator[pa.RecordBatch]]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    lines: Callable[[int], int | None] | None = None
    hidden: int = 0


def library(name: str, extra: str) -> ModuleType:
    """A library that an office may leave out. Raises SojournError that names the extra with which it comes."""
    try:
        return import_module(name)
    except ImportError:
        raise SojournError(problem("readers.missing_extra", library=name.partition(".")[0], extra=extra)) from None
