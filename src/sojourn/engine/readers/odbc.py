"""A table or query of any database with an ODBC driver, streamed. ODBC has no dialect: a query is sent as it is written.

The types are those that the driver reports, turned into the few of `Content`; a decimal without places is a whole number.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from sojourn.definitions.delivery import Format
from sojourn.engine.readers.contents import ROWS, Content, library
from sojourn.engine.readers.database import connection_string, empty, refused
from sojourn.errors import SojournError, problem

LONGEST = 8_192
"""Bytes of the longest text: a column that the driver calls unlimited gets this much room per row."""
_BATCH_BYTES = 1 << 26
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(rf"\b({'|'.join('insert update delete merge into'.split())})\b")
_NAME = re.compile(r"[\w$#]+(\.[\w$#]+)*")
STATES = {"28000": "login", "42S02": "table"}
"""SQLSTATE (ODBC reference, appendix A) to what it means to the reader of the message."""
NO_DRIVER = {"IM002", "IM003", "IM004", "01000"}
_NO_TABLE = ("such table", "ORA-00942")
"""How drivers that report only the general HY000 say that a table is not there."""


def read(form: Format, path: Path | None, source: str, folder: Path) -> Content:
    """A table or query. Its columns are asked for at once, its rows when they are wanted."""
    text = _query(form, source)
    with _guarded(form, source):
        schema = _reader(form, source, text).schema
    unfit = [field for field in schema if _wanted(field.type) is None]
    if unfit:
        raise SojournError(*(problem("readers.column_type", source=source, column=each.name, kind=each.type) for each in unfit))
    return Content(columns=tuple(schema.names), batches=lambda: _batches(form, source, text))


def _query(form: Format, source: str) -> str:
    """The query, which may only read: ODBC cannot be told so everywhere."""
    if form.table is not None:
        if not _NAME.fullmatch(form.table):
            raise SojournError(problem("readers.table_name", source=source, table=form.table))
        return f"SELECT * FROM {form.table}"
    text = form.query.strip().rstrip(";")
    bare = _QUOTED.sub(" ", text).strip().lower()
    if not bare.startswith(("select", "with", "(")) or ";" in bare or _WRITES.search(bare):
        raise SojournError(problem("readers.query_writes", source=source))
    return text


def _reader(form: Format, source: str, text: str):
    options = {"batch_size": ROWS, "max_bytes_per_batch": _BATCH_BYTES, "max_text_size": LONGEST, "fetch_concurrently": False}
    return _library().read_arrow_batches_from_odbc(text, connection_string(form, source), **options)


def _library():
    """The library; it finds the driver manager of the system when it is loaded."""
    try:
        return library("arrow_odbc", "odbc")
    except OSError:
        raise SojournError(problem("readers.no_driver_manager")) from None


@contextmanager
def _guarded(form: Format, source: str) -> Iterator[None]:
    """Turns what the driver says into problems: its text can quote the connection string or a value."""
    try:
        yield
    except (_library().Error, pa.ArrowException) as error:
        raise _refusal(form, source, str(error)) from None


def _refusal(form: Format, source: str, text: str) -> SojournError:
    found = re.search(r"State: (\w{5})", text)
    state = found.group(1) if found else ""
    if "without truncation" in text:
        return SojournError(problem("readers.text_too_long", source=source, bytes=LONGEST))
    if any(each in text for each in _NO_TABLE):
        return refused(form, source, "table", state)
    if "SQLDriverConnect" in text and state in NO_DRIVER:
        return SojournError(problem("readers.no_driver", source=source, variable=form.connection))
    kind = "unreachable" if "SQLDriverConnect" in text else "query"
    return refused(form, source, STATES.get(state, kind), state)


def _batches(form: Format, source: str, text: str) -> Iterator[pa.RecordBatch]:
    with _guarded(form, source):
        reader = _reader(form, source, text)
        schema = pa.schema([(field.name, _wanted(field.type)) for field in reader.schema])
        yield empty(schema)
        for batch in reader:
            yield pa.RecordBatch.from_arrays([_converted(column, kind) for column, kind in zip(batch.columns, schema.types, strict=True)], schema=schema)


def _wanted(kind: pa.DataType) -> pa.DataType | None:
    """The type of `Content` for a type of the driver; None for bytes and what else is no value of a record."""
    if pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0):
        return pa.int64()
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pa.float64()
    if pa.types.is_date(kind):
        return pa.date32()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_boolean(kind) or pa.types.is_time(kind)
    return pa.string() if text else None


def _converted(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column in the type wanted; parts of a microsecond are cut off."""
    if pa.types.is_timestamp(kind):
        return column.cast(kind, safe=False)
    return pc.cast(column, kind)
