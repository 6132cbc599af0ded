"""The columns of a file of a statistical package: their kind after all values were seen, and their values as Arrow arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from sojourn.engine.readers.moments import Clock, dates, moments, too_far

Value = float | str | None
_EXACT = 2**53


@dataclass
class Variable:
    """One column. What its values show is gathered in a first reading (`see`), because a type must hold for all of them.

    kind: text, number, date or moment. ranges: (low, high) of the values that the file declares to be missing. tags: the
    extended missing values found (Stata .a to .z, SAS .A to .Z and ._). declared: the declared missing values found.
    """

    name: str
    kind: str
    clock: Clock
    ranges: Sequence[tuple[Value, Value]] = ()
    whole: bool = True
    far: bool = False
    tags: set[str] = field(default_factory=set)
    declared: set[Value] = field(default_factory=set)

    def see(self, values: Sequence[Value]) -> None:
        """Take account of some of the column's values."""
        if self.kind == "text":
            self._declared(set(values))
            return
        floats, tags = numbers(values)
        present = floats[~np.isnan(floats)]
        self.tags |= set(tags.values())
        self.whole &= bool(np.all((present == np.rint(present)) & (np.abs(present) <= _EXACT)))
        self.far |= self.kind != "number" and too_far(present, self.kind, self.clock)
        if self.ranges:
            self._declared(set(np.unique(present).tolist()))

    def _declared(self, values: Iterable[Value]) -> None:
        self.declared |= {each for each in values if each is not None and any(low <= each <= high for low, high in self.ranges)}

    def array(self, values: Sequence[Value]) -> pa.Array:
        """Values as an Arrow array; a column with tags is text, each tag in it with its dot."""
        if self.kind == "text":
            return pa.array(values, pa.string())
        floats, tags = numbers(values)
        typed = self._typed(floats)
        if not self.tags:
            return typed
        texts = [written(each) for each in typed.to_pylist()]
        for place, tag in tags.items():
            texts[place] = tag
        return pa.array(texts, pa.string())

    def _typed(self, floats: np.ndarray) -> pa.Array:
        if self.kind == "date":
            return dates(floats, self.clock)
        if self.kind == "moment":
            return moments(floats, self.clock)
        missing = np.isnan(floats)
        if self.whole:
            return pa.array(np.where(missing, 0, floats).astype(np.int64), pa.int64(), mask=missing)
        return pa.array(floats, pa.float64(), mask=missing)

    def code(self, value: Value) -> str:
        """A value of a label or of a declared missing as it stands in the data."""
        if self.kind == "text":
            return str(value)
        if isinstance(value, str):
            return f".{value}"
        typed = self._typed(np.array([value], float))[0].as_py()
        return repr(typed) if isinstance(typed, float) and not self.tags else str(written(typed))

    def missing(self) -> tuple[str, ...]:
        """The codes found in the data that the file declares to be missing."""
        return tuple(sorted({self.code(each) for each in self.declared} | self.tags))

    def labels(self, found: Mapping[Value, str]) -> dict[str, str]:
        """Code to value label. A label of a part of a number in a column of whole numbers labels nothing."""
        fits = self.kind != "number" or not self.whole
        return {self.code(value): text for value, text in found.items() if fits or isinstance(value, str) or value == int(value)}


def numbers(values: Sequence[Value]) -> tuple[np.ndarray, dict[int, str]]:
    """Numbers with nan where there is none, and the tags by their place."""
    try:
        return np.array(values, float), {}
    except ValueError:
        tags = {place: f".{value}" for place, value in enumerate(values) if isinstance(value, str)}
        return np.array([None if isinstance(value, str) else value for value in values], float), tags


def written(value: object) -> str | None:
    """A value as text: whole numbers without a point, dates as ISO 8601."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
