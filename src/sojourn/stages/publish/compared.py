"""CSV files of comparisons: every line of them, with empty numbers where nothing may be shown."""

import csv
from collections.abc import Sequence
from pathlib import Path

from sojourn.messages import say
from sojourn.stages.publish.files import plain, stamped
from sojourn.stages.publish.report import Row


def write_rows(folder: Path, name: str, rows: Sequence[Row]) -> list[Path]:
    """One file with the columns of the rows and the notice; none where there are no rows."""
    if not rows:
        return []
    path = stamped(folder, name, "csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*rows[0], "notice"])
        writer.writerows([*("" if each is None else plain(each) for each in row.values()), say("report.stamp")] for row in rows)
    return [path]
