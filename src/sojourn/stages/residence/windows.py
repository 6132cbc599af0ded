"""Windows of crossings when the observation ends before the last crossing, or leaves out nights. NumPy and Numba only.

Under the policy `unknown` the crossing missing between two in one direction is not dated: the spell that it opens begins
with the first of the two (the policy `earliest`) and is a gap, whose nights were not observed.
"""

import numpy as np

from sojourn.compiled import inlined, kernel
from sojourn.concepts.codes import NEVER, UNKNOWN
from sojourn.stages.residence.thresholds import nights_needed


@inlined
def is_gap(spell, unknown):
    """Whether it is not known where the person was."""
    return unknown and spell.imputed == 1 and spell.end > spell.start


@kernel
def observed(spells, end):
    """The spells with their nights before `end` alone; those that begin later have no nights."""
    seen = spells.copy()
    for row in range(len(seen)):
        seen[row].start = min(seen[row].start, end)
        seen[row].end = min(seen[row].end, end)
    return seen


@kernel
def with_gaps(spells, inside):
    """The spells with every gap spent on one side."""
    filled = spells.copy()
    for row in range(len(filled)):
        if is_gap(filled[row], True):
            filled[row].inside = inside
    return filled


@kernel
def in_common(reached, day, other_reached, other_day):
    """What a window holds wherever the nights of the gaps were spent: if all of them on either side give the same."""
    for row in range(len(reached)):
        if reached[row] != other_reached[row]:
            reached[row], day[row] = UNKNOWN, NEVER
        else:
            day[row] = max(day[row], other_day[row])


@kernel
def count_nights(spells, bounds, values, end, unknown, inside, counted):
    """For every crossing, nights in the country and nights observed inside its window and before `end`.

    spells: as they are, not cut at `end`. The window of a continuous stay is its duration.
    """
    for person in range(len(bounds) - 1):
        for at in range(bounds[person], bounds[person + 1]):
            needed, spare = nights_needed(values, spells[at].start, spells[at].inside)
            inside[at], counted[at] = nights_until(spells, bounds[person + 1], at, min(spells[at].start + needed + spare, end), unknown)


@kernel
def nights_until(spells, last, at, until, unknown):
    """Nights in the country, and nights observed, from spell `at` to the day `until`."""
    here = counted = 0
    for row in range(at, last):
        if spells[row].start >= until:
            break
        if not is_gap(spells[row], unknown):
            nights = min(spells[row].end, until) - spells[row].start
            counted += nights
            here += nights * spells[row].inside
    return here, counted


@kernel
def restarts(spells, bounds, person, day, status, found, found_day):
    """Evidence on the status of persons, sorted by person and day, laid to the first crossing on or after its day.

    found, found_day: status and day for every spell, UNKNOWN where there is none. Later evidence outranks earlier.
    """
    row = 0
    for each in range(len(bounds) - 1):
        first, last = bounds[each], bounds[each + 1]
        while row < len(person) and person[row] < spells[first].person:
            row += 1
        at = first + 1
        while row < len(person) and person[row] == spells[first].person:
            while at < last and spells[at].start < day[row]:
                at += 1
            if at < last:
                found[at], found_day[at] = status[row], day[row]
            row += 1


def settled_windows(spells, bounds, values, settle, unknown):
    """Whether and on which day each window is settled (`reached`, `day`), by the family's `settle`."""
    reached, day = np.empty(len(spells), np.int8), np.empty(len(spells), np.int32)
    if not unknown:
        settle(spells, bounds, values, reached, day)
        return reached, day
    other_reached, other_day = np.empty_like(reached), np.empty_like(day)
    settle(with_gaps(spells, 0), bounds, values, reached, day)
    settle(with_gaps(spells, 1), bounds, values, other_reached, other_day)
    in_common(reached, day, other_reached, other_day)
    return reached, day
