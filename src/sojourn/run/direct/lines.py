"""On which line of a text file a record stands. A record can have several lines, and an empty line is none."""

import csv
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from sojourn.engine import encodings
from sojourn.engine.unknown import form_of


class Places:
    """The lines of a file's records, read only when they are asked for. Of other files a record's line is its number."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, rows: Sequence[int]) -> list[int]:
        """The lines on which records begin, by their places from 0 among the records that are whole."""
        if self.form.type != "csv":
            return [int(row) + 1 for row in rows]
        wanted, lines = set(map(int, rows)), []
        for place, line in enumerate(line for line, whole in self._records() if whole):
            if place in wanted:
                lines.append(line)
                if len(lines) == len(wanted):
                    break
        return lines

    def torn(self) -> list[int]:
        """The lines of records that do not have the fields of the header."""
        return [line for line, whole in self._records() if not whole]

    @cached_property
    def form(self):
        """The format of the file, as it was read."""
        return form_of(self.path, None, None, None)

    def _records(self) -> Iterator[tuple[int, bool]]:
        """First line of every record after the header, and whether it has the header's number of fields."""
        with encodings.opened(self.path, self.form.text_encoding) as stream:
            reader = csv.reader(stream, delimiter=self.form.delimiter)
            width, line = len(next(reader)), reader.line_num
            for record in reader:
                if record:
                    yield line + 1, len(record) == width
                line = reader.line_num
