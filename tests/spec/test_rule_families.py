"""A family of residence rules is five things. A family that lacks one is not a family: it has no words, no judge, no test."""

import re
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from sojourn.definitions import rules
from sojourn.definitions.rules import FAMILIES, Family
from sojourn.definitions.rules.residence import RuleValue
from sojourn.errors import Problem
from sojourn.messages import say
from sojourn.reference import residence as reference
from sojourn.stages.residence import kernel
from tests.generative.mutants import FILES
from tests.generative.strategies import MONTHS, SMALL, rule_of

DRAWN = [rule_of(numbers) for numbers in (*SMALL, *MONTHS)]
"""The rules under which the generator draws lives that reach their edges."""


def room(place: str, family: str) -> bool:
    return find_spec(f"sojourn.{place}.{family}") is not None


def has_parameters(family: Family) -> bool:
    """A model in its own file, and a key of a rule file to write it under."""
    return room("definitions.rules", family.name) and family.name in RuleValue.model_fields


def has_lints(family: Family) -> bool:
    """The lints pass what the generator uses and have something against numbers turned negative."""
    drawn = parameters(family)
    return bool(drawn) and not any(map(family.lints, drawn)) and all(family.lints(negative(each)) for each in drawn)


def negative(drawn):
    """The same parameters with every amount turned negative."""
    return type(drawn).model_validate_json(re.sub(r'(?<="amount":)', "-", drawn.model_dump_json()))


def has_prose(family: Family) -> bool:
    """Sentences, and other sentences for other numbers."""
    told = [tuple(family.prose(each)) for each in parameters(family)]
    return bool(told) and all(map(all, told)) and (len(set(told)) > 1 or len(told) == 1)


def has_reference(family: Family) -> bool:
    return room("reference", family.name) and family.name in reference.SETTLE


def has_kernel(family: Family) -> bool:
    """A fast form, and mutants of it that the tests must notice."""
    return room("stages.residence", family.name) and family.name in kernel.SETTLE and f"residence.{family.name}" in FILES


def has_generator(family: Family) -> bool:
    return bool(parameters(family))


def parameters(family: Family) -> list:
    return [rule.parameters_on(min(rule.values)) for rule in DRAWN if rule.family == family.name]


THINGS: dict[str, Callable[[Family], bool]] = {
    "parameters": has_parameters,
    "lints": has_lints,
    "prose": has_prose,
    "reference form": has_reference,
    "fast form": has_kernel,
    "generator": has_generator,
}


def lacking(family: Family) -> list[str]:
    return [thing for thing, present in THINGS.items() if not present(family)]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_is_complete(name):
    assert FAMILIES[name].name == name
    assert lacking(FAMILIES[name]) == []


def test_the_registers_name_the_same_families():
    assert set(FAMILIES) == set(reference.SETTLE) == set(kernel.SETTLE) == set(RuleValue.model_fields) - {"reference"}
    assert set(FAMILIES) == {rule.family for rule in DRAWN}


def test_a_family_that_is_only_registered_lacks_everything():
    fake = Family("crystal_ball", rules.continuous_stay.ContinuousStay, lambda each: [say("rules.nights")], no_lints)
    assert lacking(fake) == list(THINGS)


def no_lints(drawn: object) -> list[Problem]:
    return []


@pytest.mark.parametrize("thing", ["reference form", "fast form", "lints", "prose", "generator"])
def test_each_thing_is_missed(thing, monkeypatch):
    """One thing taken away from a family that has all."""
    family = FAMILIES["continuous_stay"]
    if thing in ("reference form", "fast form"):
        monkeypatch.delitem((reference if thing == "reference form" else kernel).SETTLE, family.name)
    elif thing == "generator":
        monkeypatch.setattr(f"{__name__}.DRAWN", [rule for rule in DRAWN if rule.family != family.name])
    else:
        change = {"lints": no_lints} if thing == "lints" else {"prose": lambda each: [say("rules.nights")]}
        family = Family(**{"name": family.name, "parameters": family.parameters, "prose": family.prose, "lints": family.lints} | change)
    assert thing in lacking(family)
