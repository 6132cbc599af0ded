"""Continuous stay in its fast form: for every spell, whether and when an uninterrupted stay is settled."""

from sojourn.compiled import kernel
from sojourn.concepts.codes import NEVER, UNKNOWN
from sojourn.stages.residence.thresholds import nights_needed, tolerated


@kernel
def stay(spells, last, at, needed, each, total):
    """1 and the day on which the duration has passed; 0 and the day after the night elsewhere that exceeds what is
    tolerated; UNKNOWN while neither is.

    each, total: nights that one absence, and all together, may have. A spell without nights neither begins nor ends one.
    """
    until, absence, absences = spells[at].start + needed, 0, 0
    for row in range(at, last):
        nights = min(spells[row].end, until) - spells[row].start
        if spells[row].inside != spells[at].inside:
            spare = min(each - absence, total - absences)
            if nights > spare:
                return 0, spells[row].start + spare + 1
            absence += nights
            absences += nights
        elif nights > 0:
            absence = 0
        if spells[row].end >= until:
            return 1, until
    return UNKNOWN, NEVER


@kernel
def settle(spells, bounds, values, reached, day):
    """Fill `reached` and `day` for every spell. `bounds`: first row of each person, and the end."""
    for person in range(len(bounds) - 1):
        for at in range(bounds[person], bounds[person + 1]):
            needed, _ = nights_needed(values, spells[at].start, spells[at].inside)
            each, total = tolerated(values, spells[at].start)
            reached[at], day[at] = stay(spells, bounds[person + 1], at, needed, each, total)
