"""Population pyramid: men left, women right, each bar cut by birthplace, foreign-born next to the axis."""

from collections.abc import Mapping, Sequence

from sojourn.stages.publish.charts.svg import WIDE, Scale, line, rect, short, text

SIDES = ("male", "female")
BIRTHS = ("foreign_born", "native_born", "undetermined")
STYLES = {"foreign_born": "s0", "native_born": "s3", "undetermined": "s4"}

Counts = Mapping[tuple[str, str, str], float | None]
"""(sex, age group, birth) to value; None where the value is not shown; absent where there are no such people."""


def pyramid(counts: Counts, ages: Sequence[str], titles: Mapping[str, str], sign: str, width: int) -> tuple[list[str], float]:
    """Paints the pyramid, oldest on top. `sign` stands at the end of a bar of which a part is not shown."""
    step = 21 if width == WIDE else 18
    middle, gap, bottom = width / 2, 26 if width == WIDE else 22, 28 + step * len(ages)
    longest = max((length(counts, sex, age) for sex in SIDES for age in ages), default=0) or 1
    reach = middle - gap - (24 if width == WIDE else 16)
    scale = Scale(0, longest, 0, reach)
    shapes = axis(scale, middle, gap, bottom, 4 if width == WIDE else 2)
    shapes += [text(middle + side * (gap + reach / 2), 12, titles[sex], "middle", "head") for side, sex in zip((-1, 1), SIDES, strict=True)]
    for number, age in enumerate(reversed(ages)):
        top = 24 + number * step
        shapes.append(text(middle, top + step / 2 + 2, age.replace("-", "\N{EN DASH}"), "middle", "small"))
        for side, sex in zip((-1, 1), SIDES, strict=True):
            shapes += row(counts, sex, age, scale, middle + side * gap, side, top, step - 3, sign)
    return shapes, bottom + 22


def length(counts: Counts, sex: str, age: str) -> float:
    return sum(counts.get((sex, age, birth)) or 0 for birth in BIRTHS)


def axis(scale: Scale, middle: float, gap: float, bottom: float, wanted: int) -> list[str]:
    shapes = []
    for tick in scale.ticks(wanted, least=1):
        for side in (-1, 1):
            x = middle + side * (gap + scale(tick))
            shapes += [line(x, 22, x, bottom - 4), text(x, bottom + 12, short(tick), "middle", "small")]
    return shapes


def row(
    counts: Counts, sex: str, age: str, scale: Scale, base: float, side: int, top: float, thick: float, sign: str
) -> list[str]:
    """One bar: the parts from the axis outwards, then the sign if a part is not shown."""
    shapes, reach = [], 0.0
    for birth in BIRTHS:
        size = scale(counts.get((sex, age, birth)) or 0)
        if size:
            left = base + reach if side > 0 else base - reach - size
            shapes.append(rect(left, top, size, thick, STYLES[birth]))
        reach += size
    if any(counts.get((sex, age, birth), 0) is None for birth in BIRTHS):
        shapes.append(text(base + side * (reach + 5), top + thick - 4, sign, "start" if side > 0 else "end", "sign"))
    return shapes
