"""Constraints between the columns of one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sojourn.messages import say
from sojourn.tables.constraint import RowConstraint, literal, quoted
from sojourn.tables.rows import Rows


@dataclass(frozen=True)
class Ordered(RowConstraint):
    """Values of a row that do not descend: start and end, lower bound, value and upper bound. Missing ones are passed over."""

    ascending: tuple[str, ...]
    word = "ordered"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.ascending

    def describe(self) -> str:
        return say("tables.ordered", columns=" <= ".join(self.ascending))

    def broken(self) -> str:
        pairs = pairwise(self.ascending)
        return " OR ".join(f"{quoted(low)} > {quoted(high)}" for low, high in pairs)

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        for row in range(len(rows[self.ascending[0]])):
            present = [name for name in self.ascending if rows[name][row] is not None]
            for name, value in zip(present, sorted(rows[name][row] for name in present), strict=True):
                rows[name][row] = value


@dataclass(frozen=True)
class Adds(RowConstraint):
    """A column that is the sum of others."""

    total: str
    parts: tuple[str, ...]
    word = "adds"

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.total, *self.parts)

    def describe(self) -> str:
        return say("tables.adds", column=self.total, parts=" + ".join(self.parts))

    def broken(self) -> str:
        return f"{quoted(self.total)} <> {' + '.join(map(quoted, self.parts))}"

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        rows[self.total] = [sum(row) for row in zip(*(rows[part] for part in self.parts), strict=True)]


@dataclass(frozen=True)
class Follows(RowConstraint):
    """A column whose value follows from two others: `values` by the pair of theirs, missing ones included."""

    column: str
    given: tuple[str, str]
    values: Mapping[tuple, str]
    word = "follows"

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, *self.given)

    def describe(self) -> str:
        return say("tables.follows", column=self.column, given=", ".join(self.given))

    def broken(self) -> str:
        cases = " ".join(f"WHEN {self._holds(pair)} THEN {literal(value)}" for pair, value in self.values.items())
        return f"{quoted(self.column)} <> CASE {cases} END"

    def _holds(self, pair: tuple) -> str:
        return " AND ".join(
            f"{quoted(name)} IS NULL" if value is None else f"{quoted(name)} = {literal(value)}"
            for name, value in zip(self.given, pair, strict=True)
        )

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        pairs = zip(*(rows[name] for name in self.given), strict=True)
        rows[self.column] = [self.values[pair] for pair in pairs]
