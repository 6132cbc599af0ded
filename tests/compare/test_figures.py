"""Rows of published tables as figures of cells."""

import pytest

from sojourn.definitions.published import PublishedTable
from sojourn.engine.rows import rows
from sojourn.stages.compare.figures import KEY, chosen, figures

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


NEW_ZEALAND = {
    "id": "nz",
    "title": "Outcomes-based migration by month, sex and age",
    "reference": {"title": "Stats NZ, International migration, September 2021", "published_on": "2021-11-12"},
    "file": "nz.parquet",
    "format": {"type": "parquet"},
    "period": {"column": "year_month"},
    "indicator": {"column": "direction", "codes": {"Arrivals": "MI 1.3", "Departures": "MI 1.4"}},
    "measure": "events",
    "breakdowns": {"sex": {"column": "sex", "total": "TOTAL"}, "age_group": {"column": "age", "total": "TOTAL"}},
    "only": {"direction": ["Arrivals", "Departures"], "month_of_release": "2021-09"},
    "value": "estimate",
    "standard_error": "standard_error",
    "status": {"column": "status", "codes": {"Final": "final", "Provisional": "provisional"}},
    "tolerance": {"relative": 0.01},
}


@pytest.mark.real_data
def test_an_official_table_with_errors_and_provisional_months(data_folder):
    """The months of one release, read as they were published; net migration is passed over, since we have no such cell."""
    table = PublishedTable.model_validate(NEW_ZEALAND)
    path = data_folder / "nz_migration_outcomes_vintages" / "nz_migration_direction_sex_age_month.parquet"
    present = list(rows(table.format, path, table.id, path.parent))
    kept = [(line, row) for line, row in present if chosen(table, row)]
    assert 0 < len(kept) < len(present) and {row["direction"] for _, row in kept} == {"Arrivals", "Departures"}
    codes = {name: table.named()[name].codes for name in ("indicator", "status")}
    found, problems = figures(table, codes, kept)
    assert problems == [] and len(found) == len(kept)
    assert {each["vintage"] for each in found} == {"final", "provisional"}
    whole = {(each["indicator"], each["period"]): each["value"] for each in found if each["breakdown"] == "total"}
    by_sex = {}
    for each in found:
        if each["breakdown"] == "sex":
            key = each["indicator"], each["period"]
            by_sex[key] = by_sex.get(key, 0) + each["value"]
    assert whole and all(abs(whole[key] - by_sex[key]) <= 2 for key in whole)


BASEL = {
    "id": "basel",
    "title": "Population of Basel-Stadt by citizenship",
    "reference": {"title": "Statistisches Amt Basel-Stadt, 6058", "published_on": "2025-01-01"},
    "file": "6058.tsv",
    "format": {"type": "csv", "delimiter": "\t"},
    "period": {"year": "Jahr", "moment": "12-31"},
    "indicator": "RP",
    "measure": "stock",
    "breakdown": "nationality",
    "values": {"Ausländer": {"category": "foreign"}, "Schweizer": {"category": "national"}},
    "tolerance": {"absolute": 0},
}


@pytest.mark.real_data
def test_an_official_wide_table(data_folder):
    table = PublishedTable.model_validate(BASEL)
    path = data_folder / "basel_stadt_population_account_by_citizenship" / "6058_population_by_citizenship.tsv"
    found, problems = figures(table, {}, rows(table.format, path, table.id, path.parent))
    assert problems == []
    first = {each["category"]: (each["value"], each["line"]) for each in found if each["period"] == "2005-12-31"}
    assert first == {"foreign": (57040, 2), "national": (130423, 2)}
