"""Rows as kernels see them: structured arrays. Days are int32 since 1970-01-01; -1 is missing, `codes.NEVER` never."""

import numpy as np

EVENT = np.dtype(
    [
        ("person", "i8"),
        ("moment", "i8"),
        ("record", "i8"),
        ("day", "i4"),
        ("received", "i4"),
        ("source", "i2"),
        ("code", "i1"),
    ]
)
"""One event: `moment` orders the events of a day (time, then sequence; missing last), `code` is its kind.

One structured array, not seven arrays: passing many arrays down costs more than the work itself.
"""

SPELL = np.dtype(
    [
        ("person", "i8"),
        ("ordinal", "i4"),
        ("start", "i4"),
        ("end", "i4"),
        ("received", "i4"),
        ("initial_day", "i4"),
        ("initial_known", "i4"),
        ("closed_received", "i4"),
        ("inside", "i1"),
        ("opened", "i1"),
        ("closed", "i1"),
        ("imputed", "i1"),
        ("initial", "i1"),
        ("source", "i2"),
        ("record", "i8"),
    ]
)
"""One spell. `initial`, `initial_day`, `initial_known`: evidence on the status before the first crossing, its day, and the
day it is known, on a person's first spell.
`ordinal` numbers a person's spells from 0.
`source`, `record`: the event that opened it, -1 where none did."""

ISSUE = np.dtype([("person", "i8"), ("source", "i2"), ("record", "i8"), ("reason", "i1")])
"""What the pairing of crossings found: a code of PRESENCE_ISSUES and the event that showed it."""

DECISION = np.dtype(
    [
        ("before", "i1"),
        ("after", "i1"),
        ("reason", "i1"),
        ("change", "i1"),
        ("decided_on", "i4"),
        ("known_on", "i4"),
        ("change_known_on", "i4"),
    ]
)
"""One decision, in the order of the spells: 0, 1 or UNKNOWN; codes of REASONS and CHANGES; days, NEVER if not known."""

ROW = np.dtype(
    [
        ("person", "i8"),
        ("day", "i4"),
        ("known", "i4"),
        ("days_in", "i4"),
        ("days_observed", "i4"),
        ("inside", "i1"),
        ("before", "i1"),
        ("after", "i1"),
        ("change", "i1"),
    ]
)
"""One crossing as the direct door tells it: where it leads, statuses 0, 1 or UNKNOWN, a code of CHANGES, the day from which the status
after is known (NEVER where it is not), nights in the country and nights observed in its window."""
