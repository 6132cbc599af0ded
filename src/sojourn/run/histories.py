"""The steps on persons' histories: events, spells, statuses, changes."""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pyarrow as pa

from sojourn.concepts.codes import PRESENCE_ISSUES
from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.engine.histories import batch, fields, in_parallel, whole_persons
from sojourn.engine.session import write_batches
from sojourn.run.scope import observation
from sojourn.run.step import Step, Workshop, made
from sojourn.stages import change, presence, residence
from sojourn.stages.count.cubes import day
from sojourn.stages.presence.fast import spells, with_mothers
from sojourn.stages.residence.fast import statuses_of

WORKERS = os.cpu_count() or 1
POLICY = "midpoint"
"""Where a missing counterpart crossing is put: halfway, as Stats NZ's migstat does."""


def accepted(sources: list[Source]) -> tuple[str, ...]:
    return tuple(f"accepted_{source.id}" for source in sources)


def events_step(country: Country, sources: list[Source]) -> Step:
    """What happened to each person, and who is born to whom."""
    tables = {
        "events": presence.events(sources),
        "births": residence.births(sources),
        "generations": residence.generations(),
        "citizenship_events": change.citizenship_events(),
    }
    return made("events", ("units", *accepted(sources)), tables)


def residence_step(country: Country) -> Step:
    """Statuses, generation by generation: a child's needs its mother's. Spells are the same rows without the decisions."""
    names = list(country.sources)

    def work(shop: Workshop) -> None:
        deepest = shop.session.rows("SELECT coalesce(max(generation), 0) AS deepest FROM generations")[0]["deepest"]
        noted = [batch for generation in range(deepest + 1) for batch in _decide(shop, generation)]
        together = " UNION ALL ".join(f"SELECT * FROM generation_{each}" for each in range(deepest + 1))
        shop.write("statuses", f"SELECT * FROM ({together}) ORDER BY person NULLS LAST, ordinal NULLS LAST")
        shop.session.table("noted", pa.Table.from_batches(noted))
        shop.write("issues_presence", presence.issues(names, PRESENCE_ISSUES))

    reads = ("events", "births", "generations")
    return Step("residence", reads, ("statuses", "issues_presence"), work, {"spells": residence.spells()})


def _decide(shop: Workshop, generation: int) -> list[pa.RecordBatch]:
    """One generation into a passing file beside the step's tables. Returns what the pairing of crossings found."""
    query = residence.events_of_generation(generation)
    mothers = _mothers(shop, generation) if generation else {}
    begin, end = observed(shop.country)
    noted: list[pa.RecordBatch] = []
    made = decided(shop.session.batches(query), shop.country.rule, begin, end, mothers)
    path = shop.folder / f"generation_{generation}.passing"
    _write(_first_of(made, noted), path)
    shop.session.view(f"generation_{generation}", path)
    earlier = " UNION ALL ".join(f"SELECT * FROM generation_{each}" for each in range(generation + 1))
    shop.session.execute(f"CREATE OR REPLACE VIEW statuses_decided AS {earlier}")
    return noted


def _mothers(shop: Workshop, generation: int) -> dict[int, tuple[int, int]]:
    rows = shop.session.rows(residence.mothers(generation))
    return {row["person"]: (row["after"], row["known_on"]) for row in rows}


def decided(
    events: Iterable[pa.RecordBatch], rule: ResidenceRule, begin: int, end: int, mothers: Mapping[int, tuple[int, int]], workers: int = WORKERS
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """Statuses and issues of sorted events, through both kernels, in the order of the persons.

    begin, end: observed day numbers, half open. mothers: status of the mother at birth, and the day it is known.
    """

    def decide(table: pa.Table) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        found, noted = spells(table, begin, end, POLICY)
        return statuses_of(with_mothers(found, mothers), rule, begin), batch(fields(noted))

    return in_parallel(whole_persons(events), decide, workers)


def _first_of(pairs: Iterable[tuple[pa.RecordBatch, pa.RecordBatch]], rest: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for first, second in pairs:
        rest.append(second)
        yield first


def _write(batches: Iterator[pa.RecordBatch], path):
    """Batches of one schema to a file; the first batch tells the schema."""
    first = next(batches)
    return write_batches(chain([first], batches), first.schema, path)


def change_step(sources: list[Source]) -> Step:
    """Statuses as dated changes."""
    reads = ("statuses", "citizenship_events", *accepted(sources))
    return made("change", reads, {"permissions": change.permissions(sources), "changes": change.changes()})


def observed(country: Country) -> tuple[int, int]:
    """Day numbers of the observation of persons, half open."""
    begin, end = observation(country)
    return day(begin), day(end)
