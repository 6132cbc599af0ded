"""Every query of every stage keeps to the portable subset and can be said in Spark's dialect."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot

from sojourn.definitions.country import Country
from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.engine.portable import DOOR_FUNCTIONS, FORBIDDEN_FUNCTIONS, lint
from sojourn.run.plan import plan
from sojourn.stages import ingest, residence

COUNTRIES = Path(__file__).resolve().parent.parent.parent / "countries"
NAMES = ("lives", "acs", "basel", "egatur", "greenland", "i94", "nz_outcomes", "valencia")
NO_ARGUMENTS = ("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp")
GENERATION = 2


def loaded(name: str) -> Country:
    return load_country(COUNTRIES / name)


def of_steps(country: Country) -> Iterator[tuple[str, str]]:
    """Tables and views of the run, by name, and the queries on which the kernels' steps work."""
    for step in plan(country, parse_period(country.file.period), ""):
        yield from step.queries.items()
        yield from step.views.items()
    for generation in (0, GENERATION):
        yield f"events_of_generation_{generation}", residence.events_of_generation(generation)
    yield "mothers", residence.mothers(GENERATION)


def of_the_door(country: Country) -> Iterator[tuple[str, str]]:
    """The queries that read the office's files, once with columns of text and once with typed ones."""
    sources = list(country.sources.values())
    for source in sources:
        for kind in ("VARCHAR", "BIGINT", "DOUBLE"):
            kinds = AnyColumn(kind)
            yield f"typed_{source.id}_{kind}", ingest.typed_records(source, kinds, "raw_file")
            yield f"issues_{source.id}_{kind}", ingest.issues(source, kinds, "raw_file")
    keyed = [source for source in sources if source.is_keyed]
    for source in keyed:
        yield f"records_{source.id}", ingest.records(source)
    yield "unit_keys", ingest.unit_keys(keyed)
    yield "numbered", ingest.numbered_units()


class AnyColumn(dict):
    """Columns of one type, whatever their names."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __missing__(self, column: str) -> str:
        return self.kind


def to_spark(sql: str) -> str:
    """The query in Spark's dialect. Raises sqlglot's UnsupportedError for what cannot be said there."""
    return sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


@pytest.mark.parametrize("name", NAMES)
def test_queries_of_the_stages(name: str) -> None:
    queries = list(of_steps(loaded(name)))
    assert {table: found for table, sql in queries if (found := lint(sql))} == {}
    assert all(to_spark(sql) for _, sql in queries)


@pytest.mark.parametrize("name", NAMES)
def test_queries_of_the_door(name: str) -> None:
    queries = list(of_the_door(loaded(name)))
    assert {table: found for table, sql in queries if (found := lint(sql, at_the_door=True))} == {}
    assert all(to_spark(sql) for _, sql in queries)


WRONG = {
    "join:asof": "SELECT * FROM a ASOF JOIN b ON a.x = b.x AND a.t >= b.t",
    "date_diff:month": "SELECT date_diff('month', a, b) FROM t",
    "order:nulls": "SELECT a FROM t ORDER BY a",
    "regexp_replace:first": "SELECT regexp_replace(a, 'x', 'y') FROM t",
    "divide:zero": "SELECT a / b FROM t",
    "list:index": "SELECT totals[place + 1] FROM t",
}
RIGHT = (
    "SELECT date_diff('day', a, b) FROM t",
    "SELECT a FROM t ORDER BY a DESC NULLS LAST",
    "SELECT row_number() OVER (PARTITION BY a ORDER BY b NULLS FIRST) FROM t",
    "SELECT regexp_replace(a, 'x', 'y', 'g') FROM t",
    "SELECT a / nullif(b, 0), a / 12, a / CAST(80 AS DOUBLE) FROM t",
    "SELECT totals[1] FROM t",
)


@pytest.mark.parametrize("finding", WRONG)
def test_each_rule_refuses_a_wrong_example(finding: str) -> None:
    assert lint(WRONG[finding]) == [finding]


@pytest.mark.parametrize("unit", ["quarter", "year", "week", "hour"])
def test_dates_are_subtracted_into_days_alone(unit: str) -> None:
    assert lint(f"SELECT date_diff('{unit}', a, b) FROM t") == ["date_diff:month"]


@pytest.mark.parametrize("divisor", ["0", "b", "(b + 1)", "CAST(b AS DOUBLE)", "0.0"])
def test_a_divisor_that_may_be_zero(divisor: str) -> None:
    assert lint(f"SELECT a / {divisor} FROM t") == ["divide:zero"]


def test_one_ordering_of_two_without_a_place_for_nulls() -> None:
    assert lint("SELECT lag(a) OVER (ORDER BY b) FROM t ORDER BY a NULLS LAST") == ["order:nulls"]


@pytest.mark.parametrize("function", sorted(FORBIDDEN_FUNCTIONS | DOOR_FUNCTIONS))
def test_each_function_is_refused(function: str) -> None:
    said = function if function in NO_ARGUMENTS else f"{function}(a)" if function not in ("random", "rand") else f"{function}()"
    assert any(each.startswith("function:") for each in lint(f"SELECT {said} FROM t"))


@pytest.mark.parametrize("function", sorted(DOOR_FUNCTIONS))
def test_functions_of_the_door_are_refused_only_behind_it(function: str) -> None:
    assert lint(f"SELECT {function}(a) FROM t", at_the_door=True) == []


@pytest.mark.parametrize("sql", RIGHT)
def test_right_examples_pass(sql: str) -> None:
    assert lint(sql) == []
