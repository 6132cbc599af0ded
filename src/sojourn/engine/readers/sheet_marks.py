"""What a spreadsheet says of its cells and rows that the reader of values passes over: error cells and hidden rows.

The reader of values gives an error cell (#N/A, #REF!) as an empty one, which would turn a broken formula into a missing
value without a word.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, iterparse

from sojourn.engine.readers.contents import library

_OLE_ERROR = 5
_SIGNS = re.compile(rb"""\bt=["']e["']|hidden=["'](1|true)["']""")
_CHUNK = 1 << 20


@dataclass
class Marks:
    """errors: (row, column) from 1, to the text that the spreadsheet shows. hidden: rows, from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def marks(path: Path, sheet: str) -> Marks:
    """The marks of one sheet, by the kind of file."""
    return {".xls": _binary, ".ods": _open_document}.get(path.suffix.lower(), _office_xml)(path, sheet)


def letters(column: int) -> str:
    """The letters of a column, from 1: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(address: str) -> int:
    """The column of an address: B7 is 2."""
    total = 0
    for letter in re.match(r"[A-Z]+", address).group():
        total = total * 26 + ord(letter) - 64
    return total


def _binary(path: Path, sheet: str) -> Marks:
    xlrd, found = library("xlrd", "files"), Marks()
    # It would print its remarks about the file.
    with xlrd.open_workbook(path, logfile=StringIO(), formatting_info=True, on_demand=True) as book:
        page = book.sheet_by_name(sheet)
        found.hidden = {row + 1 for row, facts in page.rowinfo_map.items() if facts.hidden}
        for row in range(page.nrows):
            for column, cell in enumerate(page.row(row)):
                if cell.ctype == _OLE_ERROR:
                    found.errors[row + 1, column + 1] = xlrd.error_text_from_code.get(cell.value, "#")
    return found


def _name(element: Element) -> str:
    """The name of an element without its namespace, which differs between the two editions of the standard."""
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def _office_xml(path: Path, sheet: str) -> Marks:
    """A sheet of an Office Open XML archive, passed over where it holds no sign of a mark."""
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if not _has_signs(archive, part):
            return Marks()
        with archive.open(part) as stream:
            return _marks_of_elements(iterparse(stream, events=("start", "end")))


def _marks_of_elements(events: Iterator) -> Marks:
    """ECMA-376 part 1, 18.3.1.73 (row, hidden) and 18.3.1.4 (cell, type e); a missing address follows the one before."""
    found, row, column = Marks(), 0, 0
    for event, element in events:
        name = _name(element)
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 1), 0
            if element.get("hidden") in {"1", "true"}:
                found.hidden.add(row)
        elif event == "end" and name == "c":
            column = number(element.get("r")) if element.get("r") else column + 1
            if element.get("t") == "e":
                found.errors[row, column] = next((each.text or "" for each in element if _name(each) == "v"), "")
        elif event == "end" and name == "row":
            element.clear()
    return found


def _has_signs(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether a sheet can hold an error or a hidden row at all: reading its elements takes thirty times as long."""
    before = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if _SIGNS.search(before + chunk):
                return True
            before = chunk[-20:]
    return False


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds a sheet."""
    with archive.open("xl/workbook.xml") as stream:
        sheets = {each.get("name"): _attribute(each, "id") for _, each in iterparse(stream) if _name(each) == "sheet"}
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        targets = {each.get("Id"): each.get("Target") for _, each in iterparse(stream) if _name(each) == "Relationship"}
    target = targets[sheets[sheet]]
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _open_document(path: Path, sheet: str) -> Marks:
    """OpenDocument 1.3 part 3, 9.1: rows and cells are repeated by number; an error is a mark of LibreOffice's own."""
    found, row = Marks(), 0
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        for element in _rows_of_table(iterparse(stream, events=("start", "end")), sheet):
            times = int(_attribute(element, "number-rows-repeated") or 1)
            if _attribute(element, "visibility") in {"collapse", "filter"}:
                found.hidden.update(range(row + 1, row + min(times, 1 << 20) + 1))
            found.errors |= {(row + 1, column): text for column, text in _errors_of_row(element)}
            row += times
            element.clear()
    return found


def _rows_of_table(events: Iterator, sheet: str) -> Iterator[Element]:
    inside = False
    for event, element in events:
        if _name(element) == "table":
            inside = event == "start" and _attribute(element, "name") == sheet
        elif inside and event == "end" and _name(element) == "table-row":
            yield element


def _errors_of_row(row: Element) -> Iterator[tuple[int, str]]:
    column = 1
    for cell in row:
        kinds = {value for key, value in cell.items() if key.endswith("}value-type")}
        if "error" in kinds:
            yield column, "".join(cell.itertext()).strip()
        column += int(_attribute(cell, "number-columns-repeated") or 1)
