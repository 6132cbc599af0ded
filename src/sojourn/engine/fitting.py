"""Whether what a file holds fits what its source file says of it: columns, their types, weights."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from sojourn.definitions.source import Source
from sojourn.engine.portable import identifier
from sojourn.errors import Problem, problem


def missing_columns(source: Source, path: Path | None, present: Sequence[str]) -> list[Problem]:
    """Columns that the source file maps and the file does not have."""
    line = 1 if source.format.type == "csv" else None
    wanted = sorted(source.raw_columns() - set(present))
    return [problem("files.missing_column", path, line, column=name, present=", ".join(present[:40])) for name in wanted]


def wrong_types(file: Path | None, source: Source, schema: pa.Schema) -> list[Problem]:
    """Date columns that hold neither dates nor text or whole numbers with a stated format; weights that are no numbers."""
    found = []
    for name, mapping in source.mappings().items():
        kind = schema.field(mapping.column).type if mapping.column in schema.names else None
        if kind is not None and source.kind_of(name) == "date" and not _dated(kind, mapping.format):
            found.append(problem("files.wrong_type", file, column=mapping.column, kind=kind, wanted=name))
        if kind is not None and mapping.calendar != "gregorian" and _stored_date(kind):
            found.append(problem("dates.typed_with_calendar", file, column=mapping.column, calendar=mapping.calendar))
    weights = [schema.field(name) for name in source.weights() if name in schema.names]
    wrong = [each for each in weights if not (pa.types.is_integer(each.type) or pa.types.is_floating(each.type))]
    return found + [problem("files.weight_type", file, column=each.name, kind=each.type) for each in wrong]


def parts_of_weights(file: Path | None, source: Source, schema: pa.Schema) -> list[Problem]:
    """Weights with a fraction, for readers that give whole numbers as whole numbers."""
    broken = [name for name in source.weights() if name in schema.names and pa.types.is_floating(schema.field(name).type)]
    return [] if source.weight_decimals else [problem("files.weight_type", file, column=name, kind="double") for name in broken]


def _dated(kind: pa.DataType, form: object) -> bool:
    written = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
    return _stored_date(kind) or bool(written and form)


def _stored_date(kind: pa.DataType) -> bool:
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind)


def wrong_weights(file: Path, source: Source, relation: str, whole: str, decimal: str) -> list[Problem]:
    """Weights that are no whole numbers, or no numbers where the source keeps decimals, all columns in one reading.

    `whole`, `decimal`: SQL that is true of such a number. A missing weight is left to the checks of records.
    """
    names = source.weights()
    if not names:
        return []
    sound = decimal if source.weight_decimals else whole
    counts = ", ".join(f"count(*) FILTER (WHERE NOT ({sound.format(identifier(name))}))" for name in names)
    rows = duckdb.execute(f"SELECT {counts} FROM {relation}").fetchall()[0]
    found = [(name, each) for name, each in zip(names, rows, strict=True) if each]
    if source.weight_decimals:
        return [problem("files.weight_no_number", file, column=name, records=each) for name, each in found]
    return [problem("files.weight_text", file, column=name, records=each) for name, each in found]
