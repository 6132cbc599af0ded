"""Decisions and issues into their two files; both take their places together, once both are whole."""

import os
from collections import Counter
from collections.abc import Iterator

import pyarrow as pa

from sojourn.engine.export import export, partial
from sojourn.engine.session import guarded
from sojourn.run.direct.asked import Asked
from sojourn.run.direct.decide import Batches


def write(ask: Asked, decided: Iterator[Batches], counted: Counter[str]) -> int:
    """Write both files. Returns the rows of the decisions; counts the issues by reason."""
    issues: list[pa.RecordBatch] = []
    rows = 0

    def decisions() -> Iterator[pa.RecordBatch]:
        nonlocal rows
        for made, found in decided:
            rows += made.num_rows
            issues.append(found)
            yield made

    files = (ask.out, ask.issues_file)
    try:
        export(decisions(), ask.out)
        export(iter(issues), ask.issues_file)
        with guarded(ask.out):
            for each in files:
                os.replace(partial(each), each)
    finally:
        for each in files:
            partial(each).unlink(missing_ok=True)
    for batch in issues:
        counted.update(batch.column("reason").to_pylist())
    return rows
