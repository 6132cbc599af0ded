"""Rules of one line: what they say, and what is no rule."""

import pytest

from sojourn.definitions.rules.text import ALWAYS, rule_of
from sojourn.errors import SojournError


def parameters(text: str):
    rule = rule_of(text)
    assert rule.prose()
    return rule.family, rule.parameters_on(ALWAYS)


@pytest.mark.parametrize("text", ["365 days within 487 days", "365 nights  within 487 NIGHTS", "arrive 365 days within 487 days; leave 365 days within 487 days"])
def test_nights_within_a_window(text: str) -> None:
    family, found = parameters(text)
    assert (family, str(found.arrive), str(found.leave)) == ("cumulative_presence", "365 days within 487 days", "365 days within 487 days")


def test_sides_apart() -> None:
    _, found = parameters("arrive 4 months within 6 months; leave 8 months within 12 months")
    assert (str(found.arrive), str(found.leave)) == ("4 months within 6 months", "8 months within 12 months")
    _, found = parameters("arrive 12 months continuous; leave 6 months continuous")
    assert (str(found.arrive), str(found.leave)) == ("12 months", "6 months")


@pytest.mark.parametrize(
    ("ending", "tolerated"),
    [
        ("", (0, 0)),
        (", absences up to 30 days", (30, None)),
        (", absences up to 30 nights each", (30, None)),
        (", absences up to 60 days in total", (None, 60)),
        (", absences up to 30 days each, 60 days in total", (30, 60)),
    ],
)
def test_absences(ending: str, tolerated: tuple) -> None:
    family, found = parameters(f"12 months continuous{ending}")
    assert (family, str(found.arrive), found.tolerated()) == ("continuous_stay", "12 months", tolerated)


@pytest.mark.parametrize(
    "text",
    [
        "", "365", "365 days", "365 within 487", "12 months within", "365 days in 487 days", "1 year within 2 years", "12.5 months continuous",
        "arrive 12 months within 16 months", "arrive 4 months within 6 months; leave 6 months continuous", "12 months continuous, absences up to 2 months",
        "12 months within 16 months, absences up to 30 days", "12 months continuous, absences",
    ],
)  # fmt: skip
def test_what_is_no_rule_shows_the_grammar(text: str) -> None:
    with pytest.raises(SojournError) as error:
        rule_of(text)
    (found,) = error.value.problems
    assert found.code == "rules.text_form" and "12 months continuous, absences up to 30 days each, 60 days in total" in str(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0 days continuous", "not_positive"),
        ("488 days within 487 days", "needed_over_window"),
        ("183 days within 366 days", "both_sides"),
        ("12 months continuous, absences up to 0 days", "not_positive"),
        ("12 months continuous, absences up to 365 days", "absences_over_stay"),
        ("12 months continuous, absences up to 30 days each, 20 days in total", "absences_order"),
    ],
)
def test_numbers_that_cannot_be_meant(text: str, code: str) -> None:
    with pytest.raises(SojournError) as error:
        rule_of(text)
    assert f"rules.{code}" in [each.code for each in error.value.problems]
    assert all(each.part("_why") and each.part("_do") for each in error.value.problems)


def test_the_grammar_shown_is_one_that_is_read() -> None:
    with pytest.raises(SojournError) as error:
        rule_of("?")
    shown = error.value.problems[0].fields["grammar"].splitlines()
    assert len([parameters(line.strip()) for line in shown]) == 7
