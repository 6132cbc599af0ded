"""Residence rules as definitions: what is accepted, what is refused, lints, prose."""

from datetime import date

import pytest
from pydantic import ValidationError

from sojourn.definitions.rules import FAMILIES
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.reference.residence import SETTLE

REFERENCE = {"title": "Population Statistics Act", "paragraph": "4(2)"}
TWELVE_OF_SIXTEEN = "12 months within 16 months"


def written(family: str = "cumulative_presence", **values: object) -> dict:
    """A rule as its file would give it; `values` are the parameters."""
    parameters = values or {"arrive": TWELVE_OF_SIXTEEN, "leave": TWELVE_OF_SIXTEEN}
    return {
        "id": "usual-residence",
        "concept": "resident population (b)",
        "rule": {"first_decides": ["death", family]},
        "values": {date(2001, 1, 1): {family: parameters, "reference": REFERENCE}},
    }


def rule(family: str = "cumulative_presence", **values: object) -> ResidenceRule:
    return ResidenceRule.model_validate(written(family, **values))


def refusals(data: dict) -> list[str]:
    """The catalogue codes with which a written rule is refused."""
    with pytest.raises(ValidationError) as error:
        ResidenceRule.model_validate(data)
    return [each["ctx"]["error"].problem.code for each in error.value.errors()]


def codes(rule: ResidenceRule) -> list[str]:
    """The lints of a rule; each must have its three texts."""
    found = rule.lint()
    assert all(each.part("") and each.part("_why") and each.part("_do") for each in found)
    return [each.code for each in found]


def test_every_family_has_a_reference_form() -> None:
    assert set(SETTLE) == set(FAMILIES)


def test_a_sound_rule_has_no_lints() -> None:
    assert codes(rule()) == []
    assert codes(rule("continuous_stay", arrive="12 months", leave="6 months")) == []


def test_the_value_in_force_gives_the_parameters() -> None:
    data = written()
    data["values"]["2015-01-01"] = {"cumulative_presence": {"arrive": "9 months within 12 months", "leave": "9 months within 12 months"}}
    dated = ResidenceRule.model_validate(data)
    assert str(dated.parameters_on(date(2014, 12, 31)).arrive) == TWELVE_OF_SIXTEEN
    assert str(dated.parameters_on(date(2015, 1, 1)).arrive) == "9 months within 12 months"
    assert codes(dated) == ["rules.reference_missing"]


@pytest.mark.parametrize(
    ("arrive", "leave", "expected"),
    [
        ("183 days within 365 days", "183 days within 365 days", []),
        ("183 days within 366 days", "183 days within 366 days", ["rules.both_sides"]),
        ("6 months within 12 months", "6 months within 12 months", ["rules.both_sides"]),
        ("7 months within 12 months", "7 months within 12 months", []),
        ("4 months within 6 months", "8 months within 12 months", []),
        ("3 months within 6 months", "3 months within 12 months", ["rules.both_sides"]),
        ("16 months within 12 months", TWELVE_OF_SIXTEEN, ["rules.needed_over_window"]),
        ("12 months within 365 days", "12 months within 365 days", ["rules.needed_over_window"] * 2),
        ("12 months within 12 months", "12 months within 12 months", []),
        ("0 days within 5 days", "3 days within 5 days", ["rules.not_positive", "rules.both_sides"]),
        ("-3 days within 5 days", "9 days within 9 days", ["rules.not_positive"]),
    ],
)
def test_lints_of_cumulative_presence(arrive: str, leave: str, expected: list[str]) -> None:
    assert codes(rule(arrive=arrive, leave=leave)) == expected


def test_lints_of_continuous_stay() -> None:
    assert codes(rule("continuous_stay", arrive="0 days", leave="-1 months")) == ["rules.not_positive"] * 2


def test_a_number_without_unit_is_refused() -> None:
    assert refusals(written("continuous_stay", arrive=12, leave="12 months")) == ["rules.unit_missing"]
    assert refusals(written(arrive="12 within 16 months", leave=TWELVE_OF_SIXTEEN)) == ["rules.unit_missing"]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (["declared_intention"], "rules.unknown_family"),
        (["death"], "rules.one_family"),
        (["cumulative_presence", "death"], "rules.one_family"),
        (["cumulative_presence", "continuous_stay"], "rules.one_family"),
    ],
)
def test_an_order_that_this_release_cannot_decide_is_refused(order: list[str], code: str) -> None:
    assert refusals(written() | {"rule": {"first_decides": order}}) == [code]


def test_parameters_of_another_family_are_refused() -> None:
    assert refusals(written() | {"rule": {"first_decides": ["continuous_stay"]}}) == ["rules.value_family"]


def test_a_case_that_cannot_be_read_is_refused_with_the_rule() -> None:
    case = {"name": "typing error", "life": "born abroad; inn 2010-01-01", "expect": ["resident on 2010-01-01"]}
    assert refusals(written() | {"cases": [case]}) == ["rules.life_part"]


@pytest.mark.parametrize("family", FAMILIES)
def test_prose_holds_the_numbers_and_the_reference(family: str) -> None:
    values = {"cumulative_presence": (TWELVE_OF_SIXTEEN, "9 months within 11 months"), "continuous_stay": ("7 months", "91 days")}
    arrive, leave = values[family]
    text = rule(family, arrive=arrive, leave=leave).prose()
    for amount in " within ".join((arrive, leave)).split(" within "):
        assert amount in text
    assert "Population Statistics Act, 4(2)" in text and "2001-01-01" in text
    for word in ("nights", "Months are calendar months", "death", "both possibilities", "known"):
        assert word in text
    assert "{" not in text
