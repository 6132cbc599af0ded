"""Constraints on the values of one column."""

import math
from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from sojourn.messages import say
from sojourn.tables.constraint import RowConstraint, literal, quoted
from sojourn.tables.rows import Rows


@dataclass(frozen=True)
class ColumnConstraint(RowConstraint):
    """A constraint on one column, whose drawn values are replaced one by one."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @abstractmethod
    def valid(self, value, random: np.random.Generator):
        """A valid value in place of a drawn one that is not missing."""

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        rows[self.column] = [None if value is None else self.valid(value, random) for value in rows[self.column]]


@dataclass(frozen=True)
class NotNull(ColumnConstraint):
    word = "not_null"

    def describe(self) -> str:
        return say("tables.not_null", column=self.column)

    def broken(self) -> str:
        return f"{quoted(self.column)} IS NULL"

    def violations(self, table: str) -> str:
        """A difference of two counts, which the engine reads off the file without its rows."""
        return f"SELECT count(*) - count({quoted(self.column)}) AS violations FROM {table}"

    def valid(self, value, random: np.random.Generator):
        return value

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        """A missing value takes that of the first row, which is never drawn as missing."""
        values = rows[self.column]
        rows[self.column] = [values[0] if value is None else value for value in values]


@dataclass(frozen=True)
class Finite(ColumnConstraint):
    """Neither infinite nor NaN. NaN sorts above every number on both engines, so one comparison finds both."""

    word = "finite"

    def describe(self) -> str:
        return say("tables.finite", column=self.column)

    def broken(self) -> str:
        return f"NOT ({quoted(self.column)} >= -1e308 AND {quoted(self.column)} <= 1e308)"

    def valid(self, value, random: np.random.Generator):
        return value if math.isfinite(value) else 0.0


@dataclass(frozen=True)
class OneOf(ColumnConstraint):
    values: tuple[str | int, ...]
    word = "one_of"

    def describe(self) -> str:
        return say("tables.one_of", column=self.column, values=", ".join(map(str, self.values)))

    def broken(self) -> str:
        return f"{quoted(self.column)} NOT IN ({', '.join(map(literal, self.values))})"

    def valid(self, value, random: np.random.Generator):
        return self.values[random.integers(len(self.values))]


@dataclass(frozen=True)
class Words(ColumnConstraint):
    """Any number of words of a list, separated by one space."""

    values: tuple[str, ...]
    word = "words"

    def describe(self) -> str:
        return say("tables.words", column=self.column, values=", ".join(self.values))

    def broken(self) -> str:
        either = f"({'|'.join(self.values)})"
        return f"NOT regexp_matches({quoted(self.column)}, {literal(f'^({either}( {either})*)?$')})"

    def valid(self, value, random: np.random.Generator):
        return " ".join(word for word in self.values if random.random() < 1 / len(self.values))


@dataclass(frozen=True)
class Length(ColumnConstraint):
    """Text of so many characters."""

    length: int
    word = "length"

    def describe(self) -> str:
        return say("tables.length", column=self.column, length=self.length)

    def broken(self) -> str:
        return f"length({quoted(self.column)}) <> {self.length}"

    def valid(self, value, random: np.random.Generator):
        return random.bytes(self.length).hex()[: self.length]


@dataclass(frozen=True)
class Between(ColumnConstraint):
    """A number from `low` to `high`, both included; no upper bound where `high` is None."""

    low: float
    high: float | None = None
    word = "between"

    def describe(self) -> str:
        key = "at_least" if self.high is None else "between"
        return say(f"tables.{key}", column=self.column, low=self.low, high=self.high)

    def broken(self) -> str:
        upper = "" if self.high is None else f" OR {quoted(self.column)} > {self.high}"
        return f"{quoted(self.column)} < {self.low}{upper}"

    def valid(self, value, random: np.random.Generator):
        return max(self.low, value if self.high is None else min(value, self.high))
