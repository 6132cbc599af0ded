"""Rows drawn at random, column by column, as constraints shape them into a valid table."""

from datetime import date, timedelta

import numpy as np

Rows = dict[str, list]
"""Column name to values, one list per column, all of one length; a missing value is None."""

MISSING_SHARE = 0.1
HIGH = 40
"""Small numbers, so that groups have several rows and neighbours meet."""
FIRST_DAY = date(2000, 1, 1)


def draw(kind: str, random: np.random.Generator, count: int) -> list:
    """Values of a type, one in ten missing; the first never. Numbers run from -HIGH / 2 to HIGH."""
    numbers = random.integers(-HIGH // 2, HIGH, count).tolist()
    values = [_value(kind, number) for number in numbers]
    missing = random.random(count) < MISSING_SHARE
    return [None if absent and row else value for row, (absent, value) in enumerate(zip(missing, values, strict=True))]


def _value(kind: str, number: int):
    """A number as a value of a type. A double is not a number where it would be zero, so that constraints must see to it."""
    if kind == "varchar":
        return chr(ord("a") + number % 26)
    if kind == "boolean":
        return number % 2 == 0
    if kind == "date":
        return FIRST_DAY + timedelta(number)
    if kind == "double":
        return number / 4 if number else float("nan")
    return number


def keep(rows: Rows, chosen: list[int]) -> None:
    """Leave only the chosen rows, in the order chosen."""
    for name, values in rows.items():
        rows[name] = [values[row] for row in chosen]


def tuples(rows: Rows, names: tuple[str, ...]) -> list[tuple]:
    """The values of several columns, row by row."""
    return list(zip(*(rows[name] for name in names), strict=True))
