"""12 million generated crossings of 1.5 million persons in one file, rule 365 of 487 days, through `sojourn residence`.

The bar: the crossings as read, sorted by person and date and drained as Arrow batches by the same engine. Ours: the same sort and every
crossing decided, drained; at most three times the bar. Then from file to file: read, checked, sorted, decided, written; persons as whole
numbers and as text, Parquet and CSV.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.crossings import EACH, GENERATE, PERSONS, drain
from benchmarks.measure import alternately, peak_mebibytes, say, seconds
from sojourn.engine.session import Session, passing_session
from sojourn.run.direct import residence
from sojourn.run.direct.asked import asked
from sojourn.run.direct.decide import decide
from sojourn.run.direct.read import load, load_evidence

RULE = "365 days within 487 days"
BEGIN = date(2009, 1, 1)
DAYS = "DATE '1970-01-01' + day AS date, CASE code WHEN 1 THEN 'arrival' ELSE 'departure' END AS direction"
FILES = {
    "whole.parquet": f"SELECT person, {DAYS} FROM crossings",
    "text.parquet": f"SELECT 'P' || person AS person, {DAYS} FROM crossings",
    "text.csv": f"SELECT 'P' || person AS person, {DAYS} FROM crossings",
}
SORTED = "SELECT * FROM crossings ORDER BY person, day"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder)
        ratio = drained(folder / "whole.parquet")
        for file in FILES:
            from_file_to_file(folder / file)
        say("peak memory", peak_mebibytes(), "MiB")
        sys.exit(0 if ratio <= 3 else 1)


def generate(folder: Path) -> None:
    session = Session(folder / "scratch", threads=2, memory="4GB")
    session.execute(GENERATE)
    for file, query in FILES.items():
        session.execute(f"COPY ({query}) TO '{folder / file}'")
    session.close()


def drained(file: Path) -> float:
    """Sort and decisions against the sort alone."""
    ask = asked(RULE, file.with_name("out.parquet"), file, None, (BEGIN, None, None), "reject", None)
    with passing_session() as session:
        loaded, _ = load(session, file)
        evidence, _ = load_evidence(session, None, loaded)
        made = lambda: drain(each for each, _ in decide(session, ask, loaded, evidence, lambda *_: None))  # noqa: E731
        sort, ours = alternately(3, lambda: drain(session.batches(SORTED)), made)
    say("the bar: ORDER BY person, day drained as Arrow, median of 3", sort, "s")
    say("sorted and decided, drained, median of 3", ours, "s")
    say("ratio (at most 3)", ours / sort, "x")
    say("crossings decided per second", PERSONS * EACH / ours, "rows/s")
    return ours / sort


def from_file_to_file(file: Path) -> None:
    """Best of two runs."""
    out = file.with_name(f"out{file.suffix}")
    taken = min(seconds(lambda: residence(file, RULE, out, data_start=BEGIN)) for _ in range(2))
    say(f"{file.name}: read, checked, sorted, decided, written", taken, "s")
    say(f"{file.name}: crossings per second", PERSONS * EACH / taken, "rows/s")


if __name__ == "__main__":
    main()
