"""What an office may tell the owner of a source: the faults of its own records, and nothing learned from anybody else.

The firewall stands by construction: the steps run on a country that has this one source, so that no other file is opened.
What this promises and what it does not: docs/explanation/firewall.md. Source of the principle: Fundamental Principles of
Official Statistics (A/RES/68/261), principle 6.
"""

import csv
import os
import shutil
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from sojourn.definitions.country import Country
from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.definitions.source import Source
from sojourn.engine.read import Parts, relation, release
from sojourn.engine.readers import content
from sojourn.engine.session import guarded
from sojourn.errors import SojournError, problem
from sojourn.run.check import source_problems
from sojourn.run.graph import Graph
from sojourn.run.progress import Progress
from sojourn.stages.publish.wording import known

RECORDS = ("delivery", "file", "row", "field", "reason", "action", "meaning")
SUMMARY = ("delivery", "field", "reason", "action", "meaning", "records")
LAST_STEP = "validate"
"""The last step that looks at each source alone."""


@dataclass(frozen=True)
class Feedback:
    """A finished feedback: its folder and how many faults of how many records it lists."""

    folder: Path
    faults: int
    records: int


def feedback(folder: Path | str, source: str, progress: Progress | None = None) -> Feedback:
    """Write `FOLDER/feedback/SOURCE` with `records.csv` (one fault of one record) and `summary.csv` (numbers by delivery).

    Records are named by file and row, never by an identifier. A code that was read by its name is no fault. Raises SojournError for an unknown source and for every
    problem of its own files.
    """
    country = alone(load_country(folder), source)
    stopping = [each for each in source_problems(country) if not each.warning]
    if stopping:
        raise SojournError(*stopping)
    with Graph(country, parse_period(country.file.period), progress) as graph:
        graph.run(until=LAST_STEP)
        return _write(country, country.sources[source], graph)


def alone(country: Country, name: str) -> Country:
    """The country as if the named source were its only one, however many of its records are rejected.

    Raises SojournError where the country has no source of that name.
    """
    if name not in country.sources:
        raise SojournError(problem("run.no_source", country.path / "sources", source=name, known=", ".join(country.sources)))
    source = country.sources[name].model_copy(update={"stop_if_rejected_over": 1})
    return replace(country, sources={name: source}, published={})


def _write(country: Country, source: Source, graph: Graph) -> Feedback:
    final = country.path / "feedback" / source.id
    listed = f"SELECT i.*, r.delivery FROM issues AS i JOIN records_{source.id} AS r ON i.record = r.record"
    found = graph.session.rows(f"{listed} WHERE i.reason NOT LIKE 'matched_by_%' ORDER BY ALL NULLS LAST")
    places = Places.of(country, source, graph)
    with guarded(final), graph.work.passing("feedback") as partial:
        _table(partial / "records.csv", RECORDS, (_record(row, source, places) for row in found))
        _table(partial / "summary.csv", SUMMARY, _summary(found, source))
        final.parent.mkdir(exist_ok=True, mode=0o700)
        shutil.rmtree(final, ignore_errors=True)
        os.replace(partial, final)
    return Feedback(final, len(found), len({row["record"] for row in found}))


@dataclass(frozen=True)
class Places:
    """Where each record stands: the files in order, the number of the last record of each, and how a file counts its rows."""

    files: Sequence[str]
    ends: Sequence[int]
    rows: Sequence[Callable[[int], int]]

    @classmethod
    def of(cls, country: Country, source: Source, graph: Graph) -> "Places":
        files = country.files(source)
        parts = [[(1, [file])] for file in files] or [country.parts(source)]
        counts = [_count(country, source, graph, part) for part in parts]
        release(graph.session, source, country.parts(source))
        rows = [_row_of_sheet(country, source, file) if source.format.type == "excel" else int for file in files or [None]]
        return cls([file.name for file in files] or [source.format.type], list(accumulate(counts)), rows)

    def find(self, record: int) -> tuple[str, int]:
        """File and row of a record: that of the sheet in a spreadsheet, elsewhere from 1 with the header not counted."""
        place = bisect_right(self.ends, record - 1)
        return self.files[place], self.rows[place](record - (self.ends[place - 1] if place else 0))


def _row_of_sheet(country: Country, source: Source, file: Path) -> Callable[[int], int]:
    return content(source.format, file, source.id, country.path).lines


def _count(country: Country, source: Source, graph: Graph, part: Parts) -> int:
    """Records of one file. Its passing table makes room for that of the next file."""
    return graph.session.rows(f"SELECT count(*) AS n FROM {relation(graph.session, source, part, country.path)}")[0]["n"]


def _record(row: Mapping[str, object], source: Source, places: Places) -> list[object]:
    file, number = places.find(int(row["record"]))
    return [source.delivered_in[row["delivery"] - 1].id, file, number, row["field"], row["reason"], row["action"], _meaning(row)]


def _summary(found: Sequence[Mapping[str, object]], source: Source) -> Iterable[list[object]]:
    counted = Counter((row["delivery"], row["field"], row["reason"], row["action"], _meaning(row)) for row in found)
    for key, records in sorted(counted.items()):
        yield [source.delivered_in[key[0] - 1].id, *key[1:], records]


def _meaning(row: Mapping[str, object]) -> str:
    return known(f"report.reason_{row['reason']}", str(row["reason"]))


def _table(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
