"""Greenland on its published tables: figures read in the files and in the README of the data folder, before any run."""

import shutil

import pytest

import sojourn
from tests.spec.published_counts import account, finished, values

pytestmark = pytest.mark.real_data

RESIDUALS = [-52, 3, -17, -58, -13, -18, 112, -19, 87, 52]
"""2011 to 2020, of the README."""
YEARS = [str(year) for year in range(2011, 2021)]


@pytest.fixture(scope="module")
def rows(countries, data_folder, tmp_path_factory):
    return finished("greenland", countries, data_folder, tmp_path_factory.mktemp("greenland"))


def test_what_remains_in_every_year(rows):
    found = account(rows, "all")
    assert [found[year]["residual"] for year in YEARS] == RESIDUALS


def test_one_year_in_full(rows):
    assert account(rows, "all")["2019"] == {
        "opening": 55_992, "births": 849, "deaths": -548, "immigration": 2_310, "emigration": -2_609, "residual": 87, "closing": 56_081,
    }


def test_women_and_men_add_up_in_every_line(rows):
    whole, women, men = (account(rows, group) for group in ("all", "female", "male"))
    for year in YEARS:
        assert {name: women[year][name] + men[year][name] for name in whole[year]} == whole[year]


def test_residuals_by_age_add_up_to_those_by_sex(rows):
    for sex in ("female", "male"):
        found = [row for row in rows("age_account") if row["sex"] == sex and row["component"] == "residual"]
        by_year = {year: sum(row["value"] for row in found if row["period"] == year) for year in YEARS}
        assert by_year == {year: account(rows, sex)[year]["residual"] for year in YEARS}


def test_lower_triangle_is_after_the_birthday(rows):
    """With the triangles changed over, up to 135 persons of one year of age would remain; as they are, up to 16."""
    assert max(abs(row["value"]) for row in rows("age_account") if row["component"] == "residual") < 40


def test_the_stock_labelled_2010_opens_2011(rows):
    stocks = values(rows, "RP", "stock")
    assert (stocks["2010-12-31", "total"], stocks["2020-12-31", "total"]) == (56_615, 56_421)


def test_read_as_stocks_of_the_beginning_the_residuals_are_five_times_as_large(countries, data_folder, tmp_path):
    """The trap: the stock labelled 2012 is that of the end of 2012. 2011 to 2019: 1,935 in sum in place of 379."""
    copied = tmp_path / "countries"
    shutil.copytree(countries / "greenland", copied / "greenland", ignore=shutil.ignore_patterns("runs", ".sojourn"))
    source = copied / "greenland" / "sources" / "population.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("stock_at: end", "stock_at: start"), encoding="utf-8")
    found = account(finished("greenland", copied, data_folder, tmp_path / "run"), "all")
    residuals = [found[year]["residual"] for year in YEARS[:-1]]
    assert residuals == [-565, 294, -228, 105, 136, -14, 210, -45, 338]
    assert (sum(map(abs, residuals)), sum(map(abs, RESIDUALS[:-1]))) == (1_935, 379)


def test_flows_by_sex_and_age(rows):
    assert values(rows, "MI 1.3", "events")["2019", "total"] == 2_310
    ages = values(rows, "MI 1.4", "events", "age_group")
    assert sum(value for (year, _), value in ages.items() if year == "2020") == 1_953


def test_a_single_year_has_rates(countries, data_folder, tmp_path, monkeypatch):
    """2019: 2,310 on the mean of 55,992 and 56,081."""
    monkeypatch.setenv("SOJOURN_DATA", str(data_folder))
    folder = shutil.copytree(countries / "greenland", tmp_path / "greenland", ignore=shutil.ignore_patterns("runs", ".sojourn"))
    done = sojourn.run(folder, period="2019")
    rates = {row["indicator"]: float(row["value"]) for row in done.headline if row["measure"] == "rate"}
    assert rates["MI 1.3"] == pytest.approx(1000 * 2_310 / ((55_992 + 56_081) / 2), abs=1e-6)


def test_records_in_are_records_used(rows):
    assert {row["source"]: (row["read"], row["used"]) for row in rows("balance")} == {
        "births": (1_520, 1_520), "deaths": (4_040, 4_040), "emigration": (4_040, 4_040), "immigration": (4_040, 4_040), "population": (2_222, 2_222),
    }
