"""Trips of visitors on tables small enough to count by hand, and the laws that the spreading of nights keeps."""

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.definitions.country import Country, CountryFile
from sojourn.definitions.period import parse_period
from sojourn.definitions.source import Source
from sojourn.definitions.trips import Trips
from sojourn.engine.portable import lint
from sojourn.errors import SojournError
from sojourn.stages.publish.cells import Cell, Cells
from sojourn.stages.trips import tables
from sojourn.stages.trips.setting import number
from sojourn.stages.validate import checks

CITED = {"title": "A handbook", "paragraph": "1"}
COLUMNS = ("exit_year", "exit_month", "nights", "visit_kind", "region")
TENTHS = 10
"""Weights of the toy source have one decimal."""


def definition(awaited="1 months", **changes) -> Trips:
    value = {
        "residence": {"length": "365 nights", "reference": CITED},
        "bands": {"unit": "nights", "starts": [0, 1, 4, 8], "reference": CITED},
        "awaited": {"length": awaited, "reference": CITED},
        "unreliable": {"records": 2, "unit": "records", "reference": CITED},
    }
    return Trips.model_validate({"id": "trips", "kind": "trips", "values": {date(2023, 1, 1): value | changes}})


def source(columns=COLUMNS, **changes) -> Source:
    """Trips that ended from November 2023 to March 2024."""
    return Source.model_validate({
        "id": "toy", "title": "Toy", "evidence": "visitor_survey", "unit": "trip", "owner": "Office", "files": ["toy.csv"],
        "covers": {"from": "2023-11-01", "until": "2024-04-01"}, "weight": "w", "weight_decimals": 1,
        "columns": {name: name for name in columns},
    } | changes)  # fmt: skip


COUNTRY = Country(Path("toy"), CountryFile(id="c", name="C", code="ESP", period="2023-11..2024-03"), {}, {})


LEGS = Source.model_validate({
    "id": "legs", "title": "Legs", "evidence": "visitor_survey", "unit": "stage", "owner": "Office", "files": ["legs.csv"],
    "covers": {"from": "2023-11-01", "until": "2024-04-01"}, "identifier": {"column": "trip", "scheme": "toy"},
    "columns": {"nights": "nights", "region": "region"},
})  # fmt: skip


def made(*trips, period="2023-11..2024-03", awaited="1 months", legs=()):
    """A session with every table of the stage, from trips (year, month, nights, weight in tenths, kind, region), and from legs
    (number of the trip, place in it, nights, region)."""
    session = duckdb.connect()
    session.execute(
        "CREATE TABLE accepted_toy (exit_year INTEGER, exit_month INTEGER, nights INTEGER, weight BIGINT, visit_kind VARCHAR, region VARCHAR, unit BIGINT)"
    )
    session.execute("CREATE TABLE accepted_legs (unit BIGINT, sequence INTEGER, nights INTEGER, region VARCHAR)")
    for unit, trip in enumerate(trips, 1):
        session.execute("INSERT INTO accepted_toy VALUES (?, ?, ?, ?, ?, ?, ?)", [*trip, unit])
    for leg in legs:
        session.execute("INSERT INTO accepted_legs VALUES (?, ?, ?, ?)", leg)
    staged = LEGS if legs else None
    for name, query in tables(COUNTRY, source(), definition(awaited), parse_period(period), staged).items():
        session.execute(f"CREATE TABLE {name} AS {query}")
    return session


def trip(year, month, nights, weight=10, kind="staying", region="North"):
    return year, month, nights, weight, kind, region


def values(session, measure, breakdown="total", column="value"):
    found = session.execute(f"SELECT period, category, {column} FROM cells_trips WHERE measure = ? AND breakdown = ?", [measure, breakdown])
    return {(period, category): value for period, category, value in found.fetchall()}


def spread(session):
    """Expected nights by (month of the nights, month of exit), as exact fractions of weighted nights."""
    found = session.execute("SELECT month, exit_month, nights, exit_days FROM trip_spread WHERE breakdown = 'total'").fetchall()
    return {(month, left): Fraction(nights, days * TENTHS) for month, left, nights, days in found}


