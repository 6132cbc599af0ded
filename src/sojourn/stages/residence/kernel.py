"""Statuses of sorted spells under one rule: the family settles the windows, the chain carries the status along."""

import numpy as np

from sojourn.compiled import kernel
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.stages.residence import continuous_stay, cumulative_presence
from sojourn.stages.residence.chain import decide_life, running_received
from sojourn.stages.residence.thresholds import long_enough, matrix
from sojourn.tables.layouts import DECISION

SETTLE = {"cumulative_presence": cumulative_presence.settle, "continuous_stay": continuous_stay.settle}
"""The fast form of each family."""


def decisions_of(spells: np.ndarray, rule: ResidenceRule, begin: int) -> np.ndarray:
    """One DECISION per SPELL (sorted by person and start). `begin`: day number on which the observation begins."""
    values = matrix(rule)
    bounds = person_bounds(spells["person"])
    reached, day = np.empty(len(spells), np.int8), np.empty(len(spells), np.int32)
    SETTLE[rule.family](spells, bounds, values, reached, day)
    return _chain(spells, bounds, values, begin, reached, day)


@kernel
def person_bounds(person):
    """First row of each person, and the end."""
    bounds = np.empty(len(person) + 1, np.int64)
    count = 0
    for row in range(len(person)):
        if row == 0 or person[row] != person[row - 1]:
            bounds[count] = row
            count += 1
    bounds[count] = len(person)
    return bounds[: count + 1] if len(person) else bounds[:0]


@kernel
def _chain(spells, bounds, values, begin, reached, day):
    decisions = np.zeros(len(spells), DECISION)
    running = np.empty(len(spells), np.int32)
    for person in range(len(bounds) - 1):
        first, last = bounds[person], bounds[person + 1]
        running_received(spells, first, last, running)
        crossing = first + 1 if first + 1 < last else first
        needed = long_enough(values, begin, spells[crossing].start, spells[crossing].inside)
        decide_life(spells, running, first, last, reached, day, needed, decisions)
    return decisions
