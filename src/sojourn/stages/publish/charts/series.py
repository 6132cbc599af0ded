"""Two lines over the same periods: the published figures and ours, with a point at each figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.stages.publish.charts.svg import WIDE, Scale, line, path, short, text

DOTTED = 60
"""Periods up to which every figure has its point."""


@dataclass(frozen=True)
class Series:
    """Values by period, missing ones left out of the line."""

    values: Sequence[float | None]
    style: str


def series(periods: Sequence[str], drawn: Sequence[Series], width: int) -> tuple[list[str], float]:
    """Paints the lines over equally spaced periods; the scale of values begins at zero."""
    height, left = (240, 70) if width == WIDE else (210, 52)
    found = [value for each in drawn for value in each.values if value is not None]
    x = Scale(0, max(len(periods) - 1, 1), left + 34, width - 38)
    y = Scale(min(*found, 0), max(*found, 0) or 1, height - 30, 12)
    shapes = ground(periods, x, y, left, width)
    for each in drawn:
        points = [(x(place), y(value)) for place, value in enumerate(each.values) if value is not None]
        shapes += [path(points, f"curve {each.style}")] if len(points) > 1 else []
        shapes += [dot(*point, each.style) for point in points] if len(periods) <= DOTTED else []
    return shapes, height


def dot(x: float, y: float, style: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="{style}"/>'


def ground(periods: Sequence[str], x: Scale, y: Scale, left: float, width: int) -> list[str]:
    """Lines of the values, and as many periods in words as there is room for."""
    shapes = []
    for tick in y.ticks(4):
        shapes += [line(left, y(tick), width - 10, y(tick)), text(left - 8, y(tick) + 4, short(tick), "end", "small")]
    step = -(-len(periods) // (8 if width == WIDE else 4))
    for place in range(0, len(periods), step):
        shapes.append(text(x(place), y.start + 20, periods[place], "middle", "small"))
    return shapes
