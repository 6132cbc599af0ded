"""Delimited text: its relation, its encoding and delimiter, and what can be wrong with it."""

import csv
from pathlib import Path

import duckdb

from sojourn.definitions.delivery import DETECT, Format
from sojourn.definitions.source import Source
from sojourn.engine import encodings
from sojourn.engine.fitting import missing_columns, wrong_weights
from sojourn.engine.portable import literal
from sojourn.errors import Problem, problem

DELIMITERS = ",;\t|:"
_LISTED = 20
_LOOKED_AT = 200
_WHOLE = "regexp_full_match(trim({0}), '[+-]?[0-9]+')"
_DECIMAL = "regexp_full_match(trim({0}), '[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?')"


def scan(file: Path, form: Format, scratch: Path) -> str:
    """The table function that reads one file, every column as text. An encoding that the engine does not read is converted."""
    return read_csv(file, resolved(file, form), scratch)


def read_csv(file: Path, form: Format, scratch: Path, extra: str = "") -> str:
    """The table function that reads one file of a resolved format."""
    names = header(file, form)
    name = encodings.engine_name(form.text_encoding)
    if name is None:
        file, name = encodings.converted(file, form.text_encoding, scratch), "utf-8"
    options = f"header = true, delim = {literal(form.delimiter)}, quote = '\"', strict_mode = true, auto_detect = false"
    columns = "{" + ", ".join(f"{literal(each)}: 'VARCHAR'" for each in names) + "}"
    return f"read_csv([{literal(file)}], {options}, encoding = {literal(name)}, columns = {columns}{extra})"


def header(file: Path, form: Format) -> list[str]:
    """Column names of one file of a resolved format."""
    with encodings.opened(file, form.text_encoding) as lines:
        return [each.strip() for each in next(csv.reader(lines, delimiter=form.delimiter), [])]


def to_detect(form: Format) -> bool:
    """Whether something of the format is to be found in the file."""
    return DETECT in (form.encoding, form.delimiter)


def resolved(file: Path, form: Format) -> Format:
    """The format with the file's own encoding and delimiter in place of `detect`."""
    if not to_detect(form):
        return form
    encoding = encodings.detected(file) if form.encoding == DETECT else form.text_encoding
    delimiter = detected_delimiter(file, encoding) if form.delimiter == DETECT else form.delimiter
    return form.model_copy(update={"encoding": encoding, "delimiter": delimiter})


def detected_delimiter(file: Path, encoding: str) -> str:
    """The delimiter that gives every one of the first lines the same number of fields, most fields first; else a comma."""
    with encodings.opened(file, encoding) as lines:
        text = [line for line, _ in zip(lines, range(_LOOKED_AT))]
    widths = {each: {len(row) for row in csv.reader(text, delimiter=each) if row} for each in DELIMITERS}
    even = {each: max(found) for each, found in widths.items() if len(found) == 1}
    best = max(even, key=even.__getitem__, default=",")
    return best if even.get(best, 1) > 1 else ","


def unusable(source: Source) -> list[Problem]:
    """A format with which no file can be read."""
    form = source.format
    if form.encoding != DETECT and not encodings.known(form.text_encoding):
        return [problem("files.unknown_encoding", source=source.id, encoding=form.text_encoding)]
    if form.delimiter != DETECT and (len(form.delimiter) != 1 or form.delimiter in '"\r\n'):
        return [problem("files.delimiter", source=source.id)]
    return []


def inspect(file: Path, source: Source) -> list[Problem]:
    """Every problem of one file: a line that is not in the encoding, torn lines, missing columns, weights."""
    form = resolved(file, source.format)
    line = encodings.undecodable_line(file, form.text_encoding)
    if line is not None:
        return [problem("files.wrong_encoding", file, line, encoding=form.text_encoding)]
    other = detected_delimiter(file, form.text_encoding)
    if len(header(file, form)) == 1 and len(source.raw_columns()) > 1 and other != form.delimiter:
        return [problem("files.other_delimiter", file, 1, stated=form.delimiter, found=other)]
    with encodings.passing_folder(form.text_encoding) as folder:
        return (
            torn_lines(file, form, folder)
            or missing_columns(source, file, header(file, form))
            or wrong_weights(file, source, read_csv(file, form, folder), _WHOLE, _DECIMAL)
        )


def torn_lines(file: Path, form: Format, folder: Path) -> list[Problem]:
    """Lines that do not have the header's number of fields, each named; and a file with a header alone."""
    connection, names = duckdb.connect(), header(file, form)
    if len(set(map(str.lower, names))) < len(names):
        return [problem("files.double_column", file, 1)]
    reader = read_csv(file, form, folder, ", store_rejects = true, rejects_limit = 0")
    try:
        rows = connection.execute(f"SELECT count(*) FROM {reader}").fetchall()[0][0]
        torn = connection.execute("SELECT DISTINCT line FROM reject_errors ORDER BY line NULLS LAST").fetchall()
    except duckdb.Error:
        return [problem("files.not_csv", file)]
    found = [problem("files.torn_line", file, line, fields=len(names)) for (line,) in torn[:_LISTED]]
    if len(torn) > _LISTED:
        found.append(problem("files.more_torn_lines", file, more=len(torn) - _LISTED))
    return found or ([] if rows else [problem("files.no_records", file)])
