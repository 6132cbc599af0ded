"""One contract for every reader: the same table, whatever wrote the file, read by the same tests."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from sojourn.definitions.delivery import Format
from sojourn.engine.readers import Content
from tests.readers.table import COLUMNS, LABELS, ROWS, TYPES, plain, written

STATISTICAL = {"people.sav": "spss", "people.zsav": "spss", "people.dta": "stata", "people.sas7bdat": "sas", "people.xpt": "sas"}
SHEETS = ["people.xlsx", "people.xls", "people.ods"]
KINDS = [
    *(pytest.param(each, marks=pytest.mark.programs) for each in [*STATISTICAL, *SHEETS, "postgresql", "odbc"]),
    "fixed",
]
LABELLED = {"people.sav", "people.zsav", "people.dta"}
PLAIN_TEXT = {"fixed"}


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def found(kind: str, request, read: Callable[..., Content], monkeypatch) -> Content:
    """The table through the reader of its kind."""
    if kind in STATISTICAL:
        return read(Format(type=STATISTICAL[kind]), request.getfixturevalue("statistical") / kind)
    if kind in SHEETS:
        return read(Format(type="excel", sheet="Pèrsons & co", header_row=2), request.getfixturevalue("office") / kind)
    if kind == "fixed":
        return read(*request.getfixturevalue("fixed"))
    given = request.getfixturevalue("odbc") if kind == "odbc" else request.getfixturevalue("register").uri("clerk")
    monkeypatch.setenv("REGISTER", given)
    return read(Format(type=kind, connection="REGISTER", table="people"))


def table(found: Content) -> pa.Table:
    return pa.Table.from_batches(found.batches())


def test_columns_stand_in_the_order_of_the_file(found):
    assert found.columns == COLUMNS == tuple(table(found).schema.names)


def test_types_are_those_of_the_values(found, kind):
    expected = dict.fromkeys(COLUMNS, pa.string()) if kind in PLAIN_TEXT else TYPES
    assert {field.name: field.type for field in table(found).schema} == expected


def test_rows_nulls_and_order_are_those_written(found, kind):
    rows = plain(table(found))
    if kind in PLAIN_TEXT:
        assert [tuple(value.rstrip() or None for value in row) for row in rows] == [tuple(map(written, row)) for row in ROWS]
    else:
        assert rows == ROWS


def test_batches_can_be_read_again(found):
    assert table(found).equals(table(found))


def test_labels_stand_by_the_codes_of_the_data(found, kind):
    assert found.labels == ({"sex": LABELS} if kind in LABELLED else {})
    assert set(LABELS) >= {str(each).strip() for each in table(found)["sex"].to_pylist()}


def test_nothing_is_declared_missing_that_is_not(found):
    assert found.missing == {}


def test_titles_are_taken_over(found, kind):
    named = {name for name, title in found.titles.items() if title}
    assert named == ({"sex"} if kind in STATISTICAL else set(COLUMNS) if kind == "fixed" else set())


def test_records_lead_to_their_lines(found, kind):
    lines = [found.lines(record) for record in (1, 2, 3)] if found.lines else None
    assert lines == ([3, 5, 6] if kind in SHEETS else [1, 2, 3] if kind == "fixed" else None)
