"""Spells and decisions as plain columns, in one compiled pass."""

import numpy as np

from sojourn.compiled import kernel
from sojourn.concepts.codes import UNKNOWN

RESIDENT, TEMPORARY, ABSENT, UNDETERMINED = range(4)


@kernel
def split(spells, decisions):
    """Contiguous arrays of the fields that become columns of `statuses`, in the order of `fast.as_batch`."""
    size = len(spells)
    person, record = np.empty(size, np.int64), np.empty(size, np.int64)
    ordinal, start, end = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    decided, known, change_known = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    source, small = np.empty(size, np.int16), np.empty((9, size), np.int8)
    for row in range(size):
        spell, made = spells[row], decisions[row]
        person[row], record[row], source[row] = spell.person, spell.record, spell.source
        ordinal[row], start[row], end[row] = spell.ordinal, spell.start, spell.end
        decided[row], known[row], change_known[row] = made.decided_on, made.known_on, made.change_known_on
        small[0, row], small[1, row], small[2, row] = spell.inside, spell.imputed, status(made.after, spell.inside)
        small[3, row], small[4, row], small[5, row] = made.before, made.after, spell.opened
        small[6, row], small[7, row], small[8, row] = spell.closed, made.reason, made.change
    return person, record, ordinal, start, end, decided, known, change_known, source, small


@kernel
def status(after, inside):
    """Position in STATUSES: resident; temporary in the country; absent; undetermined."""
    if after == UNKNOWN:
        return UNDETERMINED
    return RESIDENT if after == 1 else (TEMPORARY if inside else ABSENT)
