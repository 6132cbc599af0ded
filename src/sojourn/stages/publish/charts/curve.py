"""Curves over days: what proportion is still there, how many are present. Steps, because days are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.stages.publish.charts.svg import WIDE, Scale, line, path, short, text


@dataclass(frozen=True)
class Curve:
    """Points (day, value) in order of day; a curve ends where its values may not be shown."""

    label: str
    points: Sequence[tuple[int, float]]
    style: str
    area: bool = False
    base: Sequence[tuple[int, float]] = ()


def curves(series: Sequence[Curve], top: float, percent: bool, axis: str, width: int) -> tuple[list[str], float]:
    """Paints curves from day 0; `top` is the highest value of the scale, `axis` the words under the days."""
    height, left = (300, 62) if width == WIDE else (240, 48)
    last = max((point[0] for each in series for point in each.points), default=1)
    days, values = Scale(0, max(last, 1), left, width - 12), Scale(0, top or 1, height - 40, 10)
    shapes = frame(days, values, percent, axis, width)
    for each in (curve for curve in series if curve.area):
        floor = list(each.base) or [(day, 0) for day, _ in each.points]
        outline = steps(each.points, days, values) + steps(floor, days, values)[::-1]
        shapes.append(path(outline, f"area {each.style}", closed=True))
    shapes += [path(steps(each.points, days, values), f"curve {each.style}") for each in series if not each.area and each.points]
    return shapes, height


def steps(points: Sequence[tuple[int, float]], days: Scale, values: Scale) -> list[tuple[float, float]]:
    """A value holds until the next day that has one."""
    drawn: list[tuple[float, float]] = []
    for day, value in points:
        if drawn:
            drawn.append((days(day), drawn[-1][1]))
        drawn.append((days(day), values(value)))
    return drawn


def frame(days: Scale, values: Scale, percent: bool, axis: str, width: int) -> list[str]:
    shapes = []
    for tick in values.ticks(4, least=0 if percent else 1):
        words = f"{tick:.0%}" if percent else short(tick)
        shapes += [line(days.start, values(tick), days.end, values(tick)), text(days.start - 8, values(tick) + 4, words, "end", "small")]
    for tick in days.ticks(8 if width == WIDE else 4):
        shapes.append(text(days(tick), values.start + 16, short(tick), "middle", "small"))
    shapes.append(line(days.start, values.start, days.end, values.start, "axis"))
    return [*shapes, text((days.start + days.end) / 2, values.start + 34, axis, "middle", "small")]
