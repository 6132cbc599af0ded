"""Drawn lives on one axis of time: colour says the status, height whether the person was in the country."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sojourn.stages.publish.charts.svg import WIDE, Scale, line, rect, text

STYLES = {"resident": "s0", "temporary": "s1", "absent": "s3", "undetermined": "s4"}


@dataclass(frozen=True)
class Interval:
    """Days [start, end) of one status, already cut to the window that is drawn."""

    start: date
    end: date
    inside: bool
    status: str
    tip: str = ""


@dataclass(frozen=True)
class Window:
    """What is drawn [begin, end), and the reference period inside it."""

    begin: date
    end: date
    period_begin: date
    period_end: date

    def years(self) -> list[date]:
        return [date(year, 1, 1) for year in range(self.begin.year, self.end.year + 1) if self.begin <= date(year, 1, 1) < self.end]


def timeline(lives: Sequence[tuple[str, Sequence[Interval]]], window: Window, width: int) -> tuple[list[str], float]:
    """Paints one row per life."""
    wide = width == WIDE
    left, step, top = (210, 30, 26) if wide else (0, 44, 26)
    scale = Scale(window.begin.toordinal(), window.end.toordinal(), left, width - 4)
    bottom = top + step * len(lives)
    shapes = ground(window, scale, top, bottom, 40 if wide else 34)
    for number, (label, intervals) in enumerate(lives):
        base = top + number * step + (5 if wide else 22)
        shapes.append(text(left - 10, base + 13, label, "end") if wide else text(0, base - 5, label))
        shapes += [bar(each, scale, base) for each in intervals]
    return shapes, bottom + 6


def ground(window: Window, scale: Scale, top: float, bottom: float, room: float) -> list[str]:
    """The reference period as a band, years as lines; a year is written where the one before leaves room."""
    begin, end = scale(window.period_begin.toordinal()), scale(window.period_end.toordinal())
    shapes, written = [rect(begin, top - 4, end - begin, bottom - top + 4, "band")], -room
    for year in window.years():
        x = scale(year.toordinal())
        shapes.append(line(x, top - 4, x, bottom))
        if x - written >= room and x < scale.end - 14:
            shapes.append(text(x, 14, str(year.year), "middle" if x > scale.start + 14 else "start", "small"))
            written = x
    return shapes


def bar(each: Interval, scale: Scale, base: float) -> str:
    """Full height in the country, a low bar outside it."""
    left, right = scale(each.start.toordinal()), scale(each.end.toordinal())
    top, thick = (base, 18) if each.inside else (base + 6, 6)
    return rect(left, top, max(right - left - 0.5, 1), thick, STYLES.get(each.status, "s4"), each.tip)
