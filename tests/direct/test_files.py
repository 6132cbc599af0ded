"""What the direct door reads, what it refuses, and how it says so."""

from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sojourn.errors import SojournError, problem
from sojourn.run.direct import residence
from tests.direct.lives import draw, put, widest, RULES
from tests.direct.reading import COLUMNS, ISSUE_COLUMNS, by_person, records

RULE = "4 days within 6 days"
GOOD = ("A,2010-02-01,arrival", "B,2010-02-03,departure", "B,2010-02-09,arrival")


def refused(call) -> list[tuple[str, int | None]]:
    with pytest.raises(SojournError) as error:
        call()
    assert all(str(each) and each.part("_do") for each in error.value.problems)
    return [(each.code.removeprefix("direct."), each.line) for each in error.value.problems]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["person,day,direction", "A,2010-01-01,arrival"], [("missing_column", 1)]),
        (["day,way", "2010-01-01,arrival"], [("missing_column", 1)] * 3),
        (["person,date,direction", "A,2010-01-01,arrival", "A,2010-01-02,sideways", "A,2010-01-03,"], [("bad_direction", 3), ("bad_direction", 4)]),
        (["person,date,direction", "A,2010-02-31,arrival", "A,01.02.2010,arrival", "A,,arrival"], [("bad_date", 2), ("bad_date", 3), ("bad_date", 4)]),
        (["person,date,direction", "", '"A\nB",2010-02-01,arrival', "A,2010-02-30,arrival"], [("bad_date", 5)]),
        (["person,date,direction", ",2010-02-01,in"], [("bad_person", 2), ("bad_direction", 2)]),
        (["person,date,direction,time,sequence", "A,2010-02-01,arrival,25:00,1", "A,2010-02-02,departure,,1.5"], [("bad_time", 2), ("bad_sequence", 3)]),
        (["person,date,direction", "A,2010-02-01", "A,2010-02-01,arrival,x"], [("torn_line", 2), ("torn_line", 3)]),
        (["person,date,direction"], [("files.no_records", None)]),
        (["person,date,direction,DATE", "A,2010-02-01,arrival,2010-02-01"], [("files.double_column", 1)]),
        ([], [("files.empty", None)]),
    ],
)
def test_a_file_that_cannot_be_used(desk, lines: list[str], expected: list) -> None:
    events = desk.put("events.csv", *lines)
    assert refused(lambda: residence(events, RULE, desk.folder / "out.csv")) == expected
    assert not list(desk.folder.glob("out*"))


def test_every_bad_line_is_told(desk) -> None:
    lines = [f"A,2010-01-0{place % 9 + 1},in" for place in range(130)]
    with pytest.raises(SojournError) as error:
        residence(desk.events(*lines), RULE, desk.folder / "out.csv")
    *first, rest = error.value.problems
    assert [each.line for each in first] == list(range(2, 52))
    assert rest.fields["lines"] == ", ".join(map(str, range(52, 132)))


def test_a_file_of_evidence_that_cannot_be_used(desk) -> None:
    events, out = desk.events(*GOOD), desk.folder / "out.csv"
    initial = desk.put("initial.csv", "person,status,date", "A,resident,", "Q,resident,", "B,tourist,", "B,resident,2010-13-01")
    assert refused(lambda: residence(events, RULE, out, initial=initial)) == [("bad_status", 4), ("bad_date", 5)]
    initial = desk.put("initial.csv", "person,status,date", "A,resident,", "Q,resident,", "B,resident,2010-02-01", "B,non_resident,2010-02-01", "R,resident,")
    assert refused(lambda: residence(events, RULE, out, initial=initial)) == [("unknown_person", 3), ("unknown_person", 6), ("two_statuses", 5)]
    initial = desk.put("initial.csv", "person,state", "A,resident")
    assert refused(lambda: residence(events, RULE, out, initial=initial)) == [("missing_column", 1)]


