"""Every comparison and every boundary in the kernels matters: a kernel that is wrong in one of them fails its tests.

The tests are the drawn lives of tests/cases and lives drawn at random against the reference, each group of lives as the
persons of one table; calendar steps against the calendar; and what the pairing of crossings writes down as an issue.
A mutant that no test can notice is listed with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest

from sojourn.concepts.codes import OPENED_BY, POLICIES, PRESENCE_ISSUES, UNKNOWN
from sojourn.definitions.duration import add_months
from sojourn.definitions.history import Decision, Event, History, MissingCrossing
from sojourn.definitions.life import parse_life
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.yaml import Refused
from sojourn.reference.history import visible
from sojourn.reference.residence import decide
from tests.cases.test_cases import CASES
from tests.generative.fast import decision, number, rows, with_mother
from tests.generative.mutants import Mutant, as_records, load, mutants
from tests.generative.strategies import MONTHS, SMALL, draw_life, longest_of, rule_of
from tests.generative.test_kernel import spoilt

LONG_WAY = "a shortcut is not taken, and the long way gives the same"
ROOM = "an array has one row more than can ever be written"
EQUIVALENT = {
    "residence.chain.change_of: max(zero[2], one[2]) < known -> max(zero[2], one[2]) <= known": (
        "where both ways leave the status as it was, the change followed is none as well, on the day it is known"
    ),
    "residence.chain.decide_life: status[0] != UNKNOWN -> status[0] == UNKNOWN": LONG_WAY,
    "residence.chain.decide_life: status[2] <= spells[at].start -> status[2] < spells[at].start": LONG_WAY,
    "residence.chain.running_received: spells[last - 1].closed_received > spells[last - 1].end"
    " -> spells[last - 1].closed_received >= spells[last - 1].end": LONG_WAY,
    "residence.chain.running_received: spells[at].received > spells[at].start"
    " -> spells[at].received >= spells[at].start": LONG_WAY,
    "presence.kernel.only_crossings: events[row].code > ARRIVAL -> events[row].code >= ARRIVAL": LONG_WAY,
    "presence.kernel.only_crossings: events[row].day < begin -> events[row].day <= begin": LONG_WAY,
    "presence.kernel.only_crossings: events[row].day > end -> events[row].day >= end": LONG_WAY,
    "presence.kernel.spells_of: len(events) + 1 -> len(events)": ROOM,
    "presence.kernel.spells_of: at + 2 * (last - first) + 1 > len(spells) -> at + 2 * (last - first) + 1 >= len(spells)": ROOM,
    "presence.kernel.spells_of: at + 2 * (last - first) + 1 -> at + 2 * (last - first)": ROOM,
    "presence.kernel.spells_of: 2 * len(spells) + 2 * (last - first) + 1 -> 2 * len(spells) + 2 * (last - first)": ROOM,
}
"""Mutants that nothing can notice, and why."""
LIVES = 40
"""Random lives of each kind."""
DATES = (date(1900, 1, 31), date(1900, 2, 28), date(1999, 12, 31), date(2000, 2, 29), date(2003, 1, 1), date(2004, 1, 29), date(2011, 7, 31), date(2100, 3, 1))

Expected = tuple[list[Decision] | None, Counter]
"""What the reference decides (None where it cannot tell where a person is), and the issues of the life."""


@dataclass(frozen=True)
class Table:
    """Lives observed over the same days under one rule and policy: the persons of one table of events."""

    rule: ResidenceRule
    policy: MissingCrossing
    lives: tuple[History, ...]
    expected: tuple[Expected, ...]


@cache
def tables() -> tuple[Table, ...]:
    """The drawn cases, then random lives; each with a shorter life before it in the table, as its neighbour."""
    cases = [(parse_life(case.life).history, rule, policy) for _, policy, rule, case in CASES]
    made = (table(*each) for each in (*cases, *at_the_beginning(), *random_lives()))
    return tuple(each for each in made if each.lives)


def at_the_beginning() -> Iterator[tuple[History, ResidenceRule, MissingCrossing]]:
    """Deaths on, and just before, the first day of the observation; and a life of arrivals alone."""
    begin = date(2003, 1, 10)
    for day in (begin, begin - timedelta(days=1)):
        for kind in ("enumeration", "arrival"):
            life = History((Event(kind, begin), Event("death", day)), begin, begin + timedelta(days=20))
            yield life, rule_of(SMALL[0]), "midpoint"
    arrivals = tuple(Event("arrival", begin + timedelta(days=2 * place)) for place in range(300))
    yield History(arrivals, begin, date(2005, 1, 1)), rule_of(SMALL[0]), "midpoint"


def random_lives() -> Iterator[tuple[History, ResidenceRule, MissingCrossing]]:
    for numbers in (*SMALL, *MONTHS):
        for seed in range(LIVES):
            yield draw_life(Random(seed), longest_of(numbers), late=12), rule_of(numbers), "midpoint"
            yield spoilt(seed, longest_of(numbers)), rule_of(numbers), POLICIES[seed % len(POLICIES)]
            yield astray(seed, longest_of(numbers)), rule_of(numbers), POLICIES[seed % len(POLICIES)]
    for seed in range(LIVES):
        yield around_a_change_of_values(seed)


def astray(seed: int, longest: int) -> History:
    """A life with evidence that contradicts, crossings before birth and after death, and records outside the observation."""
    random = Random(seed)
    history = draw_life(random, longest, late=6)
    days = [each.date for each in history.events]

    def some_day() -> date:
        return random.choice(days) + timedelta(days=random.choice((-2, -1, 0, 0, 0, 1, 2)))

    kinds = random.choices(("enumeration", "exclusion", "arrival", "departure"), k=random.randrange(5))
    more = [Event(kind, some_day(), time=random.choice((None, time(8)))) for kind in kinds]
    begin = max(history.begin, some_day()) if random.random() < 0.4 else history.begin
    end = some_day() if random.random() < 0.4 else history.end
    return History((*history.events, *more), begin, max(end, begin + timedelta(days=1)), history.mother)


def around_a_change_of_values(seed: int) -> tuple[History, ResidenceRule, MissingCrossing]:
    """A life that crosses on both sides of, and on, the day from which other values hold."""
    history = draw_life(Random(seed), 10)
    values = [next(iter(rule_of(SMALL[index]).values.values())) for index in (0, 2, 3)]
    crossing = history.events[seed % len(history.events)].date
    days = [date(2000, 1, 1), crossing, crossing + timedelta(days=4)]
    return history, rule_of(SMALL[0]).model_copy(update={"values": dict(zip(days, values, strict=True))}), "midpoint"


def table(history: History, rule: ResidenceRule, policy: MissingCrossing) -> Table:
    shorter = replace(history, events=history.events[: len(history.events) // 2])
    lives = tuple(each for each in (shorter, history) if each.events)
    return Table(rule, policy, lives, tuple(expected(each, rule, policy) for each in lives))


def expected(history: History, rule: ResidenceRule, policy: MissingCrossing) -> Expected:
    """By the reference. Under `reject` a life with a missing counterpart has no decisions."""
    imputing = "midpoint" if policy == "reject" else policy
    outside = len(moves(history.events) - moves(visible(history)))
    if any(each.kind == "death" and each.date < history.begin for each in history.events):
        return [], +Counter(outside_life=outside)
    try:
        decided = list(decide(history, rule, imputing))
    except Refused:
        return None, Counter()
    imputed = sum(each.imputed for each in decided)
    reason = "missing_counterpart" if policy == "reject" else "imputed_crossing"
    found = Counter({reason: imputed, "outside_life": outside})
    return ([] if policy == "reject" and imputed else decided), +found


def moves(events: Iterable[Event]) -> set[Event]:
    return {each for each in events if each.kind in ("arrival", "departure")}


def by_kernels(kernels: SimpleNamespace, table: Table) -> list[Expected]:
    """Every life of the table as the kernels see it."""
    events = np.concatenate([rows(replace(history, begin=date.min, end=date.max), person) for person, history in enumerate(table.lives)])
    begin, end = (number(day) for day in (table.lives[0].begin, table.lives[0].end))
    spells, issues = kernels.spells_of(events.view(as_records(events.dtype)), begin, end, POLICIES.index(table.policy))
    for person, history in enumerate(table.lives):
        own = spells[spells["person"] == person]
        if history.mother and len(own):
            with_mother(own, history.mother)
            spells[spells["person"] == person] = own
    decisions = kernels.decisions_of(spells, table.rule, begin)
    found: list[Expected] = [([], Counter()) for _ in table.lives]
    for spell, made in zip(spells, decisions, strict=True):
        assert spell["ordinal"] == len(found[spell["person"]][0])
        assert traced(spell, events)
        found[spell["person"]][0].append(decision(spell, made))
    for issue in issues:
        found[issue["person"]][1][PRESENCE_ISSUES[issue["reason"]]] += 1
    return found


def traced(spell: np.void, events: np.ndarray) -> bool:
    """Whether a spell names the event that opened it: its evidence, if the observation did."""
    named = events[(events["person"] == spell["person"]) & (events["record"] == spell["record"])]
    if OPENED_BY[spell["opened"]] == "begin":
        wanted = [] if spell["initial"] == UNKNOWN else [spell["initial_day"]]
        return list(named["day"]) == wanted and spell["source"] == (0 if wanted else -1)
    return list(named["received"]) == [spell["received"]] and spell["source"] == 0


def same(got: Expected, wanted: Expected) -> bool:
    """Equal in every field, but for the change of an interval that no crossing opens."""
    if wanted[0] is None:
        return True
    return got[1] == wanted[1] and list(map(told, got[0])) == list(map(told, wanted[0]))


def told(each: Decision) -> Decision:
    crossed = each.opened_by in ("arrival", "departure") or (each.inside and each.opened_by == "birth")
    return each if crossed else replace(each, change="none", change_known_on=None)


def right(kernels: SimpleNamespace) -> bool:
    """Whether kernels do all that the tests ask."""
    agreed = all(all(map(same, by_kernels(kernels, each), each.expected)) for each in tables())
    return agreed and all(map(calendar_steps(kernels), DATES))


def calendar_steps(kernels: SimpleNamespace):
    """Whether months added to a day are those of the calendar."""

    def steps(day: date) -> bool:
        start = np.int64(number(day))
        if kernels.civil(start) != (day.year, day.month, day.day):
            return False
        return all(kernels.reach(start, amount, 1) == number(add_months(day, amount)) for amount in range(1, 30))

    return steps


def noticed(mutant: Mutant) -> bool:
    """Whether a mutant fails, by a wrong result or by none."""
    try:
        with np.errstate(all="ignore"):
            return not right(load(mutant))
    except (AssertionError, IndexError, KeyError, OverflowError, RecursionError, TypeError, UnboundLocalError, ValueError):
        return True


ALL = tuple(mutants())


def test_the_kernels_as_they_are_pass() -> None:
    kernels = load()
    for each in tables():
        for got, wanted in zip(by_kernels(kernels, each), each.expected, strict=True):
            assert same(got, wanted), (each, got, wanted)
    assert all(map(calendar_steps(kernels), DATES))


def test_every_equivalent_mutant_is_a_mutant() -> None:
    assert set(EQUIVALENT) <= {each.name for each in ALL}


@pytest.mark.parametrize("mutant", [each for each in ALL if each.name not in EQUIVALENT], ids=lambda each: each.name)
def test_every_mutant_is_noticed(mutant: Mutant) -> None:
    assert noticed(mutant)
