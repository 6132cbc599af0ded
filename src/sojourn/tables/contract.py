"""The contract of a table: its grain, key, columns and constraints.

Checks of code are tests; a contract checks data, after every step of a run.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sojourn.errors import Problem, problem
from sojourn.messages import say
from sojourn.tables.constraint import Constraint, quoted
from sojourn.tables.constraints import Finite, NotNull
from sojourn.tables.rows import draw

ARROW = {
    "bigint": pa.int64(),
    "integer": pa.int32(),
    "smallint": pa.int16(),
    "tinyint": pa.int8(),
    "double": pa.float64(),
    "decimal(38,9)": pa.decimal128(38, 9),
    "varchar": pa.string(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
"""Types of columns, in the engine's words."""


@dataclass(frozen=True)
class Column:
    """A column. `nullable`: may hold missing values. `optional`: may be absent, and is then left out of every check of rows."""

    name: str
    kind: str
    nullable: bool = False
    optional: bool = False


def columns(**kinds: str) -> tuple[Column, ...]:
    """Columns by name: a type with `?` may be missing in a row, one with `??` in the whole table."""
    return tuple(Column(name, kind.rstrip("?"), "?" in kind, "??" in kind) for name, kind in kinds.items())


@dataclass(frozen=True)
class Contract:
    """A table, or with a `*` at the end of its name a family of tables.

    `grain`: its entry in the catalogue. `key`: the columns that name a row; whether they do is checked where a constraint
    says so. `others`: pattern of the names of further columns. Audits read the table in one query.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    stated: tuple[Constraint, ...] = ()
    others: str | None = None

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """All constraints: no missing values, no infinite ones, then those stated, in the order in which they shape rows."""
        required = [each for each in self.columns if not each.optional]
        filled = [NotNull(each.name) for each in required if not each.nullable]
        finite = [Finite(each.name) for each in required if each.kind == "double"]
        return (*filled, *finite, *self.stated)

    def describe(self) -> str:
        """The grain in the reader's language."""
        return say(f"tables.grain_{self.grain}")

    def audit(self, table: str) -> str:
        """SQL of one row: for each constraint, under its name, how many rows of `table` break it.

        One query for each constraint inside one statement: measured on three million rows, that costs less than half of
        one pass that counts everything, since each reads its own columns and what the file says of them.
        """
        counts = ", ".join(f"({each.violations(table)}) AS {quoted(each.name)}" for each in self.constraints)
        return f"SELECT {counts}"

    def broken(self, counts: Mapping[str, int]) -> list[Problem]:
        """The problems in a row that the audit gave, each with the constraint in words."""
        found = [(each, counts[each.name]) for each in self.constraints if counts[each.name]]
        return [problem("run.contract", table=self.name, constraint=each.describe(), rows=rows) for each, rows in found]

    def schema_problems(self, present: Mapping[str, str]) -> list[Problem]:
        """Columns that are absent, of another type, or unknown to the contract. `present`: name to the engine's type."""
        kinds = {name: kind.lower() for name, kind in present.items()}
        wrong = [
            say("tables.column", column=each.name, kind=each.kind)
            for each in self.columns
            if kinds.get(each.name, each.kind if each.optional else None) != each.kind
        ]
        unknown = [say("tables.no_column", column=name) for name in kinds if not self._knows(name)]
        every = say("tables.every")
        return [problem("run.contract", table=self.name, constraint=text, rows=every) for text in wrong + unknown]

    def _knows(self, name: str) -> bool:
        listed = any(each.name == name for each in self.columns)
        return listed or (self.others is not None and re.fullmatch(self.others, name) is not None)

    def generate(self, random: np.random.Generator, rows: int) -> pa.Table:
        """A random table that keeps the contract: at most `rows` rows, since those that a key forbids are left out."""
        required = [each for each in self.columns if not each.optional]
        drawn = {each.name: draw(each.kind, random, rows) for each in required}
        for constraint in self.constraints:
            constraint.shape(drawn, random)
        schema = pa.schema([(each.name, ARROW[each.kind]) for each in required])
        return pa.table(drawn, schema=schema)
