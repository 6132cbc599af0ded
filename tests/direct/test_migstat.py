"""The made-up crossings that Stats NZ publishes with migstat, under its own rule: 270 of 365 days, 2009-01-01 to 2011-12-31.

Source of the figures: the package's vignette, StatisticsNZ/migstat at 1e60695. It numbers the persons 1 to 6 by name and passport (Cai has two
passports, one of Eisha's records is misspelt) and gives the six persons' statuses before the first crossing where that crossing is too early.
"""

import csv
from pathlib import Path

import pytest

RULE = "270 days within 365 days"
NAMES = {"Cai": 1, "Amy": 2, "Eisha": 3, "Esha": 3, "David": 4, "Bader": 5, "Fatima": 6}
BOUNDS = {"data_start": "2009-01-01", "data_end": "2011-12-31"}
STATUS = {"resident": 1, "non_resident": 0, "undetermined": None}
PRINTED = [
    # person, arrival, before, after, days in country, days observed, migration
    (1, 1, 1, 1, 355, 365, 0), (1, 0, 1, 1, 121, 365, 0), (1, 1, 1, 1, 131, 365, 0), (1, 0, 1, 1, 131, 365, 0),
    (1, 1, 1, 1, 329, 343, 0), (1, 0, 1, 1, 172, 186, 0), (1, 1, 1, 1, 172, 172, 0),
    (2, 1, 0, 0, 12, 365, 0), (2, 0, 0, 0, 7, 365, 0), (2, 1, 0, 0, 7, 365, 0), (2, 0, 0, 0, 0, 365, 0),
    (2, 1, 0, None, 8, 34, None), (2, 0, None, None, 0, 26, 0),
    (6, 1, 0, None, 90, 90, None),
]  # fmt: skip
"""The fourteen rows that the vignette prints of persons 1, 2 and 6."""
FIRST = {1: (355, 365, 1), 2: (12, 365, 0), 3: (259, 365, 1), 4: (0, 365, 1), 5: (337, 365, 0), 6: (90, 90, 0)}
"""Its first crossing of every person: days in country, days observed, status before."""


@pytest.fixture
def files(data_folder: Path, desk) -> tuple[Path, Path]:
    """Crossings with persons linked as in the vignette; its statuses from elsewhere for first crossings before 2009-09-28."""
    with (data_folder / "nz_migstat_toy_border_crossings" / "border_crossings.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    lines = [f"{NAMES[row['name']]},{row['datetime_crossing'][:10]},{row['direction'].lower()},{row['datetime_crossing'][11:]}" for row in rows]
    early = {NAMES[row["name"]]: row for row in reversed(rows) if row["datetime_crossing"] < "2009-09-28"}
    given = [f"{person},{'resident' if row['res_status_default'] == '1' else 'non_resident'}" for person, row in early.items()]
    return desk.put("events.csv", "person,date,direction,time", *lines), desk.put("initial.csv", "person,status", *given)


def told(rows: list[dict]) -> list[tuple]:
    change = {"none": 0, "immigration": 1, "emigration": 1, "undetermined": None}
    return [
        (
            int(row["person"]), int(row["direction"] == "arrival"), STATUS[row["status_before"]], STATUS[row["status_after"]],
            int(row["days_in"]), int(row["days_observed"]), change[row["change"]],
        )
        for row in rows
    ]  # fmt: skip


@pytest.mark.real_data
@pytest.mark.parametrize("compatible", [None, "migstat"])
def test_the_printed_rows(desk, files, compatible: str | None) -> None:
    """The strict chain and ours give the same here: after each unknown status nothing follows that decides."""
    events, initial = files
    rows = told(desk.decide(events, RULE, initial=initial, compatible=compatible, **BOUNDS))
    assert len(rows) == 24
    assert [row for row in rows if row[0] in (1, 2, 6)] == PRINTED
    assert {row[0]: (*row[4:6], row[2]) for row in reversed(rows)} == FIRST


@pytest.mark.real_data
def test_the_rows_not_printed_by_hand(desk, files) -> None:
    """Eisha's absences of 15, 91 and 27 nights change nothing (270 needed); David is away from 2010-02-16 on (2010-11-13 is the 270th
    night); Bader arrives on 2010-08-12, is away for 28 nights, and reaches 270 on 2011-06-06: 22 to 2010-09-03, then 248."""
    events, initial = files
    rows = desk.decide(events, RULE, initial=initial, **BOUNDS)
    changes = [(row["person"], row["date"], row["change"], row["known_on"]) for row in rows if row["change"] not in ("none", "undetermined")]
    assert changes == [("4", "2010-02-16", "emigration", "2010-11-13"), ("5", "2010-08-12", "immigration", "2011-06-06")]
    assert all(row["change"] == "none" for row in rows if row["person"] == "3")
