"""The third judge: a replay that asks at every cut E what can be known, and takes the first cut that decides.

It shares no code with the reference evaluator or a kernel, counts every window anew at every cut, and knows only
complete histories: crossings that alternate, in the order of (date, sequence). Days are ordinals here.
"""

import operator
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

MOVES = {"arrival": 1, "birth_in": 1, "departure": 0}
EVIDENCE = {"enumeration": 1, "exclusion": 0}


@dataclass(frozen=True)
class Numbers:
    """A rule without its words: nights needed and nights of the window, for arrivals and departures, and their unit.

    absences: nights that one absence, and all together, may have without interrupting a stay; None where none is tolerated.
    """

    unit: str
    arrive: tuple[int, int]
    leave: tuple[int, int]
    absences: tuple[int, int] | None = None


@dataclass(frozen=True)
class Bounds:
    """The comparisons of the definition, each of which a test can put wrong."""

    needed: int = 0
    spare: int = 0
    enough: Callable[[int, int], bool] = operator.ge
    too_many: Callable[[int, int], bool] = operator.gt


@dataclass
class Row:
    """An interval as first known: status before and after, change, and the first cuts that tell."""

    start: date
    inside: bool
    before: int | None = None
    after: int | None = None
    known_on: date | None = None
    change: str = "undetermined"
    change_known_on: date | None = None


class Overturned(AssertionError):
    """A later look contradicts an earlier one."""


def nights(unit: str, amount: int, day: int) -> int:
    """Nights in an amount of days or calendar months from a day on."""
    if unit == "days":
        return amount
    start = date.fromordinal(day)
    months = start.month - 1 + amount
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])).toordinal() - day


def replay(history, numbers: Numbers, bounds: Bounds = Bounds()) -> list[Row]:
    """Every interval of a life, with the first cut at which its status and its change are known."""
    rows: list[Row] = []
    for cut in cuts(history):
        for index, seen in enumerate(Cut(history, numbers, bounds, cut).rows()):
            if index == len(rows):
                rows.append(Row(seen.start, seen.inside))
            note(rows[index], seen, date.fromordinal(cut))
    return rows


def cuts(history) -> range:
    """Every day of the observation, and on to the day on which the last record or the mother's status is known."""
    received = [each.received or each.date for each in history.events if each.date <= history.end]
    mother = [history.mother[1]] if history.mother else []
    return range(history.begin.toordinal(), max([history.end, *received, *mother]).toordinal() + 1)


def note(row: Row, seen: Row, cut: date) -> None:
    """Enter what a cut tells; what was known before must still be so."""
    row.inside = seen.inside
    row.before = seen.before if row.before is None else row.before
    if row.after is None and seen.after is not None:
        row.after, row.known_on = seen.after, cut
    if row.change == "undetermined" and seen.change != "undetermined":
        row.change, row.change_known_on = seen.change, cut
    if (row.before, row.after, row.change) != (seen.before, seen.after, seen.change):
        raise Overturned(f"{row} {seen}")


