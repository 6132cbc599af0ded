"""The whole run on 3.1 million real admissions, report included, against reading and writing the same files.

The bar: DuckDB reads all columns of the two files and writes them as one zstd Parquet file. Ours: check, ingest,
validate, count, report and run folder, from nothing. Process start and imports are printed apart.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import alternately, peak_mebibytes, say, seconds
from sojourn import run
from sojourn.engine.session import Session

COUNTRY = Path(__file__).parents[1] / "countries" / "i94"
DATA = Path(os.environ.get("SOJOURN_DATA") or Path(__file__).parents[2] / "shared" / "data")


def main() -> None:
    files = sorted((DATA / "us_i94_april2016").glob("i94_apr2016_part*.parquet"))
    if not files:
        print("no data: set SOJOURN_DATA", file=sys.stderr)
        return
    os.environ["SOJOURN_DATA"] = str(DATA)
    start = seconds(lambda: subprocess.run([sys.executable, "-c", "import sojourn.cli, sojourn.run.execute"], check=True))
    say("process start and imports (apart)", start, "s")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        country = shutil.copytree(COUNTRY, place / "country", ignore=shutil.ignore_patterns("runs", ".sojourn"))
        bar, ours = alternately(5, lambda: copy(files, place), lambda: whole(country))
        say("the bar: read all columns, write one zstd Parquet, median of 5", bar, "s")
        say("the whole run, report included, median of 5", ours, "s")
        say("ratio (at most 4)", ours / bar, "x")
        say("peak memory (at most 2048)", peak_mebibytes(), "MiB")
    sys.exit(0 if ours <= 4 * bar and peak_mebibytes() < 2048 else 1)


def copy(files: list[Path], place: Path) -> None:
    session = Session(place / "scratch", threads=2)
    listed = ", ".join(f"'{file}'" for file in files)
    session.write(f"SELECT * FROM read_parquet([{listed}])", place / "copy.parquet")
    session.close()


def whole(country: Path) -> None:
    for name in ("runs", ".sojourn"):
        shutil.rmtree(country / name, ignore_errors=True)
    run(country)


if __name__ == "__main__":
    main()
