"""Files of crossings drawn at random: alternating or with crossings missing, doubled, shuffled, without order inside a day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from tests.direct.plain import Life, Side

FIRST = date(2003, 1, 1).toordinal()
RULES = {
    "3 days within 5 days": (Side(3, 5), Side(3, 5)),
    "arrive 4 days within 5 days; leave 3 nights within 6 nights": (Side(3, 6), Side(4, 5)),
    "6 days within 8 days": (Side(6, 8), Side(6, 8)),
    "4 days continuous": (Side(4, 4, absences=(0, 0)), Side(4, 4, absences=(0, 0))),
    "arrive 7 days continuous; leave 6 days continuous, absences up to 2 days each, 3 days in total": (
        Side(6, 6, absences=(2, 3)), Side(7, 7, absences=(2, 3)),
    ),
    "5 days continuous, absences up to 1 day": (Side(5, 5, absences=(1, 99)), Side(5, 5, absences=(1, 99))),
    "2 months within 3 months": (Side(2, 3, "months"), Side(2, 3, "months")),
}  # fmt: skip
"""Rules of one line, and the same for the judge: departures, arrivals."""


def widest(sides: tuple[Side, Side]) -> int:
    return max(each.window * (31 if each.unit == "months" else 1) for each in sides) + 3


@dataclass(frozen=True)
class Drawn:
    """Lives by person, and the rows of the file in an order of their own."""

    lives: dict[object, Life]
    rows: list[tuple]


def draw(seed: int, longest: int, persons: int = 150, complete: bool = False, number: bool = False, evidence: bool = False) -> Drawn:
    """complete: crossings alternate, every one in its order. number: persons are numbers."""
    random = Random(seed)
    lives, rows = {}, []
    for person in range(persons):
        name = person * 7 - 300 if number else f"P{person * 37 % 101}-{person}"
        life = one(random, longest, complete)
        evidences = tuple(given(random, life) for _ in range(random.choice((0, 1, 1, 2)))) if evidence else ()
        lives[name] = Life(life, tuple({day: (day, value) for day, value in evidences}.values()))
        doubled = [] if complete else random.sample(life, min(len(life), random.choice((0, 0, 1))))
        rows += [(name, *row) for row in (*life, *doubled)]
    random.shuffle(rows)
    return Drawn(lives, rows)


def one(random: Random, longest: int, complete: bool) -> list[tuple]:
    """Rows of one person: day, inward, time, sequence."""
    day, inward, found = FIRST + random.randrange(2 * longest), random.randrange(2), []
    for place in range(random.randint(1, 8)):
        found.append((day, inward, *order(random, place, complete)))
        day += random.choice((0, 1, 1, 2, 3, random.randint(1, longest)))
        inward = 1 - inward if complete or random.random() < 0.85 else inward
    return found


def order(random: Random, place: int, complete: bool) -> tuple[str, object]:
    if complete:
        return "", place
    time = f"{random.randrange(24):02}:{random.randrange(60):02}" if random.random() < 0.3 else ""
    return time, random.randrange(3) if random.random() < 0.5 else ""


def given(random: Random, life: list[tuple]) -> tuple[int | None, int]:
    day = random.choice((None, *(row[0] + random.choice((-1, 0, 0, 1)) for row in life)))
    return day, random.randrange(2)


def table(rows: list[tuple]) -> pa.Table:
    """The rows as a file has them, columns without any value left out."""
    persons, days, inwards, times, sequences = zip(*rows)
    columns: dict[str, object] = {
        "person": list(persons),
        "date": [date.fromordinal(day) for day in days],
        "direction": ["arrival" if inward else "departure" for inward in inwards],
    }
    if any(times):
        columns["time"] = [time or None for time in times]
    if any(each != "" for each in sequences):
        columns["sequence"] = [None if each == "" else each for each in sequences]
    return pa.table(columns)


def put(path: Path, rows: list[tuple]) -> Path:
    made = table(rows)
    if path.suffix == ".parquet":
        pq.write_table(made, path)
    else:
        pacsv.write_csv(made, path)
    return path


def put_evidence(path: Path, drawn: Drawn) -> Path:
    rows = [(name, day, value) for name, life in drawn.lives.items() for day, value in life.evidence]
    lines = [f"{name},{'resident' if value else 'non_resident'},{date.fromordinal(day) if day else ''}" for name, day, value in rows]
    path.write_text("\n".join(["person,status,date", *lines]) + "\n", encoding="utf-8")
    return path
