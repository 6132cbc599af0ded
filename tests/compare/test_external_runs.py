"""Another system's statuses in whole runs: counted by hand, nobody named, nothing of ours changed by them."""

import csv

import pytest

import sojourn
from sojourn.messages import say
from sojourn.stages.publish.files import stamped
from tests.attack import lands
from tests.attack.conftest import command
from tests.attack.traces import balance, differing, issues, natural_identifiers, table, texts
from tests.compare.workbook import write_workbook

STRANGER = "PASS9998QX"
DEFINITION = """id: other
kind: external statuses
title: The other system
files: [data/other.csv]
identifier: {column: passport, scheme: passport}
date: {column: day}
status: {column: status, codes: {R: resident, N: absent}}
reason: reason
"""
PEOPLE = lands.PEOPLE
ROWS = [
    ("passport", "day", "status", "reason"),
    (PEOPLE[0], "2021-01-01", "R", "list"),
    (PEOPLE[1], "2021-01-01", "R", "list"),
    (PEOPLE[2], "2021-01-01", "N", "moved"),
    (PEOPLE[6], "2021-01-01", "R", ""),
    (STRANGER, "2021-01-01", "R", "list"),
    (PEOPLE[0], "2022-01-01", "R", "list"),
    (PEOPLE[4], "2022-01-01", "R", "list"),
]
FAULTY = [
    ("", "2021-01-01", "R", "list"),
    (PEOPLE[3], "2021-02-30", "R", "list"),
    (PEOPLE[3], "2021-01-01", "Q", "list"),
    (PEOPLE[3], "2021-01-01", "", "list"),
    (PEOPLE[0], "2021-01-01", "R", "twice"),
]


def with_other(folder, rows=ROWS, definition=DEFINITION):
    (folder / "definitions" / "other.yaml").write_text(definition, encoding="utf-8")
    lands.write_csv(folder / "data" / "other.csv", rows)
    return folder


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return sojourn.run(lands.persons_land(tmp_path_factory.mktemp("alone") / "land")).folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return with_other(lands.persons_land(tmp_path_factory.mktemp("other") / "land"), ROWS + FAULTY)


@pytest.fixture(scope="module")
def run(folder):
    return sojourn.run(folder).folder


DAYS = {"2021-01-01": 18628, "2022-01-01": 18993}


def pairs(run, day):
    """Persons by both statuses on one day."""
    found = {}
    for row in table(run, "status_comparison"):
        if row["day"] == DAYS[day]:
            key = row["our_status"], row["their_status"]
            found[key] = found.get(key, 0) + row["persons"]
    return found


def test_statuses_counted_by_hand(run):
    """On the register of 2019 are persons 0 to 5; 1 left on 2020-11-05 for good; 6 to 9 were never here, 10 and 11 unborn."""
    assert pairs(run, "2021-01-01") == {
        ("resident", "resident"): 1,
        ("absent", "resident"): 2,
        ("resident", "absent"): 1,
        (None, "resident"): 1,
        ("resident", None): 3,
        ("absent", None): 3,
    }


def test_who_has_died_is_known_to_the_other_system_alone(run):
    """Person 4 died on 2021-12-01."""
    assert pairs(run, "2022-01-01")[None, "resident"] == 1


def test_differences_name_the_number_of_the_person_and_nothing_else(run):
    rows = [row for row in table(run, "status_differences") if row["day"] == DAYS["2021-01-01"]]
    assert sorted((row["our_status"] or "", row["their_status"] or "") for row in rows) == [
        ("", "resident"), ("absent", "resident"), ("absent", "resident"), ("resident", ""), ("resident", ""), ("resident", ""),
        ("resident", "absent"),
    ]  # fmt: skip
    known = {row["unit"] for row in table(run, "units")}
    assert [row["person"] in known for row in rows if row["our_status"] is None] == [False]


def test_faulty_records_are_counted_by_reason(run):
    found = {(row["field"], row["reason"], row["action"]): row["records"] for row in table(run, "issue_counts") if row["source"] == "other"}
    assert found == {
        ("identifier", "missing_identifier", "rejected"): 1,
        ("date", "impossible_date", "rejected"): 1,
        ("status", "unknown_code", "rejected"): 1,
        ("status", "missing_value", "rejected"): 1,
        ("record", "repeated_person", "rejected"): 1,
    }
    assert len(ROWS) - 1 + len(FAULTY) == len(table(run, "external_other")) + sum(found.values())


