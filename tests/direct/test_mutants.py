"""Every comparison and every boundary in the kernels of the direct door matters: one that is wrong is noticed by the judge."""

from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from sojourn.concepts.codes import NEVER, POLICIES
from sojourn.concepts.evidence import EVENT_CODE
from sojourn.definitions.rules.text import rule_of
from sojourn.stages.presence.kernel import spells_of
from sojourn.tables.layouts import EVENT
from tests.direct.lives import FIRST, RULES, Drawn, draw, widest
from tests.direct.plain import LATE, Question, answers, moves
from tests.generative import mutants as made

KERNELS = ("residence.windows", "residence.proof", "residence.crossings", "residence.listed")
FILES = (*made.FILES[: made.FILES.index("presence.kernel")], *KERNELS)
EPOCH = 719163
"""The ordinal of 1970-01-01."""
PERSONS = 25
"""Lives of each kind."""


def asked(rule: str, number: int) -> tuple[Drawn, Question]:
    longest = widest(RULES[rule])
    drawn = draw(number, longest, persons=PERSONS, number=True, evidence=number % 3 > 0)
    policy = ("unknown", "earliest", "unknown", "latest", "midpoint")[number % 5]
    as_of = FIRST + 2 * longest if number % 4 == 3 else LATE
    return drawn, Question(RULES[rule], FIRST - longest // 2, FIRST + (3 + number % 3) * longest, policy, as_of, number == 6)


@cache
def tables() -> list[tuple[np.ndarray, str, Question, Drawn, list[list[tuple]]]]:
    """Spells, rule, question, lives, and the judge's rows."""
    found = []
    for rule in RULES:
        for number in range(8):
            drawn, question = asked(rule, number)
            wanted = [answers(drawn.lives[name], question) for name in sorted(drawn.lives)]
            found.append((spells(drawn, question), rule, question, drawn, wanted))
    return found


def spells(drawn: Drawn, question: Question) -> np.ndarray:
    """By the kernel of presence, which has mutants of its own; the order inside a day is the judge's."""
    rows = []
    for person, life in sorted(drawn.lives.items()):
        real = [each for each in moves(life.rows, "midpoint") if each.real]
        rows += [(person, place, place, each.day - EPOCH, each.day - EPOCH, 0, EVENT_CODE["arrival" if each.inward else "departure"]) for place, each in enumerate(real)]
    days = [row[3] for row in rows]
    policy = POLICIES.index("earliest" if question.missing == "unknown" else question.missing)
    first, last = min(*days, question.start - EPOCH), max(*days, question.end - EPOCH) + 1
    return spells_of(np.array(rows, EVENT), first, last, policy)[0]


def right(kernels: SimpleNamespace) -> bool:
    return all(rows(kernels, *each[:4]) == each[4] for each in tables())


def rows(kernels: SimpleNamespace, found: np.ndarray, rule: str, question: Question, drawn: Drawn) -> list[list[tuple]]:
    """What the kernels make of the lives, in the judge's words."""
    as_of = NEVER if question.as_of == LATE else question.as_of - EPOCH
    terms = kernels.Terms(rule_of(rule), question.start - EPOCH, question.end - EPOCH, as_of, question.missing == "unknown", question.strict)
    evidence = sorted((name, day - EPOCH if day else -NEVER, value) for name, life in drawn.lives.items() for day, value in life.evidence)
    persons, days, values = (np.array(each, kind) for each, kind in zip(zip(*evidence) if evidence else ((), (), ()), ("i8", "i4", "i1")))
    result: dict[int, list[tuple]] = {name: [] for name in sorted(drawn.lives)}
    for row in kernels.rows_of(found.view(made.as_records(found.dtype)), terms, kernels.Evidence(persons, days, values)):
        statuses = [None if row[name] == 2 else int(row[name]) for name in ("before", "after")]
        change = ("none", "immigration", "emigration", "undetermined")[row["change"]]
        known = None if row["known"] == NEVER else int(row["known"]) + EPOCH
        result[int(row["person"])].append((int(row["day"]) + EPOCH, int(row["inside"]), *statuses, change, known, int(row["days_in"]), int(row["days_observed"])))
    return list(result.values())


def load(mutant: made.Mutant | None = None) -> SimpleNamespace:
    return made.loaded(FILES, mutant)[made.PACKAGE + "residence.listed"]


def noticed(mutant: made.Mutant) -> bool:
    """By a wrong result or by none."""
    try:
        with np.errstate(all="ignore"):
            return not right(load(mutant))
    except (AssertionError, IndexError, KeyError, OverflowError, RecursionError, TypeError, UnboundLocalError, ValueError):
        return True


ALL = tuple(made.mutants(KERNELS))
LONG_WAY = "a shortcut is not taken, and the long way gives the same"
EQUIVALENT = {
    "residence.windows.nights_until: spells[row].start >= until -> spells[row].start > until": "no night of it lies in the window",
    "residence.proof.nothing_changed: at - 1 -> at": "the crossing itself leads to its own side, and evidence at it was looked at before",
    "residence.crossings.decide_crossings: sooner and known > spells[at].start and (change == NO_CHANGE or change == UNDETERMINED)"
    " -> sooner or known > spells[at].start or (change == NO_CHANGE or change == UNDETERMINED)": LONG_WAY,
    "residence.crossings.decide_crossings: status[2] > spells[at].start -> status[2] >= spells[at].start": LONG_WAY,
    "residence.crossings.decide_crossings: known > spells[at].start -> known >= spells[at].start": LONG_WAY,
    "residence.crossings.prove: proved < decisions[at].change_known_on -> proved <= decisions[at].change_known_on": "the same is entered twice",
    "residence.crossings.decide_all: first + 1 -> first": "the day chooses among dated values, and a rule of one line has one",
}
"""Mutants that nothing can notice, and why."""


def test_every_equivalent_mutant_is_a_mutant() -> None:
    assert set(EQUIVALENT) <= {each.name for each in ALL}


def test_the_kernels_as_they_are_pass() -> None:
    assert right(load())


@pytest.mark.parametrize("mutant", [each for each in ALL if each.name not in EQUIVALENT], ids=lambda each: each.name)
def test_every_mutant_is_noticed(mutant: made.Mutant) -> None:
    assert noticed(mutant)