EVERY_MONTH = tuple(trip(2023 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(11, 16))


def test_weights_are_tenths_and_are_added_exactly():
    session = made(trip(2024, 1, 3, 11), trip(2024, 1, 5, 22), trip(2024, 1, 5, 3, region="South"))
    assert values(session, "visits")["2024-01", "total"] == 3.6
    # 3 x 1.1 + 5 x 2.2 + 5 x 0.3 = 15.8, which rounds to 16.
    assert values(session, "person_nights")["2024-01", "total"] == 16
    assert values(session, "mean_stay")["2024-01", "total"] == pytest.approx(15.8 / 3.6, abs=1e-9)
    assert values(session, "visits", "region") == {("2024-01", "North"): 3.3, ("2024-01", "South"): 0.3}


def test_a_night_of_january_is_one_of_december_if_the_exit_was_on_the_first():
    session = made(trip(2024, 1, 1))
    # One night, exit on one of 31 days: on 1 January the night was 31 December.
    december, january = number(date(2023, 12, 1)), number(date(2024, 1, 1))
    assert spread(session) == {(december, january): Fraction(1, 31), (january, january): Fraction(30, 31)}


def test_a_stay_longer_than_a_month_reaches_two_months_back():
    session = made(trip(2024, 3, 40))
    # Exit on day d of March holds the nights d-40 to d-1. In March lie d-1 of them: 0 + 1 + ... + 30 = 465 of 31 x 40.
    # In January lie 40 - (d-1) - 29 where that is above 0: 11 + 10 + ... + 1 = 66. February has the rest: 709.
    months = [number(date(2024, month, 1)) for month in (1, 2, 3)]
    assert [spread(session)[month, months[2]] for month in months] == [Fraction(each, 31) for each in (66, 709, 465)]


def test_the_last_months_lack_nights_and_say_so():
    session = made(*EVERY_MONTH)
    flags = values(session, "person_nights_spread", column="flag")
    assert flags["2024-02", "total"].split() == ["experimental"]
    assert flags["2024-03", "total"].split() == ["experimental", "undetermined", "unreliable"]
    assert values(session, "person_nights_spread")["2024-03", "total"] is None
    assert values(session, "person_nights_spread", column="lower")["2024-03", "total"] == 1


def test_a_missing_month_leaves_itself_and_the_month_before_undetermined():
    session = made(*(each for each in EVERY_MONTH if each[:2] != (2024, 1)))
    found = values(session, "person_nights_spread")
    assert ("2024-01", "total") not in values(session, "visits")
    assert [found.get((month, "total")) is None for month in ("2023-11", "2023-12", "2024-01", "2024-02")] == [False, True, True, False]


def test_a_period_with_a_missing_month_has_no_figure_and_the_reason_names_the_month():
    session = made(*(each for each in EVERY_MONTH if each[:2] != (2024, 1)))
    assert ("2023-11..2024-03", "total") not in values(session, "visits")
    ((indicator, reason, _),) = session.execute("SELECT * FROM not_produced_trips").fetchall()
    assert indicator == "TP"
    assert "2023-11..2024-03: the data hold no trip that ended in 2024-01." in reason
    # Two years lie in the period in part, and the source does not cover the rest of them.
    assert "2023: the data hold no trip that ended in 2023-01, 2023-02" in reason
    assert "2024: the data hold no trip that ended in 2024-01, 2024-04" in reason


def test_a_whole_period_has_a_figure_and_its_presence():
    session = made(*EVERY_MONTH, period="2023-11..2024-02")
    assert values(session, "visits")["2023-11..2024-02", "total"] == 4
    assert "2023-11..2024-02:" not in session.execute("SELECT reason FROM not_produced_trips").fetchall()[0][0]


def test_nights_before_the_data_have_a_figure_of_their_own():
    session = made(trip(2023, 11, 60))
    # Exit on day d of November: 60 - (d-1) nights before November, on average 60 - 14.5.
    assert values(session, "person_nights_before") == {("2023-11..2024-03", "total"): 46}


def test_transit_stands_apart_and_in_the_total():
    session = made(trip(2024, 1, 2), trip(2024, 1, 2, 30, "in_transit"))
    assert values(session, "visits")["2024-01", "total"] == 4
    assert values(session, "visits", "visit_kind") == {("2024-01", "staying"): 1, ("2024-01", "in_transit"): 3}


def test_a_stay_as_long_as_residence_asks_for_is_listed_and_in_no_figure():
    session = made(trip(2024, 1, 365), trip(2024, 1, 364))
    assert values(session, "visits")["2024-01", "total"] == 1
    assert session.execute("SELECT reason, records FROM issue_counts_trips").fetchall() == [("residence_reached", 1)]


def test_bands_by_nights():
    session = made(*(trip(2024, 1, nights) for nights in (0, 1, 3, 4, 7, 8, 100)))
    assert values(session, "visits", "duration_band") == {("2024-01", each): n for each, n in {"0": 1, "1-3": 2, "4-7": 2, "8+": 2}.items()}


def test_one_trip_counts_as_one_record_of_a_period_of_months():
    session = made(*EVERY_MONTH, trip(2024, 1, 40), period="2023-11..2024-02")
    records = values(session, "person_nights_spread", column="records")
    assert records["2023-12", "total"] == 3
    assert records["2023-11..2024-02", "total"] == max(n for (period, _), n in records.items() if len(period) == 7)


def test_nights_of_stages_follow_one_another_and_end_with_the_exit():
    legs = [(1, 1, 30, "North"), (1, 2, 10, "South")]
    session = made(trip(2024, 3, 40), legs=legs)
    assert values(session, "person_nights", "region_of_stage") == {("2024-03", "North"): 30, ("2024-03", "South"): 10}
    assert values(session, "visits", "region_of_stage") == {}
    found = session.execute("SELECT category, month, nights / 10 FROM trip_spread WHERE breakdown = 'region_of_stage' ORDER BY ALL").fetchall()
    months = [number(date(2024, month, 1)) for month in (1, 2, 3)]
    # South has the last ten nights: exit on day d of March, min(d - 1, 10) of them are in March: 0 + 1 + ... + 9 + 21 x 10 = 255 of
    # 310, and 55 in February. North has what the whole trip has (66, 709, 465) without that.
    assert found == [("North", months[0], 66), ("North", months[1], 654), ("North", months[2], 210), ("South", months[1], 55), ("South", months[2], 255)]


def test_stages_that_do_not_add_up_are_counted():
    session = made(trip(2024, 1, 4), trip(2024, 1, 4), trip(2024, 1, 4), legs=[(1, 1, 4, "North"), (2, 1, 3, "North")])
    assert session.execute("SELECT reason, action, records FROM issue_counts_trips").fetchall() == [("stages_differ", "flagged", 2)]


def brute(year, month, nights):
    """Nights by calendar month, summed over every possible day of exit."""
    found = defaultdict(int)
    for day in range(1, monthrange(year, month)[1] + 1):
        for back in range(1, nights + 1):
            found[number(date(year, month, day) - timedelta(days=back))] += 1
    return dict(found)


TRIPS = st.lists(
    st.builds(
        lambda month, nights, weight: trip(2023 + (month > 12), (month - 1) % 12 + 1, nights, weight),
        st.integers(11, 15), st.integers(0, 364), st.integers(1, 10**6),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(TRIPS)
def test_spread_nights_add_up_to_the_nights_and_fall_where_every_day_of_exit_puts_them(trips):
    expected = defaultdict(Fraction)
    for year, month, nights, weight, *_ in trips:
        for place, count in brute(year, month, nights).items():
            expected[place, number(date(year, month, 1))] += Fraction(count * weight, monthrange(year, month)[1] * TENTHS)
    found = spread(made(*trips))
    assert found == expected
    assert sum(found.values()) == sum(Fraction(nights * weight, TENTHS) for _, _, nights, weight, *_ in trips)


@pytest.mark.parametrize(
    ("year", "month", "nights", "found"),
    [
        (2023, 11, 0, []),
        (2024, 3, 5, []),
        (2023, 10, 5, ["outside_coverage"]),
        (2024, 4, 5, ["outside_coverage"]),
        (2024, 0, 5, ["impossible_date"]),
        (2024, 1, -1, ["negative_nights"]),
    ],
)
def test_a_month_outside_the_data_and_nights_below_none_are_refused(year, month, nights, found):
    rows = f"(SELECT {year} AS exit_year, {month} AS exit_month, {nights} AS nights, 10 AS weight)"
    listed = [(reason, condition) for _, reason, action, condition in checks(source()) if action == "rejected"]
    assert [reason for reason, condition in listed if duckdb.sql(f"SELECT * FROM {rows} WHERE {condition}").fetchall()] == found


def test_a_series_of_months_is_told_by_its_longer_periods_measure_by_measure():
    def shown(measure, period):
        return Cell("TP", measure, "", period, "total", "total", 1.0, 9, None, None, None, "visits", "")

    pairs = [("visits", "2023-01"), ("visits", "2023"), ("visits", "2024"), ("visits", "2024-05"), ("mean_stay", "2024-05")]
    cells = Cells([shown(*pair) for pair in pairs])
    assert [(each.measure, each.period) for each in cells.summed()] == [("visits", "2023"), ("visits", "2024"), ("mean_stay", "2024-05")]
    assert [each.period for each in cells.where(measure="visits").latest()] == ["2024"]


def test_every_query_is_portable():
    queries = tables(COUNTRY, source(), definition(), stages=LEGS)
    assert {name: found for name, sql in queries.items() if (found := lint(sql))} == {}


def test_a_source_without_nights_or_weight_is_refused():
    with pytest.raises(SojournError) as caught:
        tables(COUNTRY, source(columns=("exit_year", "exit_month"), weight=None, weight_decimals=0), definition())
    assert [each.fields["columns"] for each in caught.value.problems] == ["nights, weight"]


BAD = {
    "trips.not_nights": {"residence": {"length": "12 months", "reference": CITED}},
    "trips.not_months": {"awaited": "180 days"},
    "trips.bands_order": {"bands": {"unit": "nights", "starts": [1, 4], "reference": CITED}},
    "trips.no_reference": {"bands": {"unit": "nights", "starts": [0, 4]}},
}


@pytest.mark.parametrize("code", BAD)
def test_a_wrong_number_is_found(code):
    assert [each.code for each in definition(**BAD[code]).lint()] == [code]
    assert definition().lint() == []


def test_the_prose_says_every_number():
    text = definition().prose()
    assert all(part in text for part in ("365 nights", "0, 1-3, 4-7, 8+", "1 month", "2 records", "No sampling error"))
