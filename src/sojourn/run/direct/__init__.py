"""`sojourn residence`: one file of crossings, one rule, one file of decisions. No country folder is needed.

The identifiers of persons are written back as they came in: this door opens inside the office alone.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sojourn.engine.session import passing_session
from sojourn.errors import SojournError
from sojourn.messages import say
from sojourn.run.direct.asked import asked
from sojourn.run.direct.decide import decide
from sojourn.run.direct.read import load, load_evidence
from sojourn.run.direct.write import write

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Decided:
    """What was written: rows of `out`, and issues by reason."""

    out: Path
    issues_file: Path
    rows: int
    issues: Mapping[str, int]


def residence(
    events: Path | str,
    rule: str,
    out: Path | str,
    *,
    initial: Path | str | None = None,
    data_start: date | str | None = None,
    data_end: date | str | None = None,
    as_of: date | str | None = None,
    missing: str = "reject",
    compatible: str | None = None,
    progress: Progress = lambda name, place, count: None,
) -> Decided:
    """Decide every crossing of a CSV or Parquet file with columns person, date, direction, and optionally time and sequence.

    rule: one line (`definitions/rules/text.py`). data_start, data_end: observed nights, half open; the earliest date and
    the day after the latest if not stated. Writes `out` (.csv or .parquet, one row per crossing) and `out`.issues.csv; both or neither.
    Raises SojournError with every problem of the options and of both files.
    """
    ask = asked(rule, out, events, initial, (data_start, data_end, as_of), missing, compatible)
    with passing_session() as session:
        progress(say("direct.reading"), 0, 1)
        loaded, problems = load(session, ask.events)
        evidence, more = load_evidence(session, ask.initial, loaded)
        found = [*ask.problems, *problems, *more]
        if found:
            raise SojournError(*found)
        counted: Counter[str] = Counter()
        rows = write(ask, decide(session, ask, loaded, evidence, progress), counted)
    return Decided(ask.out, ask.issues_file, rows, dict(sorted(counted.items())))
