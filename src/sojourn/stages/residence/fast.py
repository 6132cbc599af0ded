"""The fast form of residence: spells in, status batches out."""

import numpy as np
import pyarrow as pa

from sojourn.concepts.codes import CHANGES, CLOSED_BY, NEVER, OPENED_BY, REASONS, UNKNOWN
from sojourn.concepts.populations import STATUSES
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.engine.histories import flags, nullable, words
from sojourn.stages.residence.columns import split
from sojourn.stages.residence.kernel import decisions_of


def statuses_of(spells: np.ndarray, rule: ResidenceRule, begin: int) -> pa.RecordBatch:
    """Statuses of sorted spells of whole persons; start, end and the days of decisions as day numbers."""
    parts = split(spells, decisions_of(spells, rule, begin))
    person, record, ordinal, start, end, decided, known, change_known, source, small = parts
    inside, imputed, status, before, after, opened, closed, reason, change = small
    columns = {
        "person": pa.array(person),
        "ordinal": pa.array(ordinal),
        "start": pa.array(start),
        "end": pa.array(end),
        "inside": flags(inside),
        "status": words(status, STATUSES),
        "before": nullable(before, before == UNKNOWN),
        "after": nullable(after, after == UNKNOWN),
        "opened_by": words(opened, OPENED_BY),
        "closed_by": words(closed, CLOSED_BY),
        "imputed": flags(imputed),
        "rule": words(np.zeros(len(spells), np.int8), (rule.id,)),
        "reason": words(reason, REASONS),
        "decided_on": day_or_null(decided),
        "known_on": day_or_null(known),
        "change": words(change, CHANGES),
        "change_known_on": day_or_null(change_known),
        "source": nullable(source, source < 0),
        "record": nullable(record, record < 0),
    }
    return pa.RecordBatch.from_pydict(columns)


def day_or_null(values: np.ndarray) -> pa.Array:
    return nullable(values, (values == NEVER) | (values == -1))
