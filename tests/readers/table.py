"""One small table that every reader must give alike, whatever wrote the file."""

from datetime import date, datetime

import pyarrow as pa

COLUMNS = ("key", "sex", "amount", "crossed", "stamp", "name", "visits")
TYPES = {
    "key": pa.string(), "sex": pa.int64(), "amount": pa.float64(), "crossed": pa.date32(),
    "stamp": pa.timestamp("us"), "name": pa.string(), "visits": pa.int64(),
}  # fmt: skip
ROWS = [
    ("0007", 1, 1.5, date(2016, 1, 31), datetime(2016, 1, 31, 23, 59, 58), "Zoë Šćž", 12),
    ("P 02", 2, None, None, None, "漢字", None),
    (" P3", 1, -0.25, date(1948, 2, 29), datetime(1970, 1, 1, 0, 0, 1), None, 3_000_000_000),
]
LABELS = {"1": "männlich", "2": "weiblich"}


def plain(table: pa.Table) -> list[tuple]:
    """Rows as tuples; an empty text counts as none, because most files cannot tell them apart."""
    return [tuple(None if value == "" else value for value in row.values()) for row in table.to_pylist()]


def written(value: object) -> str | None:
    """A value of the table as a file of plain text holds it."""
    return None if value is None else str(value)
