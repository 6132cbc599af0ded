"""The chain of statuses along a person's crossings for the direct door: what `chain` does, and what it does not.

Evidence may restart the chain at any crossing; an undated crossing leaves the status undetermined until both ways agree;
no change is also proved from nights; and a strict chain, for comparison with migstat, stays unknown once it is. NumPy and
Numba only.
"""

import numpy as np

from sojourn.compiled import inlined, kernel
from sojourn.concepts.codes import NEVER, UNKNOWN
from sojourn.stages.residence.chain import (
    EMIGRATION,
    EVIDENCE,
    IMMIGRATION,
    NO_CHANGE,
    OPEN,
    UNDETERMINED,
    UNKNOWN_BEFORE,
    branch,
    change_of,
    follow,
    initial,
    records_to,
    running_received,
    settled,
    together,
    unsettled,
    write,
)
from sojourn.stages.residence.proof import nothing_changed
from sojourn.stages.residence.thresholds import long_enough
from sojourn.stages.residence.windows import is_gap
from sojourn.tables.layouts import DECISION


@inlined
def restarted(spells, at, status, day, unknown):
    """The status before crossing `at` by evidence dated `day`.

    Evidence from inside a gap holds only if the undated crossing, should it lie after it, cannot have changed the status.
    """
    gap = is_gap(spells[at - 1], unknown) and day < spells[at].start
    if gap and status != spells[at - 1].inside:
        return unsettled(UNKNOWN_BEFORE)
    return settled(status, day, day, EVIDENCE)


@inlined
def strictly(spells, running, first, last, at, before, reached, day):
    """The status after a crossing where nothing is concluded from what both possible ones have in common."""
    if before[0] == UNKNOWN:
        return unsettled(UNKNOWN_BEFORE)
    taken = branch(spells, running, first, last, at, before[0], reached, day)
    return together(before, taken, taken[3]) if taken[0] != UNKNOWN else unsettled(taken[3])


@inlined
def change_strictly(before, after):
    """The change where both statuses are known, and the day it is known."""
    if before[0] == UNKNOWN or after[0] == UNKNOWN:
        return UNDETERMINED, NEVER
    if after[0] == before[0]:
        return NO_CHANGE, after[2]
    return (IMMIGRATION if after[0] == 1 else EMIGRATION), after[2]


@kernel
def decide_crossings(spells, running, first, last, reached, day, needed, values, restart, restart_day, unknown, strict, decisions, before_known):
    """One person: spells [first, last). Fills `decisions` and `before_known` for the same rows."""
    status = initial(spells, running, first, last, needed)
    write(decisions, first, UNKNOWN, status, NO_CHANGE, NEVER)
    for at in range(first + 1, last):
        if restart[at] != UNKNOWN:
            status = restarted(spells, at, restart[at], restart_day[at], unknown)
        before_known[at] = status[2]
        sooner = status[2] > spells[at].start
        if strict or not sooner:
            # Known before the crossing: the other branch, or the nights before, can neither decide nor prove anything sooner.
            after = strictly(spells, running, first, last, at, status, reached[at], day[at])
            change, known = change_strictly(status, after)
        else:
            zero = branch(spells, running, first, last, at, 0, reached[at], day[at])
            one = branch(spells, running, first, last, at, 1, reached[at], day[at])
            after = follow(status, zero, one)
            change, known = change_of(status, zero, one)
        if is_gap(spells[at], unknown) or (at + 1 < last and is_gap(spells[at + 1], unknown)):
            after = unsettled(OPEN)
            if change != NO_CHANGE:
                change, known = UNDETERMINED, NEVER
        write(decisions, at, status[0], after, change, known)
        if sooner and known > spells[at].start and (change == NO_CHANGE or change == UNDETERMINED):
            prove(spells, running, first, last, at, values, restart, decisions, before_known, unknown)
        status = after


@inlined
def prove(spells, running, first, last, at, values, restart, decisions, before_known, unknown):
    """Enter that a crossing changed nothing, where that is proved, and sooner than it is known already."""
    proved = nothing_changed(spells, first, at, values, restart, decisions, before_known, unknown)
    if proved != NEVER:
        proved = max(proved, records_to(spells, running, first, last, at, spells[at].start))
        if proved < decisions[at].change_known_on:
            decisions[at].change, decisions[at].change_known_on = NO_CHANGE, proved


@kernel
def decide_all(spells, bounds, values, begin, reached, day, restart, restart_day, unknown, strict):
    """Every person. Returns decisions and the day from which the status before each crossing is known."""
    decisions, before_known = np.zeros(len(spells), DECISION), np.full(len(spells), NEVER, np.int32)
    running = np.empty(len(spells), np.int32)
    for person in range(len(bounds) - 1):
        first, last = bounds[person], bounds[person + 1]
        running_received(spells, first, last, running)
        needed = long_enough(values, begin, spells[first + 1].start, spells[first + 1].inside)
        decide_crossings(spells, running, first, last, reached, day, needed, values, restart, restart_day, unknown, strict, decisions, before_known)
    return decisions, before_known
