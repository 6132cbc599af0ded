"""Cells as the page may see them: what must not be shown is taken out here, once, before anything is drawn or written.

This is not disclosure control: a hidden count may follow from the others by subtraction, which the page says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sojourn.stages.publish.report import Row

COUNT_UNITS = frozenset({"persons", "admissions", "events", "visits"})
"""Units whose value tells how many people or records there are."""
SUPPRESSED, STRUCTURAL_ZERO = "suppressed", "structural_zero"


@dataclass(frozen=True)
class Cell:
    """One published value. A hidden cell has lost its value, records, error and bounds."""

    indicator: str
    measure: str
    variant: str
    period: str
    breakdown: str
    category: str
    value: float | None
    records: int | None
    standard_error: float | None
    lower: float | None
    upper: float | None
    unit: str
    flag: str
    hidden: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(self.flag.split())

    @property
    def key(self) -> tuple[str, ...]:
        """What cells share that describe the same group of people or records."""
        return (self.indicator, self.variant, self.period, self.breakdown, self.category)


FIELDS = tuple(name for name in Cell.__dataclass_fields__ if name != "hidden")


def small(count: float | None, threshold: int) -> bool:
    """Whether a count of people or records is too small to show. Zero is shown; a missing count is not small."""
    return count is not None and 0 < abs(count) < threshold


def small_itself(cell: Cell, threshold: int) -> bool:
    counted = cell.value if cell.unit in COUNT_UNITS and cell.standard_error is None else None
    basis = cell.records if cell.records is not None else counted
    return small(basis, threshold) or small(counted, threshold)


def shown(rows: Iterable[Row], threshold: int) -> list[Cell]:
    """Cells without what must not be shown: suppressed, resting on fewer records than the threshold, or a share, rate or
    mean whose own records are unknown beside a count that is too small."""
    cells = [Cell(**{name: row.get(name) for name in FIELDS} | {"flag": row.get("flag") or ""}) for row in rows]
    small_keys = {cell.key for cell in cells if cell.unit in COUNT_UNITS and small_itself(cell, threshold)}
    return [hide(cell) if must_hide(cell, threshold, small_keys) else cell for cell in cells]


def must_hide(cell: Cell, threshold: int, small_keys: set[tuple[str, ...]]) -> bool:
    if SUPPRESSED in cell.flags or small_itself(cell, threshold):
        return True
    return cell.records is None and cell.unit not in COUNT_UNITS and cell.key in small_keys


def months_beside_longer(series: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of pairs of measure and period, the calendar months of a measure that is given for years or longer periods too."""
    listed = set(series)
    longer = {measure for measure, period in listed if re.fullmatch(r"\d{4}(-\d{2}\.\..*)?", period)}
    return {(measure, period) for measure, period in listed if measure in longer and re.fullmatch(r"\d{4}-\d{2}", period)}


def hide(cell: Cell) -> Cell:
    return replace(cell, value=None, records=None, standard_error=None, lower=None, upper=None, hidden=True)


@dataclass(frozen=True)
class Cells:
    """The shown cells of a run, and the questions that sections ask of them."""

    cells: Sequence[Cell]
    indexes: dict[str, dict[str, list[Cell]]] = field(default_factory=dict, repr=False, compare=False)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def __bool__(self) -> bool:
        return bool(self.cells)

    def where(self, **wanted: str) -> "Cells":
        """The cells whose fields have these values."""
        found: Sequence[Cell] = self.cells
        for number, (key, value) in enumerate(wanted.items()):
            found = [cell for cell in found if getattr(cell, key) == value] if number else self.index(key).get(value, [])
        return Cells(found)

    def index(self, name: str) -> dict[str, list[Cell]]:
        """The cells by the value of one field, made once: a run has ten thousand cells, a page asks hundreds of times."""
        if name not in self.indexes:
            grouped: dict[str, list[Cell]] = {}
            for cell in self.cells:
                grouped.setdefault(getattr(cell, name), []).append(cell)
            self.indexes[name] = grouped
        return self.indexes[name]

    def values(self, name: str) -> list[str]:
        """The values of a field in order of first appearance."""
        return list(self.index(name))

    def summed(self) -> "Cells":
        """The cells without the months of what has longer periods too."""
        parts = months_beside_longer((cell.measure, cell.period) for cell in self.cells)
        return Cells([cell for cell in self.cells if (cell.measure, cell.period) not in parts]) if parts else self

    def latest(self) -> "Cells":
        """The cells of the last period: a stock has one per moment, a series of months is told by its last longer period."""
        return self.where(period=max(self.summed().values("period"))) if self.cells else self

    def one(self, **wanted: str) -> Cell | None:
        """The single cell that answers, None where there is none."""
        return next(iter(self.where(**wanted)), None)
