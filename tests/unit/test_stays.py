"""Temporary mobility from admissions, on tables small enough to count by hand."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from sojourn.definitions.country import Country, CountryFile
from sojourn.definitions.source import Source
from sojourn.definitions.temporary_mobility import TemporaryMobility, read_types
from sojourn.engine.portable import lint
from sojourn.errors import SojournError
from sojourn.stages.stays import tables

CITED = {"title": "An act", "paragraph": "1"}
VALUE = {
    "lengths": [{"length": f"{nights} nights", "reference": CITED} for nights in (5, 9)],
    "residence": {"length": "9 nights", "reference": CITED},
    "implausible_permission": {"length": "100 nights", "reference": CITED},
    "bands": {"unit": "nights", "starts": [0, 1, 5, 9], "reference": CITED},
}
COLUMNS = ("arrival_date", "departure_date", "admitted_until", "permission", "visa_class", "route")


def definition(**changes) -> TemporaryMobility:
    types = {"file": "types.csv", "from": "visa_class", "to": "type"}
    values = {date(2016, 4, 1): VALUE | changes}
    return TemporaryMobility.model_validate({"id": "tm", "kind": "temporary mobility", "types": types, "values": values})


def source(columns=COLUMNS) -> Source:
    """Departures are seen until 10 April."""
    return Source.model_validate({
        "id": "forms", "title": "Forms", "evidence": "admissions", "unit": "admission", "owner": "Office", "files": ["forms.csv"],
        "covers": {"from": "2016-04-01", "until": "2016-04-11"}, "identifier": {"column": "id", "scheme": "form"},
        "columns": {name: name for name in columns},
    })  # fmt: skip


def stay(arrival, departure, until="2016-04-04", visa="T", route="air", permission=None, refused=False):
    return (arrival, departure, refused, until, permission, visa, route)


@pytest.fixture
def queries(tmp_path: Path):
    (tmp_path / "types.csv").write_text("visa_class,type\nT,tourism\nS,training\n", encoding="utf-8")
    country = Country(tmp_path, CountryFile(id="c", name="C", code="USA", period="2016-04"), {}, {})
    return lambda columns=COLUMNS: tables(country, source(columns), definition())


@pytest.fixture
def made(queries):
    """A function: stays in, a session with every table of the stage out."""

    def make(*rows, columns=COLUMNS):
        session = duckdb.connect()
        session.execute(
            "CREATE TABLE accepted_forms (unit BIGINT, arrival_date DATE, departure_date DATE, departure_refused BOOLEAN, "
            "admitted_until DATE, permission VARCHAR, visa_class VARCHAR, route VARCHAR)"
        )
        for unit, row in enumerate(rows, 1):
            session.execute("INSERT INTO accepted_forms VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [unit, *row])
        for name, query in queries(columns).items():
            session.execute(f"CREATE TABLE {name} AS {query}")
        return session

    return make


def values(session, indicator, measure, breakdown="total") -> dict[str, float]:
    found = session.execute(
        "SELECT category, value FROM cells_stays WHERE indicator = ? AND measure = ? AND breakdown = ?",
        [indicator, measure, breakdown],
    )
    return dict(found.fetchall())


CENSORED = (
    stay("2016-04-01", "2016-04-03"),
    stay("2016-04-01", "2016-04-03"),
    stay("2016-04-05", None),  # seen for 6 nights: at risk on days 0 to 5
    stay("2016-04-01", "2016-04-09"),
    stay("2016-04-01", None),  # seen for 10 nights
)
"""By hand: day 2, 2 of 5 leave: 0.6. Day 8, 1 of the 2 at risk leaves: 0.3."""


def test_the_curve_is_kaplan_meiers(made):
    rows = made(*CENSORED).execute("SELECT day, at_risk, departed, censored, surviving FROM survival WHERE grp = 'total' ORDER BY day")
    curve = {row[0]: row[1:] for row in rows.fetchall()}
    assert sorted(curve) == list(range(10))
    assert [curve[each] for each in (0, 2, 5, 6, 8, 9)] == [
        (5, 0, 0, 1.0), (5, 2, 0, 0.6), (3, 0, 1, 0.6), (2, 0, 0, 0.6), (2, 1, 0, 0.3), (1, 0, 1, 0.3),
    ]  # fmt: skip


def test_means_and_medians_with_and_without_the_open_stays(made):
    session = made(*CENSORED)
    mean = 2 * 1.0 + 6 * 0.6 + 2 * 0.3
    expected = {
        "mean_stay": mean, "median_stay": 8, "mean_stay_limit": 10, "mean_stay_completed": 4, "median_stay_completed": 2,
    }  # fmt: skip
    assert {each: values(session, "TM", each)["total"] for each in expected} == pytest.approx(expected)


def test_a_curve_that_everybody_leaves_ends_at_zero(made):
    session = made(stay("2016-04-01", "2016-04-02"), stay("2016-04-01", "2016-04-04"))
    curve = session.execute("SELECT surviving FROM survival WHERE grp = 'total' ORDER BY day").fetchall()
    assert curve == [(1.0,), (0.5,), (0.5,), (0.0,)]
    assert values(session, "TM", "mean_stay") == {"total": 2.0}
    assert values(session, "TM", "median_stay") == {"total": 1.0}


def test_a_median_that_is_not_reached_stands_empty_and_flagged(made):
    session = made(stay("2016-04-01", None), stay("2016-04-01", None), stay("2016-04-01", "2016-04-02"))
    cell = "SELECT value, flag FROM cells_stays WHERE measure = 'median_stay' AND breakdown = 'total'"
    assert session.execute(cell).fetchall() == [(None, "undetermined")]


def test_a_same_day_visit_holds_no_night_and_one_day(made):
    session = made(stay("2016-04-01", "2016-04-01"), stay("2016-04-01", "2016-04-04"), stay("2016-04-02", None))
    counted = {each: values(session, "TM", each)["total"] for each in ("visits", "person_nights_completed", "person_days_completed")}
    assert counted == {"visits": 3, "person_nights_completed": 3, "person_days_completed": 4}


def test_a_refused_departure_keeps_the_visit_and_has_no_duration(made):
    session = made(stay("2016-04-02", None, refused=True), stay("2016-04-02", "2016-04-03"))
    assert values(session, "TM", "visits") == {"total": 2}
    assert values(session, "TM", "visits", "outcome") == {"refused": 1, "completed": 1}
    assert values(session, "TM", "visits", "length_5") == {"undetermined": 1, "below": 1}
    assert values(session, "TM", "mean_stay") == {"total": 1}
    assert session.execute("SELECT at_risk FROM survival WHERE grp = 'total' AND day = 0").fetchall() == [(1,)]


def test_lengths_and_bands(made):
    session = made(*CENSORED, stay("2016-04-01", "2016-04-01"), stay("2016-04-01", "2016-04-06"))
    assert values(session, "TM", "visits", "length_5") == {"below": 3, "reached": 4}
    assert values(session, "TM", "visits", "length_9") == {"below": 5, "reached": 1, "undetermined": 1}
    assert values(session, "TM", "visits", "duration_band") == {"0": 1, "1-4": 2, "5-8": 2, "open": 2}
    assert values(session, "TM", "visits", "type x length_9") == {
        "tourism|below": 5, "residence_reached|reached": 1, "tourism|undetermined": 1,
    }  # fmt: skip


def test_presence_counts_nights_and_what_cannot_be_seen(made):
    rows = made(*CENSORED, stay("2016-04-01", None, refused=True)).execute(
        "SELECT day, present, undetermined FROM presence WHERE grp = 'total' ORDER BY day"
    )
    presence = {row[0]: row[1:] for row in rows.fetchall()}
    assert [presence[each] for each in (0, 1, 2, 5, 6, 7, 8, 9)] == [
        (5, 1), (5, 1), (3, 1), (3, 1), (2, 2), (2, 2), (1, 2), (1, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "status", "kind"),
    [
        (stay("2016-04-01", "2016-04-02"), "temporary", "tourism"),
        (stay("2016-04-01", "2016-04-02", visa="S"), "temporary", "training"),
        (stay("2016-04-01", "2016-04-02", visa="S", until=None, permission="duration_of_status"), "undetermined_permission", None),
        (stay("2016-04-01", "2016-04-02", visa="S", until="2016-04-10"), "undetermined_permission", None),
        (stay("2016-04-01", "2016-04-02", visa="S", until="2016-04-09"), "temporary", "training"),
        (stay("2016-04-01", "2016-04-02", until="9999-12-31"), "undetermined_permission", None),
        (stay("2016-04-01", "2016-04-02", until=None), "temporary", "tourism"),
        (stay("2016-04-01", "2016-04-02", permission="04042016"), "temporary", "tourism"),
        (stay("2016-04-01", "2016-04-02", visa="X"), "temporary", "other"),
        (stay("2016-04-01", "2016-04-02", visa=None), "temporary", "other"),
        (stay("2016-04-03", None), "undetermined_open", "tourism"),
        (stay("2016-04-03", None, refused=True), "undetermined_departure", "tourism"),
        (stay("2016-04-01", "2016-04-10"), "reached", "residence_reached"),
        (stay("2016-04-02", None), "reached", "residence_reached"),
    ],
)
def test_what_is_called_temporary(made, row, status, kind):
    session = made(row)
    expected = [(status, kind or "residence_undetermined")]
    assert session.execute("SELECT status, type FROM stays").fetchall() == expected
    assert session.execute("SELECT status, type FROM stays_cube").fetchall() == expected


def test_the_share_without_departure_by_the_due_date(made):
    session = made(
        stay("2016-04-01", "2016-04-02"),  # left on time
        stay("2016-04-01", "2016-04-04"),  # left on the due date
        stay("2016-04-01", "2016-04-05"),  # late
        stay("2016-04-01", None, route="sea"),  # no departure
        stay("2016-04-01", None, refused=True),  # departure refused
        stay("2016-04-01", None, until="2016-04-10"),  # due on the last day of the data
        stay("2016-04-01", None, until="2016-04-11", route="sea"),  # due after it
        stay("2016-04-01", None, until=None, permission="duration_of_status"),
    )
    counted = ("due", "without_departure", "departed_after_due", "departure_refused", "open_admissions")
    assert [values(session, "OV", each)["total"] for each in counted] == [6, 2, 1, 1, 4]
    shares = ("share", "share_without_departure", "share_departed_after_due", "open_share")
    assert [values(session, "OV", each)["total"] for each in shares] == pytest.approx([50, 100 / 3, 100 / 6, 50])
    assert values(session, "OV", "open_share", "route") == pytest.approx({"air": 100 / 3, "sea": 100})
    flags = session.execute("SELECT DISTINCT flag FROM cells_stays WHERE indicator = 'OV'").fetchall()
    assert flags == [("additional experimental",)]


def test_admissions_outside_the_period_are_not_of_the_cohort(made):
    session = made(stay("2016-03-31", "2016-04-02"), stay("2016-04-30", "2016-05-01"), stay("2016-05-01", "2016-05-02"))
    assert values(session, "TM", "visits") == {"total": 1}


def test_bad_values_are_counted_by_reason(made):
    session = made(
        stay("2016-04-02", "2016-04-03", until="2016-04-01"),
        stay("2016-04-02", "2016-04-03", until="9999-12-31"),
        stay("2016-04-02", "2016-04-03", until=None),
        stay("2016-04-02", "2016-04-03", visa="X"),
    )
    reasons = dict(session.execute("SELECT reason, records FROM issue_counts_stays").fetchall())
    assert reasons == {"before_arrival": 1, "implausible": 1, "permission_unknown": 1, "type_unmapped": 1}


def test_a_source_without_permission_class_and_route_is_counted_too(made):
    session = made(*CENSORED, columns=("arrival_date", "departure_date"))
    assert values(session, "TM", "visits", "type") == {"other": 4, "residence_reached": 1}
    assert values(session, "OV", "due") == {}


def test_no_admissions_give_no_cells(made):
    assert made().execute("SELECT count(*) FROM cells_stays").fetchone() == (0,)


def test_cells_have_one_row_per_key(made):
    keys = "indicator, measure, variant, period, breakdown, category"
    found = made(*CENSORED).execute(f"SELECT {keys} FROM cells_stays GROUP BY {keys} HAVING count(*) > 1")
    assert found.fetchall() == []


def test_every_query_is_in_the_portable_subset(queries):
    assert {name: lint(query) for name, query in queries().items() if lint(query)} == {}


def codes(**changes) -> list[str]:
    return [each.code for each in definition(**changes).lint()]


def test_a_sound_definition_has_no_problem_and_reads_as_prose():
    assert codes() == []
    assert "9 nights (An act, 1)" in definition().prose()


def test_lints():
    assert codes(residence={"length": "9 nights"}) == ["mobility.no_reference"]
    assert codes(residence={"length": "8 nights", "reference": CITED}) == ["mobility.residence_not_classed"]
    assert "mobility.not_nights" in codes(residence={"length": "12 months", "reference": CITED})
    assert codes(bands={"unit": "nights", "starts": [1, 5, 9], "reference": CITED}) == ["mobility.bands_order"]
    assert codes(bands={"unit": "nights", "starts": [0, 5], "reference": CITED}) == ["mobility.bands_cut"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (None, "mobility.no_types", None),
        ("class,type\nT,tourism\n", "mobility.types_columns", 1),
        ("visa_class,type\nT,tourism\nS,holiday\n", "mobility.unknown_type", 3),
        ("visa_class,type\nT,residence_undetermined\n", "mobility.unknown_type", 2),
    ],
)
def test_a_table_of_types_that_cannot_be_used(tmp_path, text, code, line):
    if text is not None:
        (tmp_path / "types.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SojournError) as error:
        read_types(tmp_path, definition())
    assert [(each.code, each.line) for each in error.value.problems] == [(code, line)]
    assert str(error.value)
