"""Columns and codes kept in a table: the same source as the YAML, and every fault named by its row."""

import csv
import shutil

import pyarrow.parquet as pq
import pytest

from sojourn import check, run
from sojourn.definitions.load import load_country, read_country
from sojourn.definitions.source import CodeFile
from sojourn.definitions.yaml import load
from sojourn.errors import SojournError
from sojourn.run.door import read_codes
from sojourn.run.init import init
from sojourn.run.work import inputs
from tests.profile.workbooks import Failed, workbook

HEAD = ["canonical", "column", "value", "format", "missing", "otherwise", "required", "codes", "codes_from", "codes_to", "placeholders", "month_only"]
ROWS = [
    ["sex", "sex", "", "", "U|9", "missing", "true", "codes/sex.csv", "", "", "", ""],
    ["birth_date", "born", "", "%Y-%m-%d|%Y-%m", "", "", "", "", "", "", "1900-01-01|1901-01-01", "15"],
    ["country_of_birth", "birthplace", "", "", "", "", "", "", "", "", "", ""],
    ["citizenship", "nationality", "", "", "", "", "", "codes/countries.csv", "ours", "iso3", "", ""],
    ["admitted_until", "", "2016-12-31", "", "", "", "", "", "", "", "", ""],
]
YAML = """columns:
  sex: {column: sex, missing: [U, "9"], otherwise: missing, required: true, codes: {file: codes/sex.csv}}
  birth_date: {column: born, format: ["%Y-%m-%d", "%Y-%m"], placeholders: ["1900-01-01", "1901-01-01"], partial: {month_only: 15}}
  country_of_birth: birthplace
  citizenship: {column: nationality, codes: {file: codes/countries.csv, from: ours, to: iso3}}
  admitted_until: {value: 2016-12-31}
"""


@pytest.fixture
def folder(tmp_path):
    """A country of border crossings, whose source file ends before its columns."""
    made = init(tmp_path / "land", "border")
    source = made / "sources" / "border.yaml"
    source.write_text(source.read_text(encoding="utf-8").partition("# Canonical column:")[0], encoding="utf-8")
    (made / "maps").mkdir()
    return made


def say_columns(folder, text: str) -> None:
    source = folder / "sources" / "border.yaml"
    source.write_text(source.read_text(encoding="utf-8") + text, encoding="utf-8")


