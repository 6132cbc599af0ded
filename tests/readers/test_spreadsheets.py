"""Spreadsheets as offices keep them: titles, formulas, hidden rows, dates of both epochs; and all that is wrong with one."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from sojourn.definitions.delivery import Format
from sojourn.engine.readers.sheet_marks import letters, marks, number
from tests.readers.sheets import BOOKS
from tests.readers.table import COLUMNS

pytestmark = pytest.mark.programs
KINDS = ("xlsx", "xls", "ods")


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def people(office, kind):
    return office / f"people.{kind}"


def excel(sheet: str | None = None, header_row: int = 1) -> Format:
    return Format(type="excel", sheet=sheet, header_row=header_row)


def test_hidden_rows_are_read_and_counted(people, read):
    assert read(excel("Pèrsons & co", 2), people).hidden == 1


def test_a_column_of_cells_that_do_not_agree_is_text(people, read):
    found = pa.Table.from_batches(read(excel("cells"), people).batches())
    assert found["mixed"].to_pylist() == ["3", "x1"]
    assert found["day or text"].to_pylist() == ["2016-01-31", "31.1.2016"]
    assert found["late"].to_pylist() == [datetime(2016, 1, 31), datetime(2016, 1, 31, 12, 30)]


def test_formulas_give_the_value_that_was_computed(people, read):
    found = pa.Table.from_batches(read(excel("cells"), people).batches())
    assert (found["sum"].to_pylist(), found["whole"].type) == ([4.5, 4.0], pa.int64())


def test_an_empty_column_without_a_name_is_no_column(people, read):
    assert read(excel("cells"), people).columns == ("mixed", "sum", "day or text", "whole", "late")


def test_the_only_sheet_that_holds_something_needs_no_name(office, kind, read):
    assert read(excel(), office / f"alone.{kind}").columns == COLUMNS


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_days_counted_from_1904_are_the_same_days(office, kind, read):
    found = pa.Table.from_batches(read(excel(), office / f"epoch.{kind}").batches())
    assert found["day"].to_pylist() == [date(2016, 1, 31)]


def test_every_error_cell_is_named(people, faults):
    assert faults(excel("errors"), people) == [
        ("error_cell", 2, {"cell": "B2", "shown": "#DIV/0!"}),
        ("error_cell", 3, {"cell": "A3", "shown": "#N/A"}),
    ]


def test_of_many_error_cells_the_first_twenty_are_named(people, faults):
    found = faults(excel("many errors"), people)
    assert [each[0] for each in found] == ["error_cell"] * 20 + ["more_error_cells"] and found[-1][2] == {"more": 3}


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_cells_are_refused(people, faults):
    assert faults(excel("merged"), people) == [("merged_cells", 2, {"cells": "A2:C2"})]
    assert faults(excel("merged header"), people) == [("merged_header", 1, {"cells": "A1:C1"})]


def test_open_document_names_the_columns_that_a_merged_name_leaves_bare(office, faults):
    found = faults(excel("merged header"), office / "people.ods")
    assert found == [("blank_header", 1, {"cell": "B1"}), ("blank_header", 1, {"cell": "C1"})]


def test_what_is_wrong_with_the_names(people, faults):
    assert faults(excel("blank"), people) == [("blank_header", 1, {"cell": "B1"})]
    assert [each[0] for each in faults(excel("double"), people)] == ["double_column", "double_column"]
    assert [each[0] for each in faults(excel("blank", 7), people)] == ["no_header"]
    assert [each[0] for each in faults(excel("empty"), people)] == ["no_header"]


def test_a_sheet_that_is_not_there_names_those_there_are(people, faults):
    ((entry, _, fields),) = faults(excel("People"), people)
    assert entry == "no_sheet" and fields["sheets"].startswith("notes, Pèrsons & co, cells")


def test_no_sheet_is_chosen_among_several(people, faults):
    assert [each[0] for each in faults(excel(), people)] == ["several_sheets"]


def test_a_workbook_without_anything(office, kind, faults):
    assert [each[0] for each in faults(excel(), office / f"nothing.{kind}")] == ["empty_sheet"]


def test_names_alone_are_no_records(people, read):
    assert [batch.num_rows for batch in read(excel("names alone"), people).batches()] == [0]


def test_a_file_that_was_cut_off(people, kind, tmp_path, faults):
    (tmp_path / f"cut.{kind}").write_bytes(people.read_bytes()[:3000])
    assert faults(excel(), tmp_path / f"cut.{kind}") == [("not_of_type", None, {"type": "excel"})]


def test_a_text_that_is_called_a_spreadsheet(kind, tmp_path, faults):
    (tmp_path / f"people.{kind}").write_text("key,sex\n1,2\n", encoding="utf-8")
    assert faults(excel(), tmp_path / f"people.{kind}") == [("not_of_type", None, {"type": "excel"})]


def test_another_ending(tmp_path, faults):
    (tmp_path / "people.fods").write_text(BOOKS["alone"], encoding="utf-8")
    assert [each[0] for each in faults(excel(), tmp_path / "people.fods")] == ["other_suffix"]


def test_marks_of_a_workbook_without_addresses(tmp_path):
    """ECMA-376 lets a writer leave the addresses of rows and cells out."""
    parts = {
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="/xl/s.xml"/></Relationships>',
        "xl/s.xml": '<worksheet><sheetData><row><c/></row><row hidden="1"><c/><c t="e"><v>#REF!</v></c></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    found = marks(tmp_path / "a.xlsx", "S")
    assert (found.errors, found.hidden) == ({(2, 2): "#REF!"}, {2})


def test_letters_of_columns():
    assert [letters(each) for each in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert [number(each) for each in ("A1", "Z9", "AA1", "AAA20")] == [1, 26, 27, 703]


def test_a_workbook_that_a_password_protects(faults):
    """locked.xlsx: one cell, saved by LibreOffice and encrypted with msoffcrypto-tool."""
    assert faults(excel(), Path(__file__).with_name("locked.xlsx")) == [("protected", None, {})]