def test_everything_wrong_is_told_at_once_with_exit_2_and_without_a_person(desk) -> None:
    events = desk.events("SECRET1,2010-02-31,arrival", "SECRET2,2010-02-01,up")
    initial = desk.put("initial.csv", "person,status", "SECRET3,maybe")
    done = desk.type(events, "--rule", "ten days", "--initial", initial, "--data-end", "2010-02-30", "--missing", "guess", "--out", "out.txt")
    assert done.returncode == 2
    for place in ("events.csv:2", "events.csv:3", "initial.csv:2", "--data-end", "--missing", "out.txt", "12 months continuous, absences up to 30 days"):
        assert place in done.stderr
    assert "SECRET" not in done.stdout + done.stderr
    assert [each.name for each in desk.folder.iterdir() if "out" in each.name] == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"data_start": "2010-03-01", "data_end": "2010-03-01"}, "end_before_start"),
        ({"as_of": "yesterday"}, "no_day"),
        ({"compatible": "migrbc"}, "unknown_word"),
        ({"rule": "365 days"}, "rules.text_form"),
        ({"out": "nowhere/out.csv"}, "out_folder"),
        ({"out": "events.csv"}, "out_is_read"),
    ],
)
def test_options_that_cannot_be_used(desk, options: dict, code: str) -> None:
    out, rule = desk.folder / options.pop("out", "out.csv"), options.pop("rule", RULE)
    events = desk.events(*GOOD)
    before = events.read_bytes()
    assert [each for each, _ in refused(lambda: residence(events, rule, out, **options))] == [code]
    assert events.read_bytes() == before


def test_a_missing_file_and_a_damaged_one(desk) -> None:
    assert refused(lambda: residence(desk.folder / "none.csv", RULE, desk.folder / "out.csv")) == [("profile.no_file", None)]
    damaged = desk.folder / "events.parquet"
    damaged.write_bytes(b"PAR1" + b"\x00" * 50)
    assert refused(lambda: residence(damaged, RULE, desk.folder / "out.csv")) == [("files.not_parquet", None)]


def test_earlier_decisions_are_replaced_whole(desk) -> None:
    events, out = desk.events(*GOOD), desk.folder / "out.csv"
    out.write_text("earlier")
    bad = desk.events("A,2010-02-31,arrival", name="bad.csv")
    refused(lambda: residence(bad, RULE, out))
    assert out.read_text() == "earlier"
    assert [row["person"] for row in desk.decide(events, RULE)] == ["A", "B", "B"]
    assert sorted(each.name for each in desk.folder.iterdir()) == ["bad.csv", "events.csv", "out.csv", "out.csv.issues.csv"]


def test_columns_are_those_described_in_both_forms(desk) -> None:
    events = desk.events(*GOOD)
    for name in ("out.csv", "out.parquet"):
        desk.decide(events, RULE, out=name)
        assert list(records(desk.folder / name)[0]) == COLUMNS
        assert (desk.folder / f"{name}.issues.csv").read_text().splitlines() == [",".join(ISSUE_COLUMNS)]
    row = records(desk.folder / "out.parquet")[0]
    assert (row["date"], row["known_on"], row["days_in"]) == (date(2010, 2, 1), date(2010, 2, 5), 6)


@pytest.mark.parametrize(
    "persons",
    [
        pa.array([30, 4, -5], pa.int8()),
        pa.array([2**63 + 5, 4, 12], pa.uint64()),
        pa.array([30, 4, 12], pa.uint32()),
        pa.array(["007", "7", "Ä,\"x\"\n y "], pa.string()),
        pa.array(["b", "a", "B"], pa.large_string()),
        pa.array(["b", "a", "c"]).dictionary_encode(),
    ],
    ids=lambda each: str(each.type),
)
def test_persons_come_back_as_they_came(desk, persons: pa.Array) -> None:
    columns = {"person": persons, "date": [date(2010, 2, 1)] * 3, "direction": ["arrival"] * 3}
    events = desk.folder / "events.parquet"
    pq.write_table(pa.table(columns), events)
    wanted = sorted(persons.to_pylist(), key=lambda each: each.encode() if isinstance(each, str) else each)
    assert [row["person"] for row in desk.decide(events, RULE, out="out.parquet")] == wanted
    assert [row["person"] for row in desk.decide(events, RULE)] == [str(each) for each in wanted]
    if not pa.types.is_dictionary(persons.type) and not pa.types.is_large_string(persons.type):
        assert pq.read_schema(desk.folder / "out.parquet").field("person").type == persons.type


