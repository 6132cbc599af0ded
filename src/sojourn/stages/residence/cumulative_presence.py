"""Cumulative presence in its fast form: for every spell, whether and when the window of its crossing is settled."""

import numpy as np

from sojourn.compiled import kernel
from sojourn.concepts.codes import NEVER, UNKNOWN
from sojourn.stages.residence.thresholds import nights_needed


@kernel
def window(spells, last, at, needed, spare):
    """Walk on from spell `at`: 1 and the day on which the nights needed are reached, 0 and the day on which more nights
    than can be spared lie on the other side, UNKNOWN while neither is."""
    side, here, elsewhere = spells[at].inside, 0, 0
    for each in range(at, last):
        nights = spells[each].end - spells[each].start
        if spells[each].inside == side:
            if here + nights >= needed:
                return 1, spells[each].start + needed - here
            here += nights
        else:
            if elsewhere + nights > spare:
                return 0, spells[each].start + spare - elsewhere + 1
            elsewhere += nights
    return UNKNOWN, NEVER


@kernel
def settle(spells, bounds, values, reached, day):
    """Fill `reached` and `day` for every spell. `bounds`: first row of each person, and the end."""
    for person in range(len(bounds) - 1):
        for at in range(bounds[person], bounds[person + 1]):
            needed, spare = nights_needed(values, spells[at].start, spells[at].inside)
            reached[at], day[at] = window(spells, bounds[person + 1], at, needed, spare)
