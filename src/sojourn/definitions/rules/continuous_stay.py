"""Residence by continuous stay: so many uninterrupted nights on one side of the border.

One night on the other side interrupts, unless `absences` are tolerated; going out and coming back on one day does not.
E/CN.3/2021/11, Annex II, words the six-month option as a continuous stay.
"""

from typing import Literal

from pydantic import BaseModel, model_validator

from sojourn.definitions.duration import FROZEN, Duration
from sojourn.definitions.rules.checks import not_positive
from sojourn.definitions.yaml import Refused
from sojourn.errors import Problem, problem
from sojourn.messages import say

NAME = "continuous_stay"


class Absences(BaseModel):
    """Nights on the other side that do not interrupt: of each absence at most `each`, of all together at most `total`.

    An absence is a row of consecutive nights on the other side; of a stay abroad, a visit home is one. Absent nights count
    towards the duration, which runs by the calendar.
    """

    model_config = FROZEN
    each: Duration | None = None
    total: Duration | None = None

    @model_validator(mode="after")
    def in_days(self) -> "Absences":
        if not self.given() or any(each.unit != "days" for each in self.given()):
            raise Refused("rules.absences_form")
        return self

    def given(self) -> list[Duration]:
        """The limits that are stated."""
        return [each for each in (self.each, self.total) if each is not None]


class ContinuousStay(BaseModel):
    """`arrive`: uninterrupted nights in the country that make a resident. `leave`: uninterrupted nights abroad that end it.

    `absences`: what may interrupt either without counting as an interruption; nothing if not stated.
    """

    model_config = FROZEN
    arrive: Duration
    leave: Duration
    absences: Absences | None = None

    def needed(self, side: Literal["arrive", "leave"]) -> Duration:
        """The presence (or absence) that changes a status."""
        return getattr(self, side)

    def tolerated(self) -> tuple[int | None, int | None]:
        """Nights that one absence, and all absences together, may have; None where there is no limit."""
        if self.absences is None:
            return 0, 0
        each, total = self.absences.each, self.absences.total
        return (each and each.amount), (total and total.amount)


def prose(parameters: ContinuousStay) -> list[str]:
    """Methodology sentences with the numbers of these parameters."""
    if parameters.absences is not None:
        return tolerant_prose(parameters, parameters.absences)
    return [
        say("rules.continuous_arrive", needed=parameters.arrive),
        say("rules.continuous_leave", needed=parameters.leave),
        say("rules.continuous_decided"),
    ]


def tolerant_prose(parameters: ContinuousStay, absences: Absences) -> list[str]:
    """The sentences of a stay in which absences are tolerated."""
    limits = {"each": absences.each, "total": absences.total}
    stated = [say(f"rules.absences_{name}", nights=limit) for name, limit in limits.items() if limit is not None]
    return [
        say("rules.tolerant_arrive", needed=parameters.arrive),
        say("rules.tolerant_leave", needed=parameters.leave),
        *stated,
        say("rules.tolerant_decided"),
    ]


def lints(parameters: ContinuousStay) -> list[Problem]:
    """What is wrong with the numbers, before anything runs. An uninterrupted stay cannot hold on both sides."""
    found = not_positive(NAME, "arrive", parameters.arrive) + not_positive(NAME, "leave", parameters.leave)
    return found + absence_lints(parameters)


def absence_lints(parameters: ContinuousStay) -> list[Problem]:
    """Tolerances of nothing, tolerances as long as the stay itself, and a total that one absence cannot reach."""
    absences = parameters.absences
    if absences is None:
        return []
    found = not_positive(NAME, "absences", *absences.given())
    shortest = min(parameters.arrive.extremes()[0], parameters.leave.extremes()[0])
    found += [problem("rules.absences_over_stay", nights=each) for each in absences.given() if each.amount >= shortest]
    if absences.each and absences.total and absences.total.amount < absences.each.amount:
        found.append(problem("rules.absences_order", each=absences.each, total=absences.total))
    return found
