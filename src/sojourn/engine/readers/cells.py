"""Cells of a spreadsheet as Arrow columns: a column has one type, and text if its cells do not agree."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pyarrow as pa

from sojourn.engine.readers.variables import written

Cell = str | int | float | bool | date | datetime | time | timedelta
_EXACT = 2**53


def array(cells: Sequence[Cell]) -> pa.Array:
    """One column; an empty cell is null."""
    values = [None if cell == "" else cell for cell in cells]
    kind = _kind(values)
    if kind == pa.string():
        return pa.array([text(each) for each in values], kind)
    if kind == pa.int64():
        return pa.array([None if each is None else int(each) for each in values], kind)
    if kind == pa.timestamp("us"):
        return pa.array([_moment(each) for each in values], kind)
    return pa.array(values, kind)


def _moment(value: date | None) -> datetime | None:
    """A date among date-times is its midnight."""
    return datetime.combine(value, time()) if value is not None and not isinstance(value, datetime) else value


def _kind(values: Sequence[Cell | None]) -> pa.DataType:
    kinds = {type(each) for each in values if each is not None}
    if kinds == {date}:
        return pa.date32()
    if kinds and kinds <= {date, datetime}:
        return pa.timestamp("us")
    if kinds and kinds <= {int, float}:
        whole = all(each is None or (float(each).is_integer() and abs(each) <= _EXACT) for each in values)
        return pa.int64() if whole else pa.float64()
    return pa.string()


def text(cell: Cell | None) -> str | None:
    """A cell as text: whole numbers without a point, true and false, dates and times as ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return written(cell)
