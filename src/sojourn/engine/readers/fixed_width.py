"""Fixed-width text: every line holds every column at its place, counted in characters. All columns are text, blanks kept."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from sojourn.definitions.delivery import DETECT, Format
from sojourn.engine import encodings
from sojourn.engine.readers.contents import LISTED, ROWS, Content
from sojourn.engine.readers.layout import Field, layout
from sojourn.errors import Problem, SojournError, problem


def read(form: Format, path: Path, source: str, folder: Path) -> Content:
    """A fixed-width file; its layout is named from the country's folder."""
    fields = layout(folder / form.layout)
    encoding = encodings.detected(path) if form.encoding == DETECT else form.text_encoding
    if not encodings.known(encoding):
        raise SojournError(problem("files.unknown_encoding", source=source, encoding=encoding))
    width = max(field.end for field in fields)
    problems = _problems(path, encoding, width, max(fields, key=lambda field: field.end))
    if problems:
        raise SojournError(*problems)
    return Content(
        columns=tuple(field.name for field in fields),
        batches=lambda: (_batch(lines, fields) for lines in _lines(path, encoding)),
        titles={field.name: field.title for field in fields if field.title},
        lines=lambda record: record,
    )


def _lines(path: Path, encoding: str) -> Iterator[list[str]]:
    """Some lines at a time, without their ends; at least one list. An undecodable byte becomes a lone surrogate."""
    name = "utf-8-sig" if encodings.engine_name(encoding) == "utf-8" else encoding
    with path.open(encoding=name, errors="surrogateescape") as stream:
        lines = [line.rstrip("\n") for line in islice(stream, ROWS)]
        yield lines
        while lines := [line.rstrip("\n") for line in islice(stream, ROWS)]:
            yield lines


def _batch(lines: list[str], fields: list[Field]) -> pa.RecordBatch:
    text = pa.array(lines, pa.string())
    columns = [pc.utf8_slice_codeunits(text, field.start, field.end) for field in fields]
    return pa.RecordBatch.from_arrays(columns, [field.name for field in fields])


def _problems(path: Path, encoding: str, width: int, last: Field) -> list[Problem]:
    """Lines that are undecodable, too short or too long: the first named one by one, the rest counted."""
    found: list[Problem] = []
    more = number = 0
    try:
        for lines in _lines(path, encoding):
            for number, line in enumerate(lines, number + 1):
                fault = _fault(path, number, line, encoding, width, last)
                more += fault is not None and len(found) >= LISTED
                found += [fault] if fault is not None and len(found) < LISTED else []
    except UnicodeDecodeError:
        return [*found, problem("files.wrong_encoding", path, encodings.undecodable_line(path, encoding), encoding=encoding)]
    return found + ([problem("readers.more_lines", path, more=more)] if more else [])


def _fault(path: Path, number: int, line: str, encoding: str, width: int, last: Field) -> Problem | None:
    if len(line) == width and line.isascii():
        return None
    if any("\udc80" <= character <= "\udcff" for character in line):
        return problem("files.wrong_encoding", path, number, encoding=encoding)
    if len(line) < width:
        return problem("readers.short_line", path, number, length=len(line), width=width, column=last.name)
    if len(line) > width:
        return problem("readers.long_line", path, number, length=len(line), width=width, column=last.name)
    return None
