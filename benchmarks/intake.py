"""Ten million delimited records of 20 columns, eight to a person: read, mapped, validated and written, against the engine's own reading.

The bar: DuckDB reads the file into a table of the session, all columns as text, without checking or mapping anything.
Ours: every problem of the file looked for, 14 columns mapped, pseudonyms made, every fault listed, tables written and
audited, from nothing. SOJOURN_BENCHMARK_ROWS takes another number of records.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.measure import alternately, peak_mebibytes, say
from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.engine.session import chosen_memory
from sojourn.run.check import data_problems
from sojourn.run.graph import Graph

ROWS = int(os.environ.get("SOJOURN_BENCHMARK_ROWS", 10_000_000))
COUNTRY = 'id: many\nname: Many crossings\ncode: XDL\nperiod: "2021"\nresidence: residence\nsecret: drawn.key\n'
RULE = """id: residence
concept: resident population
rule: {first_decides: [cumulative_presence]}
values:
  2019-01-01:
    cumulative_presence: {arrive: 12 months within 16 months, leave: 12 months within 16 months}
    reference: {title: Drawn, paragraph: "1"}
"""
SOURCE = """id: crossings
title: Crossings
evidence: border_crossings
owner: Drawn
files: [crossings.csv]
covers: {from: 2019-01-01, until: 2024-01-01}
identifier: {column: passport, scheme: passport}
record: number
event: {column: direction, codes: {I: arrival, O: departure}}
date: {column: day, format: "%Y-%m-%d"}
time: hour
columns:
  sex: {column: gender, codes: {F: female, M: male}, missing: [U]}
  birth_date: born
  country_of_birth: birthplace
  citizenship: nationality
  admitted_until: permit
  residence: lives_in
  destination: going_to
  purpose: reason
  visa_class: class
  route: {column: mode, codes: {1: air, 2: sea, 3: land}}
"""
# A number for each row and place that has nothing to do with the row's neighbours, the same on every machine.
DRAW = "CAST(((i + {place}) * 2654435761 + {place} * 40503) % 4294967291 AS BIGINT)"
COLUMNS = {
    "number": "i",
    "passport": "'P' || lpad(CAST({0} % {persons} AS VARCHAR), 9, '0')",
    "direction": "CASE {0} % 2 WHEN 0 THEN 'I' ELSE 'O' END",
    "day": "CAST(DATE '2019-01-01' + CAST({0} % 1826 AS INTEGER) AS VARCHAR)",
    "hour": "lpad(CAST({0} % 24 AS VARCHAR), 2, '0') || ':30'",
    "gender": "substr('FMFMFMU', CAST({0} % 7 AS INTEGER) + 1, 1)",
    "born": "CAST(DATE '1940-01-01' + CAST({0} % 27000 AS INTEGER) AS VARCHAR)",
    "birthplace": "substr('XDLXFAXFBXFC', CAST({0} % 4 AS INTEGER) * 3 + 1, 3)",
    "nationality": "substr('XDLXFAXFBXFC', CAST({0} % 4 AS INTEGER) * 3 + 1, 3)",
    "permit": "CASE WHEN {0} % 3 = 0 THEN '' ELSE CAST(DATE '2020-01-01' + CAST({0} % 2000 AS INTEGER) AS VARCHAR) END",
    "lives_in": "substr('XDLXFAXFBXFC', CAST({0} % 4 AS INTEGER) * 3 + 1, 3)",
    "going_to": "substr('XDLXFAXFBXFC', CAST({0} % 4 AS INTEGER) * 3 + 1, 3)",
    "reason": "CASE {0} % 5 WHEN 0 THEN 'work' WHEN 1 THEN 'study' WHEN 2 THEN 'family' ELSE 'tourism' END",
    "class": "'V' || CAST({0} % 30 AS VARCHAR)",
    "mode": "1 + {0} % 3",
    "post": "'Border post ' || CAST({0} % 90 AS VARCHAR)",
    "carrier": "'C' || CAST({0} % 400 AS VARCHAR)",
    "flight": "'F' || CAST({0} % 9000 AS VARCHAR)",
    "occupation": "CAST({0} % 10 AS VARCHAR)",
    "remark": "CASE WHEN {0} % 50 = 0 THEN 'seen, \"again\"' ELSE '' END",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        country = Path(folder) / "country"
        draw(country)
        file = country / "crossings.csv"
        say(f"{ROWS} records of {len(COLUMNS)} columns", file.stat().st_size / 2**20, "MiB")
        bar, ours = alternately(3, lambda: read(file), lambda: take_in(country))
        say("the bar: DuckDB reads the file, median of 3", bar, "s")
        say("checked, mapped, validated, written, median of 3", ours, "s")
        say("ratio (at most 3)", ours / bar, "x")
        say("peak memory (at most 4096)", peak_mebibytes(), "MiB")
    sys.exit(0 if ours <= 3 * bar and peak_mebibytes() < 4096 else 1)


def draw(country: Path) -> None:
    """The country folder with its file of crossings."""
    for name in ("sources", "definitions"):
        (country / name).mkdir(parents=True)
    (country / "country.yaml").write_text(COUNTRY, encoding="utf-8")
    (country / "definitions" / "residence.yaml").write_text(RULE, encoding="utf-8")
    (country / "sources" / "crossings.yaml").write_text(SOURCE, encoding="utf-8")
    (country / "drawn.key").write_text("drawn-for-a-benchmark-0123456789abcdef\n", encoding="utf-8")
    each = ", ".join(f"{form.format(DRAW.format(place=place), persons=ROWS // 8)} AS {name}" for place, (name, form) in enumerate(COLUMNS.items(), 1))
    duckdb.execute(f"COPY (SELECT {each} FROM range({ROWS}) AS r(i)) TO '{country / 'crossings.csv'}' (HEADER)")


def read(file: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{chosen_memory()}'; SET temp_directory = '{file.parent / 'spill'}'")
        connection.execute(f"CREATE TABLE t AS SELECT * FROM read_csv('{file}', all_varchar = true)")


def take_in(country: Path) -> None:
    shutil.rmtree(country / ".sojourn", ignore_errors=True)
    found = load_country(country)
    if data_problems(found):
        raise SystemExit("the drawn country has problems")
    with Graph(found, parse_period("2021")) as graph:
        graph.run(until="validate")


if __name__ == "__main__":
    main()
