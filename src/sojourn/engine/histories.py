"""The one door through which sorted histories go to a compiled kernel and come back as Arrow batches.

Batches hold whole persons, so a kernel never sees half a life. The same door serves any engine that can hand over
Arrow batches sorted by person.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import pyarrow as pa

Item = TypeVar("Item")
Made = TypeVar("Made")

MISSING = -1
"""What a null integer becomes inside a kernel."""


def whole_persons(batches: Iterable[pa.RecordBatch], key: str = "person") -> Iterator[pa.Table]:
    """Tables cut at the last change of person; the rest is carried to the next. Input sorted by `key`.

    Of batches without rows comes one table without rows.
    """
    rest: pa.Table | None = None
    for batch in batches:
        table = pa.Table.from_batches([batch])
        table = table if rest is None else pa.concat_tables([rest, table])
        cut = _last_person_begins(table.column(key).to_numpy())
        rest = table.slice(cut)
        if cut:
            yield table.slice(0, cut)
    if rest is not None:
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


def nullable(values: np.ndarray, missing: np.ndarray) -> pa.Array:
    """Integers with nulls where `missing` is true. Buffers are handed over as they are."""
    values = np.ascontiguousarray(values)
    valid = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [valid, pa.py_buffer(values)])


def flags(values: np.ndarray) -> pa.Array:
    """Truth values."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(np.packbits(values, bitorder="little"))])


def words(codes: np.ndarray, names: tuple[str, ...]) -> pa.Array:
    """Small integers as the words they stand for."""
    return pa.DictionaryArray.from_arrays(pa.array(np.ascontiguousarray(codes)), pa.array(names))


def in_parallel(items: Iterable[Item], work: Callable[[Item], Made], workers: int) -> Iterator[Made]:
    """Results in the order of the items, a few at a time on threads. Kernels release the interpreter's lock."""
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Made]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
