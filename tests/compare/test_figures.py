"""Rows of published tables as figures of cells."""

import pytest

from sojourn.definitions.published import PublishedTable
from sojourn.stages.compare.figures import KEY, figures

BASE = {
    "id": "t", "title": "T", "reference": {"title": "R", "published_on": "2017-01-01"}, "file": "t.csv", "indicator": "RP",
    "measure": "stock", "period": "2016-01-01", "tolerance": {"absolute": 0},
}  # fmt: skip


def read(rows, codes=None, **changed):
    table = PublishedTable.model_validate(BASE | changed)
    return figures(table, codes or {}, enumerate(rows, 2))


def cells(rows, codes=None, **changed):
    found, problems = read(rows, codes, **changed)
    assert problems == []
    return {tuple(each[name] for name in KEY if each[name]): each["value"] for each in found}


def wrong(rows, codes=None, **changed):
    return [(each.code, each.line) for each in read(rows, codes, **changed)[1]]


def test_a_wide_table_has_a_cell_in_every_column():
    values = {"All": {}, "Men": {"breakdown": "sex", "category": "male"}, "2017": {"period": "2017-01-01"}}
    assert cells([{"All": "13", "Men": "6", "2017": "15"}], values=values) == {
        ("RP", "stock", "2016-01-01", "total", "total"): 13,
        ("RP", "stock", "2016-01-01", "sex", "male"): 6,
        ("RP", "stock", "2017-01-01", "total", "total"): 15,
    }


def test_dimensions_whose_code_is_not_the_total_name_the_breakdown():
    dimensions = {"sex": {"column": "SEX", "total": "T"}, "age_group": {"column": "AGE", "total": "TOTAL"}}
    rows = [
        {"SEX": "T", "AGE": "TOTAL", "n": 5},
        {"SEX": "F", "AGE": "TOTAL", "n": 3},
        {"SEX": "T", "AGE": "0-4", "n": 2},
        {"SEX": "F", "AGE": "0-4", "n": 1},
    ]
    found = cells(rows, {"sex": {"F": "female"}}, value="n", breakdowns=dimensions)
    assert {key[3:]: value for key, value in found.items()} == {
        ("total", "total"): 5,
        ("sex", "female"): 3,
        ("age_group", "0-4"): 2,
        ("sex x age_group", "female|0-4"): 1,
    }


@pytest.mark.parametrize(
    ("period", "row", "said"),
    [
        ({"column": "p"}, {"p": "2016-04"}, "2016-04"),
        ({"column": "p"}, {"p": "2016-01..2016-06"}, "2016-01..2016-06"),
        ({"year": "y"}, {"y": 2016.0}, "2016"),
        ({"year": "y", "month": "m"}, {"y": "2016", "m": "4"}, "2016-04"),
        ({"year": "y", "moment": "01-01"}, {"y": "2016"}, "2016-01-01"),
    ],
)
def test_periods(period, row, said):
    ((key, _),) = cells([row | {"n": "1"}], value="n", period=period).items()
    assert key[2] == said


def test_thousands_missing_figures_and_errors():
    rows = [{"c": "a", "n": "1,2", "e": "0,1"}, {"c": "b", "n": "..", "e": ""}]
    shape = {"category": {"column": "c"}, "breakdown": "region", "value": "n", "standard_error": "e", "missing": ["..", ""]}
    found, problems = read(rows, **shape, factor=1000, numbers={"decimal": ","})
    assert problems == []
    assert [(each["value"], each["standard_error"]) for each in found] == [(1200, 100), (None, None)]


def test_everything_wrong_is_said_with_its_line():
    rows = [{"c": "a", "p": "2016", "n": "1"}, {"c": "z", "p": "2016", "n": "1"}, {"c": "a", "p": "next year", "n": "1"}]
    rows += [{"c": "a", "p": "2017", "n": "1 234"}, {"c": "b", "p": "2016", "n": "1"}]
    shape = {"category": {"column": "c", "codes": {"a": "A", "b": "A"}}, "period": {"column": "p"}, "value": "n", "breakdown": "region"}
    assert wrong(rows, {"category": {"a": "A", "b": "A"}}, **shape) == [
        ("compare.unknown_code", 3),
        ("compare.no_period", 4),
        ("compare.no_number", 5),
        ("compare.double_cell", 6),
    ]


def test_indicators_and_vintages_are_known_words():
    assert wrong([{"n": "1"}], value="n", indicator="MI 9.9") == [("compare.unknown_indicator", 2)]
    assert wrong([{"n": "1"}], value="n", status="half") == [("compare.unknown_vintage", 2)]


def test_a_date_is_no_figure():
    from datetime import date

    assert wrong([{"n": date(2016, 1, 1)}], value="n") == [("compare.no_number", 2)]
