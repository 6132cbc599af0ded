"""Lints that families share."""

from sojourn.definitions.duration import Duration
from sojourn.errors import Problem, problem


def not_positive(family: str, side: str, *durations: Duration) -> list[Problem]:
    """One problem for each duration of zero or less."""
    return [
        problem("rules.not_positive", family=family, side=side, duration=duration)
        for duration in durations
        if duration.amount <= 0
    ]
