"""Durations of a rule as nights from a day, inside kernels. NumPy and Numba only.

The dated values of a rule come as an int32 matrix, one row per effective date in order: effective day; then for arrival
and for departure four numbers each: needed amount, needed in months (1) or days (0), window amount, window in months;
then the nights that one absence, and all absences together, may have without interrupting a continuous stay.
"""

import numpy as np

from sojourn.compiled import kernel
from sojourn.definitions.rules.residence import ResidenceRule

EPOCH = np.datetime64("1970-01-01")
ARRIVE, LEAVE, ABSENCES = 1, 5, 9
NO_LIMIT = 2**20
"""In place of a limit of nights that is not set: more nights than any stay has."""


def matrix(rule: ResidenceRule) -> np.ndarray:
    """The rule's dated values for kernels. Shape (values, 11)."""
    rows = []
    for start in sorted(rule.values):
        parameters = rule.parameters_on(start)
        sides = [_side(getattr(parameters, side)) for side in ("arrive", "leave")]
        rows.append([int((np.datetime64(start) - EPOCH).astype(int)), *sides[0], *sides[1], *_absences(parameters)])
    return np.array(rows, np.int32)


def _absences(parameters) -> list[int]:
    limits = parameters.tolerated() if hasattr(parameters, "tolerated") else (0, 0)
    return [NO_LIMIT if limit is None else limit for limit in limits]


def _side(threshold) -> list[int]:
    needed = getattr(threshold, "needed", threshold)
    within = getattr(threshold, "within", threshold)
    return [needed.amount, int(needed.unit == "months"), within.amount, int(within.unit == "months")]


@kernel
def civil(day):
    """Year, month and day of month of a day number (proleptic Gregorian; era arithmetic on 400-year cycles)."""
    shifted = day + 719468
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * of_year + 2) // 153
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return year_of_era + era * 400 + (1 if month <= 2 else 0), month, of_year - (153 * shifted_month + 2) // 5 + 1


@kernel
def number(year, month, day):
    """The day number of a date."""
    year -= 1 if month <= 2 else 0
    era = year // 400
    year_of_era = year - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year - 719468


@kernel
def month_length(year, month):
    first = number(year, month, 1)
    return (number(year + 1, 1, 1) if month == 12 else number(year, month + 1, 1)) - first


@kernel
def reach(day, amount, months):
    """The day reached from `day`: by days, or by calendar months with the day of month clamped."""
    if not months:
        return day + amount
    year, month, of_month = civil(day)
    index = year * 12 + month - 1 + amount
    return number(index // 12, index % 12 + 1, min(of_month, month_length(index // 12, index % 12 + 1)))


@kernel
def value_on(values, day):
    """Row of the value in force on a day: the latest effective one; before all of them, the first."""
    row = 0
    while row + 1 < len(values) and values[row + 1, 0] <= day:
        row += 1
    return row


@kernel
def nights_needed(values, day, inward):
    """Nights needed, and nights to spare in the window, for a crossing on `day`."""
    row, side = value_on(values, day), ARRIVE if inward else LEAVE
    needed = reach(day, values[row, side], values[row, side + 1]) - day
    window = reach(day, values[row, side + 2], values[row, side + 3]) - day
    return needed, window - needed


@kernel
def tolerated(values, day):
    """Nights that one absence, and all together, may have, for a crossing on `day`."""
    row = value_on(values, day)
    return values[row, ABSENCES], values[row, ABSENCES + 1]


@kernel
def long_enough(values, begin, day, inward):
    """The day from which the time since the beginning of the observation shows the status before a first crossing.

    A first arrival needs the nights abroad that end residence, a first departure the nights that make a resident.
    """
    row, side = value_on(values, day), LEAVE if inward else ARRIVE
    return reach(begin, values[row, side], values[row, side + 1])
