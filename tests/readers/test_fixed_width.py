"""Fixed width: encodings, lines that do not fit, and layouts that contradict themselves; everything at once."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from sojourn.definitions.delivery import Format
from sojourn.engine.readers.contents import ROWS

FORM = Format(type="fixed", layout="layout.csv")


@pytest.fixture
def write(tmp_path) -> Callable[..., Path]:
    """A file with its layout beside it; a layout is lines under the header, or a whole text."""

    def put(text: bytes, layout: str = "key,1,2\nname,4,3", head: str = "name,start,length\n") -> Path:
        (tmp_path / "layout.csv").write_text(head + layout, encoding="utf-8")
        (tmp_path / "people.txt").write_bytes(text)
        return tmp_path / "people.txt"

    return put


def rows(found) -> list[dict]:
    return pa.Table.from_batches(found.batches()).to_pylist()


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16", "utf-8-sig", "cp1250"])
def test_characters_are_counted_and_not_bytes(write, read, encoding):
    form = FORM.model_copy(update={"encoding": encoding})
    assert rows(read(form, write("01 Zoë\n02 Bo \n".encode(encoding)))) == [{"key": "01", "name": "Zoë"}, {"key": "02", "name": "Bo "}]


def test_an_encoding_can_be_detected(write, read):
    assert rows(read(FORM.model_copy(update={"encoding": "detect"}), write("01 Zoë\r\n".encode("utf-16"))))[0]["name"] == "Zoë"


def test_line_ends_of_any_system_and_none_at_the_end(write, read):
    assert [each["key"] for each in rows(read(FORM, write(b"01 Zoe\r\n02 Bo \n03 Al ")))] == ["01", "02", "03"]


def test_a_long_file_streams(write, read):
    found = read(FORM, write(b"".join(b"%02d abc\n" % (number % 100) for number in range(ROWS + 5))))
    assert [batch.num_rows for batch in found.batches()] == [ROWS, 5]


def test_an_empty_file_has_columns_and_no_rows(write, read):
    found = read(FORM, write(b""))
    assert found.columns == ("key", "name") and [batch.num_rows for batch in found.batches()] == [0]


def test_every_line_that_does_not_fit_is_named(write, faults, tmp_path):
    path = write(b"01 Zoe\n02 Bo\n\n03 Alex\n04 \xe9\xe9\xe9\n05 Ann\n")
    assert faults(FORM, path, tmp_path) == [
        ("short_line", 2, {"length": 5, "width": 6, "column": "name"}),
        ("short_line", 3, {"length": 0, "width": 6, "column": "name"}),
        ("long_line", 4, {"length": 7, "width": 6, "column": "name"}),
        ("wrong_encoding", 5, {"encoding": "utf-8"}),
    ]


def test_of_many_lines_the_first_twenty_are_named(write, faults, tmp_path):
    found = faults(FORM, write(b"01\n" * 50), tmp_path)
    assert [line for _, line, _ in found] == [*range(1, 21), None] and found[-1][2] == {"more": 30}


def test_a_file_that_ends_inside_a_character(write, faults, tmp_path):
    path = write("01 Zoe\n".encode("utf-16")[:-1])
    assert faults(FORM.model_copy(update={"encoding": "utf-16"}), path, tmp_path)[-1][0] == "wrong_encoding"


def test_an_encoding_that_nobody_knows(write, faults, tmp_path):
    assert faults(FORM.model_copy(update={"encoding": "klingon"}), write(b""), tmp_path)[0][0] == "unknown_encoding"


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("a,1,4\nb,4,2", [("layout_overlap", 3, {"column": "b", "other": "a"})]),
        ("a,1,9\nb,2,1\nc,5,1", [("layout_overlap", 3, {"column": "b", "other": "a"}), ("layout_overlap", 4, {"column": "c", "other": "a"})]),
        ("a,1,1\nA,2,1", [("layout_double", 3, {"column": "A", "other": 2})]),
        ("a,0,1\n,2,x", [("layout_number", 2, {"key": "start"}), ("layout_no_name", 3, {}), ("layout_number", 3, {"key": "length"})]),
        ("a,1\nb", [("layout_number", 2, {"key": "length"}), ("layout_number", 3, {"key": "start"}), ("layout_number", 3, {"key": "length"})]),
        ("", [("layout_empty", None, {})]),
    ],
)
def test_every_problem_of_a_layout_has_its_line(write, faults, tmp_path, layout, expected):
    assert faults(FORM, write(b"", layout), tmp_path) == expected


def test_a_layout_without_its_columns(write, faults, tmp_path):
    assert faults(FORM, write(b"", "a,1", "name,from\n"), tmp_path) == [
        ("layout_column", 1, {"column": "start"}), ("layout_column", 1, {"column": "length"})
    ]  # fmt: skip


def test_a_layout_that_is_not_there_or_not_text(write, faults, tmp_path):
    path = write(b"")
    assert faults(Format(type="fixed", layout="other.csv"), path, tmp_path) == [("no_layout", None, {})]
    (tmp_path / "layout.csv").write_bytes(b"name,start,length\n\xff,1,1\n")
    assert faults(FORM, path, tmp_path) == [("wrong_encoding", 2, {"encoding": "utf-8"})]