def test_types_of_dates_times_and_numbers(desk) -> None:
    columns = {
        "person": [1, 1, 2, 2],
        "date": pa.array([datetime(2010, 2, 1)] * 4, pa.timestamp("ns")),
        "direction": ["departure", "arrival"] * 2,
        "time": pa.array([time(9), time(8), None, None], pa.time64("us")),
        "sequence": pa.array([None, None, 2.0, float("nan")], pa.float64()),
    }
    events = desk.folder / "events.parquet"
    pq.write_table(pa.table(columns), events)
    assert "".join(row["direction"][0] for row in desk.decide(events, RULE)) == "adda"
    pq.write_table(pa.table(columns | {"date": pa.array([datetime(2010, 2, 1, 7)] * 4), "person": [1.0, 1.0, 2.0, 2.0]}), events)
    assert refused(lambda: residence(events, RULE, desk.folder / "out.csv")) == [("person_type", None)]
    pq.write_table(pa.table(columns | {"date": pa.array([datetime(2010, 2, 1, 7)] * 4)}), events)
    assert refused(lambda: residence(events, RULE, desk.folder / "out.csv")) == [("bad_date", row) for row in (1, 2, 3, 4)]


def test_evidence_finds_persons_of_other_types(desk) -> None:
    events = desk.folder / "events.parquet"
    pq.write_table(pa.table({"person": [7, 70], "date": [date(2010, 2, 1)] * 2, "direction": ["arrival"] * 2}), events)
    initial = desk.put("initial.csv", "person,status", "70,resident")
    assert [row["status_before"] for row in desk.decide(events, RULE, initial=initial)] == ["undetermined", "resident"]


def test_semicolons_and_other_encodings(desk) -> None:
    events = desk.folder / "events.csv"
    events.write_bytes("person;date;direction\r\nÄnne;2010-02-01;arrival\r\nÖ;2010-02-01;arrival\r\n".encode("latin-1"))
    assert [row["person"] for row in desk.decide(events, RULE)] == ["Änne", "Ö"]


@pytest.mark.parametrize("number", [False, True], ids=["text", "numbers"])
def test_shuffled_doubled_and_in_the_other_form_nothing_changes(tmp_path: Path, number: bool) -> None:
    """The same bytes for every order of the rows; the same decisions from Parquet, and with every row twice."""
    rule = "6 days within 8 days"
    drawn = draw(5, widest(RULES[rule]), number=number)
    files = {
        "a.csv": drawn.rows, "b.csv": sorted(drawn.rows, key=str, reverse=True), "c.csv": drawn.rows + drawn.rows[::-1], "d.parquet": drawn.rows,
    }  # fmt: skip
    for name, rows in files.items():
        residence(put(tmp_path / name, rows), rule, tmp_path / f"out.{name}", missing="midpoint")
    assert (tmp_path / "out.a.csv").read_bytes() == (tmp_path / "out.b.csv").read_bytes()
    assert (tmp_path / "out.a.csv.issues.csv").read_bytes() == (tmp_path / "out.b.csv.issues.csv").read_bytes()
    assert (tmp_path / "out.a.csv").read_bytes() == (tmp_path / "out.c.csv").read_bytes()
    assert by_person(tmp_path / "out.d.parquet") == by_person(tmp_path / "out.a.csv")
    if not number:
        assert [row["person"] for row in records(tmp_path / "out.a.csv")] == [row["person"] for row in records(tmp_path / "out.d.parquet")]


def test_files_larger_than_a_batch(tmp_path: Path) -> None:
    """Persons meet their decisions again over many batches, with persons set aside in between."""
    count = 300_000
    persons = pa.array([f"P{number:07}" for number in range(count)])
    table = pa.table({"person": persons, "date": pa.array([date(2010, 2, 1)] * count), "direction": ["arrival"] * count})
    again = table.slice(0, 5).set_column(1, "date", pa.array([date(2010, 2, 9)] * 5))
    pq.write_table(pa.concat_tables([table, again]), tmp_path / "events.parquet")
    steps: list[tuple[str, int, int]] = []
    residence(tmp_path / "events.parquet", RULE, tmp_path / "out.parquet", progress=lambda *each: steps.append(each))
    assert pq.read_table(tmp_path / "out.parquet").column("person").to_pylist() == persons.to_pylist()[5:]
    assert steps[-1][1:] == (count + 5, count + 5) and len(steps) > 2


def test_a_problem_while_deciding_is_told_as_it_is_and_leaves_nothing(desk, monkeypatch) -> None:
    """The batches are made inside the engine's own writing of text."""

    def fail(*_: object) -> None:
        raise SojournError(problem("errors.out_of_memory"))

    monkeypatch.setattr(import_module("sojourn.run.direct.decide"), "rows_of", fail)
    for name in ("out.csv", "out.parquet"):
        assert refused(lambda: residence(desk.events(*GOOD), RULE, desk.folder / name)) == [("errors.out_of_memory", None)]
    assert [each.name for each in desk.folder.iterdir()] == ["events.csv"]
