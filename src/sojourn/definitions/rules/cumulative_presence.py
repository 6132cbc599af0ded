"""Residence by cumulative presence: so many nights on one side of the border within a window that opens at a crossing.

The outcomes-based measure of Stats NZ (12 months within 16) is the best known case; E/CN.3/2021/11, paragraph 11,
names 9/12 and others.
"""

from typing import Literal

from pydantic import BaseModel

from sojourn.definitions.duration import FROZEN, Duration, Threshold
from sojourn.definitions.rules.checks import not_positive
from sojourn.errors import Problem, problem
from sojourn.messages import say

NAME = "cumulative_presence"


class CumulativePresence(BaseModel):
    """`arrive`: nights in the country that make a resident. `leave`: nights abroad that end residence."""

    model_config = FROZEN
    arrive: Threshold
    leave: Threshold

    def needed(self, side: Literal["arrive", "leave"]) -> Duration:
        """The presence (or absence) that changes a status."""
        return getattr(self, side).needed


def prose(parameters: CumulativePresence) -> list[str]:
    """Methodology sentences with the numbers of these parameters."""
    arrive, leave = parameters.arrive, parameters.leave
    return [
        say("rules.cumulative_arrive", needed=arrive.needed, within=arrive.within),
        say("rules.cumulative_leave", needed=leave.needed, within=leave.within),
        say("rules.cumulative_decided"),
    ]


def lints(parameters: CumulativePresence) -> list[Problem]:
    """What is wrong with the numbers, before anything runs."""
    sides = {"arrive": parameters.arrive, "leave": parameters.leave}
    found = []
    for side, threshold in sides.items():
        found += not_positive(NAME, side, threshold.needed, threshold.within)
        found += needed_over_window(side, threshold)
    return found + both_sides(parameters)


def needed_over_window(side: str, threshold: Threshold) -> list[Problem]:
    """A threshold that no stay can reach: the window is shorter than the nights needed, from some starting day on."""
    same_unit = threshold.needed.unit == threshold.within.unit
    longest = threshold.needed.amount if same_unit else threshold.needed.extremes()[1]
    shortest = threshold.within.amount if same_unit else threshold.within.extremes()[0]
    if longest <= shortest:
        return []
    return [problem("rules.needed_over_window", side=side, needed=threshold.needed, within=threshold.within)]


def both_sides(parameters: CumulativePresence) -> list[Problem]:
    """Thresholds that one window can meet on both sides, so that the status would hang on which was looked at first."""
    needed = sum(parameters.needed(side).extremes()[0] for side in ("arrive", "leave"))
    window = min(parameters.arrive.within.extremes()[1], parameters.leave.within.extremes()[1])
    if needed > window:
        return []
    return [problem("rules.both_sides", arrive=parameters.arrive, leave=parameters.leave, needed=needed, window=window)]
