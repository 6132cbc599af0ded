"""The steps on persons' histories: events, spells, statuses, changes."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from sojourn.concepts.codes import PRESENCE_ISSUES
from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.engine.session import write_batches
from sojourn.run.scope import observation
from sojourn.run.step import Step, Workshop, made
from sojourn.stages import change, presence, residence
from sojourn.stages.count.cubes import day
from sojourn.stages.presence.fast import spells
from sojourn.stages.residence.fast import statuses

SORTED_EVENTS = "SELECT * FROM events"
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


def presence_step(country: Country) -> Step:
    """Spells and what the pairing of crossings found."""
    names = list(country.sources)

    def work(shop: Workshop) -> None:
        begin, end = observed(country)
        noted: list[pa.RecordBatch] = []
        found = spells(shop.session.batches(SORTED_EVENTS), begin, end, POLICY)
        _keep(shop, "spells", _first_of(found, noted))
        shop.session.table("noted", pa.Table.from_batches(noted))
        shop.write("issues_presence", presence.issues(names, PRESENCE_ISSUES))

    return Step("presence", ("events",), ("spells", "issues_presence"), work)


def _first_of(pairs: Iterable[tuple[pa.RecordBatch, pa.RecordBatch]], rest: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for first, second in pairs:
        rest.append(second)
        yield first


def residence_step(country: Country, sources: list[Source]) -> Step:
    """Statuses of every generation: a child's needs its mother's."""

    def work(shop: Workshop) -> None:
        deepest = shop.session.rows("SELECT coalesce(max(generation), 0) AS deepest FROM generations")[0]["deepest"]
        for generation in range(deepest + 1):
            _decide(shop, generation)
        together = " UNION ALL ".join(f"SELECT * FROM generation_{each}" for each in range(deepest + 1))
        shop.write("statuses", f"SELECT * FROM ({together}) ORDER BY person NULLS LAST, ordinal NULLS LAST")

    return Step("residence", ("spells", "births", "generations"), ("statuses",), work)


def _decide(shop: Workshop, generation: int) -> None:
    """One generation into a passing file beside the step's tables."""
    begin, _ = observed(shop.country)
    query = residence.spells_of_generation(generation)
    made = statuses(shop.session.batches(query), shop.country.rule, begin)
    path = shop.folder / f"generation_{generation}.passing"
    _write(made, path)
    shop.session.view(f"generation_{generation}", path)
    earlier = " UNION ALL ".join(f"SELECT * FROM generation_{each}" for each in range(generation + 1))
    shop.session.execute(f"CREATE OR REPLACE VIEW statuses_decided AS {earlier}")


def _keep(shop: Workshop, table: str, batches: Iterator[pa.RecordBatch]) -> None:
    shop.keep(table, _write(batches, shop.path(table)))


def _write(batches: Iterator[pa.RecordBatch], path):
    """Batches of one schema to a file; the first batch tells the schema."""
    first = next(batches)

    def again() -> Iterator[pa.RecordBatch]:
        yield first
        yield from batches

    return write_batches(again(), first.schema, path)


def change_step(sources: list[Source]) -> Step:
    """Statuses as dated changes."""
    reads = ("statuses", "citizenship_events", *accepted(sources))
    return made("change", reads, {"permissions": change.permissions(sources), "changes": change.changes()})


def observed(country: Country) -> tuple[int, int]:
    """Day numbers of the observation of persons, half open."""
    begin, end = observation(country)
    return day(begin), day(end)
