"""The one door through which sorted histories go to a compiled kernel and come back as Arrow batches.

Batches hold whole persons, so a kernel never sees half a life. The same door serves any engine that can hand over
Arrow batches sorted by person.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

MISSING = -1
"""What a null integer becomes inside a kernel."""


def whole_persons(batches: Iterable[pa.RecordBatch], key: str = "person") -> Iterator[pa.Table]:
    """Tables cut at the last change of person; the rest is carried to the next. Input sorted by `key`."""
    rest: pa.Table | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch])
        table = table if rest is None else pa.concat_tables([rest, table])
        cut = _last_person_begins(table.column(key).to_numpy())
        rest = table.slice(cut)
        if cut:
            yield table.slice(0, cut)
    if rest is not None and rest.num_rows:
        yield rest


def _last_person_begins(persons: np.ndarray) -> int:
    """The row at which the last person begins."""
    return int(np.searchsorted(persons, persons[-1], side="left")) if len(persons) else 0


def structured(table: pa.Table, kind: np.dtype) -> np.ndarray:
    """A table as a structured array with the fields of `kind`; nulls become MISSING."""
    rows = np.empty(table.num_rows, kind)
    for name in kind.names:
        column = table.column(name)
        column = column.fill_null(MISSING) if column.null_count else column
        rows[name] = column.to_numpy()
    return rows


def batch(columns: dict[str, np.ndarray]) -> pa.RecordBatch:
    """Arrays of one length as an Arrow batch."""
    return pa.RecordBatch.from_pydict({name: pa.array(np.ascontiguousarray(values)) for name, values in columns.items()})


def fields(rows: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of a structured array."""
    return {name: rows[name] for name in rows.dtype.names}


def days(values: np.ndarray, never: int) -> pa.Array:
    """Day numbers as dates; `never` and MISSING become null."""
    return pa.array(values.astype("datetime64[D]"), mask=(values == never) | (values == MISSING))


def words(codes: np.ndarray, names: tuple[str, ...]) -> pa.Array:
    """Small integers as the words they stand for."""
    index = pa.array(codes.astype(np.int8), mask=(codes < 0) | (codes >= len(names)))
    return pa.DictionaryArray.from_arrays(index, pa.array(names)).cast(pa.string())
