"""The fast form of the direct door: spells of whole persons in, one row per crossing out."""

from dataclasses import dataclass

import numpy as np

from sojourn.compiled import kernel
from sojourn.concepts.codes import CHANGES, NEVER, OPENED_BY, UNKNOWN
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.stages.residence import crossings, windows
from sojourn.stages.residence.kernel import SETTLE, person_bounds
from sojourn.stages.residence.thresholds import matrix
from sojourn.tables.layouts import ROW

_UNDETERMINED = CHANGES.index("undetermined")
_CROSSED = OPENED_BY.index("arrival")


@dataclass(frozen=True)
class Evidence:
    """Statuses from outside, sorted by person and day. Shapes alike; day before every crossing where undated."""

    person: np.ndarray
    day: np.ndarray
    status: np.ndarray

    def between(self, first: int, last: int) -> "Evidence":
        """The evidence on persons from `first` to `last`."""
        low, high = np.searchsorted(self.person, first, "left"), np.searchsorted(self.person, last, "right")
        return Evidence(self.person[low:high], self.day[low:high], self.status[low:high])


@dataclass(frozen=True)
class Terms:
    """What the decisions rest on. begin, end: observed day numbers, half open; as_of: NEVER to show all.

    unknown: nothing is known of the nights between two crossings in one direction. strict: once unknown, always unknown.
    """

    rule: ResidenceRule
    begin: int
    end: int
    as_of: int
    unknown: bool
    strict: bool


def rows_of(spells: np.ndarray, terms: Terms, evidence: Evidence) -> np.ndarray:
    """The crossings of SPELLs sorted by person and start as ROWs in their order; imputed ones are left out."""
    if not len(spells):
        return np.empty(0, ROW)
    values, bounds = matrix(terms.rule), person_bounds(spells["person"])
    seen = windows.observed(spells, terms.end) if spells["end"].max() > terms.end else spells
    reached, day = windows.settled_windows(seen, bounds, values, SETTLE[terms.rule.family], terms.unknown)
    restart, restart_day = np.full(len(spells), UNKNOWN, np.int8), np.full(len(spells), NEVER, np.int32)
    told = evidence.between(spells["person"][0], spells["person"][-1])
    windows.restarts(spells, bounds, told.person, told.day, told.status, restart, restart_day)
    decisions, before_known = crossings.decide_all(spells, bounds, values, terms.begin, reached, day, restart, restart_day, terms.unknown, terms.strict)
    inside, counted = np.empty(len(spells), np.int32), np.empty(len(spells), np.int32)
    windows.count_nights(spells, bounds, values, terms.end, terms.unknown, inside, counted)
    return listed(spells, decisions, before_known, inside, counted, terms.as_of)


@kernel
def listed(spells, decisions, before_known, inside, counted, as_of):
    """Crossings dated before `as_of`, with what was known by then."""
    rows, at = np.empty(len(spells), ROW), 0
    for each in range(len(spells)):
        spell, made = spells[each], decisions[each]
        if spell.opened < _CROSSED or spell.imputed or spell.start >= as_of:
            continue
        row = rows[at]
        row.person, row.day, row.inside = spell.person, spell.start, spell.inside
        row.days_in, row.days_observed = inside[each], counted[each]
        row.before = made.before if before_known[each] <= as_of else UNKNOWN
        row.after, row.known = (made.after, made.known_on) if made.known_on <= as_of else (UNKNOWN, NEVER)
        row.change = made.change if made.change_known_on <= as_of else _UNDETERMINED
        at += 1
    return rows[:at]
