"""Cumulative presence, night by night. Definition: `definitions/rules/cumulative_presence.py`."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sojourn.definitions.rules.cumulative_presence import CumulativePresence


def settle(
    nights: Sequence[bool], parameters: CumulativePresence, side: Literal["arrive", "leave"], day: date
) -> tuple[bool, int] | None:
    """Whether the crossing on `day` changes the status, and after how many nights that is settled; None if still open.

    nights: for each observed night from the crossing on, whether it was spent on the side the crossing led to.
    """
    threshold = parameters.arrive if side == "arrive" else parameters.leave
    needed, window = threshold.nights_from(day)
    spare = window - needed
    spent = elsewhere = 0
    for passed, on_this_side in enumerate(nights[:window], start=1):
        if on_this_side:
            spent += 1
        else:
            elsewhere += 1
        if spent >= needed:
            return True, passed
        if elsewhere > spare:
            return False, passed
    return None
