"""Horizontal bars with the value at the end, bounds as a line, and a sign instead of a bar where there is no value."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.stages.publish.charts.svg import WIDE, Scale, clipped, line, rect, text

LABELS = (70, 340)
"""Least and most pixels for the labels left of the bars on a wide page; on a narrow page they stand above."""
LETTER = 6.8
"""Pixels of a letter, on the safe side."""


@dataclass(frozen=True)
class Bar:
    """`shown` is the text at the end of the bar. `value` None draws the text alone: nothing is drawn as zero."""

    label: str
    value: float | None
    shown: str
    lower: float | None = None
    upper: float | None = None
    style: str = "s0"

    @property
    def reach(self) -> float:
        return max(self.value or 0, self.upper or 0)


def bars(rows: Sequence[Bar], width: int) -> tuple[list[str], float]:
    """Paints the bars; see charts.svg.Paint."""
    wide = width == WIDE
    left, step, thick = (room(rows), 26, 16) if wide else (0, 42, 14)
    ends = 12 + LETTER * max((len(row.shown) for row in rows), default=1)
    scale = Scale(0, max((row.reach for row in rows), default=0) or 1, left, width - ends)
    shapes = [line(left, 2, left, step * len(rows) + 2, "axis")] if wide else []
    for number, row in enumerate(rows):
        top = number * step + (6 if wide else 22)
        shapes += [label(row, top, left, wide), *bar(row, scale, top, thick)]
    return shapes, step * len(rows) + 6


def room(rows: Sequence[Bar]) -> float:
    """Pixels for the longest label, within LABELS."""
    least, most = LABELS
    return min(max(12 + LETTER * max((len(row.label) for row in rows), default=0), least), most)


def label(row: Bar, top: float, left: float, wide: bool) -> str:
    if wide:
        return text(left - 10, top + 12.5, clipped(row.label, 50), "end")
    return text(0, top - 5, clipped(row.label, 48))


def bar(row: Bar, scale: Scale, top: float, thick: float) -> list[str]:
    if row.value is None:
        return [text(scale(0) + 6, top + 12, row.shown, style="sign")]
    shapes = [rect(scale(0), top, scale(row.value) - scale(0), thick, row.style, f"{row.label}: {row.shown}")]
    if row.lower is not None and row.upper is not None:
        shapes += bounds(scale(max(row.lower, 0)), scale(row.upper), top + thick / 2)
    return [*shapes, text(scale(row.reach) + 6, top + 12.5, row.shown, style="value")]


def bounds(low: float, high: float, middle: float) -> list[str]:
    ends = [line(x, middle - 4, x, middle + 4, "bound") for x in (low, high)]
    return [line(low, middle, high, middle, "bound"), *ends]
