"""The rule families this release knows. A family is five things: parameters with prose and lints (here), a reference form
(`reference/<family>.py`), a fast form (`stages/residence/<family>.py`) and drawn lives (`tests/`); this registry names them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sojourn.definitions.rules import continuous_stay, cumulative_presence
from sojourn.errors import Problem


@dataclass(frozen=True)
class Family:
    """A way to decide residence: the model of its parameters, their prose, their lints."""

    name: str
    parameters: type
    prose: Callable[[Any], list[str]]
    lints: Callable[[Any], list[Problem]]


FAMILIES = {
    family.name: family
    for family in (
        Family(
            cumulative_presence.NAME,
            cumulative_presence.CumulativePresence,
            cumulative_presence.prose,
            cumulative_presence.lints,
        ),
        Family(continuous_stay.NAME, continuous_stay.ContinuousStay, continuous_stay.prose, continuous_stay.lints),
    )
}
