"""Readers of the files and databases that an office has: each returns the same `Content`.

Delimited text and Parquet are not among them; the engine reads those where they lie.
"""

from collections.abc import Callable
from pathlib import Path

from sojourn.definitions.delivery import Format
from sojourn.engine.readers import fixed_width, odbc, postgresql, spreadsheet, statistical
from sojourn.engine.readers.contents import Content
from sojourn.errors import SojournError, problem

__all__ = ["Content", "content"]

Reader = Callable[[Format, Path | None, str, Path], Content]
READERS: dict[str, Reader] = {
    "excel": spreadsheet.read,
    "spss": statistical.read,
    "stata": statistical.read,
    "sas": statistical.read,
    "fixed": fixed_width.read,
    "postgresql": postgresql.read,
    "odbc": odbc.read,
}


def content(form: Format, path: Path | None, source: str, folder: Path) -> Content:
    """What the file at `path` holds, or the table or query of a database (no path).

    `source`: the source's id, for messages. `folder`: the country's, in which the layout of a fixed-width file is named.
    Raises SojournError with every problem of the file.
    """
    found = READERS[form.type](form, path, source, folder)
    lower = [name.lower() for name in found.columns]
    double = sorted({name for name in found.columns if lower.count(name.lower()) > 1})
    if double:
        raise SojournError(*(problem("readers.double_column", path, column=name) for name in double))
    return found
