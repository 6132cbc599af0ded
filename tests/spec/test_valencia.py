"""countries/valencia on the real records: the totals that the data's own README gives, and a judge in NumPy.

The judge reads the files itself and walks the days of 2006: for each day and date of birth the number present, by the
completed age on the day. It shares no formula with the package.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

duckdb = pytest.importorskip("duckdb")

from sojourn.errors import SojournError  # noqa: E402
from sojourn.run.check import data_problems  # noqa: E402
from sojourn.definitions.load import load_country  # noqa: E402
from sojourn.run.execute import run  # noqa: E402
from sojourn.stages.publish.files import stamped  # noqa: E402

FILES = {"opening": "pop", "births": "birth", "deaths": "death", "entries": "immi", "exits": "emi"}
DATES = {"births": "date_birth", "deaths": "date_death", "entries": "date_immi", "exits": "date_emi"}
FIRST, DAYS = date(2006, 1, 1), 365


def copied(countries: Path, place: Path) -> Path:
    return shutil.copytree(countries / "valencia", place / "valencia", ignore=shutil.ignore_patterns("runs", ".sojourn", "*.key"))


@pytest.fixture(scope="module")
def done(data_folder, countries, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOJOURN_DATA", str(data_folder))
        yield run(copied(countries, tmp_path_factory.mktemp("run")))


@pytest.fixture(scope="module")
def rows(done):
    """A function: the rows of a query over the tables of the run, a table written {name}."""

    class Tables(dict):
        def __missing__(self, name):
            return f"read_parquet('{stamped(done.folder / 'tables', name, 'parquet')}')"

    return lambda sql: duckdb.sql(sql.format_map(Tables())).fetchall()


@pytest.fixture(scope="module")
def present(data_folder):
    """Dates of birth, and of each the number present at the end of every day of 2006."""
    found = {}
    for component, name in FILES.items():
        file = data_folder / "spain_valencia_register_2006" / f"{name}_2006.parquet"
        day = f"CAST({DATES[component]} AS DATE)" if component in DATES else "DATE '2006-01-01'"
        sql = f"SELECT CAST(date_birth AS DATE) AS birth, {day} - DATE '2006-01-01' AS day FROM read_parquet('{file}')"
        found[component] = duckdb.sql(sql).fetchnumpy()
    births = np.unique(np.concatenate([each["birth"] for each in found.values()]))
    net = np.zeros((len(births), DAYS), dtype=np.int64)
    for component, each in found.items():
        sign = -1 if component in ("deaths", "exits") else 1
        np.add.at(net, (np.searchsorted(births, each["birth"]), each["day"].astype(int)), sign)
    return births.astype("datetime64[D]").astype(object), net.cumsum(axis=1)


pytestmark = pytest.mark.real_data


def test_the_account_of_the_year(rows):
    found = dict(rows("SELECT component, value FROM {lexis_account} WHERE breakdown = 'total'"))
    known = {"opening": 1_197_154, "births": 13_626, "deaths": 10_146, "entries": 48_431, "exits": 18_006, "closing": 1_231_059}
    assert {name: found[name] for name in known} == known
    assert 1_197_154 + 13_626 - 10_146 + 48_431 - 18_006 == 1_231_059


def test_the_cohort_of_the_year(rows):
    found = rows("SELECT births, entries, exits, deaths, age, triangle FROM {lexis} WHERE cohort = 2006")
    assert found == [(13_626, 208, 100, 43, 0, "lower")]


def test_person_days_by_age_are_those_of_a_walk_through_the_days(rows, present):
    births, counts = present
    years = np.array([birth.year for birth in births])
    birthdays = np.array([birth.month * 100 + birth.day for birth in births])
    walked = np.zeros(130, dtype=np.int64)
    for number in range(DAYS):
        day = FIRST + timedelta(number)
        ages = day.year - years - (day.month * 100 + day.day < birthdays)
        # Who is not born yet has age -1 and is not there.
        walked += np.bincount(ages + 1, counts[:, number], 131)[1:].astype(np.int64)
    found = dict(rows("SELECT age, CAST(sum(person_days) AS BIGINT) FROM {lexis} GROUP BY age"))
    assert found == {age: days for age, days in enumerate(walked.tolist()) if days or age in found}
    assert sum(found.values()) == int(counts.sum()) == 443_120_973


def test_closing_stock_by_cohort_is_that_of_the_last_day(rows, present):
    births, counts = present
    walked: dict[int, int] = {}
    for birth, number in zip(births, counts[:, -1].tolist(), strict=True):
        walked[birth.year] = walked.get(birth.year, 0) + number
    found = rows("SELECT cohort, CAST(sum(closing) AS BIGINT) FROM {lexis} GROUP BY cohort")
    assert {cohort: value for cohort, value in found} == walked


def test_birth_dates_below_zero_are_those_that_the_judge_finds(rows, present):
    births, counts = present
    below = counts.min(axis=1) < 0
    checks = {name: (examined, failing) for name, examined, failing in rows("SELECT * FROM {lexis_checks}")}
    assert checks["below_zero"] == (len(births), int(below.sum())) == (35_311, 164)
    assert int(counts.min(axis=1).clip(max=0).sum()) == -171
    assert max(birth.year for birth, fails in zip(births, below.tolist(), strict=True) if fails) < 1925


def test_every_other_check_holds(rows):
    failing = rows("SELECT name FROM {lexis_checks} WHERE failing > 0")
    assert failing == [("below_zero",)]
    assert rows("SELECT examined FROM {lexis_checks} WHERE name = 'fact_dates'") == [(1_287_363,)]


def test_no_triangle_holds_fewer_than_nobody(rows):
    columns = ("opening", "reached", "passed", "closing", "person_days")
    assert rows(f"SELECT count(*) FROM {{lexis}} WHERE {' OR '.join(f'{each} < 0' for each in columns)}") == [(0,)]


def test_no_indicator_of_migration_is_made(done, rows):
    assert rows("SELECT DISTINCT indicator FROM {cells}") == [("DA",)]
    assert {path.name.split(".")[0] for path in done.folder.glob("*.csv")} == {"headline", "da"}


def test_the_page_says_what_it_is_of_and_what_it_cannot_say(done):
    page = done.report.read_text(encoding="utf-8")
    title = page.partition("<h1>")[2].partition("</h1>")[0]
    assert all(words in title for words in ("men", "one half", "rest of Spain and abroad together"))
    for words in ("its\nclosing tests the arithmetic alone", "On 164 birth dates", "Entries and exits are changes in the register"):
        assert words.replace("\n", " ") in page


def test_a_run_stops_where_the_definition_allows_no_contradiction(countries, data_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("SOJOURN_DATA", str(data_folder))
    folder = copied(countries, tmp_path)
    path = folder / "definitions" / "account.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 1\n", "value: 0.4\n"), encoding="utf-8")
    with pytest.raises(SojournError) as stopped:
        run(folder)
    (found,) = stopped.value.problems
    assert (found.code, found.fields["failing"], found.fields["examined"]) == ("lexis.check_failed", 164, 35_311)
    assert found.file == path and found.line == path.read_text(encoding="utf-8").splitlines().index("below_zero:") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("sources/deaths.yaml", "event: death", "event: departure", "lexis.no_facts"),
        ("sources/exits.yaml", "birth_date: {column: date_birth, required: true}", "sex: {value: male}", "lexis.no_birth_date"),
        ("sources/population.yaml", "complete: true", "complete: false", "lexis.list_incomplete"),
        ("sources/births.yaml", "event: birth_in", "event: enumeration", "lexis.two_lists"),
        ("sources/entries.yaml", "from: 2006-01-01", "from: 2006-02-01", "lexis.list_day"),
        ("definitions/account.yaml", "id: demographic-account", "id: demographic-account", "lexis.no_definition"),
    ],
)
def test_what_an_account_lacks_is_said_before_anything_runs(countries, data_folder, tmp_path, monkeypatch, file, old, new, code):
    monkeypatch.setenv("SOJOURN_DATA", str(data_folder))
    path = copied(countries, tmp_path) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.unlink() if code == "lexis.no_definition" else path.write_text(text.replace(old, new), encoding="utf-8")
    found = data_problems(load_country(path.parent.parent))
    assert code in {each.code for each in found}
    assert all(str(each) for each in found)
