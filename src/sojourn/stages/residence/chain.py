"""The chain of statuses along one person's spells: what each crossing decides, from when it is known, what changes.

Shared by all families. A family is asked one thing: whether, and on which day, a crossing's window is settled.
Definition: `definitions/rules`; prose: the methodology. NumPy and Numba only.
"""

import numpy as np

from sojourn.compiled import inlined, kernel
from sojourn.concepts.codes import CHANGES, CLOSED_BY, NEVER, OPENED_BY, REASONS, UNKNOWN

TRIVIAL, REACHED, NOT_REACHED, OPEN, DEATH, EVIDENCE, FIRST, BIRTH, UNKNOWN_BEFORE, COMMON = range(len(REASONS))
NO_CHANGE, IMMIGRATION, EMIGRATION, UNDETERMINED = range(len(CHANGES))
OPENED_BEGIN, OPENED_BIRTH, OPENED_ARRIVAL, OPENED_DEPARTURE = range(len(OPENED_BY))
CLOSED_DEATH = CLOSED_BY.index("death")
ON_TIME = -NEVER - 1
"""In place of a receipt: every record of the person came in on its day."""


@inlined
def records_to(spells, running, first, last, at, day):
    """The day from which everything that happened up to `day` is known. `at`: the spell the crossing opened."""
    if running[last - 1] == ON_TIME:
        return day
    while at + 1 < last and spells[at + 1].start <= day:
        at += 1
    known = max(day, running[at])
    if spells[last - 1].closed == CLOSED_DEATH and spells[last - 1].end <= day:
        known = max(known, spells[last - 1].closed_received)
    return known


@inlined
def settled(value, day, known, reason):
    """A finding: value, day decided, day known, reason."""
    return (np.int8(value), np.int32(day), np.int32(known), np.int8(reason))


@inlined
def unsettled(reason):
    return settled(UNKNOWN, NEVER, NEVER, reason)


@inlined
def branch(spells, running, first, last, at, before, reached, day):
    """The status after the crossing that opened spell `at`, if `before` was the status before it.

    reached, day: what the family says of the window: 1 reached, 0 not, UNKNOWN open; and on which day.
    """
    inside, death = spells[at].inside, spells[last - 1].closed == CLOSED_DEATH
    if before == inside:
        reason = BIRTH if spells[at].opened == OPENED_BIRTH else TRIVIAL
        decided, value = spells[at].start, before
    elif reached != UNKNOWN:
        reason, decided = (REACHED if reached else NOT_REACHED), day
        value = inside if reached else before
    elif death:
        reason, decided, value = DEATH, spells[last - 1].end, before
    else:
        return unsettled(OPEN)
    return settled(value, decided, records_to(spells, running, first, last, at, decided), reason)


@inlined
def together(one, other, reason):
    """A status that rests on two findings: decided and known when the later of them is. The value is the second's."""
    return settled(other[0], max(one[1], other[1]), max(one[2], other[2]), reason)


@inlined
def follow(before, zero, one):
    """The status after a crossing: by the status before it, or by what both possible ones have in common."""
    found = unsettled(UNKNOWN_BEFORE)
    if before[0] != UNKNOWN:
        taken = one if before[0] == 1 else zero
        found = together(before, taken, taken[3]) if taken[0] != UNKNOWN else unsettled(taken[3])
    if zero[0] != UNKNOWN and zero[0] == one[0]:
        common = together(zero, one, COMMON)
        if common[2] < found[2]:
            found = common
    return found


@inlined
def change_on(before, after):
    """The change at a crossing before which the status was known, and the day it is known."""
    if after[0] == UNKNOWN:
        return UNDETERMINED, NEVER
    if after[0] == before:
        return NO_CHANGE, after[2]
    return (IMMIGRATION if after[0] == 1 else EMIGRATION), after[2]


@inlined
def change_of(before, zero, one):
    """The change at a crossing and the day it is known. No change is also proved by both branches."""
    kind, known = UNDETERMINED, NEVER
    taken = one if before[0] == 1 else zero
    if before[0] != UNKNOWN and taken[0] != UNKNOWN:
        kind = NO_CHANGE if taken[0] == before[0] else (IMMIGRATION if taken[0] == 1 else EMIGRATION)
        known = max(before[2], taken[2])
    if zero[0] == 0 and one[0] == 1 and max(zero[2], one[2]) < known:
        kind, known = NO_CHANGE, max(zero[2], one[2])
    return kind, known


@inlined
def write(decisions, at, before, after, change, change_known):
    row = decisions[at]
    row.before, row.after, row.reason = before, after[0], after[3]
    row.decided_on, row.known_on = after[1], after[2]
    row.change, row.change_known_on = change, change_known


@inlined
def initial(spells, running, first, last, begin_needed):
    """The status before a person's first crossing.

    begin_needed: day on which an absence (for a first arrival) or a presence (for a first departure) counted from the
    beginning of the observation is long enough to show where the person had been living.
    """
    opening = spells[first]
    if opening.opened == OPENED_BIRTH:
        if opening.initial == UNKNOWN:
            return unsettled(BIRTH)
        return settled(opening.initial, opening.initial_day, opening.initial_known, BIRTH)
    if opening.initial != UNKNOWN:
        return settled(opening.initial, opening.initial_day, opening.initial_known, EVIDENCE)
    if first + 1 == last or begin_needed > spells[first + 1].start:
        return unsettled(UNKNOWN_BEFORE)
    day = spells[first + 1].start
    known = records_to(spells, running, first, last, first, day)
    return settled(opening.inside, day, known, FIRST)


@kernel
def decide_life(spells, running, first, last, reached, day, begin_needed, decisions):
    """One person: spells [first, last). Fills `decisions` for the same rows."""
    status = initial(spells, running, first, last, begin_needed)
    at = first
    if not (spells[first].opened == OPENED_BIRTH and spells[first].inside):
        write(decisions, first, UNKNOWN, status, NO_CHANGE, NEVER)
        at = first + 1
    while at < last:
        if status[0] != UNKNOWN and status[2] <= spells[at].start:
            # Known before the crossing: the other branch can neither decide nor prove anything sooner.
            after = branch(spells, running, first, last, at, status[0], reached[at], day[at])
            change, known = change_on(status[0], after)
        else:
            zero = branch(spells, running, first, last, at, 0, reached[at], day[at])
            one = branch(spells, running, first, last, at, 1, reached[at], day[at])
            after = follow(status, zero, one)
            change, known = change_of(status, zero, one)
        write(decisions, at, status[0], after, change, known)
        status = after
        at += 1


@kernel
def running_received(spells, first, last, running):
    """Per spell of a person, the latest receipt of the crossings (a birth in the country among them) up to it.

    Where every record came in on its day, the last entry is ON_TIME: then a decision is known on the day it is taken.
    """
    latest, late = -NEVER, spells[last - 1].closed_received > spells[last - 1].end
    for at in range(first, last):
        opening = spells[at].opened == OPENED_BEGIN or (spells[at].opened == OPENED_BIRTH and not spells[at].inside)
        if not opening:
            latest = max(latest, spells[at].received)
            late = late or spells[at].received > spells[at].start
        running[at] = latest
    if not late:
        running[last - 1] = ON_TIME
