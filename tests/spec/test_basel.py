"""Basel-Stadt on its published tables: figures read in the files and in the README of the data folder, before any run."""

import pytest

from sojourn.run.check import check
from tests.spec.published_counts import account, finished, values

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def rows(countries, data_folder, tmp_path_factory):
    return finished("basel", countries, data_folder, tmp_path_factory.mktemp("basel"))


def test_2013_closes_with_its_adjustment_on_a_line_of_its_own(rows):
    assert account(rows, "all")["2013"] == {
        "opening": 193_459, "natural_increase": -120, "net_migration": 1_899, "adjustment": 221, "residual": 0, "closing": 195_459,
    }


def test_the_year_in_which_the_register_took_over_does_not_close(rows):
    """Table 5148 says 1,155 for 2012; the stocks of table 6058 differ by 193,459 - 192,076 = 1,383."""
    year = account(rows, "all")["2012"]
    assert (year["adjustment"], year["residual"]) == (-354, 1_383 - 1_155)


def test_years_without_an_adjustment_keep_their_residual(rows):
    """2005: 187,463 - 188,478 = -1,015 in the stocks, -513 - 44 = -557 in the balance."""
    year = account(rows, "all")["2005"]
    assert "adjustment" not in year and year["residual"] == -1_015 + 557


def test_only_2012_fails_since_the_adjustment_is_published(rows):
    residuals = {period: each["residual"] for period, each in account(rows, "all").items() if "adjustment" in each}
    assert [period for period, value in residuals.items() if value] == ["2012"] and len(residuals) == 10


def test_naturalisation_moves_people_between_the_two_populations(rows):
    swiss, foreign = account(rows, "national"), account(rows, "foreign")
    years = [str(year) for year in range(2013, 2022)]
    known = [1_109, 1_026, 1_209, 796, 1_316, 1_137, 1_386, 1_155, 1_464]
    assert [swiss[year]["acquisition"] for year in years] == known
    assert [foreign[year]["acquisition"] for year in years] == [-each for each in known]


def test_what_is_not_published_by_citizenship_is_not_called_a_residual(rows):
    """Swiss 2013: 127,907 - 127,932 - 1,088 births - 1,109 naturalisations = -2,222: deaths, moves and adjustment together."""
    assert account(rows, "national")["2013"]["not_separated"] == -2_222
    assert not any("residual" in each for group in ("national", "foreign") for each in account(rows, group).values())


def test_ten_years_together_have_the_moves_by_citizenship(rows):
    decade = "2012-01..2021-12"
    assert account(rows, "foreign")[decade]["net_migration"] == 14_485
    assert account(rows, "national")[decade]["net_migration"] == -6_005


def test_the_two_populations_add_up_to_the_whole(rows):
    whole, parts = account(rows, "all"), [account(rows, group) for group in ("national", "foreign")]
    for year in map(str, range(2007, 2022)):
        assert sum(each[year]["closing"] for each in parts) == whole[year]["closing"]


def test_four_subpopulations_of_2015(rows):
    found = values(rows, "RP", "stock", "subpopulation")
    groups = {"native_born_national": 104_001, "foreign_born_national": 23_616, "native_born_foreign": 11_758, "foreign_born_foreign": 57_829}
    assert {category: found["2015-12-31", category] for category in groups} == groups
    assert sum(groups.values()) == values(rows, "RP", "stock")["2015-12-31", "total"] == 197_204


def test_immigrants_are_all_but_the_native_born_nationals(rows):
    immigrants = 23_616 + 11_758 + 57_829
    assert values(rows, "MI 1.1", "stock")["2015-12-31", "total"] == immigrants
    assert values(rows, "MI 1.1", "share")["2015-12-31", "total"] == pytest.approx(100 * immigrants / 197_204, abs=1e-8)
    assert sorted({period[:4] for period, _ in values(rows, "MI 1.1", "stock")}) == [str(year) for year in range(2006, 2016)]


def test_the_later_edition_takes_the_place_of_the_older_one(rows):
    found = values(rows, "RP", "stock", "citizenship_class")
    assert (found["2024-12-31", "foreign"], found["2024-12-31", "national"]) == (80_355, 127_160)
    assert found["2003-12-31", "foreign"] == 55_353
    balance = {row["source"]: (row["read"], row["used"], row["superseded"]) for row in rows("balance")}
    assert balance["population"] == (40, 22, 18) and balance["naturalisations"] == (30, 15, 15)


def test_no_flow_over_the_border_of_the_country_is_claimed(rows):
    assert {row["indicator"] for row in rows("cells")} == {"RP", "MI 1.1", "MI 1.2"}


def test_the_page_says_which_check_can_fail(rows):
    text = rows("report")[0]["text"]
    assert "From then on the account closes by construction" in " ".join(text.split())
    assert "Not published for this group: deaths, loss of citizenship, statistical adjustment" in text


def test_the_monthly_balance_is_torn_and_each_torn_line_is_named(countries, data_folder, tmp_path, monkeypatch):
    """Table 7515 has a space for a tab in two lines, those of June and July 2024."""
    monkeypatch.setenv("SOJOURN_DATA", str(data_folder))
    (tmp_path / "sources").mkdir()
    country = (countries / "basel" / "country.yaml").read_text(encoding="utf-8")
    (tmp_path / "country.yaml").write_text(country.partition("sources:")[0] + "sources: [balance]\n", encoding="utf-8")
    source = (countries / "basel" / "sources" / "balance.yaml").read_text(encoding="utf-8")
    (tmp_path / "sources" / "balance.yaml").write_text(source.replace("5148_balance_annual_1971", "7515_balance_monthly"), encoding="utf-8")
    assert [each.line for each in check(tmp_path) if each.code == "files.torn_line"] == [9, 10]
