"""The drawn lives of this folder, on every evaluator: a page of the manual that cannot go out of date."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from sojourn.definitions.case import Case, check_case
from sojourn.definitions.life import parse_life
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.yaml import Refused, load
from sojourn.reference.residence import decide
from tests.generative.fast import evaluate

FOLDER = Path(__file__).parent
FEWEST = 25
"""Fewer drawn lives than this would be a page torn out."""


def drawn() -> Iterator[tuple[str, str, ResidenceRule, Case]]:
    """File, policy for missing crossings, rule and case of every drawn life."""
    for file in sorted(FOLDER.glob("*.yaml")):
        data = load(file).data
        rule = ResidenceRule.model_validate(data["rule"] | {"cases": data["cases"]})
        for case in rule.cases:
            yield file.stem, data.get("missing_crossing", "midpoint"), rule, case


CASES = list(drawn())
NAMES = [f"{file}: {case.name}" for file, _, _, case in CASES]


@pytest.mark.parametrize(("file", "policy", "rule", "case"), CASES, ids=NAMES)
def test_reference(file: str, policy: str, rule: ResidenceRule, case: Case) -> None:
    problems = check_case(case, rule, partial(decide, missing_crossing=policy))
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize(("file", "policy", "rule", "case"), CASES, ids=NAMES)
def test_kernel(file: str, policy: str, rule: ResidenceRule, case: Case) -> None:
    problems = check_case(case, rule, partial(evaluate, missing_crossing=policy))
    assert not problems, "\n".join(map(str, problems))


def test_there_are_enough_and_each_has_its_own_name() -> None:
    assert len(CASES) >= FEWEST
    assert len(set(NAMES)) == len(NAMES)


def test_rules_of_the_cases_have_no_lints() -> None:
    assert [problem for _, _, rule, _ in CASES for problem in rule.lint()] == []


def test_missing_counterpart_is_refused_under_reject() -> None:
    rule = CASES[0][2]
    history = parse_life("born abroad; arrival 2010-01-01; arrival 2010-03-01").history
    with pytest.raises(Refused) as refusal:
        decide(history, rule, missing_crossing="reject")
    assert refusal.value.problem.code == "rules.missing_counterpart"


def test_a_wrong_expectation_is_reported() -> None:
    _, _, rule, case = CASES[0]
    wrong = case.model_copy(update={"expect": ("emigration on 2008-01-10", "known from 2009-03-11")})
    assert [problem.code for problem in check_case(wrong, rule, decide)] == ["rules.case_failed"] * 2
