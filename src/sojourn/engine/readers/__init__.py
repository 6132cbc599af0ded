"""Readers of the files and databases that an office has: each returns the same `Content`.

Delimited text and Parquet are not among them; the engine reads those where they lie.
"""

from pathlib import Path

from sojourn.definitions.delivery import Format
from sojourn.engine.readers.contents import Content

__all__ = ["Content", "content"]

READERS = {}


def content(form: Format, path: Path | None, source: str, folder: Path) -> Content:
    """What the file at `path` holds, or the table or query of a database (no path).

    `source`: the source's id, for messages. `folder`: the country's, in which the layout of a fixed-width file is named.
    Raises SojournError with every problem of the file.
    """
    return READERS[form.type](form, path, source, folder)
