"""Records that cannot be: each is counted by its reason, rejected, repaired or flagged, and none is lost."""

import pyarrow.parquet as pq
import pytest

from tests.attack import lands
from tests.attack.test_bad_files import rewrite
from tests.attack.traces import balance, issues, runs, table

TOLERANT = "stop_if_rejected_over: 0.5\n"


def tolerant(folder, name: str) -> None:
    source = folder / "sources" / f"{name}.yaml"
    rewrite(source, "title:", TOLERANT + "title:")


def crossings(folder, *rows: tuple) -> None:
    """The drawn crossings with more rows."""
    lands.write_csv(folder / "data" / "crossings.csv", [*lands.CROSSINGS, *rows])


def crossing(place: int, **changed: str) -> tuple:
    """A crossing without fault, but for the columns changed."""
    row = dict(zip(lands.CROSSINGS[0], (place, lands.PEOPLE[9], "O", "2022-12-01", "", "M", "1999-10-10", "XFB", "XFB", "")))
    return tuple((row | changed).values())


def every_issue_is_listed(run) -> None:
    """Counts by reason are those of the records listed, and every listed record exists."""
    read = {source: facts["read"] for source, facts in balance(run).items()}
    listed = table(run, "issues")
    assert all(1 <= row["record"] <= read[row["source"]] for row in listed)
    rejected = {(row["source"], row["record"]) for row in listed if row["action"] == "rejected"}
    assert {source: sum(each[0] == source for each in rejected) for source in read} == {
        source: facts["rejected"] for source, facts in balance(run).items()
    }


@pytest.mark.parametrize(
    "changed, field, reason",
    [
        ({"day": "2021-02-31"}, "date", "impossible_date"),
        ({"day": "31/12/2021"}, "date", "impossible_date"),
        ({"day": ""}, "date", "missing_value"),
        ({"day": "2018-12-31"}, "date", "before_coverage"),
        ({"day": "2069-06-15"}, "date", "after_coverage"),
        ({"direction": "X"}, "event", "unknown_code"),
        ({"direction": ""}, "event", "missing_value"),
        ({"passport": ""}, "identifier", "missing_identifier"),
        ({"number": "3"}, "record", "duplicate_key"),
    ],
)
def test_a_crossing_that_cannot_be_is_rejected_and_counted(persons, produced, changed, field, reason):
    tolerant(persons, "crossings")
    crossings(persons, crossing(11, **changed))
    run = produced(persons)
    assert issues(run)[field, reason, "rejected"] == 1
    assert balance(run)["crossings"] | {"flagged": 0} == {
        "source": "crossings", "read": 11, "used": 10, "superseded": 0, "rejected": 1, "repaired": 0, "flagged": 0
    }  # fmt: skip
    every_issue_is_listed(run)


@pytest.mark.parametrize(
    "changed, field, reason",
    [
        ({"gender": "Z"}, "sex", "unknown_code"),
        ({"born_on": "1999-02-30"}, "birth_date", "impossible_date"),
        ({"born_on": "2022-12-24"}, "birth_date", "before_birth"),
        ({"permit": "2022-13-01"}, "admitted_until", "impossible_date"),
    ],
)
def test_an_attribute_that_cannot_be_is_flagged_and_the_crossing_used(persons, produced, changed, field, reason):
    crossings(persons, crossing(11, **changed))
    run = produced(persons)
    assert issues(run)[field, reason, "flagged"] == 1
    assert balance(run)["crossings"]["used"] == 11
    every_issue_is_listed(run)


def test_a_time_that_is_none_is_counted_and_stops_nothing(persons, produced):
    crossings(persons, crossing(11, hour="25:99"), crossing(12, day="2022-12-03", direction="I", hour="soon"))
    run = produced(persons)
    assert sum(count for (field, _, _), count in issues(run).items() if field == "time") == 2


def test_an_unknown_code_is_rejected_where_the_source_says_so(persons, produced):
    rewrite(persons / "sources" / "crossings.yaml", "{F: female, M: male}}", "{F: female, M: male}, otherwise: reject}")
    tolerant(persons, "crossings")
    crossings(persons, crossing(11, gender="Z"))
    assert issues(produced(persons))["sex", "unknown_code", "rejected"] == 1


