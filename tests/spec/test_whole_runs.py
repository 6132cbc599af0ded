"""The two real countries from files to run folder, as a user runs them, against the totals of their data's own notes."""

import csv
import shutil
from pathlib import Path

import pytest

from sojourn import run
from sojourn.stages.publish.files import stamped

pytestmark = pytest.mark.real_data


def whole(name: str, countries: Path, data: Path, place: Path, patch: pytest.MonkeyPatch):
    """A run of a copy of the country folder."""
    folder = shutil.copytree(countries / name, place / name, ignore=shutil.ignore_patterns("runs", ".sojourn", "*.key"))
    patch.setenv("SOJOURN_DATA", str(data))
    patch.setenv("SOJOURN_SECRET", "a secret of the tests, not of an office")
    return run(folder)


def cells(done, name: str) -> dict[tuple, dict]:
    """Rows of a published CSV by measure, variant, breakdown and category."""
    with stamped(done.folder, name, "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["measure"], row["variant"], row["breakdown"], row["category"]): row for row in rows}


@pytest.fixture(scope="module")
def patch():
    with pytest.MonkeyPatch.context() as made:
        yield made


@pytest.fixture(scope="module")
def i94(data_folder, countries, tmp_path_factory, patch):
    return whole("i94", countries, data_folder, tmp_path_factory.mktemp("i94"), patch)


@pytest.fixture(scope="module")
def acs(data_folder, countries, tmp_path_factory, patch):
    return whole("acs", countries, data_folder, tmp_path_factory.mktemp("acs"), patch)


def test_admissions_totals(i94):
    visits, overstay = cells(i94, "tm"), cells(i94, "ov")
    total = ("", "total", "total")
    assert int(visits["visits", *total]["value"]) == 3_096_313
    assert int(visits["person_nights_completed", *total]["value"]) == 41_668_067
    assert int(overstay["due", *total]["value"]) == 1_728_672
    assert int(overstay["without_departure", *total]["value"]) == 49_304


def test_every_open_stay_is_undetermined_beyond_what_was_seen(i94):
    visits = cells(i94, "tm")
    refused = 378
    for length in ("length_183", "length_365"):
        assert int(visits["visits", "", length, "undetermined"]["value"]) == 3_096_313 - 2_953_856 + refused
    assert int(visits["visits", "", "length_90", "undetermined"]["value"]) == refused


def test_admissions_balance_and_reasons(i94):
    assert i94.manifest["balance"][0]["read"] == i94.manifest["balance"][0]["used"] == 3_096_313
    reasons = {(each["field"], each["reason"]): each["records"] for each in i94.manifest["issues"]}
    assert reasons["departure_date", "departure_before_arrival"] == 375
    assert reasons["departure_date", "departure_after_coverage"] == 3
    assert reasons["identifier", "repeated_form_number"] == 20_734


def test_admissions_count_no_person(i94):
    assert not any(measure == "persons" for measure, *_ in cells(i94, "tm"))
    assert not list(i94.folder.glob("mi_*"))


def test_survey_shares_under_both_definitions(acs):
    immigrants = cells(acs, "mi_1_1")
    shares = {variant: immigrants["share", variant, "total", "total"] for variant in ("", "national")}
    assert float(shares[""]["value"]) == pytest.approx(16.212, abs=5e-4)
    assert float(shares["national"]["value"]) == pytest.approx(15.183, abs=5e-4)
    assert float(shares["national"]["standard_error"]) == pytest.approx(0.922, abs=5e-4)


def test_survey_proxies_and_flags(acs):
    naturalised = cells(acs, "mi_1_2")["events", "", "total", "total"]
    assert naturalised["records"] == "12" and "unreliable" in naturalised["flag"] and "proxy" in naturalised["flag"]
    abroad = cells(acs, "mi_1_3")["share", "", "total", "total"]
    assert float(abroad["value"]) == pytest.approx(0.645, abs=5e-4)
    assert float(abroad["standard_error"]) == pytest.approx(0.157, abs=5e-4)
    empty = cells(acs, "rp")["stock", "", "subpopulation", "native_born_foreign"]
    assert "structural_zero" in empty["flag"]


@pytest.mark.parametrize(
    ("table", "count", "derived"),
    [
        ("ov", "without_departure", "share_without_departure"),
        ("ov", "departed_after_due", "share_departed_after_due"),
        ("ov", "open_admissions", "open_share"),
        ("tm", "person_nights_completed", "mean_stay_completed"),
        ("tm", "visits", "mean_stay"),
    ],
)
def test_nothing_is_shown_that_rests_on_a_hidden_count(i94, table, count, derived):
    rows = cells(i94, table)
    hidden = [key[1:] for key, row in rows.items() if key[0] == count and "not_shown" in row["flag"]]
    assert hidden
    shown = [key for key in hidden if (derived, *key) in rows and rows[derived, *key]["value"]]
    assert not shown


def test_the_same_bytes_twice_on_three_million_records(i94, countries, data_folder, tmp_path, patch):
    again = whole("i94", countries, data_folder, tmp_path, patch)
    assert again.manifest == i94.manifest
