"""The reference evaluator against the third judge, and the laws of a decision's date, on drawn lives."""

import operator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings

from sojourn.definitions.history import Decision, Event, History, Reason
from sojourn.definitions.yaml import Refused
from sojourn.reference.residence import decide
from tests.generative.judge import Bounds, Cut, Numbers, Overturned, replay
from tests.generative.strategies import MONTHS, SMALL, draw_life, lives, longest_of, rule_of

FIXED = {"deadline": None, "derandomize": True}
MUTANTS = {
    "one night more needed": Bounds(needed=1),
    "one night fewer needed": Bounds(needed=-1),
    "more than the nights needed": Bounds(enough=operator.gt),
    "one more night to spare": Bounds(spare=1),
    "one night fewer to spare": Bounds(spare=-1),
    "as many nights as to spare": Bounds(too_many=operator.ge),
}


def compared(rows: list) -> list[tuple]:
    """What reference and judge must agree on. Nothing changes where no crossing opens the interval."""
    result = []
    for row in rows:
        crossed = not isinstance(row, Decision) or row.opened_by in ("arrival", "departure") or row.inside and row.opened_by == "birth"
        change = (row.change, row.change_known_on) if crossed else ("undetermined", None)
        result.append((row.start, row.inside, row.before, row.after, row.known_on, *change))
    return result


def disagreement(history: History, numbers: Numbers, bounds: Bounds = Bounds()) -> tuple | None:
    """Both opinions where they differ."""
    by_reference = compared(decide(history, rule_of(numbers)))
    by_judge = compared(replay(history, numbers, bounds))
    return None if by_reference == by_judge else (by_reference, by_judge)


@pytest.mark.parametrize("numbers", SMALL, ids=str)
def test_reference_and_judge_agree_on_days(numbers: Numbers) -> None:
    @settings(max_examples=300, **FIXED)
    @given(lives(longest_of(numbers)))
    def agree(history: History) -> None:
        assert disagreement(history, numbers) is None

    agree()


@pytest.mark.parametrize("numbers", SMALL, ids=str)
def test_reference_and_judge_agree_on_late_records(numbers: Numbers) -> None:
    @settings(max_examples=150, **FIXED)
    @given(lives(longest_of(numbers), late=12))
    def agree(history: History) -> None:
        assert disagreement(history, numbers) is None

    agree()


@pytest.mark.parametrize("numbers", MONTHS, ids=str)
def test_reference_and_judge_agree_on_months(numbers: Numbers) -> None:
    @settings(max_examples=12, **FIXED)
    @given(lives(longest_of(numbers), most=4))
    def agree(history: History) -> None:
        assert disagreement(history, numbers) is None

    agree()


def seen_at(history: History, cut: date) -> History:
    """The history as it was at a cut: later events and the later knowledge of the mother left out."""
    mother = history.mother if history.mother and history.mother[1] <= cut else None
    return replace(history, events=tuple(each for each in history.events if each.date <= cut), end=cut, mother=mother)


def decided_at(history: History, numbers: Numbers, cut: date) -> tuple[Decision, ...]:
    """The decisions at a cut; none while nothing tells where the person is."""
    try:
        return decide(seen_at(history, cut), rule_of(numbers))
    except Refused:
        return ()


@pytest.mark.parametrize("numbers", SMALL, ids=str)
def test_observing_longer_only_determines(numbers: Numbers) -> None:
    """A status is known at cut E exactly when known_on <= E, and then it is the final one; so is a change."""

    @settings(max_examples=30, **FIXED)
    @given(lives(longest_of(numbers), most=5))
    def law(history: History) -> None:
        final = decide(history, rule_of(numbers))
        for days in range((history.end - history.begin).days + 1):
            cut = history.begin + timedelta(days=days)
            for then, now in zip(decided_at(history, numbers, cut), final):
                known = now.known_on is not None and now.known_on <= cut
                assert then.after == (now.after if known else None)
                told = now.change_known_on is not None and now.change_known_on <= cut
                if now.opened_by in ("arrival", "departure"):
                    assert then.change == (now.change if told else "undetermined")

    law()


def test_the_drawn_lives_reach_every_reason() -> None:
    """A comparison is worth what its examples reach."""
    random = Random(2020)
    drawn = [decide(draw_life(random, 8), rule_of(SMALL[0])) for _ in range(200)]
    reached = {decision.reason for decisions in drawn for decision in decisions}
    assert reached == set(get_args(Reason))


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("numbers", SMALL[:4], ids=str)
def test_a_wrong_comparison_would_be_noticed(numbers: Numbers, mutant: str) -> None:
    """The lives drawn here reach every edge of the rule: a definition that is off by one night is found out."""
    random = Random(2016)
    lives_tried = (draw_life(random, longest_of(numbers)) for _ in range(100))
    assert any(noticed(history, numbers, MUTANTS[mutant]) for history in lives_tried)


def noticed(history: History, numbers: Numbers, bounds: Bounds) -> bool:
    """Whether the wrong definition contradicts the reference, or itself at a later cut."""
    try:
        return disagreement(history, numbers, bounds) is not None
    except Overturned:
        return True


def test_the_judge_notices_a_status_that_is_overturned() -> None:
    """Ruled out too soon, then reached all the same: a replay under a wrong comparison contradicts itself."""
    arrival = Event("arrival", date(2003, 1, 2), sequence=1)
    history = History((Event("exclusion", date(2003, 1, 1)), arrival), date(2003, 1, 1), date(2003, 2, 1))
    with pytest.raises(Overturned):
        replay(history, Numbers("days", (3, 5), (3, 5)), Bounds(too_many=operator.le))


def test_the_worked_example_by_the_judge() -> None:
    """2008-01-10: V = 366, 143 nights in before an absence of 61; known on 2009-03-12."""
    days = (("arrival", 2008, 1, 10), ("departure", 2008, 6, 1), ("arrival", 2008, 8, 1))
    events = [Event(kind, date(*day), sequence=number) for number, (kind, *day) in enumerate(days)]
    history = History((Event("exclusion", date(2008, 1, 1)), *events), date(2008, 1, 1), date(2009, 3, 20))
    cuts = [date(2009, 3, day).toordinal() for day in (11, 12)]
    looks = [list(Cut(history, Numbers("months", (12, 16), (12, 16)), Bounds(), cut).rows())[1] for cut in cuts]
    assert [look.change for look in looks] == ["undetermined", "immigration"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("numbers", SMALL, ids=str)
def test_every_life_of_four_crossings(numbers: Numbers) -> None:
    """All gaps of 0 to 6 days between four crossings, from both sides."""
    for first, *gaps in product((0, 1), *[range(7)] * 4):
        day, events = date(2003, 1, 1), []
        for number, gap in enumerate(gaps):
            day += timedelta(days=gap)
            events.append(Event(("arrival", "departure")[(first + number) % 2], day, sequence=number))
        assert disagreement(History(tuple(events), date(2003, 1, 1), day + timedelta(days=9)), numbers) is None
