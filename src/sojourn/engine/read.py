"""Files as relations, and everything that can be wrong with a file before its records are read."""

import codecs
import csv
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from sojourn.definitions.source import Format, Source
from sojourn.engine.portable import identifier, literal
from sojourn.errors import Problem, problem

ENCODINGS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8", "iso8859-1": "latin-1", "utf-16": "utf-16"}
"""Python's name of an encoding to the engine's."""
_CHUNK = 1 << 20
_LISTED = 20


def scan(files: list[Path], form: Format) -> str:
    """The FROM item that reads the files, each row with its `record` number (from 1, in file order).

    CSV columns come as text, Parquet columns with their own types. Columns are matched by name from file to file.
    """
    if form.type == "parquet":
        return f"({_numbered_parquet(files)})"
    each = " UNION ALL BY NAME ".join(f"SELECT * FROM {read_csv(file, form)}" for file in files)
    return f"(SELECT *, row_number() OVER () AS record FROM ({each}))"


def _numbered_parquet(files: list[Path]) -> str:
    """Each file with its own offset: numbering all rows in one window would run on one thread."""
    parts, offset = [], 0
    for file in files:
        parts.append(
            f"SELECT * EXCLUDE (file_row_number), {offset} + file_row_number + 1 AS record "
            f"FROM read_parquet({literal(file)}, file_row_number = true)"
        )
        offset += pq.ParquetFile(file).metadata.num_rows
    return " UNION ALL BY NAME ".join(parts)


def read_csv(file: Path, form: Format, extra: str = "") -> str:
    """The table function that reads delimited text, every column as text."""
    options = f"header = true, delim = {literal(form.delimiter)}, quote = '\"', strict_mode = true, auto_detect = false"
    columns = "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header(file, form)) + "}"
    return f"read_csv([{literal(file)}], {options}, encoding = {literal(encoding(form))}, columns = {columns}{extra})"


def encoding(form: Format) -> str | None:
    """The engine's name of the encoding stated, None where it reads none of that name."""
    try:
        return ENCODINGS.get(codecs.lookup(form.encoding).name)
    except (LookupError, ValueError):
        return None


def header(file: Path, form: Format) -> list[str]:
    """Column names of one file."""
    if form.type == "parquet":
        return pq.ParquetFile(file).schema_arrow.names
    name = encoding(form)
    with file.open(encoding="utf-8-sig" if name == "utf-8" else name, newline="") as lines:
        return [each.strip() for each in next(csv.reader(lines, delimiter=form.delimiter), [])]


def inspect(files: list[Path], source: Source) -> list[Problem]:
    """Every problem of the files of a source: missing, empty, truncated, wrongly encoded, torn lines, missing columns."""
    return _unusable(source) or [found for file in files for found in _inspect_file(file, source)]


def _unusable(source: Source) -> list[Problem]:
    """A format with which no file can be read."""
    form = source.format
    if form.type == "csv" and encoding(form) is None:
        return [problem("files.unknown_encoding", source=source.id, encoding=form.encoding, known=", ".join(sorted(set(ENCODINGS.values()))))]
    if len(form.delimiter) != 1 or form.delimiter in '"\r\n':
        return [problem("files.delimiter", source=source.id)]
    return []


def _inspect_file(file: Path, source: Source) -> list[Problem]:
    if not file.is_file():
        return [problem("files.not_there", file, source=source.id)]
    if file.stat().st_size == 0:
        return [problem("files.empty", file)]
    found = _inspect_parquet(file, source) if source.format.type == "parquet" else _inspect_csv(file, source)
    return found or _missing_columns(file, source)


def _inspect_parquet(file: Path, source: Source) -> list[Problem]:
    try:
        footer = pq.ParquetFile(file)
    except (pa.ArrowInvalid, OSError):
        return [problem("files.not_parquet", file)]
    if footer.metadata.num_rows == 0:
        return [problem("files.no_records", file)]
    return _wrong_types(file, source, footer.schema_arrow) or _missing_columns(file, source) or _wrong_weights(file, source)


def _wrong_types(file: Path, source: Source, schema: pa.Schema) -> list[Problem]:
    """Date columns of Parquet that hold neither dates nor text with a stated format; weights that are no whole numbers."""
    found = []
    for name, mapping in source.mappings().items():
        kind = schema.field(mapping.column).type if mapping.column in schema.names else None
        if kind is not None and source.kind_of(name) == "date" and not _dated(kind, mapping.format):
            found.append(problem("files.wrong_type", file, column=mapping.column, kind=kind, wanted=name))
    weights = [schema.field(name) for name in _weights(source) if name in schema.names]
    wrong = [each for each in weights if not (pa.types.is_integer(each.type) or pa.types.is_floating(each.type))]
    return found + [problem("files.weight_type", file, column=each.name, kind=each.type) for each in wrong]


def _weights(source: Source) -> tuple[str, ...]:
    """The columns of the weight and its replicates."""
    return ((source.weight,) if source.weight else ()) + source.replicate_columns()


def _dated(kind: pa.DataType, form: str | None) -> bool:
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind) or bool(text and form)


def _inspect_csv(file: Path, source: Source) -> list[Problem]:
    line = _undecodable_line(file, source.format.encoding)
    if line is not None:
        return [problem("files.wrong_encoding", file, line, encoding=source.format.encoding)]
    return _torn_lines(file, source.format) or _missing_columns(file, source) or _wrong_weights(file, source)


def _undecodable_line(file: Path, encoding: str) -> int | None:
    """The first line that is not valid in the encoding stated, or None."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
    return None


def _torn_lines(file: Path, form: Format) -> list[Problem]:
    """Lines that do not have the header's number of fields, each named; and a file with a header alone."""
    connection = duckdb.connect()
    names = header(file, form)
    if len(set(map(str.lower, names))) < len(names):
        return [problem("files.double_column", file, 1)]
    reader = read_csv(file, form, ", store_rejects = true, rejects_limit = 0")
    try:
        rows = connection.execute(f"SELECT count(*) FROM {reader}").fetchall()[0][0]
        torn = connection.execute("SELECT DISTINCT line FROM reject_errors ORDER BY line NULLS LAST").fetchall()
    except duckdb.Error:
        return [problem("files.not_csv", file)]
    found = [problem("files.torn_line", file, line, fields=len(names)) for (line,) in torn[:_LISTED]]
    if len(torn) > _LISTED:
        found.append(problem("files.more_torn_lines", file, more=len(torn) - _LISTED))
    return found or ([] if rows else [problem("files.no_records", file)])


def _missing_columns(file: Path, source: Source) -> list[Problem]:
    present = header(file, source.format)
    wanted = sorted(source.raw_columns() - set(present))
    return [problem("files.missing_column", file, 1, column=name, present=", ".join(present[:40])) for name in wanted]


def _wrong_weights(file: Path, source: Source) -> list[Problem]:
    """Weights that are no whole numbers, all columns in one reading; a missing weight is left to the checks of records."""
    names = _weights(source)
    if not names:
        return []
    parquet = source.format.type == "parquet"
    relation = f"read_parquet({literal(file)})" if parquet else read_csv(file, source.format)
    whole = "{0} = round({0})" if parquet else "regexp_full_match(trim({0}), '[+-]?[0-9]+')"
    counts = ", ".join(f"count(*) FILTER (WHERE NOT {whole.format(identifier(name))})" for name in names)
    rows = duckdb.execute(f"SELECT {counts} FROM {relation}").fetchall()[0]
    return [problem("files.weight_text", file, column=name, records=each) for name, each in zip(names, rows, strict=True) if each]
