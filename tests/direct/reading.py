"""What the direct door wrote, as rows that can be compared."""

import csv
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq

STATUS = {"resident": 1, "non_resident": 0, "undetermined": None}
COLUMNS = ["person", "date", "direction", "status_before", "status_after", "change", "known_on", "days_in", "days_observed"]
ISSUE_COLUMNS = ["person", "date", "direction", "reason", "treatment", "revealed_on"]


def records(path: Path) -> list[dict[str, object]]:
    """Rows of either kind of file; of CSV every value is text, and nothing is the empty text."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def day(value: object) -> int | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.toordinal()
    return date.fromisoformat(value).toordinal() if value else None


def plain(row: dict[str, object]) -> tuple:
    """A row as `plain.answers` has it."""
    statuses = [STATUS[row[name]] for name in ("status_before", "status_after")]
    inward = int(row["direction"] == "arrival")
    return day(row["date"]), inward, *statuses, row["change"], day(row["known_on"]), int(row["days_in"]), int(row["days_observed"])


def by_person(path: Path) -> dict[str, list[tuple]]:
    """Rows of each person, persons as text."""
    found: dict[str, list[tuple]] = {}
    for row in records(path):
        found.setdefault(str(row["person"]), []).append(plain(row))
    return found
