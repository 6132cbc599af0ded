"""A step: what it reads, what it writes, and the work. A step may read nothing that it does not declare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sojourn.definitions.country import Country
from sojourn.definitions.period import Period
from sojourn.engine.session import Session, Written
from sojourn.errors import SojournError, problem
from sojourn.tables.neighbours import Sorted
from sojourn.tables.registry import contract_for


@dataclass(frozen=True)
class Step:
    """One step of the graph. `views`: tables that are queries over what was written, made when the step is done.

    `queries`: the SQL behind the tables that are made by a query.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    work: Callable[["Workshop"], None]
    views: Mapping[str, str] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Workshop:
    """What a step works with: the engine, the country, and a folder in which its tables are made."""

    session: Session
    country: Country
    period: Period
    folder: Path
    step: Step | None = None
    written: dict[str, Written] = field(default_factory=dict)

    def path(self, table: str) -> Path:
        """Where a declared table is written. Raises SojournError for a table that the step does not declare."""
        if self.step is not None and table not in self.step.writes:
            raise SojournError(problem("run.undeclared", step=self.step.name, table=table))
        return self.folder / f"{table}.parquet"

    def write(self, table: str, sql: str) -> None:
        """Run a query into a declared table; later queries of the step can read it."""
        self.keep(table, self.session.write(sql, self.path(table)))

    def keep(self, table: str, written: Written) -> None:
        """Take note of a table made by other means, and let later queries read it."""
        self.written[table] = written
        self.session.view(table, written.path)


def made(name: str, reads: tuple[str, ...], tables: dict[str, str], views: dict[str, str] | None = None) -> Step:
    """A step that writes queries as tables, in their order, each in the order of its contract's key."""
    tables = {table: in_key_order(table, sql) for table, sql in tables.items()}

    def work(shop: Workshop) -> None:
        for table, sql in tables.items():
            shop.write(table, sql)

    return Step(name, reads, tuple(tables), work, views or {}, tables)


def in_key_order(table: str, sql: str) -> str:
    """A query whose rows come in the order of the table's key, so that a table is the same file twice."""
    contract = contract_for(table)
    if contract is None or any(isinstance(each, Sorted) for each in contract.constraints):
        return sql
    return f"SELECT * FROM ({sql}) ORDER BY {', '.join(f'{name} NULLS LAST' for name in contract.key)}"


def in_order(steps: list[Step]) -> list[Step]:
    """Steps such that each reads what earlier ones wrote. Raises SojournError where a table has no writer."""
    ready: set[str] = set()
    ordered: list[Step] = []
    waiting = list(steps)
    while waiting:
        step = next((each for each in waiting if set(each.reads) <= ready), None)
        if step is None:
            lacking = sorted(set(waiting[0].reads) - ready)
            raise SojournError(problem("run.no_writer", step=waiting[0].name, table=", ".join(lacking)))
        waiting.remove(step)
        ordered.append(step)
        ready |= set(step.writes) | set(step.views)
    return ordered
