"""New Zealand's published series: figures read in the file and in the README of the data folder, before any run."""

import pytest

from tests.spec.published_counts import finished

pytestmark = pytest.mark.real_data

JUNE_2016, TO_SEPTEMBER = "2015-07..2016-06", "2020-10..2021-09"


@pytest.fixture(scope="module")
def rows(countries, data_folder, tmp_path_factory):
    return finished("nz_outcomes", countries, data_folder, tmp_path_factory.mktemp("nz"))


def cell(rows, indicator, period, variant="", breakdown="total"):
    (found,) = [
        row for row in rows("cells")
        if (row["indicator"], row["period"], row["variant"], row["breakdown"]) == (indicator, period, variant, breakdown)
    ]  # fmt: skip
    return found


@pytest.mark.parametrize(("year", "net"), [("2013", 17_291), ("2016", 62_889), ("2018", 49_569), ("2019", 72_587)])
def test_net_migration_of_final_years(rows, year, net):
    found = cell(rows, "NM", year)
    assert (found["value"], found["flag"]) == (net, "")


def test_arrivals_and_departures_of_2019(rows):
    assert (cell(rows, "MI 1.3", "2019")["value"], cell(rows, "MI 1.4", "2019")["value"]) == (165_741, 93_154)


@pytest.mark.parametrize(("period", "published"), [("2020", 38_375), (TO_SEPTEMBER, 796)])
def test_provisional_years_are_marked_and_differ_by_rounding(rows, period, published):
    """At most 8 persons a month; found are 8 and 13."""
    found = cell(rows, "NM", period)
    assert found["flag"] == "provisional" and abs(found["value"] - published) <= 13


def test_every_month_is_within_the_rounding_of_its_parts(rows):
    compared = rows("comparison")
    assert {row["status"] for row in compared} == {"within"} and len(compared) == 3 * 249
    largest = {name: max(abs(row["difference"]) for row in compared if row["published_table"] == name) for name in ("arrivals", "departures", "net")}
    assert largest == {"arrivals": 5, "departures": 2, "net": 7}


def test_sixteen_months_are_provisional(rows):
    months = {row["period"]: row["flag"] for row in rows("cells") if row["breakdown"] == "month" and row["indicator"] == "MI 1.3"}
    provisional = sorted(month for month, flag in months.items() if flag)
    assert (len(months), len(provisional), provisional[0], provisional[-1]) == (249, 16, "2020-06", "2021-09")


def test_a_provisional_month_has_the_published_error(rows):
    arrivals, departures = (cell(rows, name, "2021-07", breakdown="month") for name in ("MI 1.3", "MI 1.4"))
    assert (arrivals["standard_error"], departures["standard_error"]) == (125, 103)
    assert cell(rows, "MI 1.3", "2019")["standard_error"] is None


def test_the_two_definitions_of_one_year(rows):
    intended = [cell(rows, name, JUNE_2016, "intention")["value"] for name in ("MI 1.3", "MI 1.4", "NM")]
    assert intended == [125_055, 55_965, 69_090]
    assert cell(rows, "MI 1.3", JUNE_2016)["value"] - intended[0] == 19_127


def test_years_to_june_are_made_where_both_definitions_have_them_alone(rows):
    june = {row["period"] for row in rows("cells") if row["period"].endswith("-06") and ".." in row["period"] and not row["variant"]}
    assert june == {f"{year - 1}-07..{year}-06" for year in range(2002, 2017)}


@pytest.mark.parametrize("breakdown", ["sex", "age_group"])
def test_ages_and_sexes_add_up_to_their_year(rows, breakdown):
    wanted = ("MI 1.3", "2016", breakdown, "")
    parts = [row["value"] for row in rows("cells") if (row["indicator"], row["period"], row["breakdown"], row["variant"]) == wanted]
    assert sum(parts) == cell(rows, "MI 1.3", "2016")["value"] == 143_124


def test_the_page_says_provisional_and_prints_the_difference_of_definitions(rows):
    text = rows("report")[0]["text"]
    assert "may still be revised, as its publisher says" in text
    assert "\N{MINUS SIGN}19,127" in text and "Months that are provisional" in text