def test_the_file_changes_none_of_our_tables(alone, run):
    ours = {path.name.partition(".")[0] for path in (alone / "tables").iterdir()}
    assert {name for name in ours if table(alone, name) != table(run, name)} == {"issue_counts"}
    assert balance(alone) == balance(run)
    assert issues(alone).items() <= issues(run).items()
    assert (alone / "headline.INTERNAL-NOT-PROTECTED.csv").read_bytes() == (run / "headline.INTERNAL-NOT-PROTECTED.csv").read_bytes()


def test_nobody_is_named_anywhere(run, folder):
    hidden = [each.encode() for each in (lands.SECRET, STRANGER, *natural_identifiers())]
    left = [path for place in (run, folder / ".sojourn") for path in place.rglob("*") if path.is_file()]
    assert [path.name for path in left for text in texts(path) for each in hidden if each in text] == []


def test_the_order_of_the_file_means_nothing(folder, run, tmp_path):
    other = with_other(lands.persons_land(tmp_path / "land"), [ROWS[0], *reversed(ROWS[1:] + FAULTY)])
    again = sojourn.run(other).folder
    assert table(run, "status_comparison") == table(again, "status_comparison")
    assert table(run, "status_differences") == table(again, "status_differences")


def test_the_same_run_gives_the_same_bytes(folder, run, tmp_path):
    again = sojourn.run(with_other(lands.persons_land(tmp_path / "land"), ROWS + FAULTY)).folder
    assert differing(run, again) == []


def test_small_counts_are_hidden_on_the_page_and_in_the_file(tmp_path):
    folder = with_other(lands.persons_land(tmp_path / "land"))
    country = folder / "country.yaml"
    country.write_text(country.read_text(encoding="utf-8").replace("threshold: 1", "threshold: 5"), encoding="utf-8")
    done = sojourn.run(folder)
    with stamped(done.folder, "status_comparison", "csv").open(encoding="utf-8") as file:
        shown = {(row["our_status"], row["their_status"]): row["persons"] for row in csv.DictReader(file) if row["day"] == "2021-01-01"}
    assert set(shown.values()) == {""}
    page = done.report.read_text(encoding="utf-8")
    section = page[page.index('id="systems"') : page.index('id="quality"')]
    assert 'class="n sign">c</td>' in section and say("compare.side_title") in section


def test_one_day_for_the_whole_file(tmp_path):
    definition = DEFINITION.replace("{column: day}", "{value: 2021-01-01}")
    rows = [(row[0], "", *row[2:]) for row in ROWS[:6]]
    run = sojourn.run(with_other(lands.persons_land(tmp_path / "land"), [ROWS[0], *rows[1:]], definition)).folder
    assert pairs(run, "2021-01-01")["absent", "resident"] == 2


def test_a_workbook_gives_the_same(run, tmp_path):
    """Dates are text in this one, so their form is stated."""
    definition = DEFINITION.replace("other.csv]", "other.xlsx]\nformat: {type: excel}").replace("column: day", "column: day, format: '%Y-%m-%d'")
    folder = with_other(lands.persons_land(tmp_path / "land"), ROWS, definition)
    write_workbook(folder / "data" / "other.xlsx", ROWS)
    assert pairs(sojourn.run(folder).folder, "2021-01-01") == pairs(run, "2021-01-01")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("scheme: passport", "scheme: card", "compare.unknown_scheme"),
        ("{column: day}", "{value: 2019-01-01}", "compare.day_outside"),
        ("{column: day}", "{value: 2024-01-01}", "compare.day_outside"),
        ("reason: reason", "reason: motive", "files.missing_column"),
        ("data/other.csv", "data/others.csv", "files.not_there"),
    ],
)
def test_what_cannot_be_compared_is_refused(before, after, code, tmp_path):
    folder = with_other(lands.persons_land(tmp_path / "land"), definition=DEFINITION.replace(before, after))
    assert code in [each.code for each in sojourn.check(folder)]
    assert command("run", folder)[0] == 1


def test_a_column_that_holds_no_codes_is_no_reason(tmp_path):
    people = [(f"{STRANGER}{number}", "2021-01-01", "R", f"SMITH{number}") for number in range(101)]
    folder = with_other(lands.persons_land(tmp_path / "land"), [ROWS[0], *people])
    code, _, text = command("run", folder)
    assert code == 1 and "101 different values" in text and "SMITH" not in text


def test_the_methodology_says_how_the_codes_are_read(folder):
    text = "\n".join(part for _, part in sojourn.methodology(sojourn.load_country(folder)))
    assert "R is resident; N is absent" in text
