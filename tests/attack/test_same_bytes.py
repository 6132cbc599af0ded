"""One input, one result: whatever the folder, the threads and the order of the rows."""

import os
import random
from datetime import date, timedelta

import pytest

import sojourn
from tests.attack import lands
from tests.attack.test_bad_files import rewrite
from tests.attack.traces import balance, contents, differing, table

PERSONS, CROSSINGS = 9_000, 16
LANDS = (lands.persons_land, lands.stays_land, lands.survey_land)


def many(persons: int = PERSONS, crossings: int = CROSSINGS) -> list[tuple]:
    """Crossings of many persons, more rows than one row group of Parquet holds, some of them given twice."""
    draw = random.Random(41)
    rows = []
    for person in range(persons):
        birth = date(1940, 1, 1) + timedelta(days=draw.randrange(25_000))
        days = sorted(draw.sample(range(1461), crossings))
        own = (draw.choice("FM"), birth.isoformat(), draw.choice(("XFA", "XDL")), draw.choice(("XFA", "XFB", "XDL")))
        for place, day in enumerate(days):
            moment = (date(2019, 1, 1) + timedelta(days=day)).isoformat()
            rows.append((f"MANY{person:06}", "IO"[place % 2], moment, "", *own, ""))
    draw.shuffle(rows)
    rows += rows[:50]
    return [lands.CROSSINGS[0], *((number, *row) for number, row in enumerate(rows, 1))]


@pytest.fixture(scope="module")
def crowd() -> list[tuple]:
    return many()


def threads(monkeypatch, count: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: count)


@pytest.mark.parametrize("land", LANDS)
def test_another_folder_gives_the_same_bytes(tmp_path, land):
    one, other = sojourn.run(land(tmp_path / "one")), sojourn.run(land(tmp_path / "deep" / "er" / "another"))
    assert one.folder.name == other.folder.name
    assert differing(one.folder, other.folder) == []


@pytest.mark.parametrize("land", LANDS)
def test_no_file_holds_a_path_of_the_machine(tmp_path, land):
    run = sojourn.run(land(tmp_path / "land"))
    assert [name for name, text in contents(run.folder).items() if str(tmp_path).encode() in text] == []


def test_two_threads_or_one_give_the_same_bytes(tmp_path, monkeypatch, crowd):
    found = []
    for count in (1, 2):
        threads(monkeypatch, count)
        found.append(sojourn.run(lands.persons_land(tmp_path / str(count), lands.RECORDS | {"crossings": crowd})).folder)
    assert differing(*found) == []
    assert balance(found[0])["crossings"]["read"] == PERSONS * CROSSINGS + 50


def without(rows: list[dict], *names: str) -> list[dict]:
    """Rows without the columns that say in which line a record stood, in an order of their own."""
    return sorted(({key: value for key, value in row.items() if key not in names} for row in rows), key=str)


def shuffled(rows: list[tuple], seed: int) -> list[tuple]:
    head, *rest = rows
    return [head, *random.Random(seed).sample(rest, len(rest))]


def same_figures(one, other) -> None:
    """Everything that is counted is equal, and every person's life too, but for the lines of the records."""
    for name in ("cells", "account", "issue_counts", "balance", "open_cases", "units", "persons", "citizenships"):
        assert table(one, name) == table(other, name), name
    for name in ("events", "statuses", "changes"):
        assert without(table(one, name), "record") == without(table(other, name), "record"), name


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_rows_change_no_figure(tmp_path, seed):
    records = lands.RECORDS | {"crossings": many(300)}
    one = sojourn.run(lands.persons_land(tmp_path / "one", records)).folder
    mixed = {name: shuffled(rows, seed) for name, rows in records.items()}
    same_figures(one, sojourn.run(lands.persons_land(tmp_path / "other", mixed)).folder)


@pytest.mark.parametrize("column, values", [("gender", "FM"), ("nationality", ("XFA", "XFB")), ("permit", ("2021-06-30", "2022-06-30"))])
def test_rows_that_contradict_each_other_do_not_decide_by_their_place(tmp_path, column, values):
    """Two rows of one crossing that differ in an attribute: which one counts may not hang on the order of the file."""
    place = lands.CROSSINGS[0].index(column)
    rows = [list(row) for row in lands.CROSSINGS]
    twice = [[*rows[2]], [*rows[2]]]
    for number, (row, value) in enumerate(zip(twice, values)):
        row[0], row[place] = 20 + number, value
    records = lands.RECORDS | {"crossings": [*map(tuple, rows[:2]), *map(tuple, rows[3:]), *map(tuple, twice)]}
    turned = lands.RECORDS | {"crossings": [*map(tuple, rows[:2]), *map(tuple, rows[3:]), *map(tuple, twice[::-1])]}
    found = []
    for name, each in (("one", records), ("other", turned)):
        folder = lands.persons_land(tmp_path / name, each)
        rewrite(folder / "sources" / "crossings.yaml", "title:", "stop_if_rejected_over: 0.5\ntitle:")
        found.append(sojourn.run(folder).folder)
    same_figures(*found)


def test_a_person_whose_records_differ_is_described_alike_in_any_order(tmp_path):
    rows = [(*row[:5], "F", *row[6:]) if row[0] == 4 else row for row in lands.CROSSINGS]
    turned = [rows[0], *rows[:0:-1]]
    orders = {"one": rows, "other": turned}
    found = [sojourn.run(lands.persons_land(tmp_path / name, lands.RECORDS | {"crossings": each})).folder for name, each in orders.items()]
    same_figures(*found)


def test_shuffled_answers_change_no_estimate(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    one = lands.survey_land(tmp_path / "one")
    other = lands.survey_land(tmp_path / "other")
    order = random.Random(3).sample(range(40), 40)
    pq.write_table(pa.table(lands.respondents()).take(order), other / "data" / "survey.parquet")
    assert table(sojourn.run(one).folder, "cells") == table(sojourn.run(other).folder, "cells")


def test_shuffled_admissions_change_no_figure(tmp_path):
    order = random.Random(3).sample(range(8), 8)
    mixed = {name: [values[each] for each in order] for name, values in lands.STAYS.items()}
    one, other = (sojourn.run(lands.stays_land(tmp_path / name, **given)).folder for name, given in (("one", {}), ("other", mixed)))
    for name in ("cells", "issue_counts", "balance", "stay_curves", "stay_means"):
        assert table(one, name) == table(other, name), name
