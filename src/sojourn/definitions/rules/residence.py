"""The residence rule of a country: a concept, the family that decides, its dated and cited numbers, drawn lives.

One rule serves stocks and flows alike (E/CN.3/2021/11, paragraphs 30-31).
"""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from sojourn.definitions.case import Case
from sojourn.definitions.dated import Reference, in_force
from sojourn.definitions.duration import FROZEN
from sojourn.definitions.rules import FAMILIES
from sojourn.definitions.rules.continuous_stay import ContinuousStay
from sojourn.definitions.rules.cumulative_presence import CumulativePresence
from sojourn.definitions.yaml import Refused
from sojourn.errors import Problem, problem
from sojourn.messages import say

DEATH = "death"
"""Always decides first, whether a rule names it or not: a status ends at death."""


class Order(BaseModel):
    """Which family decides first. This release knows one family of presence, after death."""

    model_config = FROZEN
    first_decides: tuple[str, ...]

    @field_validator("first_decides")
    @classmethod
    def known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in names if name not in FAMILIES and name != DEATH]
        if unknown:
            raise Refused("rules.unknown_family", family=", ".join(unknown), known=", ".join(FAMILIES))
        if len([name for name in names if name != DEATH]) != 1 or DEATH in names[1:]:
            raise Refused("rules.one_family", known=", ".join(FAMILIES))
        return names

    @property
    def family(self) -> str:
        """The family of presence."""
        return self.first_decides[-1]


class RuleValue(BaseModel):
    """The parameters in force from a date on, under the name of their family, and where they are laid down."""

    model_config = FROZEN
    cumulative_presence: CumulativePresence | None = None
    continuous_stay: ContinuousStay | None = None
    reference: Reference | None = None


class ResidenceRule(BaseModel):
    """A rule file. `values` maps effective date to parameters; the value in force at a crossing's date decides it."""

    model_config = FROZEN
    id: str
    kind: Literal["residence rule"] = "residence rule"
    concept: str
    rule: Order
    values: dict[date, RuleValue] = Field(min_length=1)
    cases: tuple[Case, ...] = ()

    @model_validator(mode="after")
    def values_of_the_family(self) -> "ResidenceRule":
        for start, value in self.values.items():
            given = value.model_fields_set - {"reference"}
            if given != {self.family} or getattr(value, self.family) is None:
                raise Refused("rules.value_family", date=start, family=self.family)
        return self

    @property
    def family(self) -> str:
        """Name of the presence family, a key of `rules.FAMILIES`."""
        return self.rule.family

    def parameters_on(self, day: date) -> Any:
        """The family's parameters for a crossing on `day`."""
        return getattr(in_force(self.values, day), self.family)

    def lint(self) -> list[Problem]:
        """Every fault of the numbers and every value without a reference. Empty when the rule can run."""
        found = []
        for start, value in sorted(self.values.items()):
            found += FAMILIES[self.family].lints(getattr(value, self.family))
            if value.reference is None:
                found.append(problem("rules.reference_missing", rule=self.id, date=start))
        return found

    def prose(self) -> str:
        """The rule as methodology: paragraphs in reading order, every number with its reference."""
        sentences = [say("rules.concept", concept=self.concept), say("rules.nights"), say("rules.months")]
        for start, value in sorted(self.values.items()):
            sentences.append(say("rules.in_force", date=start, reference=value.reference or say("rules.no_reference")))
            sentences += FAMILIES[self.family].prose(getattr(value, self.family))
        return "\n\n".join(sentences + [say(f"rules.{key}") for key in COMMON_PROSE])


COMMON_PROSE = (
    "kept", "dating", "chain", "first_status", "birth", "death", "unknown_before", "known_on", "open_window",
    "missing_crossing", "same_day",
)  # fmt: skip
