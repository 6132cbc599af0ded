"""Events of sorted persons become spells of presence: one pass, NumPy and Numba only.

Inside a day: time, then sequence, then alternation from where the person is (first crossing: arrival first). Two
crossings in one direction are a missing counterpart, which the policy places or for which it sets the person aside.
What is dated outside the observation tells nothing, but for a death: of a life that ended before, nothing is observed.
"""

import numpy as np

from sojourn.compiled import inlined, kernel
from sojourn.concepts.codes import NEVER, OPENED_BY, UNKNOWN
from sojourn.concepts.evidence import EVENT_CODE
from sojourn.tables.layouts import ISSUE, SPELL

DEPARTURE, ARRIVAL = EVENT_CODE["departure"], EVENT_CODE["arrival"]
BIRTH_IN, BIRTH_ABROAD, DEATH = EVENT_CODE["birth_in"], EVENT_CODE["birth_abroad"], EVENT_CODE["death"]
ENUMERATION, EXCLUSION = EVENT_CODE["enumeration"], EVENT_CODE["exclusion"]
BEGIN, BIRTH, BY_ARRIVAL, BY_DEPARTURE = range(len(OPENED_BY))
CROSSING, BY_DEATH, OPEN = range(3)
MIDPOINT, EARLIEST, LATEST, REJECT = range(4)
IMPUTED, SET_ASIDE, OUTSIDE_LIFE = range(3)
NONE = -1


@kernel
def last_of_person(events, first):
    """One past the last row of the person in row `first`."""
    last = first
    while last < len(events) and events[last].person == events[first].person:
        last += 1
    return last


@kernel
def find(events, first, last, wanted, other, since, until):
    """The first row with one of two event codes, dated from `since` to `until`, or -1."""
    for row in range(first, last):
        if (events[row].code == wanted or events[row].code == other) and since <= events[row].day <= until:
            return row
    return NONE


@kernel
def first_crossing(events, first, last, since, until):
    """Row of the first crossing inside the life; of several with one day, time and sequence the first counts."""
    for row in range(first, last):
        if events[row].code <= ARRIVAL and since <= events[row].day <= until:
            return row
    return NONE


@inlined
def goes_in(events, first, last):
    """Whether the first crossing leads in: an arrival among equals comes first."""
    for row in range(first, last):
        if events[row].day != events[first].day or events[row].moment != events[first].moment:
            break
        if events[row].code == ARRIVAL:
            return True
    return False


@kernel
def evidence(events, first, last, since, until):
    """Row of the latest evidence on residence dated from `since` to `until`, or -1. On one day, being on a list counts
    for more than missing from another."""
    found = NONE
    for row in range(first, last):
        if (events[row].code == ENUMERATION or events[row].code == EXCLUSION) and since <= events[row].day <= until:
            if found == NONE or events[row].day > events[found].day:
                found = row
            elif events[row].day == events[found].day and events[row].code < events[found].code:
                found = row
    return found


@inlined
def put(spells, at, person, start, received, inside, opened, imputed, source, record):
    """Open a spell at index `at`; a crossing closes the spell before it."""
    if opened == BY_ARRIVAL or opened == BY_DEPARTURE:
        spells[at - 1].end = start
        spells[at - 1].closed = CROSSING
    row = spells[at]
    row.ordinal = 0 if opened == BEGIN or opened == BIRTH else spells[at - 1].ordinal + 1
    row.person, row.start, row.received, row.inside, row.opened = person, start, received, inside, opened
    row.imputed, row.source, row.record, row.initial = imputed, source, record, UNKNOWN
    row.initial_day, row.initial_known, row.closed_received = NONE, NONE, NONE
    return at + 1


@kernel
def note(issues, at, person, source, record, reason):
    row = issues[at]
    row.person, row.source, row.record, row.reason = person, source, record, reason
    return at + 1


@inlined
def next_in_turn(events, used, row, last, inside):
    """Of the crossings equal in day, time and sequence to `row`, the first not used that leads to the other side."""
    wanted = DEPARTURE if inside else ARRIVAL
    for other in range(row, last):
        if events[other].day != events[row].day or events[other].moment != events[row].moment:
            break
        if not used[other] and events[other].code == wanted:
            return other
    return row


@inlined
def missing_day(policy, before, after):
    """The day of the crossing that must lie between two in one direction."""
    if policy == EARLIEST:
        return before
    if policy == LATEST:
        return after
    return before + (after - before) // 2


@kernel
def begin_moving(events, first, last, spells, at, begin):
    """The first spell of a person of whom nothing but crossings is known."""
    inside = not goes_in(events, first, last)
    return put(spells, at, events[first].person, begin, begin, inside, BEGIN, 0, NONE, NONE)


@kernel
def open_life(events, first, last, spells, at, begin, until):
    """The first spell of a person: from birth or from the beginning of the observation. Returns the next free index."""
    person, birth = events[first].person, find(events, first, last, BIRTH_IN, BIRTH_ABROAD, begin, until)
    since = events[birth].day if birth != NONE else begin
    crossing = first_crossing(events, first, last, since, until)
    if birth != NONE:
        born = events[birth]
        inside = born.code == BIRTH_IN
        at = put(spells, at, person, since, born.received, inside, BIRTH, 0, born.source, born.record)
        if not inside:
            spells[at - 1].initial, spells[at - 1].initial_day, spells[at - 1].initial_known = 0, since, born.received
        return at
    known = evidence(events, first, last, begin, events[crossing].day if crossing != NONE else until)
    inside = known == NONE or events[known].code == ENUMERATION
    if crossing != NONE:
        inside = not goes_in(events, crossing, last)
    at = put(spells, at, person, since, begin, inside, BEGIN, 0, NONE, NONE)
    if known != NONE:
        spells[at - 1].initial = 1 if events[known].code == ENUMERATION else 0
        spells[at - 1].initial_day, spells[at - 1].initial_known = events[known].day, events[known].received
        spells[at - 1].source, spells[at - 1].record = events[known].source, events[known].record
    return at


@inlined
def cross(events, row, spells, at, issues, noted, policy):
    """One crossing in its turn, with a missing counterpart before it if it leads where the person is already."""
    event = events[row]
    person, day, received, source, record = event.person, event.day, event.received, event.source, event.record
    inward = event.code == ARRIVAL
    if spells[at - 1].inside == inward:
        between = missing_day(policy, spells[at - 1].start, day)
        opened = BY_DEPARTURE if inward else BY_ARRIVAL
        at = put(spells, at, person, between, received, not inward, opened, 1, source, record)
        noted = note(issues, noted, person, source, record, SET_ASIDE if policy == REJECT else IMPUTED)
    at = put(spells, at, person, day, received, inward, BY_ARRIVAL if inward else BY_DEPARTURE, 0, source, record)
    return at, noted


@kernel
def close_life(spells, at, end, death, death_received):
    """End the last spell: at death, else open at the end of the observation."""
    spells[at - 1].end = end
    spells[at - 1].closed = BY_DEATH if death else OPEN
    spells[at - 1].closed_received = death_received


@kernel
def move(events, first, last, spells, at, issues, noted, used, since, until, policy):
    """The crossings of one person in their turn. Returns the next free indexes of spells and issues."""
    for row in range(first, last):
        event = events[row]
        if event.code > ARRIVAL:
            continue
        if event.day < since or event.day > until:
            noted = note(issues, noted, event.person, event.source, event.record, OUTSIDE_LIFE)
            continue
        while not used[row]:
            turn = next_in_turn(events, used, row, last, spells[at - 1].inside)
            used[turn] = True
            at, noted = cross(events, turn, spells, at, issues, noted, policy)
    return at, noted


@kernel
def live(events, first, last, spells, at, issues, noted, used, begin, end, policy):
    """One person: rows [first, last) of the sorted events. Returns the next free indexes of spells and issues."""
    start, began = at, noted
    if only_crossings(events, first, last, begin, end):
        at = begin_moving(events, first, last, spells, at, begin)
        at, noted = move(events, first, last, spells, at, issues, noted, used, begin, end, policy)
        close_life(spells, at, end, False, NONE)
    elif find(events, first, last, DEATH, DEATH, -NEVER, begin - 1) != NONE:
        at, noted = move(events, first, last, spells, at, issues, noted, used, begin, begin - 1, policy)
    else:
        death = find(events, first, last, DEATH, DEATH, begin, end)
        until = events[death].day if death != NONE else end
        at = open_life(events, first, last, spells, at, begin, until)
        at, noted = move(events, first, last, spells, at, issues, noted, used, spells[start].start, until, policy)
        close_life(spells, at, until, death != NONE, events[death].received if death != NONE else NONE)
    if policy == REJECT and any_set_aside(issues, began, noted):
        return start, noted
    return at, noted


@kernel
def only_crossings(events, first, last, begin, end):
    """Whether nothing but crossings inside the observation is known of a person: most persons of a border."""
    for row in range(first, last):
        if events[row].code > ARRIVAL or events[row].day < begin or events[row].day > end:
            return False
    return True


@kernel
def any_set_aside(issues, began, noted):
    for index in range(began, noted):
        if issues[index].reason == SET_ASIDE:
            return True
    return False


@kernel
def spells_of(events, begin, end, policy):
    """All persons of a sorted EVENT array. Returns (spells, issues) as structured arrays SPELL and ISSUE.

    begin, end: day numbers of the observation, half open. policy: where a missing counterpart is put.
    """
    spells = np.empty(len(events) + len(events) // 4 + 64, SPELL)
    issues = np.empty(len(events) + 1, ISSUE)
    used = np.zeros(len(events), np.bool_)
    at, noted, first = 0, 0, 0
    while first < len(events):
        last = last_of_person(events, first)
        if at + 2 * (last - first) + 1 > len(spells):
            spells = longer(spells, at, 2 * len(spells) + 2 * (last - first) + 1)
        at, noted = live(events, first, last, spells, at, issues, noted, used, begin, end, policy)
        first = last
    return spells[:at], issues[:noted]


@kernel
def longer(spells, at, size):
    """A longer array that begins with the spells made so far. One crossing can open two spells, most open one."""
    more = np.empty(size, SPELL)
    more[:at] = spells[:at]
    return more
