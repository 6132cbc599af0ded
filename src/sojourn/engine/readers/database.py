"""What all databases share: where the connection string stands, and how a refusal is said without it."""

import os

import pyarrow as pa

from sojourn.definitions.delivery import Format
from sojourn.errors import SojournError, problem


def connection_string(form: Format, source: str) -> str:
    """The connection string, from the environment variable that the format names. It is never printed."""
    text = os.environ.get(form.connection or "", "").strip()
    if not text:
        raise SojournError(problem("readers.no_connection_string", source=source, variable=form.connection))
    return text


def statement(query: str) -> str:
    """A query as part of another: no semicolon at its end, and a line end after a remark."""
    return query.strip().rstrip(";").rstrip() + "\n"


def said(form: Format) -> str:
    """What is read, for messages: the table, or the key that holds the query."""
    return form.table or "query"


def refused(form: Format, source: str, kind: str, state: str) -> SojournError:
    """A refusal of the database. `kind`: unreachable, login, table, right, writes or query; `state`: its SQLSTATE, if known."""
    if kind == "unreachable":
        return SojournError(problem("readers.unreachable", source=source, variable=form.connection))
    if kind == "login":
        return SojournError(problem("readers.login_refused", source=source, variable=form.connection))
    if kind == "table":
        return SojournError(problem("readers.no_table", source=source, table=said(form)))
    if kind == "right":
        return SojournError(problem("readers.no_right", source=source, table=said(form)))
    if kind == "writes":
        return SojournError(problem("readers.query_writes", source=source))
    if not state:
        return SojournError(problem("readers.query_failed", source=source, table=said(form)))
    return SojournError(problem("readers.query_refused", source=source, table=said(form), state=state))


def empty(schema: pa.Schema) -> pa.RecordBatch:
    """A batch without rows, from which the columns of an empty table are known."""
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
