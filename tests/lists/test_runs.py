"""Whole runs of a country whose codes go through concordances: what is counted, printed, warned of and refused."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlglot

import sojourn
from sojourn.definitions.load import load_country
from sojourn.engine.portable import lint
from sojourn.errors import SojournError
from sojourn.run.check import check
from sojourn.run.plan import plan
from sojourn.definitions.period import parse_period
from sojourn.stages import ingest
from tests.lists.land import BIRTH, CITIZENSHIP, FINER, REGISTER, TABLE, land
from tests.profile.workbooks import workbook

BORN_1970 = "1970-05-01"


def rows(run, table: str) -> list[dict]:
    (path,) = Path(run.folder).glob(f"tables/{table}.*")
    return pq.read_table(path).to_pylist()


def births(run) -> dict[str, int]:
    """Residents by birth class."""
    found: dict[str, int] = {}
    for row in rows(run, "stock_cube"):
        if row["status"] == "resident":
            found[row["birth"]] = found.get(row["birth"], 0) + row["persons"]
    return found


def effect(run) -> dict[str, tuple[int, int, int]]:
    """Rule to native-born, foreign-born, undetermined."""
    return {row["rule"]: (row["native_born"], row["foreign_born"], row["undetermined"]) for row in rows(run, "birthplace_effect")}


PEOPLE = [
    *[("1980-01-01", "LV", "", "LV")] * 5,
    *[(BORN_1970, "SU", "", "LV")] * 4,
    *[(BORN_1970, "RU", "", "NONE")] * 3,
    *[(BORN_1970, "DE", "", "DE")] * 2,
    ("", "SU", "", "UNO"),
]


@pytest.mark.parametrize(("borders", "counted"), [("now", {"native": 5, "foreign": 5, "unknown": 5}), ("then", {"native": 12, "foreign": 2, "unknown": 1})])
def test_the_rule_decides_who_is_foreign_born_and_its_effect_is_a_table(tmp_path, borders, counted):
    run = sojourn.run(land(tmp_path / "a", "LVA", PEOPLE, borders))
    assert births(run) == counted
    assert effect(run) == {"now": (5, 5, 5), "then": (12, 2, 1)}
    assert [row["in_use"] for row in rows(run, "birthplace_effect") if row["rule"] == borders] == [True]
    assert "205/2014" in run.report.read_text() or borders == "then"


def test_a_finer_column_tells_the_successor(tmp_path):
    people = [(BORN_1970, "SU", "RIGA", "LV")] * 3 + [(BORN_1970, "SU", "RU", "LV")] * 2 + [(BORN_1970, "SU", "DE", "LV"), (BORN_1970, "SU", "", "LV")]
    folder = land(tmp_path / "a", "LVA", people, **{"sources/register.yaml": REGISTER + FINER + CITIZENSHIP})
    run = sojourn.run(folder)
    # Riga is here, Russia is not; a town in Germany lies in no part of the USSR, and none is no town.
    assert births(run) == {"native": 3, "foreign": 2, "unknown": 2}
    assert effect(run)["then"] == (7, 0, 0)


def test_a_successor_of_the_table_is_taken(tmp_path):
    run = sojourn.run(land(tmp_path / "a", "LVA", [("1980-01-01", "LV", "", "LV"), (BORN_1970, "SUR", "", "LV")]))
    assert births(run) == {"native": 1, "foreign": 1}
    assert effect(run)["then"] == (2, 0, 0)


def test_stateless_refugees_and_laissez_passer(tmp_path):
    run = sojourn.run(land(tmp_path / "a", "LVA", [("1980-01-01", "LV", "", each) for each in ("LV", "NONE", "REF", "UNO", "Polish")]))
    found = sorted(row["citizenship"] for row in rows(run, "citizenships"))
    assert found == ["foreign", "foreign", "national", "stateless", "unknown"]


def test_names_are_matched_and_counted_and_the_rest_is_listed(tmp_path):
    people = [("1980-01-01", each, "", "LV") for each in ("LV", "Alemania", "Deutschland", "Cote dIvoire", "Germny", "Germny", "Qq")]
    run = sojourn.run(land(tmp_path / "a", "LVA", people))
    counted = {(row["reason"], row["records"]) for row in rows(run, "issue_counts") if row["field"] == "country_of_birth"}
    assert counted == {("matched_by_name", 3), ("unknown_code", 3)}
    assert rows(run, "unmapped_codes") == [
        {"source": "register", "field": "country_of_birth", "value": "Germny", "records": 2, "suggestion": "DEU"},
        {"source": "register", "field": "country_of_birth", "value": "Qq", "records": 1, "suggestion": None},
    ]


def test_rare_values_are_in_the_run_and_shown_to_nobody(tmp_path):
    people = [("1980-01-01", "LV", "", "LV")] * 9 + [("1980-01-01", "Germny", "", "LV")] * 5 + [("1980-01-01", "Vilnius-Zarasai", "", "LV")] * 4
    folder = land(tmp_path / "a", "LVA", people, threshold=5)
    run = sojourn.run(folder)
    page = run.report.read_text()
    assert "Germny" in page and "Vilnius-Zarasai" not in page
    assert {row["value"] for row in rows(run, "unmapped_codes")} == {"Germny", "Vilnius-Zarasai"}
    (said,) = [each for each in check(folder) if each.code == "concordance.unmapped"]
    assert said.warning and said.line == 14
    assert "Germny (5, perhaps DEU)" in str(said) and "Vilnius" not in str(said) and "rarer values: 1" in str(said)


def test_the_effect_is_a_file_and_hides_what_few_persons_move(tmp_path):
    def written(people, name):
        run = sojourn.run(land(tmp_path / name, "LVA", people, threshold=5))
        with next(Path(run.folder).glob("birthplace_effect.*.csv")).open(encoding="utf-8") as file:
            return [(row["rule"], row["foreign_born"], row["difference"]) for row in csv.DictReader(file)]

    many = [("1980-01-01", "LV", "", "LV")] * 9 + [(BORN_1970, "RU", "", "LV")] * 8 + [(BORN_1970, "DE", "", "LV")] * 7
    assert written(many, "many") == [("now", "15", "0"), ("then", "7", "-8")]
    few = [("1980-01-01", "LV", "", "LV")] * 9 + [(BORN_1970, "RU", "", "LV")] * 3 + [(BORN_1970, "DE", "", "LV")] * 7
    assert written(few, "few") == [("now", "", ""), ("then", "", "")]


SHEET = "id: birth\nkind: concordance\nfile: codes/birth.xlsx\nsheet: codes\nmatching: [names]\nrule: {borders: now}\n"
NO_DATE = REGISTER + BIRTH.replace(", on: birth_date", "") + CITIZENSHIP


@pytest.mark.parametrize(
    ("changed", "code", "line"),
    [
        ({"sources/register.yaml": NO_DATE}, "concordance.needs_date", 14),
        ({"sources/register.yaml": REGISTER + BIRTH.replace("birth,", "berth,")}, "concordance.not_found", 14),
        ({"sources/register.yaml": REGISTER + BIRTH.replace("on: birth_date", "on: sex")}, "concordance.no_such_date", 14),
        ({"codes/birth.csv": TABLE + "LV,EST,,,,\n"}, "concordance.overlap", 14),
        ({"definitions/birth.yaml": "id: birth\nkind: concordance\n"}, "concordance.empty", 1),
        ({"definitions/birth.yaml": "id: birth\nkind: concordance\nfile: codes/none.csv\n"}, "concordance.no_table", None),
    ],
)
def test_what_cannot_be_read_stops_a_run(tmp_path, changed, code, line):
    folder = land(tmp_path / "a", "LVA", PEOPLE, **changed)
    with pytest.raises(SojournError) as error:
        sojourn.run(folder)
    assert [(each.code, each.line) for each in error.value.problems] == [(code, line)]
    assert "what to do" in str(error.value) and not (folder / "runs").exists()


def test_two_rules_of_borders_are_refused(tmp_path):
    second = REGISTER.replace("id: register", "id: second").replace("scheme: personal_key", "scheme: other_key")
    changed = {
        "definitions/other.yaml": "id: other\nkind: concordance\nmatching: [codes]\nrule: {borders: then}\n",
        "sources/second.yaml": second + BIRTH.replace("birth,", "other,"),
    }
    found = [each.code for each in check(land(tmp_path / "a", "LVA", PEOPLE, **changed)) if not each.warning]
    assert found == ["concordance.two_borders"]


def test_another_table_is_another_run(tmp_path):
    folder = land(tmp_path / "a", "LVA", PEOPLE)
    first = sojourn.run(folder)
    (folder / "codes/birth.csv").write_text(TABLE.replace("SUR,SUN,,1991-12-26,RUS,RSFSR", ""), encoding="utf-8")
    assert sojourn.run(folder).folder != first.folder


def test_a_table_in_a_sheet_says_what_the_csv_says(tmp_path):
    folder = land(tmp_path / "a", "LVA", PEOPLE, **{"definitions/birth.yaml": SHEET})
    rows_of_table = [[each or None for each in row] for row in csv.reader(TABLE.splitlines())]
    workbook(folder / "codes/birth.xlsx", notes=[["how we code"]], codes=rows_of_table)
    assert effect(sojourn.run(folder)) == {"now": (5, 5, 5), "then": (12, 2, 1)}


def test_every_query_is_portable(tmp_path):
    country = load_country(land(tmp_path / "a", "LVA", PEOPLE, **{"sources/register.yaml": REGISTER + FINER + CITIZENSHIP}))
    period, (source,) = parse_period("2020"), country.sources.values()
    kinds = dict.fromkeys((*source.raw_columns(), "record", "delivery"), "VARCHAR")
    door = [ingest.typed_records(source, kinds, "raw_file"), *ingest.unmapped_values(source, kinds, "raw_file").values()]
    later = [sql for step in plan(country, period, "") for sql in (*step.queries.values(), *step.views.values())]
    assert [lint(sql, at_the_door=True) for sql in door] == [[]] * len(door)
    assert [found for sql in later if (found := lint(sql))] == []
    assert all(sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE) for sql in (*door, *later))
