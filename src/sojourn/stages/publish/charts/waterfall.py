"""The account as steps: from the opening stock through every component to the closing stock."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.stages.publish.charts.svg import WIDE, Scale, line, rect, short, text


CUT = 0.1
"""The axis is cut where all changes together are less than this part of the stocks."""


@dataclass(frozen=True)
class Step:
    """`change` is signed; a stock stands for itself. None where the value is not shown."""

    label: str
    change: float | None
    shown: str
    stock: bool = False


@dataclass(frozen=True)
class Placed:
    step: Step
    low: float
    high: float

    @property
    def style(self) -> str:
        return "stock" if self.step.stock else "gain" if (self.step.change or 0) >= 0 else "loss"


def place(steps: Sequence[Step]) -> list[Placed]:
    """From where to where each step goes. A step that is not shown moves nothing; the closing stock stands by itself."""
    level, placed = 0.0, []
    for step in steps:
        before = 0.0 if step.stock else level
        level = before + (step.change or 0) if step.change is not None or not step.stock else level
        placed.append(Placed(step, min(before, level), max(before, level)))
    return placed


def floor(placed: Sequence[Placed]) -> float:
    """Where the axis begins: at zero, unless the changes could then not be seen beside the stocks."""
    lows = [each.low for each in placed if not each.step.stock] + [each.high for each in placed if each.step.stock]
    low, high = min(lows, default=0), max((each.high for each in placed), default=0)
    return max(0.0, low - (high - low) * 0.35) if high - low < high * CUT else 0.0


def waterfall(steps: Sequence[Step], width: int) -> tuple[list[str], float]:
    """Paints the steps: downwards as columns on a wide page, as rows on a narrow one."""
    placed = place(steps)
    return columns(placed, width) if width == WIDE else rows(placed, width)


def columns(placed: Sequence[Placed], width: int) -> tuple[list[str], float]:
    height, left = 320, 62
    scale = Scale(floor(placed), max((each.high for each in placed), default=1) or 1, height - 50, 24)
    shapes = []
    for tick in scale.ticks(6, least=1):
        shapes += [line(left, scale(tick), width, scale(tick)), text(left - 8, scale(tick) + 4, short(tick), "end", "small")]
    slot = (width - left) / max(len(placed), 1)
    for number, each in enumerate(placed):
        x = left + number * slot
        shapes += column(each, scale, x + slot * 0.14, slot * 0.72)
        shapes.append(text(x + slot / 2, height - 28 + (number % 2) * 15, each.step.label, "middle", "small"))
    return [*shapes, line(left, scale.start, width, scale.start, "axis")], height


def column(each: Placed, scale: Scale, left: float, wide: float) -> list[str]:
    bottom, top = scale(max(each.low, scale.low)), scale(each.high)
    middle = left + wide / 2
    if each.step.change is None:
        return [text(middle, top - 6, each.step.shown, "middle", "sign")]
    shape = rect(left, top, wide, max(bottom - top, 1.5), each.style, f"{each.step.label}: {each.step.shown}")
    return [shape, text(middle, top - 6, each.step.shown, "middle", "value")]


def rows(placed: Sequence[Placed], width: int) -> tuple[list[str], float]:
    scale = Scale(floor(placed), max((each.high for each in placed), default=1) or 1, 0, width - 4)
    shapes = []
    for number, each in enumerate(placed):
        top = number * 40
        shapes += [text(0, top + 12, each.step.label), text(width - 2, top + 12, each.step.shown, "end", "value")]
        if each.step.change is not None:
            left = scale(max(each.low, scale.low))
            shapes.append(rect(left, top + 18, max(scale(each.high) - left, 1.5), 12, each.style))
        shapes.append(line(0, top + 35, width, top + 35))
    return shapes, 40 * len(placed)
