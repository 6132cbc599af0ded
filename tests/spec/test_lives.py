"""The country of drawn lives: every figure of a run against the one computed on paper, in its expected.yaml."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sojourn import check, run
from sojourn.definitions.yaml import load

EPOCH = date(1970, 1, 1)
NIGHTS_OF_2016 = 366
MOMENTS = {"opening": date(2016, 1, 1), "closing": date(2017, 1, 1)}
NINE_DIGITS = 1e-9
"""Person-years are cut at the ninth decimal, so rates on them agree to nine digits and not to the last."""
SCHEME = "personal_key"


@pytest.fixture(scope="module")
def folder(countries, tmp_path_factory) -> Path:
    """A copy of the country folder, so that the run leaves nothing behind in the repository."""
    copy = tmp_path_factory.mktemp("country") / "lives"
    shutil.copytree(countries / "lives", copy, ignore=shutil.ignore_patterns("runs", ".sojourn"))
    return copy


@pytest.fixture(scope="module")
def tables(folder):
    """A function: the rows of one table of the run."""
    made = run(folder).folder / "tables"

    def rows(name: str) -> list[dict]:
        (path,) = made.glob(f"{name}.*parquet")
        return pq.read_table(path).to_pylist()

    return rows


@pytest.fixture(scope="module")
def expected(countries):
    return load(countries / "lives" / "expected.yaml").data


@pytest.fixture(scope="module")
def person(folder, tables):
    """A function: the number of the person behind a label, by the published construction of pseudonyms."""
    secret = (folder / "public.key").read_text(encoding="utf-8").strip()
    numbers = {row["pseudonym"]: row["unit"] for row in tables("units")}
    return lambda label: numbers[hashlib.sha256(f"{secret}{SCHEME}\x1f{label}".encode()).hexdigest()[:32]]


def test_the_folder_and_its_cases_have_no_problems(folder):
    """Beside the one code that is outside its list on purpose, and days that are drawn and stand out."""
    found = [each for each in check(folder) if each.code != "dates.stands_out"]
    assert [(each.code, each.fields["field"], each.fields["records"]) for each in found] == [("concordance.unmapped", "sex", 1)]


def test_every_person_of_the_records_is_drawn(expected, person, tables):
    assert {person(label) for label in expected["lives"]} == {row["unit"] for row in tables("units")}


@pytest.mark.parametrize("end", MOMENTS)
def test_status_of_each_life(end, expected, person, tables):
    spent = {row["person"]: row["status"] for row in tables("statuses") if _spent_the_night_before(row, MOMENTS[end])}
    found = {label: spent.get(person(label), "none") for label in expected["lives"]}
    assert found == {label: life[end] for label, life in expected["lives"].items()}


def _spent_the_night_before(row: dict, moment: date) -> bool:
    return row["start"] < (moment - EPOCH).days <= row["end"]


def test_changes_of_each_life(expected, person, tables):
    rows = tables("changes")
    for label, life in expected["lives"].items():
        found = [_change(row) for row in rows if row["person"] == person(label)]
        wanted = life.get("changes", [])
        assert [_as_precise(*pair) for pair in zip(found, wanted)] == wanted, label
        assert len(found) == len(wanted), label


def _change(row: dict) -> str:
    known = f" known {_day(row['known_on'])}" if row["known_on"] is not None else ""
    return f"{row['kind']} {_day(row['day'])}{known}"


def _as_precise(found: str, wanted: str) -> str:
    """The day from which a change is known only where the page gives one, or where it is undetermined."""
    keep = "known" in wanted or wanted.startswith("undetermined")
    return found if keep else found.partition(" known")[0]


def _day(number: int) -> str:
    return date.fromordinal(EPOCH.toordinal() + number).isoformat()


def test_every_cell(expected, tables):
    found = {}
    for row in tables("cells"):
        key = row["indicator"], row["measure"], row["period"], row["breakdown"]
        found.setdefault(key, {})[row["category"]] = row["value"]
    wrong = {key: found.get(key) for key, values in _figures(expected) if found.get(key) != pytest.approx(values, rel=NINE_DIGITS)}
    assert wrong == {}


def _figures(expected):
    """Key of a breakdown and its values; nights become person-years."""
    for indicator, measures in expected["cells"].items():
        for measure, periods in measures.items():
            for period, breakdowns in periods.items():
                for breakdown, values in breakdowns.items():
                    yield _key_and_values(indicator, measure, str(period), breakdown, values)


def _key_and_values(indicator, measure, period, breakdown, values):
    if measure != "nights":
        return (indicator, measure, period, breakdown), dict(values)
    years = {category: nights / NIGHTS_OF_2016 for category, nights in values.items()}
    return (indicator, "person_years", period, breakdown), years


def test_no_total_is_left_unchecked(expected, tables):
    checked = {key[:3] for key, _ in _figures(expected)}
    totals = {(row["indicator"], row["measure"], row["period"]) for row in tables("cells") if row["breakdown"] == "total"}
    assert totals == checked


def test_account_of_each_subpopulation(expected, tables):
    for row in tables("account"):
        wanted = expected["account"].get(row["subpopulation"], {}).get(row["component"], 0)
        assert (row["subpopulation"], row["component"], row["value"]) == (row["subpopulation"], row["component"], wanted)
    assert {row["subpopulation"] for row in tables("account")} == {*expected["account"], "undetermined"}


def test_account_adds_up_on_paper(expected):
    for name, parts in expected["account"].items():
        added = sum(parts.get(each, 0) for each in ("opening", "births", "immigration", "acquisition", "loss"))
        assert added - parts.get("deaths", 0) - parts.get("emigration", 0) == parts["closing"], name


def test_open_cases(expected, tables):
    found = {row["indicator"]: {"decided": row["decided"], "undetermined": row["undetermined"]} for row in tables("open_cases")}
    assert found == expected["open_cases"]


def test_records_are_used_or_listed(expected, tables):
    found = {row.pop("source"): row for row in tables("balance")}
    assert found == expected["balance"]


def test_reasons(expected, tables):
    found = {" ".join((row["source"], row["field"], row["reason"], row["action"])): row["records"] for row in tables("issue_counts")}
    assert found == expected["reasons"]


def test_the_yearbook_beside_ours(expected, tables):
    found = {}
    for row in tables("comparison"):
        found.setdefault(row["indicator"], {})[row["period"]] = [row["ours"], row["published"], row["status"]]
    assert found == expected["comparison"]


def test_another_system_beside_ours(expected, tables):
    found = {}
    for row in tables("status_comparison"):
        theirs = found.setdefault(row["our_status"] or "nobody", {})
        theirs[row["their_status"] or "nobody"] = theirs.get(row["their_status"] or "nobody", 0) + row["persons"]
    assert found == expected["status_comparison"]


def test_the_persons_who_differ(expected, person, tables):
    labels = {person(label): label for label in expected["lives"]}
    assert sorted(labels.get(row["person"], "nobody") for row in tables("status_differences")) == expected["status_differences"]
