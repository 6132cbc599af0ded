"""What an office writes for the owner of a source holds nothing that was learned from another source."""

import csv
import shutil
from pathlib import Path

import pytest

from tests.attack import lands
from tests.attack.conftest import command
from tests.attack.traces import contents, natural_identifiers
from tests.profile.workbooks import workbook


def with_faults(folder: Path) -> None:
    """Two more crossings that cannot be, and one twice."""
    rows = [*lands.CROSSINGS, (11, lands.PEOPLE[9], "I", "2021-02-30", *[""] * 6), (12, "", "O", "2021-03-01", *[""] * 6), lands.CROSSINGS[4]]
    lands.write_csv(folder / "data" / "crossings.csv", rows)


def feedback(folder: Path, source: str = "crossings") -> dict[str, bytes]:
    code, _, text = command("feedback", folder, "--source", source)
    assert code == 0, text
    return contents(folder / "feedback" / source)


def rows(written: dict[str, bytes], name: str) -> list[dict]:
    return list(csv.DictReader(written[name].decode("utf-8").splitlines()))


def test_the_faults_of_the_source_by_file_and_row(persons):
    with_faults(persons)
    written = feedback(persons)
    found = {(row["file"], row["row"], row["field"], row["reason"]) for row in rows(written, "records.csv")}
    assert found == {
        ("crossings.csv", "11", "date", "impossible_date"),
        ("crossings.csv", "12", "identifier", "missing_identifier"),
        ("crossings.csv", "13", "record", "duplicate_key"),
        ("crossings.csv", "13", "record", "duplicate_event"),
    }
    assert {row["reason"]: row["records"] for row in rows(written, "summary.csv")}["impossible_date"] == "1"


@pytest.mark.parametrize("parts", [("crossings.csv",), ("first.csv", "second.csv", "third.csv")])
def test_file_and_row_of_several_deliveries(persons, parts):
    header, *rows_of = lands.CROSSINGS
    wrong = [(100 + number, lands.PEOPLE[9], "I", "2021-02-30", *[""] * 6) for number in range(3)]
    each = {"crossings.csv": [*rows_of, *wrong], "first.csv": [*rows_of[:7], wrong[0]], "second.csv": [wrong[1]], "third.csv": [rows_of[7], wrong[2], *rows_of[8:]]}
    for name in parts:
        lands.write_csv(persons / "data" / name, [header, *each[name]])
    source = persons / "sources" / "crossings.yaml"
    listed = ", ".join(f"data/{name}" for name in parts)
    source.write_text(source.read_text(encoding="utf-8").replace("files: [data/crossings.csv]", f"files: [{listed}]"), encoding="utf-8")
    found = sorted({(row["file"], row["row"]) for row in rows(feedback(persons), "records.csv")})
    one = [("crossings.csv", str(row)) for row in (11, 12, 13)]
    assert found == (one if len(parts) == 1 else [("first.csv", "8"), ("second.csv", "1"), ("third.csv", "2")])


def test_the_row_of_a_sheet_is_that_which_the_program_shows(persons):
    title, header, *rows_of = [["Crossings"], *([str(cell) for cell in row] for row in lands.CROSSINGS)]
    wrong = ["11", lands.PEOPLE[9], "I", "2021-02-30", *[""] * 6]
    workbook(persons / "data" / "crossings.xlsx", only=[title, header, *rows_of, wrong])
    source = persons / "sources" / "crossings.yaml"
    text = source.read_text(encoding="utf-8").replace("crossings.csv", "crossings.xlsx")
    for name in ("born_on", "permit"):
        text = text.replace(f": {name}\n", f": {{column: {name}, format: '%Y-%m-%d'}}\n")
    source.write_text(text + "format: {type: excel, header_row: 2}\n", encoding="utf-8")
    assert [(row["file"], row["row"]) for row in rows(feedback(persons), "records.csv")] == [("crossings.xlsx", "13")]


@pytest.mark.parametrize("other", ["register", "births", "deaths", "decisions"])
@pytest.mark.parametrize("change", ["emptied", "gone", "of other persons"])
def test_no_other_source_changes_a_byte(persons, other, change):
    with_faults(persons)
    before = feedback(persons)
    file = persons / "data" / f"{other}.csv"
    if change == "gone":
        file.unlink()
    else:
        header, *body = file.read_text(encoding="utf-8").splitlines()
        body = [] if change == "emptied" else [line.replace("PASS", "SSAP") for line in body]
        file.write_text("\n".join([header, *body]) + "\n", encoding="utf-8")
    shutil.rmtree(persons / "feedback")
    assert feedback(persons) == before


def test_no_identifier_is_in_it(persons):
    with_faults(persons)
    written = b"".join(feedback(persons).values())
    assert [each for each in natural_identifiers() if each.encode() in written] == []


def test_the_source_itself_changes_it(persons):
    with_faults(persons)
    before = feedback(persons)
    lands.write_csv(persons / "data" / "crossings.csv", lands.CROSSINGS)
    assert feedback(persons) != before


def test_a_source_that_is_not_there(persons, refused):
    assert "crossings" in refused(persons, "feedback", persons, "--source", "visas")
    assert not (persons / "feedback").exists()
