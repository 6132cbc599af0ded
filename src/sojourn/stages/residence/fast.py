"""The fast form of residence: sorted spell batches in, status batches out."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from sojourn.concepts.codes import CHANGES, CLOSED_BY, NEVER, OPENED_BY, REASONS, UNKNOWN
from sojourn.concepts.populations import STATUSES
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.engine.histories import days, structured, whole_persons, words
from sojourn.stages.residence.kernel import decisions_of
from sojourn.tables.layouts import SPELL


def statuses(spells: Iterable[pa.RecordBatch], rule: ResidenceRule, begin: int) -> Iterator[pa.RecordBatch]:
    """Statuses of whole persons. Grain: spell. `begin`: day number on which the observation begins."""
    for table in whole_persons(spells):
        rows = structured(table, SPELL)
        yield as_batch(rows, decisions_of(rows, rule, begin), rule.id)


def as_batch(spells: np.ndarray, decisions: np.ndarray, rule: str) -> pa.RecordBatch:
    """Spells and decisions as the columns of `statuses`; start, end, and the days of decisions as day numbers."""
    inside = spells["inside"] == 1
    columns = {
        "person": spells["person"],
        "ordinal": spells["ordinal"],
        "start": spells["start"],
        "end": spells["end"],
        "inside": inside,
        "status": words(status_codes(decisions["after"], inside), STATUSES),
        "before": known(decisions["before"]),
        "after": known(decisions["after"]),
        "opened_by": words(spells["opened"], OPENED_BY),
        "closed_by": words(spells["closed"], CLOSED_BY),
        "imputed": spells["imputed"] == 1,
        "rule": pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(spells), np.int8)), pa.array([rule])),
        "reason": words(decisions["reason"], REASONS),
        "decided_on": day_or_null(decisions["decided_on"]),
        "known_on": day_or_null(decisions["known_on"]),
        "change": words(decisions["change"], CHANGES),
        "change_known_on": day_or_null(decisions["change_known_on"]),
        "source": optional(spells["source"]),
        "record": optional(spells["record"]),
    }
    return pa.RecordBatch.from_pydict({name: pa.array(values) if isinstance(values, np.ndarray) else values for name, values in columns.items()})


def status_codes(after: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Positions in STATUSES: resident; temporary in the country; absent; undetermined."""
    return np.where(after == 1, 0, np.where(after == UNKNOWN, 3, np.where(inside, 1, 2))).astype(np.int8)


def known(values: np.ndarray) -> pa.Array:
    return pa.array(np.ascontiguousarray(values), mask=values == UNKNOWN)


def day_or_null(values: np.ndarray) -> pa.Array:
    return pa.array(np.ascontiguousarray(values), mask=(values == NEVER) | (values == -1))


def optional(values: np.ndarray) -> pa.Array:
    return pa.array(np.ascontiguousarray(values), mask=values < 0)
