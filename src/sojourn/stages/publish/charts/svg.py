"""The few SVG shapes that charts need, and the frame that makes a drawing accessible and fit two widths of page.

Colours are classes of the style sheet (`s0` ... for series), so that screen and print can differ.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDE, NARROW = 760, 360
"""Drawing widths in CSS pixels. A narrow page gets its own drawing: scaled-down text cannot be read."""

Paint = Callable[[int], tuple[list[str], float]]
"""Draws at a width; gives the shapes and the height that they take."""


def framed(name: str, title: str, description: str, paint: Paint) -> Markup:
    """Both drawings of one chart; the style sheet shows one of them. `name` must be unique on the page."""
    return Markup("").join(one(name, title, description, paint, width) for width in (WIDE, NARROW))


def one(name: str, title: str, description: str, paint: Paint, width: int) -> Markup:
    shapes, height = paint(width)
    style = "wide" if width == WIDE else "narrow"
    names = f"{name}-{style}-title", f"{name}-{style}-desc"
    return Markup(
        f'<svg class="chart {style}" viewBox="0 0 {width} {height:.0f}" role="img" aria-labelledby="{names[0]} {names[1]}">'
        f'<title id="{names[0]}">{escape(title)}</title><desc id="{names[1]}">{escape(description)}</desc>'
        f"{''.join(shapes)}</svg>"
    )


def rect(x: float, y: float, width: float, height: float, style: str, tip: str = "") -> str:
    inside = f"<title>{escape(tip)}</title>" if tip else ""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    return f'<rect {size} class="{style}">{inside}</rect>'


def line(x1: float, y1: float, x2: float, y2: float, style: str = "grid") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{style}"/>'


def text(x: float, y: float, words: str, anchor: str = "start", style: str = "label") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{style}">{escape(words)}</text>'


def path(points: Sequence[tuple[float, float]], style: str, closed: bool = False) -> str:
    drawn = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{drawn}{"Z" if closed else ""}" class="{style}"/>'


@dataclass(frozen=True)
class Scale:
    """Linear map from values [low, high] to pixels [start, end]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = (self.high - self.low) or 1
        return self.start + (value - self.low) / span * (self.end - self.start)

    def ticks(self, wanted: int = 5, least: float = 0) -> list[float]:
        """Round values inside the scale, about `wanted` of them, at least `least` apart (1 where people are counted)."""
        step = max(round_step((self.high - self.low) / max(wanted, 1)), least)
        first = math.ceil(self.low / step - 1e-9)
        return [number * step for number in range(first, math.floor(self.high / step + 1e-9) + 1)]


def round_step(rough: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    if rough <= 0:
        return 1
    power = 10 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def short(value: float) -> str:
    """A number for an axis: 1,200 or 1.2M."""
    for size, sign in ((1e9, "bn"), (1e6, "M")):
        if abs(value) >= size:
            return f"{value / size:.4g}{sign}".replace("-", "\N{MINUS SIGN}")
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")


def clipped(words: str, characters: int) -> str:
    return words if len(words) <= characters else words[: characters - 1].rstrip() + "…"
