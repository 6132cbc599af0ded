"""Constraints on the rows of a group. They group the whole table, so they are for small ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sojourn.messages import say
from sojourn.tables.constraint import Constraint, literal, quoted
from sojourn.tables.rows import Rows, keep, tuples


@dataclass(frozen=True)
class Unique(Constraint):
    """No two rows equal in `key`, missing values counted as equal."""

    key: tuple[str, ...]
    word = "unique"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.key

    def describe(self) -> str:
        return say("tables.unique", columns=", ".join(self.key))

    def violations(self, table: str) -> str:
        grouped = f"SELECT count(*) AS equal_rows FROM {table} GROUP BY {', '.join(map(quoted, self.key))}"
        return f"SELECT CAST(coalesce(sum(equal_rows - 1), 0) AS BIGINT) AS violations FROM ({grouped})"

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        first: dict[tuple, int] = {}
        for row, key in enumerate(tuples(rows, self.key)):
            first.setdefault(key, row)
        keep(rows, list(first.values()))


@dataclass(frozen=True)
class Balanced(Constraint):
    """Rows of a group whose `value`, each with the sign of its `part`, add up to zero. Counts groups, not rows."""

    group: tuple[str, ...]
    part: str
    value: str
    signs: Mapping[str, int]
    word = "balanced"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.group, self.part, self.value)

    def describe(self) -> str:
        terms = (f"{'+' if sign > 0 else '-'} {part}" for part, sign in self.signs.items())
        return say("tables.balanced", columns=", ".join(self.group), terms=" ".join(terms))

    def violations(self, table: str) -> str:
        signs = " ".join(f"WHEN {literal(part)} THEN {sign}" for part, sign in self.signs.items())
        total = f"sum(CASE {quoted(self.part)} {signs} END * {quoted(self.value)})"
        grouped = f"SELECT 1 FROM {table} GROUP BY {', '.join(map(quoted, self.group))} HAVING {total} <> 0"
        return f"SELECT count(*) AS violations FROM ({grouped})"

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        """The last row of each group takes what the others leave."""
        last, totals = {}, {}
        for row, group in enumerate(tuples(rows, self.group)):
            totals[group] = totals.get(group, 0) + self._signed(rows, row)
            last[group] = row
        for group, row in last.items():
            rows[self.value][row] -= totals[group] * self.signs[rows[self.part][row]]

    def _signed(self, rows: Rows, row: int) -> int:
        return self.signs[rows[self.part][row]] * rows[self.value][row]
