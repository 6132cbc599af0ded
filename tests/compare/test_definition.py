"""Definitions of published tables: how numbers are written, and what is refused with its line."""

import pytest
from ruamel.yaml import YAML

from sojourn.definitions.external_status import ExternalStatuses
from sojourn.definitions.published import PublishedTable, Signs
from sojourn.definitions.yaml import load
from sojourn.engine.portable import lint
from sojourn.errors import SojournError
from sojourn.stages.ingest import external as door
from tests.docs.pages import pages
from tests.portable.test_queries import AnyColumn, to_spark

HEAD = """id: census
title: Census
reference: {title: Census report, published_on: 2017-12-01}
file: published/census.csv
"""
CELL = "indicator: RP\nmeasure: stock\nperiod: 2016-01-01\n"
EXACT = "tolerance: {absolute: 0}\n"


@pytest.mark.parametrize(
    ("decimal", "thousands", "text", "number"),
    [
        (".", "", "1234.5", 1234.5),
        (".", "", "-3", -3),
        (".", "", "\N{MINUS SIGN}3", -3),
        (".", ",", "1,234,567.5", 1_234_567.5),
        (",", " ", "1 234,5", 1234.5),
        (",", " ", "1\N{NARROW NO-BREAK SPACE}234,5", 1234.5),
        (",", ".", "1.234,5", 1234.5),
        (".", "'", "1'234", 1234),
        (",", ".", "12,5", 12.5),
        (".", "", "1,234", None),
        (".", "", "1 234", None),
        (",", ".", "12.5", None),
        (",", "", "12.5", None),
        (".", ",", "1,23", None),
        (".", ",", "1234,567", None),
        (".", "", "..", None),
        (".", "", "1e3", None),
        (".", "", "", None),
        (".", "", "nan", None),
    ],
)
def test_numbers_are_read_by_the_signs_stated_and_no_others(decimal, thousands, text, number):
    assert Signs(decimal=decimal, thousands=thousands).number(text) == number


def problems(text, tmp_path, model):
    path = tmp_path / "definition.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load(path).build(model)
    except SojournError as error:
        return [each.code for each in error.problems]
    return []


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        (CELL + EXACT + "value: n\n", []),
        (CELL + EXACT, ["compare.long_or_wide"]),
        (CELL + EXACT + "value: n\nvalues: {a: {category: x}}\n", ["compare.long_or_wide"]),
        (CELL + EXACT + "values: {a: {category: x}}\nstandard_error: e\n", ["compare.long_or_wide"]),
        (CELL + "value: n\n", ["definitions.missing"]),
        ("indicator: RP\nmeasure: stock\nvalue: n\n" + EXACT, ["compare.nameless"]),
        ("values: {a: {indicator: RP, measure: stock, period: 2016-01-01}}\n" + EXACT, []),
        ("values: {a: {indicator: RP, measure: stock}}\n" + EXACT, ["compare.nameless"]),
        (CELL + EXACT + "value: n\nnumbers: {decimal: '.', thousands: '.'}\n", ["compare.same_signs"]),
        (CELL + EXACT + "value: n\nformat: {type: odbc, connection: C, table: t}\n", ["compare.no_database"]),
        (CELL + EXACT + "value: n\ncategory: x\nbreakdowns: {sex: {column: sex, total: T}}\n", ["compare.two_breakdowns"]),
        ("indicator: RP\nmeasure: stock\nperiod: {year: y, column: p}\nvalue: n\n" + EXACT, ["compare.period_origin"]),
        ("indicator: RP\nmeasure: stock\nperiod: {column: p, month: m}\nvalue: n\n" + EXACT, ["compare.period_origin"]),
        (CELL + EXACT + "value: n\nvaleu: m\n", ["definitions.extra_forbidden"]),
    ],
)
def test_a_table_says_where_everything_comes_from_or_is_refused(rest, codes, tmp_path):
    assert problems(HEAD + rest, tmp_path, PublishedTable) == codes


OTHER = """id: other
kind: external statuses
title: Other
files: [data/other.csv]
identifier: {column: key, scheme: person}
date: {value: 2016-01-01}
"""


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        ("status: {column: s, codes: {R: resident}}\n", []),
        ("status: s\n", ["compare.status_codes"]),
        ("status: {column: s, codes: {R: citizen}}\n", ["compare.status_codes"]),
        ("status: {value: resident}\n", ["compare.status_codes"]),
        ("status: {column: s, codes: {R: resident}}\nreason: {column: r, codes: {file: a.csv, from: a, to: b}}\n", ["compare.reason_codes"]),
        ("status: {column: s, codes: {R: resident}}\nformat: {type: odbc, connection: C, table: t}\n", ["compare.no_database"]),
    ],
)
def test_statuses_of_another_system_have_words_of_ours(rest, codes, tmp_path):
    assert problems(OTHER + rest, tmp_path, ExternalStatuses) == codes


@pytest.mark.parametrize(
    ("page", "model", "count"), [("compare-with-published", PublishedTable, 3), ("run-two-systems", ExternalStatuses, 1)]
)
def test_the_definitions_of_the_pages_are_read(page, model, count, tmp_path):
    blocks = {each.name: each for each in pages()}[f"docs/how-to/{page}.md"].blocks("yaml")
    assert [problems(each, tmp_path, model) for each in blocks] == [[]] * count


@pytest.mark.parametrize("kind", ["VARCHAR", "BIGINT"])
def test_queries_of_the_second_door_are_portable(kind):
    external = ExternalStatuses.model_validate(YAML(typ="safe").load(OTHER + "status: {column: s, codes: {R: resident}}\n"))
    queries = [door.typed_statuses(external, AnyColumn(kind), "raw_file"), door.external_units([external]), door.placed(external)]
    queries += [door.accepted(external), door.issues(external)]
    assert [found for each in queries if (found := lint(each, at_the_door=True))] == []
    assert all(to_spark(each) for each in queries)
