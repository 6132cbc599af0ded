"""The direct door in plain Python, one person at a time, night by night: written from its description, to disagree.

Days are ordinals. A finding is (value, day from which it is known) or None.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

Finding = tuple[int, int] | None
LATE = 10**7
MISSING = (None, "")


@dataclass(frozen=True)
class Side:
    """Nights needed within a window; each, total: nights of absences in a continuous stay, None for another family."""

    needed: int
    window: int
    unit: str = "days"
    absences: tuple[int, int] | None = None

    def nights(self, day: int) -> tuple[int, int]:
        return length(self.needed, self.unit, day), length(self.window, self.unit, day)


@dataclass(frozen=True)
class Question:
    """What is asked: sides for arrivals (1) and departures (0), and the options."""

    sides: tuple[Side, Side]
    start: int
    end: int
    missing: str = "reject"
    as_of: int = LATE
    strict: bool = False


@dataclass
class Move:
    """A crossing; revealed: the day that showed it. gap: the nights from it on, up to the next crossing, are unknown."""

    day: int
    inward: int
    revealed: int
    real: bool = True
    gap: bool = False
    before: Finding = None
    after: Finding = None


@dataclass
class Life:
    """Rows of one person: (day, inward, time, sequence, rest); evidence: (day or None, status)."""

    rows: Sequence[tuple]
    evidence: Sequence[tuple[int | None, int]] = ()
    moves: list[Move] = field(default_factory=list)


def length(amount: int, unit: str, day: int) -> int:
    if unit == "days":
        return amount
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal() - day


def answers(life: Life, asked: Question) -> list[tuple] | None:
    """Rows (day, inward, before, after, change, known, days in, days observed); None for a rejected person."""
    life.moves = moves(life.rows, asked.missing)
    if asked.missing == "reject" and not all(each.real for each in life.moves):
        return None
    chain(life, asked)
    return [answer(life, at, asked) for at, each in enumerate(life.moves) if each.real and each.day < asked.as_of]


def answer(life: Life, at: int, asked: Question) -> tuple:
    move = life.moves[at]
    before, after = (seen(each, asked) for each in (move.before, move.after))
    here = sides(life, move.day, min(move.day + asked.sides[move.inward].nights(move.day)[1], asked.end))
    known = move.after[1] if after is not None else None
    return move.day, move.inward, before, after, change(life, at, asked), known, here.count(1), len(here) - here.count(None)


def seen(finding: Finding, asked: Question) -> int | None:
    return finding[0] if finding and finding[1] <= asked.as_of else None


def moves(rows: Iterable[tuple], policy: str) -> list[Move]:
    found: list[Move] = []
    for _, same_day in groupby(sorted(set(rows), key=lambda each: each[0]), key=lambda each: each[0]):
        for day, inward, *_ in in_turn(list(same_day), found[-1].inward if found else 0):
            if found and found[-1].inward == inward:
                found.append(missing(found[-1], day, policy))
            found.append(Move(day, inward, day))
    return found


def in_turn(rows: list[tuple], here: int) -> Iterator[tuple]:
    """By time, by sequence, then in and out in turn."""

    def rank(row: tuple) -> tuple:
        return row[2] in MISSING, row[2] or "", row[3] in MISSING, row[3] if row[3] not in MISSING else 0

    while rows:
        first = [row for row in rows if rank(row) == min(map(rank, rows))]
        row = next((each for each in first if each[1] != here), first[0])
        rows.remove(row)
        here = row[1]
        yield row


def missing(last: Move, day: int, policy: str) -> Move:
    placed = {"earliest": last.day, "latest": day, "midpoint": last.day + (day - last.day) // 2}.get(policy, last.day)
    return Move(placed, 1 - last.inward, day, real=False, gap=policy == "unknown" and day > last.day)


def sides(life: Life, start: int, end: int) -> list[int | None]:
    """Where the person is in the nights from start to end, None where it is not known. Nobody asks before the first crossing."""
    found = []
    for night in range(start, end):
        last = [each for each in life.moves if each.day <= night][-1]
        found.append(None if last.gap else last.inward)
    return found


def window(life: Life, move: Move, asked: Question) -> Finding:
    """Whether the crossing changes a status, and on which day that shows, wherever unknown nights were spent."""
    nights = sides(life, move.day, min(move.day + asked.sides[move.inward].nights(move.day)[1], asked.end))
    ways = [decided([each if each is not None else filled for each in nights], move, asked) for filled in (0, 1)]
    if None in ways or ways[0][0] != ways[1][0]:
        return None
    return ways[0][0], max(way[1] for way in ways)


def decided(nights: list[int], move: Move, asked: Question) -> Finding:
    """The first cut at which the nights so far decide."""
    side = asked.sides[move.inward]
    needed, most = side.nights(move.day)
    for passed in range(1, len(nights) + 1):
        here = [night == move.inward for night in nights[:passed]]
        if side.absences is not None:
            away = [len(list(run)) for present, run in groupby(here) if not present]
            if max(away, default=0) > side.absences[0] or sum(away) > side.absences[1]:
                return 0, move.day + passed
            if passed == needed:
                return 1, move.day + passed
        elif here.count(False) > most - needed:
            return 0, move.day + passed
        elif here.count(True) >= needed:
            return 1, move.day + passed
    return None


def branch(life: Life, move: Move, before: int, asked: Question) -> Finding:
    if before == move.inward:
        return before, told(life, move.day)
    found = window(life, move, asked)
    return found and (move.inward if found[0] else before, told(life, found[1]))


def told(life: Life, day: int) -> int:
    """The day on which everything that happened up to a day has shown itself."""
    return max([day, *(each.revealed for each in life.moves if each.day <= day)])


def chain(life: Life, asked: Question) -> None:
    status = first_status(life, asked)
    evidence = sorted(life.evidence, key=lambda each: each[0] or 0)
    for at, move in enumerate(life.moves):
        since = life.moves[at - 1].day if at else -1
        given = [(day or 0, value) for day, value in evidence if since < (day or 0) <= move.day]
        if given:
            status = (given[-1][1], given[-1][0]) if certain(life, at, given[-1]) else None
        move.before = status
        branches = [branch(life, move, value, asked) for value in (0, 1)]
        found = []
        if status and branches[status[0]]:
            value, known = branches[status[0]]
            found.append((value, max(known, status[1])))
        if not asked.strict and None not in branches and branches[0][0] == branches[1][0]:
            found.append((branches[0][0], max(each[1] for each in branches)))
        undated = move.gap or (at + 1 < len(life.moves) and life.moves[at + 1].gap)
        status = move.after = None if undated else min(found, key=lambda each: each[1], default=None)


def certain(life: Life, at: int, given: tuple[int, int]) -> bool:
    """Evidence from inside a gap says nothing of what the undated crossing did after it, unless that could change nothing."""
    gap = at > 0 and life.moves[at - 1].gap
    return not gap or given[0] == life.moves[at].day or given[1] == life.moves[at - 1].inward


def first_status(life: Life, asked: Question) -> Finding:
    first = life.moves[0]
    needed = asked.sides[1 - first.inward].nights(asked.start)[0]
    return (1 - first.inward, told(life, first.day)) if asked.start + needed <= first.day else None


def change(life: Life, at: int, asked: Question) -> str:
    """By both statuses, or that nothing changed by both ways or by the nights in between."""
    move = life.moves[at]
    before = seen(move.before, asked)
    taken = branch(life, move, before, asked) if before is not None else None
    after = seen(taken, asked)
    undated = at + 1 < len(life.moves) and life.moves[at + 1].gap
    if before is not None and after is not None and (before == after or not undated):
        return {(0, 1): "immigration", (1, 0): "emigration"}.get((before, after), "none")
    ways = [seen(branch(life, move, value, asked), asked) for value in (0, 1)]
    if ways == [0, 1] and not asked.strict:
        return "none"
    return "none" if nothing(life, at, asked) else "undetermined"


def nothing(life: Life, at: int, asked: Question) -> bool:
    """Whether every chain of statuses since the last known one leaves this crossing without effect."""
    move = life.moves[at]
    needed, most = asked.sides[move.inward].nights(move.day)
    if asked.sides[move.inward].absences not in (None, (0, 0)) or told(life, move.day) > asked.as_of or told_at(life, at):
        return False
    for place in range(at - 1, -1, -1):
        earlier = life.moves[place]
        if earlier.inward != move.inward:
            day = life.moves[place + 1].day if earlier.gap else earlier.day
            passed = sides(life, earlier.day, move.day)
            between = len(passed) - passed.count(move.inward)
            theirs, window_of = asked.sides[earlier.inward].nights(day)
            reach = max(0, day + window_of - move.day - most)
            if theirs - between <= most - needed + reach:
                return False
            if seen(earlier.before, asked) == move.inward:
                return True
        if told_at(life, place):
            return False
    return False


def told_at(life: Life, at: int) -> bool:
    """Whether evidence restarts the chain at a crossing."""
    since = life.moves[at - 1].day if at else -1
    return any(since < (day or 0) <= life.moves[at].day for day, _ in life.evidence)
