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
    stay = list(nights[:needed])
    if False in stay:
        return False, stay.index(False) + 1
    return (True, needed) if len(stay) == needed else None
