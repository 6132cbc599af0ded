"""Union of cells, rates and shares, and the list of what is not produced: figures small enough to check by hand."""

import duckdb
import pytest

from sojourn.concepts.evidence import EVIDENCE
from sojourn.concepts.indicators import INDICATORS, OFFICIAL
from sojourn.concepts.populations import ACCOUNT, IMMIGRANT, SUBPOPULATIONS
from sojourn.definitions.period import parse_period
from sojourn.messages import has
from sojourn.stages.indicate import not_produced, tables

PERIOD = parse_period("2016")
SCHEMA = (
    "indicator VARCHAR, measure VARCHAR, variant VARCHAR, period VARCHAR, breakdown VARCHAR, category VARCHAR, value DOUBLE, "
    "records BIGINT, standard_error DOUBLE, lower DOUBLE, upper DOUBLE, unit VARCHAR, flag VARCHAR"
)


def cell(indicator, measure, period, category, value, breakdown="total", records=None, flag=""):
    return (indicator, measure, "", period, breakdown, category, value, records, None, None, None, "persons", flag)


def cells(*parts):
    """The made table `cells` as a dict from (indicator, measure, period, category) to (value, records, unit)."""
    connection = duckdb.connect()
    names = [f"cells_{number}" for number in range(len(parts))]
    for name, rows in zip(names, parts, strict=True):
        connection.execute(f"CREATE TABLE {name} ({SCHEMA})")
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * 13)})", rows)
    for table, query in tables(names, PERIOD).items():
        connection.execute(f"CREATE TABLE {table} AS {query}")
    rows = connection.execute("SELECT indicator, measure, period, category, value, records, unit FROM cells").fetchall()
    return {row[:4]: row[4:] for row in rows}


STOCKS = [
    cell("RP", "stock", "2016-01-01", "total", 1000.0),
    cell("RP", "stock", "2016-12-31", "total", 1200.0),
    cell("MI 1.1", "stock", "2016-12-31", "total", 300.0, records=300),
]
FLOW = [cell("MI 1.3", "events", "2016", "total", 55.0, records=55)]


def test_share_of_the_population_at_the_same_moment():
    made = cells(STOCKS)
    assert made[("MI 1.1", "share", "2016-12-31", "total")] == (25.0, 300, "percent")


def test_rate_on_the_mean_of_two_stocks():
    assert cells(STOCKS, FLOW)[("MI 1.3", "rate", "2016", "total")] == (50.0, 55, "per_1000_person_years")


def test_exact_exposure_goes_before_the_mean():
    exact = [cell("RP", "person_years", "2016", "total", 550.0)]
    assert cells(STOCKS, FLOW, exact)[("MI 1.3", "rate", "2016", "total")][0] == 100.0


def test_citizenship_rate_is_on_foreign_residents():
    exposure = [
        cell("RP", "person_years", "2016", category, years, "subpopulation")
        for category, years in (("native_born_foreign", 40.0), ("foreign_born_foreign", 60.0), ("native_born_national", 900.0))
    ]
    made = cells([*exposure, cell("MI 1.2", "events", "2016", "total", 5.0, records=5)])
    assert made[("MI 1.2", "rate", "2016", "total")][0] == 50.0


def test_no_rate_without_a_denominator_nor_on_zero():
    assert ("MI 1.3", "rate", "2016", "total") not in cells(FLOW)
    empty = [cell("RP", "person_years", "2016", "total", 0.0)]
    assert ("MI 1.3", "rate", "2016", "total") not in cells(FLOW, empty)


def test_a_share_given_by_a_stage_is_kept():
    given = [cell("MI 1.1", "share", "2016-12-31", "total", 26.0)]
    assert cells(STOCKS, given)[("MI 1.1", "share", "2016-12-31", "total")][0] == 26.0


def test_no_parts_no_tables():
    assert tables([], PERIOD) == {}


def test_nothing_is_missing_in_silence():
    rows = not_produced({"admissions"}, {"TM", "OV"})
    assert [row["indicator"] for row in rows] == [each for each in INDICATORS if each not in ("TM", "OV")]
    assert {row["reason"] for row in rows} == {"no_source"}


def test_unlock_names_only_what_is_lacking():
    (row,) = [each for each in not_produced({"border_crossings"}, {"TM"}) if each["indicator"] == "RP"]
    assert row["unlock"] == "population_register | household_survey | published_tables"


def test_the_right_source_without_the_columns():
    (row,) = [each for each in not_produced({"household_survey"}, {"RP"}) if each["indicator"] == "MI 1.1"]
    assert (row["reason"], row["unlock"]) == ("incomplete_source", "country_of_birth + citizenship")


def test_a_proxy_does_not_take_an_indicator_off_the_list():
    rows = not_produced({"household_survey"}, {"RP", "MI 1.1", "MI 1.2"}, proxied={"MI 1.2"})
    assert ("MI 1.2", "proxy_only") in {(row["indicator"], row["reason"]) for row in rows}


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
def test_every_indicator_has_words_and_known_evidence(indicator):
    assert has(f"concepts.{indicator.key}_title") and has(f"concepts.{indicator.key}_definition")
    assert has(f"concepts.status_{indicator.status}_long") and has(f"concepts.kind_{indicator.kind}")
    kinds = {kind for alternative in (*indicator.evidence, *indicator.proxies) for kind in alternative}
    assert kinds <= set(EVIDENCE)


def test_only_the_four_confirmed_codes_are_the_united_nations():
    assert [each.id for each in INDICATORS.values() if each.status == OFFICIAL] == ["MI 1.1", "MI 1.2", "MI 1.3", "MI 1.4"]


def test_immigrants_are_all_but_native_born_nationals():
    assert set(SUBPOPULATIONS) - set(IMMIGRANT) == {"native_born_national"}
    assert [each.id for each in ACCOUNT if each.sign == 0] == ["opening", "closing"]
