"""Sheets of Excel (.xlsx, .xlsm, .xls) and OpenDocument (.ods): one header row, one record per row below it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import pyarrow as pa

from sojourn.definitions.delivery import Format
from sojourn.engine.readers.cells import Cell, array, text
from sojourn.engine.readers.contents import LISTED, ROWS, Content, library
from sojourn.engine.readers.sheet_marks import Marks, letters, marks
from sojourn.errors import Problem, SojournError, problem

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_LOOKED_AT = 20
"""Rows among which the names of the columns are looked for."""
UNREADABLE = (OSError, ValueError, KeyError, BadZipFile, ParseError)
"""What a damaged archive, or one that holds something else, shows as."""


def read(form: Format, path: Path, source: str, folder: Path) -> Content:
    """One sheet, read as a whole: a type must hold for every cell of a column."""
    if path.suffix.lower() not in SUFFIXES:
        raise SojournError(problem("readers.other_suffix", path, type=form.type, known=", ".join(SUFFIXES)))
    with _opened(path) as book:
        sheet = _sheet(book, form, path)
        rows = sheet.to_python(skip_empty_area=False)
        found = marks(path, sheet.name)
        merged = sheet.merged_cell_ranges or []
    return _content(form, path, rows, found, [tuple((r + 1, c + 1) for r, c in corners) for corners in merged])


@contextmanager
def _opened(path: Path) -> Iterator:
    """The workbook, open for as long as the block lasts."""
    calamine = library("python_calamine", "files")
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            yield book
    except calamine.PasswordError:
        raise SojournError(problem("readers.protected", path)) from None
    except (calamine.CalamineError, *UNREADABLE):
        raise SojournError(problem("readers.not_of_type", path, type="excel")) from None


def _sheet(book, form: Format, path: Path):
    """The sheet stated, or the only one that is visible and holds something."""
    if form.sheet is not None:
        if form.sheet not in book.sheet_names:
            raise SojournError(problem("readers.no_sheet", path, sheet=form.sheet, sheets=", ".join(book.sheet_names)))
        return book.get_sheet_by_name(form.sheet)
    visible = [each.name for each in book.sheets_metadata if str(each.visible).endswith(".Visible") and str(each.typ).endswith(".WorkSheet")]
    filled = [sheet for name in visible if (sheet := book.get_sheet_by_name(name)).end is not None]
    if not filled:
        raise SojournError(problem("readers.empty_sheet", path))
    if len(filled) > 1:
        raise SojournError(problem("readers.several_sheets", path, sheets=", ".join(each.name for each in filled)))
    return filled[0]


def likely_header(path: Path, sheet: str | None) -> int:
    """The row that looks like the names of the columns: of the first rows, the first that fills the most cells with text."""
    with _opened(path) as book:
        rows = _sheet(book, Format(type="excel", sheet=sheet), path).to_python(skip_empty_area=False)[:_LOOKED_AT]
    named = [sum(isinstance(cell, str) and cell != "" for cell in row) for row in rows]
    return named.index(max(named)) + 1 if any(named) else 1


Corners = tuple[tuple[int, int], tuple[int, int]]


def _content(form: Format, path: Path, rows: list[list[Cell]], found: Marks, merged: Sequence[Corners]) -> Content:
    if len(rows) < form.header_row or not any(cell != "" for cell in rows[form.header_row - 1]):
        raise SojournError(problem("readers.no_header", path, form.header_row, sheet_rows=len(rows)))
    header = [(text(cell) or "").strip() for cell in rows[form.header_row - 1]]
    records = [place for place in range(form.header_row, len(rows)) if _filled(rows[place], place + 1, found)]
    used = [place for place, name in enumerate(header) if name or any(rows[record][place] != "" for record in records)]
    problems = [*_header_problems(path, form.header_row, header, used, merged), *_cell_problems(path, form.header_row, used, found, merged)]
    if problems:
        raise SojournError(*problems)
    columns = [array([rows[record][place] for record in records]) for place in used]
    table = pa.RecordBatch.from_arrays(columns, [header[place] for place in used])
    return Content(
        columns=tuple(table.schema.names),
        batches=lambda: (table.slice(start, ROWS) for start in range(0, max(table.num_rows, 1), ROWS)),
        lines=lambda record: records[record - 1] + 1 if 0 < record <= len(records) else None,
        hidden=sum(record + 1 in found.hidden for record in records),
    )


def _filled(row: list[Cell], number: int, found: Marks) -> bool:
    """Whether a row is a record: an empty row inside is passed over, a row of error cells alone is not."""
    return any(cell != "" for cell in row) or any(place[0] == number for place in found.errors)


def _header_problems(path: Path, row: int, header: list[str], used: list[int], merged: Sequence[Corners]) -> Iterator[Problem]:
    across = [corners for corners in merged if corners[0][0] <= row <= corners[1][0]]
    for corners in across:
        yield problem("readers.merged_header", path, row, cells=_range(corners))
    covered = {column for (_, first), (_, last) in across for column in range(first, last + 1)}
    for place in used:
        if not header[place] and place + 1 not in covered:
            yield problem("readers.blank_header", path, row, cell=f"{letters(place + 1)}{row}")


def _cell_problems(path: Path, row: int, used: list[int], found: Marks, merged: Sequence[Corners]) -> Iterator[Problem]:
    """Cells below the header that hold an error or are merged: each would be a missing value that nobody reported."""
    errors = sorted((place, shown) for place, shown in found.errors.items() if place[0] > row)
    for place, shown in errors[:LISTED]:
        yield problem("readers.error_cell", path, place[0], cell=f"{letters(place[1])}{place[0]}", shown=shown)
    if len(errors) > LISTED:
        yield problem("readers.more_error_cells", path, more=len(errors) - LISTED)
    below = sorted(corners for corners in merged if corners[0][0] > row and corners[0][1] - 1 <= max(used))
    for corners in below[:LISTED]:
        yield problem("readers.merged_cells", path, corners[0][0], cells=_range(corners))
    if len(below) > LISTED:
        yield problem("readers.more_merged_cells", path, more=len(below) - LISTED)


def _range(corners: Corners) -> str:
    return ":".join(f"{letters(column)}{row}" for row, column in corners)
