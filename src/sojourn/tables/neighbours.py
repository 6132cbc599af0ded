"""Constraints between a row and the one before it in the file: one pass, however long the table."""

from dataclasses import dataclass

import numpy as np

from sojourn.messages import say
from sojourn.tables.constraint import RowConstraint, quoted
from sojourn.tables.rows import Rows, keep, tuples


def before(name: str) -> str:
    """The value in the row before."""
    return quoted(f"previous_{name}")


@dataclass(frozen=True)
class Sorted(RowConstraint):
    """Rows in ascending order of `by`; where `unique`, no two rows are equal in it, which makes it the table's key."""

    by: tuple[str, ...]
    unique: bool = True
    word = "sorted"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.by

    @property
    def previous(self) -> tuple[str, ...]:
        return self.by

    def describe(self) -> str:
        return say(f"tables.sorted_{'unique' if self.unique else 'ties'}", columns=", ".join(self.by))

    def broken(self) -> str:
        """Descends at the first column in which it differs from the row before."""
        *first, last = self.by
        condition = f"{before(last)} {'>=' if self.unique else '>'} {quoted(last)}"
        for name in reversed(first):
            condition = f"{before(name)} > {quoted(name)} OR ({before(name)} = {quoted(name)} AND ({condition}))"
        return condition

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        keys = tuples(rows, self.by)
        chosen = sorted(range(len(keys)), key=keys.__getitem__)
        keep(rows, [row for at, row in enumerate(chosen) if not self.unique or not at or keys[row] != keys[chosen[at - 1]]])


@dataclass(frozen=True)
class Numbered(RowConstraint):
    """A column that counts the rows, one by one, from `first`; within each `group` if one is named."""

    column: str
    group: str | None = None
    first: int = 0
    word = "numbered"

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,) if self.group is None else (self.group, self.column)

    @property
    def previous(self) -> tuple[str, ...]:
        return self.columns

    def describe(self) -> str:
        if self.group is None:
            return say("tables.numbered", column=self.column, first=self.first)
        return say("tables.numbered_group", column=self.column, first=self.first, group=self.group)

    def broken(self) -> str:
        follows = f"{before(self.column)} IS NOT NULL"
        if self.group is not None:
            follows += f" AND {before(self.group)} = {quoted(self.group)}"
        return f"{quoted(self.column)} <> CASE WHEN {follows} THEN {before(self.column)} + 1 ELSE {self.first} END"

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        counted: dict = {}
        groups = rows[self.group] if self.group else [None] * len(rows[self.column])
        for row, group in enumerate(groups):
            rows[self.column][row] = counted[group] = counted.get(group, self.first - 1) + 1


@dataclass(frozen=True)
class Contiguous(RowConstraint):
    """Intervals [start, end) of a group that leave no gap and do not overlap: each begins where the one before ends."""

    group: str
    start: str = "start"
    end: str = "end"
    word = "contiguous"

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.group, self.start, self.end)

    @property
    def previous(self) -> tuple[str, ...]:
        return (self.group, self.end)

    def describe(self) -> str:
        return say("tables.contiguous", group=self.group, start=self.start, end=self.end)

    def broken(self) -> str:
        return f"{before(self.group)} = {quoted(self.group)} AND {before(self.end)} <> {quoted(self.start)}"

    def shape(self, rows: Rows, random: np.random.Generator) -> None:
        """Intervals keep their length and move to the end of the one before."""
        groups, starts, ends = (rows[name] for name in self.columns)
        for row in range(1, len(groups)):
            if groups[row] == groups[row - 1]:
                starts[row], ends[row] = ends[row - 1], ends[row - 1] + max(0, ends[row] - starts[row])
