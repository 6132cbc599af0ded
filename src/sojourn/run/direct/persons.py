"""From the numbers of persons in the kernels back to the identifiers as they came in."""

from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sojourn.engine.session import Session

ARROW = {
    "TINYINT": pa.int8(), "SMALLINT": pa.int16(), "INTEGER": pa.int32(), "BIGINT": pa.int64(),
    "UTINYINT": pa.uint8(), "USMALLINT": pa.uint16(), "UINTEGER": pa.uint32(),
}  # fmt: skip


class Persons(Protocol):
    """Identifiers of persons whose numbers come in ascending batches."""

    def advance(self, numbers: pa.ChunkedArray) -> None:
        """Go on to the batch of these sorted numbers."""

    def of(self, numbers: np.ndarray) -> pa.Array:
        """The identifiers of numbers of the batch."""


class Numbers:
    """Persons that are numbers themselves. kind: the engine's type as which they came in."""

    def __init__(self, kind: str) -> None:
        self.kind = ARROW[kind]

    def advance(self, numbers: pa.ChunkedArray) -> None:
        return None

    def of(self, numbers: np.ndarray) -> pa.Array:
        return pa.array(np.ascontiguousarray(numbers)).cast(self.kind)


class Ranked:
    """Persons by their place in the table `persons`, read along from a passing file, so that few are held at a time."""

    def __init__(self, session: Session) -> None:
        written = session.write("SELECT person FROM persons ORDER BY rowid NULLS LAST", session.scratch / "persons.parquet")
        file = pq.ParquetFile(written.path)
        self.begin, self.batches = 0, file.iter_batches()
        self.held = pa.table({"person": pa.array([], file.schema_arrow.field("person").type)})

    def advance(self, numbers: pa.ChunkedArray) -> None:
        if not len(numbers):
            return
        first, last = numbers[0].as_py(), numbers[-1].as_py()
        while self.begin + self.held.num_rows <= last:
            self.held = pa.concat_tables([self.held, pa.Table.from_batches([next(self.batches)])])
        self.held, self.begin = self.held.slice(first - self.begin), first

    def of(self, numbers: np.ndarray) -> pa.Array:
        taken = self.held.column("person").take(pa.array(numbers - self.begin))
        return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken
