"""Continuous stay in its fast form: for every spell, whether and when an uninterrupted stay is settled."""


from sojourn.compiled import kernel
from sojourn.concepts.codes import NEVER, UNKNOWN
from sojourn.stages.residence.thresholds import nights_needed


@kernel
def stay(spells, last, at, needed):
    """1 and the day the nights are reached; 0 and the day after the first night elsewhere; UNKNOWN while neither is.

    A spell of no nights on the other side (out and back on one day) interrupts nothing.
    """
    until = spells[at].end
    for each in range(at, last):
        if spells[each].inside == spells[at].inside:
            until = spells[each].end
        elif spells[each].end > spells[each].start:
            break
        if until - spells[at].start >= needed:
            return 1, spells[at].start + needed
    return (UNKNOWN, NEVER) if until == spells[last - 1].end else (0, until + 1)


@kernel
def settle(spells, bounds, values, reached, day):
    """Fill `reached` and `day` for every spell. `bounds`: first row of each person, and the end."""
    for person in range(len(bounds) - 1):
        for at in range(bounds[person], bounds[person + 1]):
            needed, _ = nights_needed(values, spells[at].start, spells[at].inside)
            reached[at], day[at] = stay(spells, bounds[person + 1], at, needed)
