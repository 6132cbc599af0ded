"""12 million generated crossings of 1.5 million persons in one file, rule 365 of 487 days, through `sojourn residence`.

The bar: the same rows sorted by person and date, drained as Arrow batches by the same engine. Ours: the file read and checked, sorted,
decided, and the decisions written; persons as whole numbers and as text, Parquet and CSV.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.crossings import EACH, GENERATE, PERSONS, SORTED, drain
from benchmarks.measure import peak_mebibytes, say, seconds
from sojourn.engine.session import Session
from sojourn.run.direct import residence

RULE = "365 days within 487 days"
DAYS = "DATE '1970-01-01' + day AS date, CASE code WHEN 1 THEN 'arrival' ELSE 'departure' END AS direction"
FILES = {
    "whole.parquet": f"SELECT person, {DAYS} FROM crossings",
    "text.parquet": f"SELECT 'P' || person AS person, {DAYS} FROM crossings",
    "text.csv": f"SELECT 'P' || person AS person, {DAYS} FROM crossings",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = Session(folder / "scratch", threads=2, memory="4GB")
        session.execute(GENERATE)
        sort = min(seconds(lambda: drain(session.batches(SORTED))) for _ in range(3))
        say("the bar: ORDER BY person, day drained as Arrow, best of 3", sort, "s")
        for file, query in FILES.items():
            session.execute(f"COPY ({query}) TO '{folder / file}'")
        session.close()
        decided = [measured(folder / file, sort) for file in FILES]
        say("peak memory", peak_mebibytes(), "MiB")
        sys.exit(0 if decided[0] <= 3 * sort else 1)


def measured(file: Path, sort: float) -> float:
    """Best of two runs from file to file."""
    run: Callable[[], object] = lambda: residence(file, RULE, file.with_name(f"out{file.suffix}"), data_start=date(2009, 1, 1))  # noqa: E731
    taken = min(seconds(run) for _ in range(2))
    say(f"{file.name}: read, checked, sorted, decided, written", taken, "s")
    say(f"{file.name}: against the sort", taken / sort, "x")
    say(f"{file.name}: crossings per second", PERSONS * EACH / taken, "rows/s")
    return taken


if __name__ == "__main__":
    main()
