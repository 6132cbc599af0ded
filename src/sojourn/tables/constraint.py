"""What a constraint is: one object that describes itself, finds what breaks it, and shapes drawn rows until they obey.

SQL is plain text in the subset that both engines read. A missing value breaks `NotNull` alone.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from sojourn.tables.rows import Rows


def quoted(name: str) -> str:
    """A column name for SQL."""
    return f'"{name}"'


def literal(value: object) -> str:
    """A value for SQL."""
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def beside(table: str, previous: tuple[str, ...]) -> str:
    """A table, with the values of the row before it in the file as `previous_<column>`.

    The order of the file itself is what is checked, so the window names no order: the session keeps rows as written.
    """
    if not previous:
        return table
    lagged = ", ".join(f"lag({quoted(name)}) OVER () AS {quoted(f'previous_{name}')}" for name in previous)
    return f"(SELECT *, {lagged} FROM {table})"


class Constraint(ABC):
    """What must hold in a table. `columns`: those it speaks of; `previous`: those it compares with the row before."""

    word: ClassVar[str]
    previous: tuple[str, ...] = ()

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]: ...

    @property
    def name(self) -> str:
        """Its column in the audit."""
        return "_".join((self.word, *self.columns))

    @abstractmethod
    def describe(self) -> str:
        """The constraint in the reader's language."""

    @abstractmethod
    def violations(self, table: str) -> str:
        """SQL of one number: how many rows of the table break it."""

    @abstractmethod
    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        """Change drawn rows in place until the constraint holds."""


class RowConstraint(Constraint):
    """A constraint that can be seen from one row, with the row before at hand."""

    @abstractmethod
    def broken(self) -> str:
        """SQL condition that is true for a row that breaks it."""

    def violations(self, table: str) -> str:
        return f"SELECT count(*) AS violations FROM {beside(table, self.previous)} WHERE {self.broken()}"
