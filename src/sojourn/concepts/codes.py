"""The small integers that kernels read and write, and the words they stand for in tables."""

OPENED_BY = ("begin", "birth", "arrival", "departure")
CLOSED_BY = ("crossing", "death", "end_of_observation")
REASONS = (
    "trivial_return",
    "reached",
    "not_reached",
    "window_open",
    "cut_by_death",
    "initial_evidence",
    "first_crossing",
    "birth",
    "unknown_before",
    "common_result",
)
CHANGES = ("none", "immigration", "emigration", "undetermined")
POLICIES = ("midpoint", "earliest", "latest", "reject")
"""Where a missing counterpart crossing between two crossings in one direction is put."""
PRESENCE_ISSUES = ("imputed_crossing", "missing_counterpart", "outside_life")
UNKNOWN = 2
"""A status that is neither resident (1) nor not resident (0)."""
NEVER = 2**31 - 1
"""The day number of what is not known at all."""