def write(path, rows, delimiter=",", encoding="utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def from_yaml(folder, tmp_path):
    copy = tmp_path / "by_yaml"
    shutil.copytree(folder, copy)
    say_columns(copy, YAML)
    return load_country(copy).sources["border"]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")])
def test_a_csv_table_is_the_same_source_as_the_yaml(folder, tmp_path, delimiter, encoding):
    wanted = from_yaml(folder, tmp_path)
    write(folder / "maps" / "border.csv", [HEAD, *ROWS], delimiter, encoding)
    say_columns(folder, "columns: {file: maps/border.csv}\n")
    assert load_country(folder).sources["border"] == wanted


def test_an_excel_table_is_the_same_source_as_the_yaml(folder, tmp_path):
    wanted = from_yaml(folder, tmp_path)
    rows = [[cell or None for cell in row] for row in ROWS]
    rows[0][6], rows[1][11] = True, 15
    workbook(folder / "maps" / "border.xlsx", notes=[["mine"]], columns=[HEAD, *rows])
    say_columns(folder, "columns: {file: maps/border.xlsx, sheet: columns}\n")
    assert load_country(folder).sources["border"] == wanted


def faults(folder, rows) -> list[tuple[str, str, int]]:
    write(folder / "maps" / "border.csv", rows)
    say_columns(folder, "columns: {file: maps/border.csv}\n")
    return [(each.code, each.file.name, each.line) for each in read_country(folder)[1]]


def test_every_fault_of_the_table_is_named_with_its_row(folder):
    rows = [HEAD, ["sex", "sex"], ["gender", "sex"], ["", "born"], ["sex", "sex2"], ["age", "age", *[""] * 10, "x"], []]
    assert faults(folder, rows) == [
        ("maps.torn_row", "border.csv", 6),
        ("definitions.unknown_column", "border.csv", 3),
        ("maps.no_name", "border.csv", 4),
        ("maps.named_twice", "border.csv", 5),
    ]


def test_faults_of_the_head_are_named(folder):
    found = faults(folder, [["kanonical", "column", "column"]])
    assert found == [("maps.no_canonical", "border.csv", 1), ("maps.unknown_head", "border.csv", 1), ("maps.double_head", "border.csv", 1)]


def test_what_the_model_refuses_is_named_with_its_row(folder):
    rows = [HEAD, ["sex", "sex", "", "", "", "keepit"], ["birth_date", "born", "2001-01-01"], ["admitted_until", "a", "", "%d.%m.%y"]]
    assert faults(folder, rows) == [
        ("definitions.literal_error", "border.csv", 2),
        ("definitions.column_or_value", "border.csv", 3),
        ("dates.two_digits", "border.csv", 4),
    ]


def test_what_another_check_finds_is_named_with_its_row(folder):
    write(folder / "maps" / "border.csv", [["canonical", "column", "concordance"], ["sex", "sex", ""], ["citizenship", "nationality", "nowhere"]])
    say_columns(folder, "columns: {file: maps/border.csv}\n")
    assert [(each.code, each.file.name, each.line) for each in check(folder)] == [("concordance.not_found", "border.csv", 3)]


@pytest.mark.parametrize(
    ("columns", "code"),
    [("{file: maps/none.csv}", "maps.no_file"), ("{file: maps/none.csv, sex: sex}", "maps.mixed")],
)
def test_a_table_that_cannot_be_meant_is_named_in_the_source_file(folder, columns, code):
    say_columns(folder, f"columns: {columns}\n")
    (found,) = read_country(folder)[1]
    line = load(folder / "sources" / "border.yaml").line(("columns",))
    assert (found.code, found.file.name, found.line) == (code, "border.yaml", line)


def test_a_table_in_another_encoding_is_named(folder):
    (folder / "maps" / "border.csv").write_bytes(b"canonical,column\nsex,g\xe9nero\n")
    say_columns(folder, "columns: {file: maps/border.csv}\n")
    (found,) = read_country(folder)[1]
    assert (found.code, found.line) == ("files.wrong_encoding", 2)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: workbook(path, a=[["canonical", "column"]], b=[["x"]]), "maps.sheet"),
        (lambda path: workbook(path, a=[["canonical", "column"], ["sex", Failed("#REF!")]]), "maps.error_cells"),
        (lambda path: path.write_text("canonical,column\n", encoding="utf-8"), "readers.not_of_type"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_named(folder, make, code):
    make(folder / "maps" / "border.xlsx")
    say_columns(folder, "columns: {file: maps/border.xlsx}\n")
    assert [each.code for each in read_country(folder)[1]] == [code]


def test_a_code_list_in_excel_is_the_list_of_the_csv(folder):
    country = read_country(folder)[0]
    write(folder / "codes.csv", [["code", "label", "target"], ["1", "man", "male"], ["2", "woman", "female"], ["9", "?", ""]])
    workbook(folder / "codes.xlsx", codes=[["code", "label", "target"], [1, "man", "male"], [2, "woman", "female"], [9, "?", None]])
    assert read_codes(country, CodeFile(file="codes.xlsx")).equals(read_codes(country, CodeFile(file="codes.csv")))
    workbook(folder / "codes.xlsx", codes=[["code", "target"], [1, "male"], [1, "female"]])
    with pytest.raises(SojournError) as error:
        read_codes(country, CodeFile(file="codes.xlsx"))
    assert [each.code for each in error.value.problems] == ["files.double_code"]


def test_a_run_with_tables_gives_the_same_cells_and_takes_their_checksums(tmp_path):
    made = init(tmp_path / "land", "border")
    before = cells(made)
    source = made / "sources" / "border.yaml"
    source.write_text(source.read_text(encoding="utf-8").partition("# Canonical column:")[0], encoding="utf-8")
    workbook(made / "sex.xlsx", codes=[["code", "target"], ["F", "female"], ["M", "male"], ["X", "other"]])
    rows = [["canonical", "column", "missing", "codes"], ["admitted_until", "admitted_until"], ["sex", "sex", "U", "sex.xlsx"]]
    write(made / "border.csv", [*rows, ["birth_date", "born"], ["country_of_birth", "birthplace"], ["citizenship", "nationality"]])
    say_columns(made, "columns: {file: border.csv}\n")
    assert check(made) == []
    assert cells(made) == before
    assert {"border/columns", "border/codes_border_sex"} <= set(inputs(load_country(made)))


def cells(folder) -> list[dict]:
    (path,) = (run(folder).folder / "tables").glob("cells.*parquet")
    return pq.read_table(path).to_pylist()