def test_more_rejected_records_than_allowed_stop_the_run(persons, refused):
    crossings(persons, crossing(11, day="2021-02-31"), crossing(12, direction="X"))
    said = refused(persons)
    assert f"{persons / 'sources' / 'crossings.yaml'}" in said
    assert "2 of 12 records of source `crossings` are rejected" in said and "5.0%" in said
    assert "date impossible_date 1" in said and "event unknown_code 1" in said
    assert runs(persons) == []
    (listed,) = persons.glob(".sojourn/*/validate/issues.parquet")
    assert str(listed) in said
    assert {row["record"] for row in pq.read_table(listed).to_pylist() if row["action"] == "rejected"} == {11, 12}
    assert refused(persons) == said


def test_every_source_over_its_tolerance_is_named_at_once(persons, refused):
    crossings(persons, crossing(11, day="never"))
    rewrite(persons / "data" / "deaths.csv", "2021-12-01", "2021-11-31")
    said = refused(persons)
    assert "`crossings`" in said and "`deaths`" in said


def test_a_row_given_twice_counts_once(persons, produced):
    tolerant(persons, "crossings")
    crossings(persons, crossing(11), crossing(12))
    run = produced(persons)
    assert issues(run)["record", "duplicate_event", "rejected"] == 1
    every_issue_is_listed(run)


def test_departure_before_arrival_is_repaired_and_counted(tmp_path, produced):
    left = [*lands.STAYS["left"]]
    left[1], left[4] = lands.day("2021-04-01"), lands.day("2084-08-20")
    run = produced(lands.stays_land(tmp_path / "land", left=left))
    found = issues(run)
    assert found["departure_date", "departure_before_arrival", "repaired"] == 1
    assert found["departure_date", "departure_after_coverage", "repaired"] == 1
    assert balance(run)["admissions"]["used"] == 8 and balance(run)["admissions"]["repaired"] == 2
    every_issue_is_listed(run)


def test_admissions_that_cannot_be(tmp_path, produced):
    ages, mode = [*lands.STAYS["age"]], [*lands.STAYS["mode"]]
    ages[0], mode[1] = 200, "7"
    arrived = [*lands.STAYS["arrived"]]
    arrived[3] = None
    folder = lands.stays_land(tmp_path / "land", age=ages, mode=mode, arrived=arrived)
    tolerant(folder, "admissions")
    run = produced(folder)
    found = issues(run)
    assert found["age", "implausible_age", "flagged"] == 1
    assert found["route", "unknown_code", "flagged"] == 1
    assert found["arrival_date", "missing_value", "rejected"] == 1
    assert balance(run)["admissions"]["used"] == 7
    every_issue_is_listed(run)


def test_two_admissions_of_one_form(tmp_path, produced):
    folder = lands.stays_land(tmp_path / "land", form=[lands.FORMS[0], lands.FORMS[0], *lands.FORMS[2:]])
    tolerant(folder, "admissions")
    run = produced(folder)
    assert issues(run)["record", "duplicate_key", "rejected"] == 1
    every_issue_is_listed(run)


def test_a_respondent_without_weight_is_rejected(survey, produced):
    import pyarrow as pa

    answers = lands.respondents()
    answers["w0"] = [None, 0, *answers["w0"][2:]]
    pq.write_table(pa.table(answers), survey / "data" / "survey.parquet")
    rewrite(survey / "sources" / "survey.yaml", "title:", TOLERANT + "title:")
    run = produced(survey)
    assert issues(run)["weight", "no_weight", "rejected"] == 2
    every_issue_is_listed(run)


def test_no_value_of_a_record_stands_in_a_message(persons, refused):
    """A value in the message of an engine would put a person into a log file."""
    crossings(persons, *(crossing(11 + each, day="SECRETDAY", born_on="SECRETBIRTH", direction="SECRETWAY") for each in range(9)))
    assert "SECRET" not in refused(persons)


def test_check_stops_where_a_run_would(persons, refused):
    """A form that fits no date is found before anything is run."""
    source = persons / "sources" / "crossings.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("%Y-%m-%d", "%d.%m.%Y"), encoding="utf-8")
    text = refused(persons, "check", persons)
    assert "A run would reject 10 of 10 records" in text and "date impossible_date 10" in text
    assert "10 of 10 records of source `crossings` are rejected" in refused(persons)
