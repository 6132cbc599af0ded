"""The fast form of presence: sorted event batches in, spell and issue batches out."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from sojourn.concepts.codes import POLICIES
from sojourn.engine.histories import batch, fields, structured, whole_persons
from sojourn.stages.presence.kernel import spells_of
from sojourn.tables.layouts import EVENT


def spells(
    events: Iterable[pa.RecordBatch], begin: int, end: int, policy: str
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """Spells and issues of whole persons. begin, end: observed day numbers, half open; policy: one of POLICIES."""
    for table in whole_persons(events):
        found, noted = spells_of(structured(table, EVENT), begin, end, POLICIES.index(policy))
        yield batch(fields(found)), batch(fields(noted))
