"""The I-94 country folder on the real records: the totals that the data's own README gives, through the stage's SQL.

The records are read here as the source file maps them, without the door: what is tested is the counting.
"""

import duckdb
import pytest

from sojourn.concepts.mobility import OTHER, TYPES
from sojourn.definitions.load import load_country
from sojourn.definitions.temporary_mobility import read_types
from sojourn.stages.stays import tables

pytestmark = pytest.mark.real_data

ADMISSIONS = 3_096_313
READ = """
SELECT cicid AS unit, arrdate AS arrival_date, CASE WHEN refused THEN NULL ELSE depdate END AS departure_date,
       coalesce(refused, FALSE) AS departure_refused, CAST(try_strptime(dtaddto, '%m%d%Y') AS DATE) AS admitted_until,
       CASE WHEN dtaddto = 'D/S' THEN 'duration_of_status' END AS permission, visatype AS visa_class,
       CASE i94mode WHEN 1 THEN 'air' WHEN 2 THEN 'sea' WHEN 3 THEN 'land' END AS route,
       CAST(i94cit AS VARCHAR) AS citizenship, CAST(i94res AS VARCHAR) AS residence
FROM (SELECT *, depdate < arrdate OR depdate >= DATE '{end}' AS refused FROM read_parquet({files}))"""


@pytest.fixture(scope="module")
def country(data_folder, countries):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOJOURN_DATA", str(data_folder))
        yield load_country(countries / "i94")


@pytest.fixture(scope="module")
def session(country):
    source, definition = country.sources["admissions"], country.definitions["temporary-mobility"]
    files = [str(path) for path in country.files(source)]
    made = duckdb.connect(config={"threads": 2})
    made.execute(f"CREATE VIEW accepted_admissions AS {READ.format(files=files, end=source.covers.end)}")
    for name, query in tables(country, source, definition).items():
        made.execute(f"CREATE {'VIEW' if name == 'stays' else 'TABLE'} {name} AS {query}")
    return made


@pytest.fixture(scope="module")
def value(session):
    """A function: the value of one cell."""
    cells = dict(
        ((indicator, measure, breakdown, category), value)
        for indicator, measure, breakdown, category, value in session.execute(
            "SELECT indicator, measure, breakdown, category, value FROM cells_stays"
        ).fetchall()
    )
    return lambda indicator, measure, breakdown="total", category="total": cells[indicator, measure, breakdown, category]


def test_visits_and_what_became_of_them(value):
    assert value("TM", "visits") == ADMISSIONS
    outcomes = [value("TM", "visits", "outcome", each) for each in ("completed", "open", "refused")]
    assert outcomes == [2_953_478, 142_457, 378]


def test_person_nights_of_completed_stays(value):
    assert value("TM", "person_nights_completed") == 41_668_067
    # The records hold no departure on the day of arrival, so both measures agree.
    assert value("TM", "person_days_completed") == 41_668_067


@pytest.mark.parametrize(
    ("classes", "admissions"),
    [
        (("B1", "WB", "E1", "E2", "I", "I1", "GMB"), 522_079),
        (("B2", "WT", "GMT", "CP", "CPL", "SBP"), 2_530_868),
        (("F1", "F2", "M1", "M2"), 43_366),
    ],
)
def test_visa_classes_add_up_to_the_groups_of_the_source(value, classes, admissions):
    assert sum(value("TM", "visits", "visa_class", each) for each in classes) == admissions


@pytest.mark.parametrize(("route", "admissions"), [("air", 2_994_505), ("land", 66_660), ("sea", 26_349), ("unknown", 8_799)])
def test_routes(value, route, admissions):
    assert value("TM", "visits", "route", route) == admissions


@pytest.mark.parametrize(
    ("code", "admissions"),
    [("135", 368_421), ("209", 249_167), ("245", 185_609), ("111", 185_339), ("582", 179_603), ("112", 156_613)],
)
def test_countries_of_residence(value, code, admissions):
    assert value("TM", "visits", "residence", code) == admissions


def test_the_base_of_the_overstay_estimate(value):
    counted = ("due", "without_departure", "departed_after_due", "departure_refused")
    assert [value("OV", each) for each in counted] == [1_728_672, 49_304, 4_901, 307]
    assert value("OV", "share_without_departure") == pytest.approx(100 * 49_304 / 1_728_672)
    assert value("OV", "share") == pytest.approx(100 * 54_205 / 1_728_672)


def test_departures_are_missed_more_often_by_sea_than_by_air(value):
    assert value("OV", "open_share", "route", "air") < 5 < 30 < value("OV", "open_share", "route", "sea")


def test_every_open_stay_is_undetermined_at_the_longer_lengths(value):
    for nights in (183, 365):
        assert value("TM", "visits", f"length_{nights}", "undetermined") == 142_457 + 378
        assert value("TM", "visits", f"length_{nights}", "below") == 2_953_478
    assert value("TM", "visits", "length_90", "undetermined") == 378


def test_admissions_without_an_end_below_residence_are_not_temporary(value):
    assert value("TM", "visits", "permission", "duration_of_status") == 45_343
    undetermined = 45_343 + 22_034 + 2
    assert value("TM", "visits", "type", "residence_undetermined") == undetermined
    assert value("TM", "visits", "status", "undetermined_permission") == undetermined
    assert value("TM", "visits", "type", "training") == 1_410


@pytest.mark.parametrize("breakdown", ["type", "status", "visa_class", "route", "citizenship", "residence", "visa_class x type"])
def test_every_breakdown_adds_up_to_the_total(session, breakdown):
    added = "SELECT sum(value) FROM cells_stays WHERE indicator = 'TM' AND measure = ? AND breakdown = ?"
    assert session.execute(added, ["visits", breakdown]).fetchone() == (ADMISSIONS,)
    assert session.execute(added, ["person_nights_completed", breakdown]).fetchone() == (41_668_067,)


def test_open_stays_lengthen_the_mean(value):
    assert value("TM", "mean_stay_completed") == pytest.approx(41_668_067 / 2_953_478)
    assert value("TM", "mean_stay") == pytest.approx(21.334, abs=0.001)
    assert value("TM", "mean_stay_limit") == 172
    assert (value("TM", "median_stay"), value("TM", "median_stay_completed")) == (8, 7)


def test_the_cohort_present_by_day(session):
    presence = "SELECT present, undetermined FROM presence WHERE grp = 'total' AND day = ?"
    assert session.execute(presence, [0]).fetchone() == (ADMISSIONS - 378, 378)
    assert session.execute(presence, [142]).fetchone() == (154_010, 378)
    assert session.execute(presence, [143]).fetchone() == (147_731, 378 + 5_672)


def test_bad_records_are_counted_by_reason(session):
    reasons = dict(session.execute("SELECT reason, records FROM issue_counts_stays").fetchall())
    assert reasons == {
        "before_arrival": 1, "implausible": 2, "permission_unknown": 481, "type_unmapped": 14_779,
    }  # fmt: skip


def test_the_table_of_types_cites_every_row(country):
    types = read_types(country.path, country.definitions["temporary-mobility"])
    assert OTHER not in types.values() and set(types.values()) <= set(TYPES)
    rows = (country.path / "codes" / "visa_types.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all("INA" in row and "E/CN.3/2021/11" in row for row in rows)