class Cut:
    """What can be said at cut E: of events dated up to E, nights before E and records received by E."""

    def __init__(self, history, numbers: Numbers, bounds: Bounds, cut: int) -> None:
        self.numbers, self.bounds, self.cut = numbers, bounds, cut
        self.begin = history.begin.toordinal()
        self.last = min(cut, history.end.toordinal())
        self.events = [each for each in history.events if each.date.toordinal() <= self.last]
        self.moves = sorted((e for e in self.events if e.kind in MOVES), key=lambda e: (e.date, e.kind != "birth_in", e.sequence))
        self.deaths = [each.date.toordinal() for each in self.events if each.kind == "death"]
        self.mother = history.mother

    def received(self, event) -> bool:
        return (event.received or event.date).toordinal() <= self.cut

    def all_received(self, day: int) -> bool:
        """Whether all that happened up to a day has been reported by this cut."""
        told = [each for each in self.events if each.kind in MOVES or each.kind == "death"]
        return all(self.received(each) for each in told if each.date.toordinal() <= day)

    def rows(self) -> Iterator[Row]:
        """The intervals as far as they can be told at this cut."""
        if not any(each.kind != "death" for each in self.events):
            return
        born_in = any(each.kind == "birth_in" for each in self.events)
        status = self.mother_status() if born_in else self.first_status()
        if not born_in:
            yield self.opening(status)
        for event in self.moves:
            row = Row(event.date, MOVES[event.kind] == 1, before=status)
            branches = [self.branch(event, before) for before in (0, 1)]
            followed = branches[status] if status is not None else None
            common = branches[0] if branches[0] == branches[1] else None
            row.after = common if followed is None else followed
            if followed is not None:
                row.change = {(0, 1): "immigration", (1, 0): "emigration"}.get((status, followed), "none")
            elif branches == [0, 1]:
                row.change = "none"
            status = row.after
            yield row

    def opening(self, status: int | None) -> Row:
        births = [each.date for each in self.events if each.kind == "birth_abroad"]
        residents = [each for each in self.events if each.kind == "enumeration"]
        inside = MOVES[self.moves[0].kind] == 0 if self.moves else bool(residents)
        return Row(births[0] if births else date.fromordinal(self.begin), inside, after=status)

    def mother_status(self) -> int | None:
        known = self.mother is not None and self.mother[1].toordinal() <= self.cut
        return self.mother[0] if known else None

    def first_status(self) -> int | None:
        """By a birth abroad, by evidence up to the first crossing, else by how long nothing was seen before it."""
        for event in self.events:
            if event.kind == "birth_abroad":
                return 0 if self.received(event) else None
        until = self.moves[0].date if self.moves else date.max
        evidence = [each for each in self.events if each.kind in EVIDENCE and each.date <= until]
        if evidence:
            latest = max(evidence, key=lambda each: each.date)
            return EVIDENCE[latest.kind] if self.received(latest) else None
        return self.status_of_unseen() if self.moves else None

    def status_of_unseen(self) -> int | None:
        first = self.moves[0].date.toordinal()
        inward = MOVES[self.moves[0].kind]
        needed, _ = self.numbers.leave if inward else self.numbers.arrive
        long_enough = self.begin + nights(self.numbers.unit, needed, self.begin) <= first
        return 1 - inward if long_enough and self.all_received(first) else None

    def branch(self, event, before: int) -> int | None:
        """The status after a crossing, from `before`: by the first cut up to this one that decides, its records received."""
        day = event.date.toordinal()
        if before == MOVES[event.kind]:
            return before if self.all_received(day) else None
        looks = {cut: self.window(event, before, cut) for cut in range(day, self.last + 1)}
        telling = {cut: after for cut, after in looks.items() if after is not None}
        if len(set(telling.values())) > 1:
            raise Overturned(f"{event} {telling}")
        return telling[min(telling)] if telling and self.all_received(min(telling)) else None

    def window(self, event, before: int, cut: int) -> int | None:
        """One look at a window at one cut: count the nights on either side and compare."""
        day, inward = event.date.toordinal(), MOVES[event.kind]
        needed, window = self.numbers.arrive if inward else self.numbers.leave
        needed, window = nights(self.numbers.unit, needed, day), nights(self.numbers.unit, window, day)
        died = [each for each in self.deaths if each <= cut]
        seen = [self.side(night) for night in range(day, min([cut, day + window, *died]))]
        if self.numbers.absences:
            settled = self.tolerant(seen, inward, needed)
            return before if settled is None and died else settled
        here = seen.count(inward)
        if self.bounds.enough(here, needed + self.bounds.needed):
            return inward
        if self.bounds.too_many(len(seen) - here, window - needed + self.bounds.spare):
            return before
        return before if died else None

    def tolerant(self, seen: list[int], inward: int, needed: int) -> int | None:
        """A stay with absences: the other side once one is too long, this side once the duration has passed."""
        each, total = self.numbers.absences
        absences = [len(list(nights)) for side, nights in groupby(seen) if side != inward]
        if sum(absences) > total or any(absence > each for absence in absences):
            return 1 - inward
        return inward if len(seen) == needed else None

    def side(self, night: int) -> int:
        """Where the person is in a night after the first crossing."""
        return [MOVES[each.kind] for each in self.moves if each.date.toordinal() <= night][-1]
