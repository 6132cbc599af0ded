"""Deliveries in parts, anew, and with corrections give the figures of one clean file; nothing of them is lost."""

from pathlib import Path

import pytest

from tests.attack import lands
from tests.attack.lands import CROSSINGS, PEOPLE, write_csv
from tests.attack.test_bad_files import rewrite
from tests.attack.traces import balance, issues, manifest, table

HEADER = CROSSINGS[0]
WITH_STATE = (*HEADER, "state")


def deliver(folder: Path, *deliveries: tuple[str, list[tuple]], extra: str = "") -> None:
    """Write each delivery's file and name them all in the source file of the crossings."""
    lines = ["deliveries:"]
    for number, (kind, rows) in enumerate(deliveries, 1):
        write_csv(folder / "data" / f"part{number}.csv", rows)
        lines.append(f"  - {{id: '{number}', kind: {kind}, received_on: 2023-01-{number:02}, files: data/part{number}.csv}}")
    rewrite(folder / "sources" / "crossings.yaml", "files: [data/crossings.csv]\n", "\n".join(lines) + f"\n{extra}")


def figures(run: Path) -> list[dict]:
    return table(run, "cells") + table(run, "account")


@pytest.fixture
def clean(tmp_path, produced) -> list[dict]:
    return figures(produced(lands.persons_land(tmp_path / "clean")))


def test_two_parts_are_one_file(persons, produced, clean):
    deliver(persons, ("partial", CROSSINGS[:5]), ("partial", [HEADER, *CROSSINGS[5:]]))
    run = produced(persons)
    assert figures(run) == clean
    assert [(row["delivery"], row["records"]) for row in table(run, "deliveries") if row["source"] == "crossings"] == [(1, 4), (2, 6)]
    assert {row["received_on"].isoformat() for row in table(run, "records_crossings")} == {"2023-01-01", "2023-01-02"}


def test_a_snapshot_takes_the_place_of_everything_before(persons, produced, clean):
    wrong = [HEADER, *((row[0], row[1], "O", *row[3:]) for row in CROSSINGS[1:4])]
    deliver(persons, ("partial", wrong), ("snapshot", CROSSINGS))
    run = produced(persons)
    assert figures(run) == clean
    assert balance(run)["crossings"] == {
        "source": "crossings", "read": 13, "used": 10, "superseded": 3, "rejected": 0, "repaired": 0, "flagged": 0
    }  # fmt: skip
    assert issues(run)["record", "superseded_by_snapshot", "superseded"] == 3


def test_a_correction_takes_the_place_of_the_record_with_its_key(persons, produced, clean):
    wrong = [HEADER, (1, PEOPLE[1], "O", "2020-01-05", *CROSSINGS[1][4:]), *CROSSINGS[2:]]
    deliver(persons, ("partial", wrong), ("correction", CROSSINGS[:2]))
    run = produced(persons)
    assert figures(run) == clean
    assert issues(run)["record", "corrected", "superseded"] == 1
    assert balance(run)["crossings"]["used"] == 10


def test_the_last_of_two_corrections_holds(persons, produced, clean):
    wrong = [HEADER, (1, PEOPLE[1], "O", "2020-01-05", *CROSSINGS[1][4:]), *CROSSINGS[2:]]
    deliver(persons, ("partial", wrong), ("correction", wrong[:2]), ("correction", CROSSINGS[:2]))
    run = produced(persons)
    assert figures(run) == clean
    assert issues(run)["record", "corrected", "superseded"] == 2


def test_a_withdrawal_takes_a_record_back(persons, produced, clean):
    false = (11, PEOPLE[2], "O", "2021-03-03", "", "F", "1990-09-09", "XFA", "XFA", "")
    all_rows = [WITH_STATE, *((*row, "") for row in [*CROSSINGS[1:], false])]
    taken_back = [WITH_STATE, (*false, "D")]
    deliver(persons, ("partial", all_rows), ("correction", taken_back), extra="withdraws: {column: state, values: D}\n")
    run = produced(persons)
    assert figures(run) == clean
    assert balance(run)["crossings"]["superseded"] == 2 and balance(run)["crossings"]["used"] == 10
    assert issues(run)["record", "withdrawal", "superseded"] == 1


def test_a_correction_of_nothing_is_a_new_record_and_is_counted(persons, produced, clean):
    deliver(persons, ("partial", CROSSINGS[:-1]), ("correction", [HEADER, CROSSINGS[-1]]))
    run = produced(persons)
    assert figures(run) == clean
    assert issues(run)["record", "correction_of_nothing", "flagged"] == 1


def test_the_same_key_twice_in_parts_is_still_a_duplicate(persons, produced):
    rewrite(persons / "sources" / "crossings.yaml", "evidence:", "stop_if_rejected_over: 0.5\nevidence:")
    deliver(persons, ("partial", CROSSINGS), ("partial", CROSSINGS[:2]))
    run = produced(persons)
    assert issues(run)["record", "duplicate_key", "rejected"] == 1
    assert manifest(run)["balance"] == table(run, "balance")


@pytest.mark.parametrize(
    "deliveries, word",
    [
        ("[{id: a, files: x.csv}, {id: a, files: y.csv}]", "same id"),
        ("[{id: a, received_on: 2023-02-01, files: x.csv}, {id: b, received_on: 2023-01-01, files: y.csv}]", "order"),
        ("[{id: a, received_on: 2023-02-01, files: x.csv}, {id: b, files: y.csv}]", "received_on"),
        ("[{id: a}]", "two places or in none"),
    ],
)
def test_deliveries_that_cannot_be(persons, refused, deliveries, word):
    rewrite(persons / "sources" / "crossings.yaml", "files: [data/crossings.csv]\n", f"deliveries: {deliveries}\n")
    assert word in refused(persons)


def test_corrections_need_the_key_of_a_record(persons, refused):
    text = "deliveries: [{id: a, files: data/deaths.csv}, {id: b, kind: correction, files: data/deaths.csv}]\n"
    rewrite(persons / "sources" / "deaths.yaml", "files: [data/deaths.csv]\n", text)
    assert "deaths.yaml" in refused(persons)


def test_a_correction_finds_its_record_although_blanks_stand_around_the_key(persons, produced, clean):
    wrong = [HEADER, (1, PEOPLE[1], "O", "2020-01-05", *CROSSINGS[1][4:]), *CROSSINGS[2:]]
    deliver(persons, ("partial", wrong), ("correction", [HEADER, (f"{CROSSINGS[1][0]} ", *CROSSINGS[1][1:])]))
    run = produced(persons)
    assert figures(run) == clean
    assert issues(run)["record", "corrected", "superseded"] == 1


def test_a_correction_without_a_key_corrects_nothing_and_is_counted(persons, produced):
    deliver(persons, ("partial", CROSSINGS), ("correction", [HEADER, ("", PEOPLE[9], "O", "2022-11-01", *CROSSINGS[9][4:])]))
    assert issues(produced(persons))["record", "correction_of_nothing", "flagged"] == 1
