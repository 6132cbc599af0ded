"""Continuous stay, night by night. Definition: `definitions/rules/continuous_stay.py`."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sojourn.definitions.rules.continuous_stay import ContinuousStay


def settle(
    nights: Sequence[bool], parameters: ContinuousStay, side: Literal["arrive", "leave"], day: date
) -> tuple[bool, int] | None:
    """Whether the crossing on `day` changes the status, and after how many nights that is settled; None if still open.

    nights: for each observed night from the crossing on, whether it was spent on the side the crossing led to.
    """
    needed = parameters.needed(side).nights_from(day)
    each, total = parameters.tolerated()
    absence = absences = 0
    for passed, on_this_side in enumerate(nights[:needed], start=1):
        absence = 0 if on_this_side else absence + 1
        absences += 0 if on_this_side else 1
        if exceeds(absence, each) or exceeds(absences, total):
            return False, passed
    return (True, needed) if len(nights) >= needed else None


def exceeds(nights: int, limit: int | None) -> bool:
    """Whether an absence is longer than tolerated."""
    return limit is not None and nights > limit
