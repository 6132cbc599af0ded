"""The one-source case on real records: the sample of the American Community Survey of 2011.

Expected values are those of the data folder's README, computed there without this software, and counts of the file.
The accepted records are made here by plain SQL from the country's source file, so that its mapping is judged as well.
"""

import csv

import pytest

duckdb = pytest.importorskip("duckdb")

from sojourn.definitions.load import load_country  # noqa: E402
from sojourn.definitions.source import CodeFile  # noqa: E402
from sojourn.stages.survey import tables  # noqa: E402

pytestmark = pytest.mark.real_data
INTEGERS = {"age", "year_of_entry", "year_of_naturalisation"}


def codes_of(country, mapping):
    if not isinstance(mapping.codes, CodeFile):
        return mapping.codes
    with (country.path / mapping.codes.file).open(encoding="utf-8", newline="") as file:
        return {row[mapping.codes.source]: row[mapping.codes.target] for row in csv.DictReader(file)}


def column_sql(country, name, mapping):
    number = f"CAST({mapping.column} AS INTEGER)"
    if name in INTEGERS:
        return f"{number} AS {name}"
    cases = " ".join(f"WHEN {code} THEN '{value}'" for code, value in codes_of(country, mapping).items())
    return f"CASE WHEN {number} IS NULL THEN NULL ELSE CASE {number} {cases} ELSE 'unknown' END END AS {name}"


@pytest.fixture(scope="module")
def country(countries):
    return load_country(countries / "acs")


@pytest.fixture(scope="module")
def cells(country, data_folder):
    """Published cells by (indicator, measure, variant, breakdown, category)."""
    source = country.sources["acs"]
    file = data_folder / "us_acs_pums_2011_sample" / "pums2011_persons.parquet"
    columns = [column_sql(country, name, mapping) for name, mapping in source.columns.items()]
    columns += [f"CAST({source.weight} AS BIGINT) AS weight"]
    columns += [f"CAST({source.replicates.prefix}{n} AS BIGINT) AS w{n}" for n in range(1, source.replicates.count + 1)]
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE accepted_acs AS SELECT {', '.join(columns)} FROM read_parquet('{file}')")
    found = connection.execute(tables(country, source, country.definitions)["cells_survey"])
    names = [each[0] for each in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {tuple(row[key] for key in ("indicator", "measure", "variant", "breakdown", "category")): row for row in rows}


def share(cell):
    """Value and standard error as a share of one, in five places as the README prints them."""
    return round(cell["value"] / 100, 5), round(cell["standard_error"] / 100, 5)


def values(cells, *key):
    return {each[4]: row["value"] for each, row in cells.items() if each[:4] == key}


def records(cells, *key):
    return {each[4]: row["records"] for each, row in cells.items() if each[:4] == key}


def test_every_respondent_and_the_whole_weight_are_counted(cells):
    residents = cells["RP", "stock", "", "total", "total"]
    assert (residents["records"], residents["value"], residents["period"]) == (6279, 645569, "2011")


def test_birthplace_decides_as_in_annex_one(cells):
    immigrants = cells["MI 1.1", "share", "", "total", "total"]
    assert share(immigrants) == (0.16212, 0.00903)
    assert cells["MI 1.1", "stock", "", "total", "total"]["value"] == 6642 + 36769 + 61248
    assert immigrants["records"] == 803
    assert immigrants["flag"] == ""


def test_the_national_variant_stands_beside_it(cells):
    assert share(cells["MI 1.1", "share", "national", "total", "total"]) == (0.15183, 0.00922)
    assert cells["MI 1.1", "stock", "national", "total", "total"]["value"] == 98017


def test_the_four_subpopulations(cells):
    parts = values(cells, "RP", "stock", "", "subpopulation")
    assert parts == {
        "native_born_national": 537436 + 3474,
        "native_born_foreign": 0,
        "foreign_born_national": 6642 + 36769,
        "foreign_born_foreign": 61248,
    }
    assert sum(parts.values()) == 645569
    assert share(cells["RP", "share", "", "subpopulation", "foreign_born_foreign"]) == (0.09487, 0.00792)
    assert share(cells["RP", "share", "national", "subpopulation", "foreign_born_national"]) == (0.05696, 0.00432)


def test_native_born_foreign_is_empty_by_law_and_not_measured(cells):
    for indicator in ("RP", "MI 1.1"):
        for variant in ("", "national"):
            cell = cells[indicator, "stock", variant, "subpopulation", "native_born_foreign"]
            assert (cell["flag"].removesuffix(" sample_total"), cell["value"], cell["standard_error"]) == ("structural_zero", 0, None)


def test_naturalisations_of_the_last_full_year_are_too_few(cells):
    cell = cells["MI 1.2", "events", "", "total", "total"]
    assert (cell["records"], cell["value"], cell["period"], cell["flag"]) == (12, 1801, "2010", "unreliable proxy sample_total")
    assert round(cell["standard_error"], 3) == 656.896


def test_residence_abroad_one_year_ago(cells):
    cell = cells["MI 1.3", "share", "", "total", "total"]
    assert (cell["records"], *share(cell)) == (38, 0.00645, 0.00157)
    assert cell["flag"] == "proxy"
    assert cells["MI 1.3", "events", "", "total", "total"]["value"] == 4162


def test_sex_and_age(cells):
    assert share(cells["RP", "share", "", "sex", "female"])[0] == 0.50628
    ages = values(cells, "RP", "stock", "", "age_group")
    old = sum(ages[each] for each in ("65-69", "70-74", "75-79", "80-84", "85+"))
    # The data folder's README prints 0.12733; the weights of the file give 82,197 / 645,569 = 0.127325, which rounds down.
    assert old == 82197
    assert len(ages) == 18


@pytest.mark.parametrize("breakdown", ["sex", "age_group", "subpopulation", "country_of_birth"])
def test_no_immigrant_is_lost_in_a_breakdown(cells, breakdown):
    assert sum(records(cells, "MI 1.1", "stock", "", breakdown).values()) == 803


def test_country_of_birth_holds_no_birth_in_the_country(cells):
    countries_of_birth = records(cells, "MI 1.1", "stock", "", "country_of_birth")
    assert not countries_of_birth.keys() & {"USA", "ASM", "GUM", "MNP", "PRI", "VIR"}
    assert countries_of_birth["MEX"] == 222
    assert countries_of_birth["unknown"] == 1


def test_small_countries_of_birth_are_marked_or_not_shown(cells):
    for key, row in cells.items():
        if key[:4] == ("MI 1.1", "stock", "", "country_of_birth"):
            assert (row["value"] is None) == (row["records"] < 10) == ("suppressed" in row["flag"])
            assert row["records"] >= 30 or {"unreliable", "suppressed"} & set(row["flag"].split())


def test_every_shown_estimate_has_its_error_and_bounds(cells):
    shown = [row for row in cells.values() if row["value"] is not None and "structural_zero" not in row["flag"]]
    assert all(row["lower"] <= row["value"] <= row["upper"] and row["standard_error"] is not None for row in shown)


def test_the_pyramid_holds_every_respondent(cells):
    assert sum(records(cells, "RP", "stock", "", "sex x age_group x birth").values()) == 6279
