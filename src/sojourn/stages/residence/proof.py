"""That a crossing changes nothing, proved although the status before it is not known. NumPy and Numba only.

Take a crossing whose status before is known to be the one that it could end: the arrival of a person who was not a
resident (for a later departure), the departure of a resident (for a later arrival). If that status had ended since, and now
this crossing changed it back, two windows would have to be met; from the nights spent in between it follows that
together they cannot. Under one rule of V within W for both sides: fewer than 2V - W nights in between.
"""

from sojourn.compiled import inlined, kernel
from sojourn.concepts.codes import NEVER, UNKNOWN
from sojourn.stages.residence.thresholds import nights_needed, tolerated
from sojourn.stages.residence.windows import is_gap


@inlined
def could_have_changed(spells, values, at, here, spare, until, unknown):
    """Whether crossing `at` can have changed the status, and a later one back the other way change it again.

    here: nights since `at` on the side it led to; spare, until: nights to spare in, and end of, the window of the later one.
    """
    day = spells[at].end if is_gap(spells[at], unknown) else spells[at].start
    needed, more = nights_needed(values, day, spells[at].inside)
    return needed - here <= spare + max(0, day + needed + more - until)


@kernel
def nothing_changed(spells, first, at, values, restart, decisions, before_known, unknown):
    """The first day on which the records up to crossing `at` prove that it changed nothing; NEVER where they do not.

    first: the person's first spell. before_known: the day from which the status before each crossing is known. Nothing is
    proved across evidence that restarts the chain, nor where absences are tolerated: then both windows can be met.
    """
    day, inside = spells[at].start, spells[at].inside
    needed, spare = nights_needed(values, day, inside)
    until, here, best = day + needed + spare, 0, NEVER
    if tolerated(values, day)[0] > 0 or restart[at] != UNKNOWN:
        return NEVER
    for row in range(at - 1, first, -1):
        if spells[row].inside != inside or is_gap(spells[row], unknown):
            here += spells[row].end - spells[row].start
        if spells[row].inside != inside:
            if could_have_changed(spells, values, row, here, spare, until, unknown):
                break
            if decisions[row].before == inside:
                best = min(best, before_known[row])
        if restart[row] != UNKNOWN:
            break
    return best
