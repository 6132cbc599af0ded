"""Sorted crossings as events of the kernels; rows that are equal in every column are one."""

import numpy as np
import pyarrow as pa

from sojourn.tables.layouts import EVENT

LAST = 2**63 - 1
"""In place of a time or a number in sequence that is missing: after all others."""


def distinct(table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """EVENTs of the rows, each distinct row once, and the EVENTs of the others.

    table: sorted; person, day, code, and those of the columns that order a day or tell rows apart that the file has. A moment counts
    the changes of day, time and number in sequence from the first row on; `record` counts the distinct rows.
    """
    columns = {name: _filled(table.column(name)) for name in table.column_names}
    turns = _changes(columns, [name for name in columns if name not in ("code", "other")])
    new = turns | _changes(columns, [name for name in ("code", "other") if name in columns])
    events = np.zeros(table.num_rows, EVENT)
    for name in ("person", "day", "code"):
        events[name] = columns[name]
    events["received"], events["moment"] = columns["day"], np.cumsum(turns)
    events["record"] = np.cumsum(new) - 1
    return (events, events[:0]) if new.all() else (events[new], events[~new])


def _filled(column: pa.ChunkedArray) -> np.ndarray:
    return (column.fill_null(LAST) if column.null_count else column).to_numpy()


def _changes(columns: dict[str, np.ndarray], names: list[str]) -> np.ndarray:
    """For every row, whether it differs from the one before it in one of the columns; the first does."""
    found = np.zeros(len(columns["person"]), bool)
    found[:1] = True
    for name in names:
        found[1:] |= columns[name][1:] != columns[name][:-1]
    return found
