"""A small table that a person keeps in Excel: its head and its rows, every cell as the text that CSV would hold."""

import re
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sojourn.errors import SojournError, problem

Table = tuple[list[str], list[tuple[int, list[str]]]]
"""The head, and the rows that hold something, each with its line or row in the file."""
_ERROR = re.compile(rb'<c\b[^>]*\bt="e"')


def of_sheet(path: Path, sheet: str | None) -> Table:
    """The sheet stated, else the only one that holds something; its first row is the head. Raises SojournError."""
    rows = _rows(path, sheet)
    if _holds_errors(path):
        raise SojournError(problem("maps.error_cells", path))
    texts = [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1)]
    head = texts[0][1] if texts else []
    while head and not head[-1]:
        head = head[:-1]
    return head, [(number, cells) for number, cells in texts[1:] if any(cells)]


def _rows(path: Path, sheet: str | None) -> list[list]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ImportError:
        raise SojournError(problem("readers.missing_extra", library="python_calamine", extra="files")) from None
    try:
        with CalamineWorkbook.from_path(path) as book:
            filled = [each for each in book.sheet_names if book.get_sheet_by_name(each).end is not None]
            named = [sheet] if sheet is not None else filled
            if len(named) != 1 or named[0] not in book.sheet_names:
                raise SojournError(problem("maps.sheet", path, sheets=", ".join(book.sheet_names)))
            return book.get_sheet_by_name(named[0]).to_python(skip_empty_area=False)
    except PasswordError:
        raise SojournError(problem("readers.protected", path)) from None
    except (CalamineError, OSError, ValueError, KeyError):
        raise SojournError(problem("readers.not_of_type", path, type="excel")) from None


def _holds_errors(path: Path) -> bool:
    """Whether a formula of the workbook failed: the library gives such a cell as an empty one."""
    try:
        with ZipFile(path) as parts:
            return any(_ERROR.search(parts.read(name)) for name in parts.namelist() if name.startswith("xl/worksheets/"))
    except (BadZipFile, KeyError):
        raise SojournError(problem("readers.not_of_type", path, type="excel")) from None


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO 8601, true and false in small letters."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return str(cell).strip()
