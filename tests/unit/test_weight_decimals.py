"""Weights with decimals: what a file may hold, and that whole numbers of their last decimal give the same estimates."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sojourn.definitions.source import Source
from sojourn.engine.read import inspect
from sojourn.stages.ingest import typed_records
from tests.unit.test_survey import FOREIGN, NATIVE, cells, changed, source

WEIGHTS = ("weight", "w1", "w2", "w3", "w4")


def trips(decimals=2, kind="csv") -> Source:
    return Source.model_validate({
        "id": "toy", "title": "Toy", "evidence": "visitor_survey", "unit": "trip", "owner": "Office", "files": ["toy"],
        "covers": {"from": "2024-01-01", "until": "2025-01-01"}, "format": {"type": kind}, "weight": "w", "weight_decimals": decimals,
        "columns": {"nights": "n"},
    })  # fmt: skip


def problems(path, decimals, kind="csv"):
    return [each.code for each in inspect(trips(decimals, kind), [(1, [path])], path.parent)]


@pytest.mark.parametrize(
    ("weight", "whole", "decimal"),
    [("12", [], []), ("1.25", ["files.weight_text"], []), ("7.4e-09", ["files.weight_text"], []), ("1.234.5", ["files.weight_text"], ["files.weight_no_number"])],
)
def test_weights_of_a_text_file(tmp_path, weight, whole, decimal):
    path = tmp_path / "toy.csv"
    path.write_text(f"n,w\n1,{weight}\n", encoding="utf-8")
    assert [problems(path, 0), problems(path, 2)] == [whole, decimal]


@pytest.mark.parametrize(("weight", "whole", "decimal"), [(1.25, ["files.weight_text"], []), (float("nan"), ["files.weight_text"], ["files.weight_no_number"])])
def test_weights_of_a_parquet_file(tmp_path, weight, whole, decimal):
    path = tmp_path / "toy.parquet"
    pq.write_table(pa.table({"n": [1], "w": [weight]}), path)
    assert [problems(path, 0, "parquet"), problems(path, 2, "parquet")] == [whole, decimal]


def test_weights_become_whole_numbers_of_the_last_decimal():
    session = duckdb.connect()
    # Half a unit of the last decimal is the most by which a weight is off.
    session.execute("CREATE TABLE raw_file AS SELECT * FROM (VALUES (1, 1, 3, '1.25'), (2, 1, 3, '1.254'), (3, 1, 3, '1.256')) AS t(record, delivery, n, w)")
    query = typed_records(trips(), {"n": "INTEGER", "w": "VARCHAR"}, "raw_file")
    assert [row[0] for row in session.execute(f"SELECT weight FROM ({query}) ORDER BY record").fetchall()] == [125, 125, 126]


def test_a_survey_in_tenths_gives_the_estimates_of_whole_weights():
    tenths = [changed(row, **{name: 10 * row[-5 + place] for place, name in enumerate(WEIGHTS)}) for row in (NATIVE, FOREIGN)]
    assert cells(tenths, of=source(weight_decimals=1)) == cells([NATIVE, FOREIGN])
