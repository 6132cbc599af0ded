"""12 million generated crossings of 1.5 million persons, rule 365 of 487 days: statuses against the sort that feeds them.

The bar: the sort by person and date, drained as Arrow batches by the same engine with two threads. Ours: the same sort
through the door of histories, presence and residence decided, decisions drained. Writing is printed apart.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.measure import alternately, peak_mebibytes, say, seconds
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.engine.session import Session, write_batches
from sojourn.run.histories import decided as decisions
from sojourn.stages.count.cubes import day

PERSONS, EACH = 1_500_000, 8
BEGIN, END = date(2010, 1, 1), date(2018, 1, 1)
RULE = ResidenceRule.model_validate(
    {
        "id": "365-of-487",
        "concept": "resident population",
        "rule": {"first_decides": ["cumulative_presence"]},
        "values": {
            date(2001, 1, 1): {
                "cumulative_presence": {"arrive": "365 days within 487 days", "leave": "365 days within 487 days"},
                "reference": {"title": "Stats NZ, migrbc 2.0.9", "paragraph": "Tm, Tw"},
            }
        },
    }
)
GENERATE = f"""
CREATE TABLE crossings AS
SELECT person, CAST(i % 2 = 0 AS TINYINT) AS code, CAST({day(BEGIN)} + i * 330 + hash(person, i, 7) % 330 AS INTEGER) AS day,
       CAST({day(BEGIN)} + i * 330 + hash(person, i, 7) % 330 AS INTEGER) AS received, CAST(0 AS BIGINT) AS moment,
       CAST(0 AS SMALLINT) AS source, person * {EACH} + i AS record
FROM (SELECT CAST(p AS BIGINT) AS person, i FROM range({PERSONS}) r(p), range({EACH}) s(i)) ORDER BY hash(person, i, 1)"""
SORTED = "SELECT * FROM crossings ORDER BY person, day"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder), threads=2, memory="4GB")
        start = time.perf_counter()
        session.execute(GENERATE)
        say("generated, not sorted: crossings", PERSONS * EACH, "rows")
        say("generating (not part of the comparison)", time.perf_counter() - start, "s")
        say("compiling and first batch", seconds(lambda: warm(session)), "s")
        sort, ours = alternately(5, lambda: drain(session.batches(SORTED)), lambda: decided(session))
        say("the bar: ORDER BY person, day drained as Arrow, median of 5", sort, "s")
        say("sort, presence, residence, decisions drained, median of 5", ours, "s")
        say("ratio (at most 2)", ours / sort, "x")
        say("crossings decided per second", PERSONS * EACH / ours, "rows/s")
        say("peak memory before writing", peak_mebibytes(), "MiB")
        say("the same with statuses written as Parquet", seconds(lambda: write(session, Path(folder) / "statuses.parquet")), "s")
        say("peak memory", peak_mebibytes(), "MiB")
        sys.exit(0 if ours <= 2 * sort else 1)


def warm(session: Session) -> None:
    drain(made(session.batches("SELECT * FROM crossings WHERE person < 1000 ORDER BY person, day")))


def made(batches):
    """Status batches from sorted event batches, as a run makes them."""
    return (pair[0] for pair in decisions(batches, RULE, day(BEGIN), day(END), {}, workers=2))


def decided(session: Session) -> None:
    drain(made(session.batches(SORTED)))


def drain(batches) -> int:
    return sum(batch.num_rows for batch in batches)


def write(session: Session, path: Path) -> None:
    batches = made(session.batches(SORTED))
    first = next(batches)
    write_batches(iter([first, *batches]), first.schema, path)


if __name__ == "__main__":
    main()
