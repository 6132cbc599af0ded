"""Cases: drawn lives and what is expected of them. They stand in a rule file and run on every evaluator.

Lines of `expect`:

    immigration on DATE, emigration on DATE, no change on DATE, undetermined change on DATE    of the crossing on DATE
    resident on DATE, temporary on DATE, absent on DATE, undetermined on DATE
    known from DATE                                      the day from which the line before it is known
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, field_validator

from sojourn.definitions.duration import FROZEN
from sojourn.definitions.history import Decision, History, decision_on
from sojourn.definitions.life import DAY, day_of, parse_life
from sojourn.definitions.yaml import Refused
from sojourn.errors import Problem, problem
from sojourn.messages import say


class Expectation(BaseModel):
    """One line of `expect`: a change or a status on a date, or the day from which the one before it is known."""

    model_config = FROZEN
    text: str
    about: str
    word: str
    day: date


EXPECT = re.compile(
    rf"(?:(?P<change>immigration|emigration|no\s+change|undetermined\s+change)\s+on"
    rf"|(?P<status>resident|temporary|absent|undetermined)\s+on|(?P<known>known)\s+from)\s+(?P<day>{DAY})"
)


def parse_expectation(text: str) -> Expectation:
    """Raises Refused for words that are not of the notation."""
    match = EXPECT.fullmatch(str(text).strip())
    if match is None:
        raise Refused("rules.expectation", text=text)
    about = next(name for name in ("change", "status", "known") if match.group(name))
    word = " ".join(match.group(about).split())
    word = {"no change": "none", "undetermined change": "undetermined"}.get(word, word)
    return Expectation(text=str(text).strip(), about=about, word=word, day=day_of(match.group("day"), str(text)))


class Case(BaseModel):
    """A drawn life and what is expected of it."""

    model_config = FROZEN
    name: str
    life: str
    expect: tuple[str, ...]

    @field_validator("life")
    @classmethod
    def life_can_be_read(cls, text: str) -> str:
        parse_life(text)
        return text

    @field_validator("expect")
    @classmethod
    def expectations_can_be_read(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        expectations = [parse_expectation(line) for line in lines]
        for before, each in zip([None, *expectations], expectations):
            if each.about == "known" and (before is None or before.about == "known"):
                raise Refused("rules.known_of_nothing", text=each.text)
        return lines


def check_case(case: Case, rule: Any, evaluate: Callable[[History, Any], Sequence[Decision]]) -> list[Problem]:
    """Every expectation that the decisions of `evaluate` do not meet. Empty when the case holds."""
    decisions = evaluate(parse_life(case.life).history, rule)
    found, named = [], None
    for line in case.expect:
        expectation = parse_expectation(line)
        got, named = answer(expectation, decisions, named)
        if got != wanted(expectation):
            found.append(problem("rules.case_failed", rule=rule.id, case=case.name, expected=line, found=got))
    return found


def wanted(expectation: Expectation) -> str:
    """The answer that meets the expectation."""
    return str(expectation.day) if expectation.about == "known" else expectation.word


def answer(expectation: Expectation, decisions: Sequence[Decision], named: Any) -> tuple[str, Any]:
    """What the decisions say, and the known_on to which a following `known from` refers."""
    if expectation.about == "known":
        return (str(named) if named else say("rules.never_known")), named
    if expectation.about == "status":
        decision = decision_on(decisions, expectation.day)
        return (decision.status, decision.known_on) if decision else (say("rules.outside_life"), None)
    return change_on(expectation, decisions)


def change_on(expectation: Expectation, decisions: Sequence[Decision]) -> tuple[str, date | None]:
    """The change of the crossing on a day; with several, the one expected if it is among them ("none": if no other is)."""
    crossings = [each for each in decisions if each.start == expectation.day and each.opened_by != "begin"]
    if not crossings:
        return say("rules.no_crossing"), None
    none = expectation.word == "none"
    telling = [each for each in crossings if (each.change == expectation.word) != none] or crossings
    return telling[0].change, telling[0].change_known_on
