"""One bar cut into its parts: how a whole is made up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.stages.publish.charts.svg import rect, text


@dataclass(frozen=True)
class Part:
    label: str
    value: float
    style: str


def composition(parts: Sequence[Part], width: int) -> tuple[list[str], float]:
    """Paints the parts side by side, widths in proportion; a share is written where it fits."""
    total = sum(part.value for part in parts) or 1
    shapes, left = [], 0.0
    for part in parts:
        wide = part.value / total * width
        share = f"{part.value / total:.1%}"
        shapes.append(rect(left, 0, wide - (1.5 if wide > 3 else 0), 44, part.style, f"{part.label}: {share}"))
        if wide > 8 * len(share) + 8:
            shapes.append(text(left + wide / 2, 27, share, "middle", f"on-{part.style}"))
        left += wide
    return shapes, 46
