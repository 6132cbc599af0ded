"""Precision: when an estimate from a sample is marked as unreliable, when it is not shown, and how wide its bounds are.

The limits are conventions of offices, not theory, so each stands in the country's file with its unit, the date it holds
from and where it is laid down.
"""

from datetime import date
from decimal import Decimal
from statistics import NormalDist
from typing import Literal

from pydantic import Field

from sojourn.definitions.dated import Reference
from sojourn.definitions.model import Model
from sojourn.errors import Problem, problem
from sojourn.messages import say

TOLERANCE = 0.005
"""How far a multiplier may stand from the normal quantile: offices round it to two or three decimals."""


class Limit(Model):
    """A number with unit, the date it holds from, and its source."""

    value: Decimal = Field(ge=0)
    since: date
    reference: Reference


class Records(Limit):
    """A number of sample records behind an estimate."""

    unit: Literal["records"]


class Percent(Limit):
    """A percentage."""

    unit: Literal["percent"]


class Bounds(Model):
    """Lower and upper bound: the estimate minus and plus `multiplier` standard errors, at `level` confidence."""

    level: Percent
    multiplier: Decimal = Field(gt=0)


class Unreliable(Model):
    """Marked where either limit is passed."""

    records_below: Records
    relative_standard_error_over: Percent


class Suppressed(Model):
    """Not shown below this number of records."""

    records_below: Records


class Precision(Model):
    """How a sample estimate is published."""

    id: str
    kind: Literal["precision"]
    bounds: Bounds
    unreliable: Unreliable
    suppressed: Suppressed

    def prose(self) -> str:
        """Methodology text, in paragraphs of markdown."""
        records, error = self.unreliable.records_below, self.unreliable.relative_standard_error_over
        level, hidden = self.bounds.level, self.suppressed.records_below
        return "\n\n".join(
            [
                say("survey.bounds", level=level.value, multiplier=self.bounds.multiplier, since=level.since, reference=level.reference),
                say("survey.unreliable_records", value=records.value, since=records.since, reference=records.reference),
                say("survey.unreliable_error", value=error.value, since=error.since, reference=error.reference),
                say("survey.suppressed", value=hidden.value, since=hidden.since, reference=hidden.reference),
            ]
        )

    def lint(self) -> list[Problem]:
        """Bounds whose multiplier is not that of their level, and limits in the wrong order."""
        return [each for each in (self._multiplier(), self._order()) if each is not None]

    def _multiplier(self) -> Problem | None:
        level = float(self.bounds.level.value)
        if not 0 < level < 100:
            return problem("survey.level", path=("bounds", "level"), level=self.bounds.level.value)
        right = NormalDist().inv_cdf(0.5 + level / 200)
        if abs(right - float(self.bounds.multiplier)) <= TOLERANCE:
            return None
        return problem("survey.multiplier", path=("bounds", "multiplier"), level=self.bounds.level.value, right=f"{right:.3f}")

    def _order(self) -> Problem | None:
        hidden, marked = self.suppressed.records_below.value, self.unreliable.records_below.value
        if hidden <= marked:
            return None
        return problem("survey.limits_order", path=("suppressed", "records_below"), hidden=hidden, marked=marked)
