"""Spain's survey of visitors from files to run folder: the published monthly figures, nights, and what cannot be given.

Expected values are those of the data folder's README and of the published table, computed there without this software.
"""

import csv
import re
import shutil

import pytest

from sojourn import run
from sojourn.stages.publish.files import stamped

pytestmark = pytest.mark.real_data
REGIONS = 7
MONTHS = 35
WHOLE_YEARS = {"2023": (85_169_048, 614_945_433), "2024": (93_759_298, 677_873_336)}
"""Sum of the twelve published months; person-nights."""
ROUNDING = 12 * 0.5
"""How far twelve rounded months may be from the rounded year."""


@pytest.fixture(scope="module")
def done(data_folder, countries, tmp_path_factory):
    place = tmp_path_factory.mktemp("egatur") / "egatur"
    folder = shutil.copytree(countries / "egatur", place, ignore=shutil.ignore_patterns("runs", ".sojourn", "*.key"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOJOURN_DATA", str(data_folder))
        patch.setenv("SOJOURN_SECRET", "a secret of the tests, not of an office")
        yield run(folder)


def rows(done, name):
    with stamped(done.folder, name, "csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cells(done):
    """A function: the value of a cell, None where it has none."""
    found = {tuple(row[key] for key in ("measure", "period", "breakdown", "category")): row for row in rows(done, "tp")}
    return lambda measure, period, breakdown="total", category="total": found.get((measure, period, breakdown, category))


def number(cell, column="value"):
    return float(cell[column]) if cell[column] else None


def test_every_published_figure_of_the_months_in_the_data_is_met(done):
    compared = [row for row in rows(done, "comparison") if row["status"] in ("within", "breach")]
    by_kind = {kind: [row for row in compared if row["breakdown"] == kind] for kind in ("total", "region_group")}
    assert [len(by_kind[kind]) for kind in by_kind] == [MONTHS, MONTHS * REGIONS]
    assert max(abs(float(row["difference"])) for row in compared) <= 0.5
    assert done.compared.get("breach", 0) == 0


@pytest.mark.parametrize(("month", "visits"), [("2024-08", 10_929_584), ("2024-07", 10_852_347), ("2025-06", 9_476_248)])
def test_months(cells, month, visits):
    assert round(number(cells("visits", month))) == visits


@pytest.mark.parametrize("year", WHOLE_YEARS)
def test_whole_years(cells, year):
    visits, nights = WHOLE_YEARS[year]
    assert abs(number(cells("visits", year)) - visits) <= ROUNDING
    assert number(cells("person_nights", year)) == nights


def test_presence_on_an_average_night_of_2024(cells):
    assert number(cells("mean_present_exit", "2024")) == 1_852_113
    spread = number(cells("person_nights_spread", "2024"))
    assert number(cells("mean_present", "2024")) == pytest.approx(spread / 366, abs=0.51)
    # Nights cross from year to year at both ends: the two counts of 2024 differ by less than one in a hundred.
    assert abs(spread / 677_873_336 - 1) < 0.01
    assert cells("mean_present", "2024")["flag"] == "experimental"


def test_no_annual_figure_where_a_month_is_missing(done, cells):
    assert not any(cells(measure, year) for measure in ("visits", "person_nights_spread") for year in ("2022", "2025"))
    page = done.report.read_text(encoding="utf-8")
    assert re.search(r"No figure for 2022: the data hold no trip that ended in 2022-01.*2022-06, 2022-10\.", page)
    assert "No sampling error can be computed" in page


def test_october_2022_is_a_gap_and_not_a_zero(cells):
    assert cells("visits", "2022-10") is None
    known = cells("person_nights_spread", "2022-10")
    assert number(known) is None and number(known, "lower") > 0 and "undetermined" in known["flag"]


def test_months_that_have_their_nights(cells):
    listed = [f"{year}-{month:02}" for year in range(2022, 2026) for month in range(1, 13)]
    complete = [each for each in listed if (cell := cells("person_nights_spread", each)) and number(cell) is not None]
    assert (complete[0], complete[-1], len(complete)) == ("2022-11", "2024-12", 26)


def test_spread_nights_are_those_of_the_trips(cells):
    """Every month's known nights and those before the data are the nights of all trips; each is rounded to a whole one."""
    listed = [f"{year}-{month:02}" for year in range(2022, 2026) for month in range(1, 13)]
    spread = [cell for each in listed if (cell := cells("person_nights_spread", each))]
    by_exit = [cell for each in listed if (cell := cells("person_nights", each))]
    before = number(cells("person_nights_before", "2022-07..2025-06"))
    known = sum(number(cell) or number(cell, "lower") for cell in spread)
    assert known + before == pytest.approx(sum(map(number, by_exit)), abs=len(spread) + len(by_exit))
    assert len(spread) == MONTHS + 1


def test_transit_is_part_of_the_total_and_stands_apart(cells):
    parts = [number(cells("visits", "2024", "visit_kind", each)) for each in ("staying", "in_transit")]
    assert sum(parts) == pytest.approx(number(cells("visits", "2024")), abs=0.01)
    assert 0.04 < parts[1] / sum(parts) < 0.06


@pytest.mark.parametrize("breakdown", ["region_group", "residence", "purpose", "accommodation", "route", "duration_band"])
def test_no_visit_is_lost_in_a_breakdown(done, cells, breakdown):
    parts = [row for row in rows(done, "tp") if (row["measure"], row["period"], row["breakdown"]) == ("visits", "2024", breakdown)]
    assert sum(float(row["value"]) for row in parts if row["value"]) == pytest.approx(number(cells("visits", "2024")), abs=0.1)


def test_nights_of_stages_are_those_of_the_trips(done, cells):
    nights = [row for row in rows(done, "tp") if (row["period"], row["breakdown"]) == ("2024", "region_of_stage")]
    for measure in ("person_nights", "person_nights_spread"):
        parts = sum(float(row["value"]) for row in nights if row["measure"] == measure and row["value"])
        whole = number(cells(measure, "2024"))
        # Regions of very few records are not shown.
        assert 0.998 * whole < parts <= whole + 19 * 0.5


def test_regions_of_very_few_records_are_not_shown(done):
    year = [row for row in rows(done, "tp") if (row["measure"], row["period"], row["breakdown"]) == ("visits", "2024", "region")]
    assert {row["category"] for row in year if not row["value"]} <= {"Ceuta", "Melilla"}
    assert len(year) == 19


def test_no_figure_has_an_error_that_nobody_could_compute(done):
    assert not any(row["standard_error"] or row["upper"] for row in rows(done, "tp"))
