"""From a person's records to the crossings in order: what happened, seen one person at a time.

Written for a reader who wants to know why a number is what it is. Dates and plain sequences only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from sojourn.definitions.history import Event, History, MissingCrossing
from sojourn.definitions.yaml import Refused

__all__ = ["Crossing", "Event", "History", "Presence", "birth_of", "crossings", "death_of", "visible"]


@dataclass(frozen=True)
class Crossing:
    """A change of side on a date. A birth in the country counts as one: from then on the person is in."""

    date: date
    inward: bool
    received: date
    birth: bool = False
    imputed: bool = False


def visible(history: History) -> list[Event]:
    """Each distinct event of the observation, in no particular order; events after a death are not of this life."""
    if any(each.kind == "death" and each.date < history.begin for each in history.events):
        return []
    events = [each for each in dict.fromkeys(history.events) if history.begin <= each.date <= history.end]
    birth, death = birth_of(events), death_of(events)
    first = birth.date if birth else history.begin
    last = death.date if death else history.end
    return [each for each in events if first <= each.date <= last]


def birth_of(events: Iterable[Event]) -> Event | None:
    """The birth, if it lies in the observation."""
    births = [each for each in events if each.kind in ("birth_in", "birth_abroad")]
    return min(births, key=lambda each: each.date, default=None)


def death_of(events: Iterable[Event]) -> Event | None:
    """The death, if it lies in the observation."""
    return min((each for each in events if each.kind == "death"), key=lambda each: each.date, default=None)


def crossings(history: History, missing_crossing: MissingCrossing = "midpoint") -> list[Crossing]:
    """The crossings in order, in and out in turn, a missing counterpart imputed.

    Raises Refused (a ValueError) under the policy `reject` where a counterpart is missing.
    """
    events = visible(history)
    found: list[Crossing] = []
    inside = side_at_birth(events, found)
    moves = [each for each in events if each.kind in ("arrival", "departure")]
    for day in sorted({each.date for each in moves}):
        for event in in_turn([each for each in moves if each.date == day], inside):
            if inside is (event.kind == "arrival"):
                found.append(counterpart(found, events, event, missing_crossing))
            inside = event.kind == "arrival"
            found.append(Crossing(event.date, inside, event.known_from))
    return found


def side_at_birth(events: Iterable[Event], found: list[Crossing]) -> bool | None:
    """Where a birth puts the person; None without one. A birth in the country is added to the crossings."""
    birth = birth_of(events)
    if birth is None:
        return None
    if birth.kind == "birth_in":
        found.append(Crossing(birth.date, True, birth.known_from, birth=True))
    return birth.kind == "birth_in"


def in_turn(events: list[Event], inside: bool | None) -> list[Event]:
    """The crossings of one day in order: by time, then sequence, then in and out in turn from where the person is."""
    waiting = sorted(events, key=lambda each: (order(each), each.source or "", each.record or ""))
    placed: list[Event] = []
    here = bool(inside)
    while waiting:
        level = [each for each in waiting if order(each) == order(waiting[0])]
        crossing = next((each for each in level if (each.kind == "departure") is here), level[0])
        waiting.remove(crossing)
        placed.append(crossing)
        here = crossing.kind == "arrival"
    return placed


def order(event: Event) -> tuple[bool, time, bool, int]:
    """Rank inside a day; an event without a time, or without a number, comes after those with one."""
    return (event.time is None, event.time or time.max, event.sequence is None, event.sequence or 0)


def counterpart(found: list[Crossing], events: Iterable[Event], revealing: Event, policy: MissingCrossing) -> Crossing:
    """The crossing that must lie between the last one and `revealing`, which goes the same way."""
    if policy == "reject":
        raise Refused("rules.missing_counterpart")
    earliest = found[-1].date if found else birth_of(events).date
    half = timedelta(days=(revealing.date - earliest).days // 2)
    days = {"midpoint": earliest + half, "earliest": earliest, "latest": revealing.date}
    return Crossing(days[policy], revealing.kind == "departure", revealing.known_from, imputed=True)


class Presence:
    """Where a person is in each observed night of [begin, end)."""

    def __init__(self, begin: date, end: date, first_side: bool, moves: Iterable[Crossing]) -> None:
        self.begin, self.end = begin, end
        self.nights: list[bool] = []
        side = first_side
        for move in moves:
            self.fill(side, move.date)
            side = move.inward
        self.fill(side, end)

    def fill(self, side: bool, until: date) -> None:
        self.nights += [side] * ((until - self.begin).days - len(self.nights))

    def nights_from(self, day: date) -> list[bool]:
        """One entry per observed night from `day` on: in the country or not."""
        return self.nights[(day - self.begin).days :]
