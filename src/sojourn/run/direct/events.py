"""Sorted crossings as events of the kernels; rows that are equal in every column are one."""

import numpy as np
import pyarrow as pa

from sojourn.tables.layouts import EVENT

LAST = 2**63 - 1
"""In place of a time or a number in sequence that is missing: after all others."""


def distinct(table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """EVENTs of the rows, each distinct row once, and the EVENTs of the others.

    table: sorted; person, day, code, and those of the columns that order a day or tell rows apart that the file has. A moment counts
    the changes of the columns that order a day, from the first row on; `record` counts the distinct rows.
    """
    columns = {name: _filled(table.column(name)) for name in table.column_names}
    events = np.zeros(table.num_rows, EVENT)
    for name in ("person", "day", "code"):
        events[name] = columns[name]
    events["received"] = columns["day"]
    ordering = [columns.pop(name) for name in ("time", "sequence") if name in columns]
    moments = _changes(ordering) if ordering else np.zeros(table.num_rows, bool)
    if ordering:
        events["moment"] = np.cumsum(moments)
    new = moments | _changes(list(columns.values()))
    distinct_rows = events if new.all() else events[new]
    distinct_rows["record"] = np.arange(len(distinct_rows))
    return distinct_rows, events[:0] if new.all() else events[~new]


def _filled(column: pa.ChunkedArray) -> np.ndarray:
    return (column.fill_null(LAST) if column.null_count else column).to_numpy()


def _changes(columns: list[np.ndarray]) -> np.ndarray:
    """For every row, whether it differs from the one before it in one of the columns; the first does."""
    found = np.zeros(len(columns[0]), bool)
    found[:1] = True
    for values in columns:
        found[1:] |= values[1:] != values[:-1]
    return found
