"""Rows of the kernels as the columns of the two files."""

import numpy as np
import pyarrow as pa

from sojourn.concepts.codes import CHANGES, NEVER
from sojourn.engine.histories import nullable, words
from sojourn.run.direct.issues import REASONS, TREATMENTS

DIRECTIONS = ("departure", "arrival")
STATUSES = ("non_resident", "resident", "undetermined")
"""In the order of 0, 1 and UNKNOWN."""


def decision_batch(rows: np.ndarray, persons: pa.Array) -> pa.RecordBatch:
    """ROWs as the columns of the decisions."""
    columns = {
        "person": persons,
        "date": _date(rows["day"]),
        "direction": words(rows["inside"], DIRECTIONS),
        "status_before": words(rows["before"], STATUSES),
        "status_after": words(rows["after"], STATUSES),
        "change": words(rows["change"], CHANGES),
        "known_on": _date(rows["known"]),
        "days_in": pa.array(np.ascontiguousarray(rows["days_in"])),
        "days_observed": pa.array(np.ascontiguousarray(rows["days_observed"])),
    }
    return pa.RecordBatch.from_pydict(columns)


def issue_batch(rows: np.ndarray, persons: pa.Array) -> pa.RecordBatch:
    """ISSUEs as the columns of the issues."""
    columns = {
        "person": persons,
        "date": _date(rows["day"]),
        "direction": words(rows["inside"], DIRECTIONS),
        "reason": words(rows["reason"], REASONS),
        "treatment": words(rows["treatment"], TREATMENTS),
        "revealed_on": _date(rows["revealed"]),
    }
    return pa.RecordBatch.from_pydict(columns)


def _date(days: np.ndarray) -> pa.Array:
    """Days since 1970-01-01 as dates; NEVER as none."""
    return nullable(days, days == NEVER).cast(pa.date32())
