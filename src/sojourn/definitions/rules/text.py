"""A residence rule as one line of text, for commands that need no rule file.

    365 days within 487 days                          nights on one side inside a window, alike for arrival and departure
    arrive 4 months within 6 months; leave 8 months within 12 months
    12 months continuous                              one uninterrupted stay; `arrive ...; leave ...` here too
    12 months continuous, absences up to 30 days      each absence at most so long
    12 months continuous, absences up to 60 days in total
    12 months continuous, absences up to 30 days each, 60 days in total

Lengths are days (nights are the same) or calendar months; absences are in days.
"""

import re
from datetime import date
from typing import Any

from sojourn.definitions.rules import FAMILIES
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.errors import SojournError, problem
from sojourn.messages import say

LENGTH = r"(\d+ (?:days?|nights?|months?))"
DAYS = r"(\d+ (?:days?|nights?))"
WITHIN = re.compile(f"{LENGTH} within {LENGTH}")
CONTINUOUS = re.compile(f"{LENGTH} continuous")
SIDES = re.compile(r"arrive (.+?) ?; ?leave (.+)")
ABSENCES = re.compile(rf"(.+?)\s?,\s?absences\sup\sto\s(?:{DAYS}(?:\seach)?|{DAYS}\sin\stotal|{DAYS}\seach\s?,(?:\sand)?\s?{DAYS}\sin\stotal)")
ALWAYS = date(1, 1, 1)
"""A rule of one line has one value, in force on every day."""


def rule_of(text: str) -> ResidenceRule:
    """The rule that the text states. Raises SojournError with the grammar, or with every fault of the numbers."""
    words = " ".join(str(text).lower().split())
    parameters = _parameters(words)
    if parameters is None:
        raise SojournError(problem("rules.text_form", text=text, grammar=say("rules.text_grammar")))
    rule = ResidenceRule.model_validate(_written(words, *parameters))
    faults = FAMILIES[rule.family].lints(rule.parameters_on(ALWAYS))
    if faults:
        raise SojournError(*faults)
    return rule


def _written(words: str, family: str, values: dict[str, Any]) -> dict[str, Any]:
    """The rule as a file would give it."""
    return {
        "id": "rule-of-one-line",
        "concept": words,
        "rule": {"first_decides": [family]},
        "values": {ALWAYS: {family: values}},
    }


def _parameters(words: str) -> tuple[str, dict[str, Any]] | None:
    """Family and parameters; None where the text is not of the grammar."""
    tolerant = ABSENCES.fullmatch(words)
    if tolerant is None:
        return _sides(words)
    found = _sides(tolerant[1])
    if found is None or found[0] != "continuous_stay":
        return None
    limits = {"each": tolerant[2] or tolerant[4], "total": tolerant[3] or tolerant[5]}
    return found[0], found[1] | {"absences": {name: limit for name, limit in limits.items() if limit}}


def _sides(words: str) -> tuple[str, dict[str, Any]] | None:
    """The thresholds of both sides, stated once or apart, in one family."""
    apart = SIDES.fullmatch(words)
    arrive, leave = (apart[1], apart[2]) if apart else (words, words)
    for family, form in (("cumulative_presence", WITHIN), ("continuous_stay", CONTINUOUS)):
        found = form.fullmatch(arrive), form.fullmatch(leave)
        if all(found):
            texts = [" within ".join(each.groups()) for each in found]
            return family, {"arrive": texts[0], "leave": texts[1]}
    return None
