"""A table or query of PostgreSQL, streamed in a transaction that cannot write and sees one state of the database.

The database itself turns its types into the few of `Content`: numeric columns are whole numbers where all values are,
a moment with a time zone is the local time of the database, and infinite dates ("no end") are missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from sojourn.definitions.delivery import Format
from sojourn.engine.portable import identifier
from sojourn.engine.readers.contents import Content, library
from sojourn.engine.readers.database import connection_string, empty, refused, statement

STATES = {"42P01": "table", "3F000": "table", "42501": "right", "25006": "writes", "0A000": "writes"}
"""SQLSTATE (PostgreSQL documentation, appendix A) to what it means to the reader of the message."""
BATCH_BYTES = 1 << 24
_EXACT = 2**53
_CASTS = {
    **dict.fromkeys(("int2", "int4", "int8", "oid"), "{0}::int8"),
    **dict.fromkeys(("float4", "float8"), "nullif({0}::float8, 'NaN')"),
    **dict.fromkeys(("date", "timestamp"), "CASE WHEN isfinite({0}) THEN {0} END"),
    "timestamptz": "CASE WHEN isfinite({0}) THEN {0}::timestamp END",
}


def read(form: Format, path: Path | None, source: str, folder: Path) -> Content:
    """A table or query. Its columns are asked for at once, its rows when they are wanted."""
    with _transaction(form, source) as cursor:
        columns = [name for name, _ in _columns(cursor, form)]
    return Content(columns=tuple(columns), batches=lambda: _batches(form, source))


@contextmanager
def _transaction(form: Format, source: str) -> Iterator:
    """A cursor of one read-only transaction. What the database says becomes a problem: its text can quote a value."""
    driver, manager = library("adbc_driver_postgresql.dbapi", "postgresql"), library("adbc_driver_manager", "postgresql")
    try:
        connection = driver.connect(connection_string(form, source), autocommit=True)
    except manager.Error as error:
        raise refused(form, source, "login" if "FATAL" in str(error) else "unreachable", "") from None
    with connection, connection.cursor() as cursor:
        try:
            cursor.execute("BEGIN")
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield cursor
        except (manager.Error, pa.ArrowException, OSError) as error:
            state = getattr(error, "sqlstate", None) or ""
            raise refused(form, source, STATES.get(state, "query"), state) from None


def _asked(form: Format) -> str:
    """The table or query as an item of FROM."""
    if form.table is not None:
        return ".".join(identifier(part) for part in form.table.split("."))
    return f"({statement(form.query)}) AS asked"


def _columns(cursor, form: Format) -> list[tuple[str, str]]:
    """Column names, and the database's names of their types."""
    cursor.execute(f"SELECT * FROM {_asked(form)} LIMIT 0")
    schema = cursor.fetch_arrow_table().schema
    return [(field.name, (field.metadata or {}).get(b"POSTGRESQL:type", b"text").decode().strip("'")) for field in schema]


def _batches(form: Format, source: str) -> Iterator[pa.RecordBatch]:
    option = library("adbc_driver_postgresql", "postgresql").StatementOptions.BATCH_SIZE_HINT_BYTES.value
    with _transaction(form, source) as cursor:
        columns = dict(_columns(cursor, form))
        whole = _whole(cursor, form, columns)
        wanted = ", ".join(f"{_cast(name, kind, name in whole)} AS {identifier(name)}" for name, kind in columns.items())
        cursor.adbc_statement.set_options(**{option: str(BATCH_BYTES)})
        cursor.execute(f"SELECT {wanted} FROM {_asked(form)}")
        stream = cursor.fetch_record_batch()
        schema = pa.schema([(field.name, field.type) for field in stream.schema])
        yield empty(schema)
        yield from (batch.cast(schema) for batch in stream)


def _whole(cursor, form: Format, columns: dict[str, str]) -> set[str]:
    """The numeric columns whose values are all whole numbers that a double would hold exactly."""
    names = [name for name, kind in columns.items() if kind in {"numeric", "money"}]
    if not names:
        return set()
    test = "bool_and(({0}::numeric) = trunc({0}::numeric) AND abs({0}::numeric) <= {1})"
    cursor.execute(f"SELECT {', '.join(test.format(identifier(name), _EXACT) for name in names)} FROM {_asked(form)}")
    return {name for name, answer in zip(names, cursor.fetchone(), strict=True) if answer is not False}


def _cast(name: str, kind: str, whole: bool) -> str:
    if kind in {"numeric", "money"}:
        return f"({identifier(name)}::numeric)::int8" if whole else f"nullif(({identifier(name)}::numeric)::float8, 'NaN')"
    return _CASTS.get(kind, "{0}::text").format(identifier(name))
