"""The fast evaluator against the reference, on lives of every kind: incomplete, late, doubled and complete."""

from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.definitions.history import Decision, Event, History, MissingCrossing
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.yaml import Refused
from sojourn.reference.residence import decide
from tests.generative.fast import evaluate
from tests.generative.judge import Numbers
from tests.generative.strategies import MONTHS, SMALL, draw_life, lives, longest_of, rule_of

REAL = (
    Numbers("months", (12, 16), (12, 16)),
    Numbers("days", (365, 487), (365, 487)),
    Numbers("months", (4, 6), (8, 12)),
    Numbers("months", (12, 12), (6, 6)),
    Numbers("months", (12, 12), (12, 12), absences=(30, 60)),
    Numbers("days", (183, 365), (183, 365)),
)
FIXED = {"deadline": None, "derandomize": True}


def compared(decisions: tuple[Decision, ...]) -> list[tuple]:
    """What both must agree on. A change means something only where a crossing, or a birth in the country, opens."""
    result = []
    for each in decisions:
        crossed = each.opened_by in ("arrival", "departure") or (each.inside and each.opened_by == "birth")
        change = (each.change, each.change_known_on) if crossed else ()
        result.append((each.start, each.end, each.inside, each.imputed, each.before, each.after, each.status, each.known_on, *change))
    return result


def agree(history: History, rule: ResidenceRule, policy: MissingCrossing = "midpoint") -> None:
    """Reference and kernel give the same intervals, where the reference has anything to say.

    A person without a record in the observation is in no table, so the kernel never meets one.
    """
    if not any(history.begin <= each.date <= history.end for each in history.events):
        return
    try:
        expected = compared(decide(history, rule, policy))
    except Refused:
        return
    assert compared(evaluate(history, rule, policy)) == expected


@pytest.mark.parametrize("numbers", SMALL, ids=str)
@pytest.mark.parametrize("late", [0, 12])
def test_small_rules(numbers: Numbers, late: int) -> None:
    @settings(max_examples=200, **FIXED)
    @given(lives(longest_of(numbers), late=late))
    def check(history: History) -> None:
        agree(history, rule_of(numbers))

    check()


@pytest.mark.parametrize("numbers", MONTHS + REAL, ids=str)
def test_real_rules(numbers: Numbers) -> None:
    @settings(max_examples=100, **FIXED)
    @given(lives(longest_of(numbers), most=10, late=40))
    def check(history: History) -> None:
        agree(history, rule_of(numbers))

    check()


def spoilt(seed: int, longest: int) -> History:
    """A life whose records are incomplete, doubled, shuffled, without order inside a day, or before the observation."""
    random = Random(seed)
    history = draw_life(random, longest, most=8, late=6)
    events = [unordered(random, each) for each in history.events if each.kind not in ("arrival", "departure") or random.random() < 0.7]
    events += random.sample(events, min(len(events), random.randrange(3)))
    random.shuffle(events)
    late_begin = random.randrange((history.end - history.begin).days) if random.random() < 0.2 else 0
    return replace(history, events=tuple(events), begin=history.begin + timedelta(days=late_begin))


def unordered(random: Random, event: Event) -> Event:
    """The event with some of its order inside the day lost."""
    clock = time(random.randrange(24)) if random.random() < 0.3 else None
    return replace(event, sequence=event.sequence if random.random() < 0.3 else None, time=clock)


@pytest.mark.parametrize("numbers", SMALL, ids=str)
@pytest.mark.parametrize("policy", ["midpoint", "earliest", "latest"])
def test_spoilt_lives(numbers: Numbers, policy: MissingCrossing) -> None:

    @settings(max_examples=200, **FIXED)
    @given(st.integers(0, 2**32 - 1))
    def check(seed: int) -> None:
        agree(spoilt(seed, longest_of(numbers)), rule_of(numbers), policy)

    check()


def test_dated_values_change_at_the_crossing() -> None:
    """The value in force at a crossing decides it, on both sides of the effective date."""
    rules = [rule_of(numbers) for numbers in (SMALL[0], SMALL[2])]
    old, new = (next(iter(rule.values.values())) for rule in rules)
    dated = rules[0].model_copy(update={"values": {date(2000, 1, 1): old, date(2004, 1, 1): new}})
    for seed in range(100):
        history = draw_life(Random(seed), 10)
        shift = date(2004, 1, 1) - history.begin - timedelta(days=seed % 12)
        events = tuple(replace(each, date=each.date + shift) for each in history.events)
        mother = history.mother and (history.mother[0], history.mother[1] + shift)
        agree(History(events, history.begin + shift, history.end + shift, mother), dated)
