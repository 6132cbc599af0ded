"""Residence by continuous stay: so many uninterrupted nights on one side of the border.

One night on the other side interrupts; going out and coming back on one day does not. E/CN.3/2021/11, Annex II, words
the six-month option as a continuous stay.
"""

from typing import Literal

from pydantic import BaseModel

from sojourn.definitions.duration import FROZEN, Duration
from sojourn.definitions.rules.checks import not_positive
from sojourn.errors import Problem
from sojourn.messages import say

NAME = "continuous_stay"


class ContinuousStay(BaseModel):
    """`arrive`: uninterrupted nights in the country that make a resident. `leave`: uninterrupted nights abroad that end it."""

    model_config = FROZEN
    arrive: Duration
    leave: Duration

    def needed(self, side: Literal["arrive", "leave"]) -> Duration:
        """The presence (or absence) that changes a status."""
        return getattr(self, side)


def prose(parameters: ContinuousStay) -> list[str]:
    """Methodology sentences with the numbers of these parameters."""
    return [
        say("rules.continuous_arrive", needed=parameters.arrive),
        say("rules.continuous_leave", needed=parameters.leave),
        say("rules.continuous_decided"),
    ]


def lints(parameters: ContinuousStay) -> list[Problem]:
    """What is wrong with the numbers, before anything runs. An uninterrupted stay cannot hold on both sides."""
    return not_positive(NAME, "arrive", parameters.arrive) + not_positive(NAME, "leave", parameters.leave)
