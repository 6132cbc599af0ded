"""Trips of visitors: which stays are temporary, in which bands they are shown, how long a month waits for its nights.

E/CN.3/2021/11, Annex I: the temporary population stays below the minimum duration of residence; paragraph 24: tourism is
one of its examples; paragraph 39: populations by average time in the country; paragraph 41: short stays in days, long
ones in weeks or months.
"""

from datetime import date
from itertools import pairwise
from typing import Literal

from pydantic import Field

from sojourn.definitions.dated import Reference, in_force
from sojourn.definitions.duration import Duration
from sojourn.definitions.model import Model
from sojourn.definitions.temporary_mobility import Bands, Length
from sojourn.errors import Problem, problem
from sojourn.messages import say


class Awaited(Model):
    """For how many months after a month the trips that end then still bring nights of it."""

    length: Duration
    reference: Reference | None = None

    @property
    def months(self) -> int:
        return self.length.amount


class Few(Model):
    """An estimate that rests on fewer records of the sample than this is marked unreliable."""

    records: int = Field(gt=0)
    unit: Literal["records"]
    reference: Reference | None = None


class TripValue(Model):
    """The numbers in force from a date on. `residence`: the length from which a stay is not temporary.

    `awaited`: a calendar month has all its nights when the trips that ended in it and in so many months after it are known.
    """

    residence: Length
    bands: Bands
    awaited: Awaited
    unreliable: Few

    def cited(self) -> tuple[Reference | None, ...]:
        return (self.residence.reference, self.bands.reference, self.awaited.reference, self.unreliable.reference)


class Trips(Model):
    """A file of kind `trips`. `values`: effective date to numbers; that in force at the period's start holds."""

    id: str
    kind: Literal["trips"]
    values: dict[date, TripValue] = Field(min_length=1)

    def value_on(self, day: date) -> TripValue:
        """The numbers in force on a day."""
        return in_force(self.values, day)

    def lint(self) -> list[Problem]:
        """Numbers in a wrong unit, without a reference, or out of order."""
        return [found for start, value in sorted(self.values.items()) for found in value_problems(start, value)]

    def prose(self) -> str:
        """The definition as methodology, in markdown paragraphs."""
        parts = [say("trips.concept"), say("trips.unit")]
        for start, value in sorted(self.values.items()):
            parts += value_prose(start, value)
        return "\n\n".join(parts + [say(f"trips.{key}") for key in COMMON_PROSE])


COMMON_PROSE = ("measures", "spread", "edges", "stages", "no_errors", "transit", "limits")


def value_problems(start: date, value: TripValue) -> list[Problem]:
    """The faults of one set of numbers."""
    path, starts = {"path": ("values", start.isoformat())}, value.bands.starts
    found = [problem("trips.no_reference", date=start, **path) for each in value.cited() if each is None]
    if value.residence.length.unit != "days":
        found.append(problem("trips.not_nights", date=start, **path))
    if value.awaited.length.unit != "months" or value.awaited.months < 1:
        found.append(problem("trips.not_months", date=start, **path))
    if starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
        found.append(problem("trips.bands_order", date=start, **path))
    return found


def value_prose(start: date, value: TripValue) -> list[str]:
    """The sentences of one set of numbers, each with its reference."""
    residence, awaited, few = value.residence, value.awaited, value.unreliable
    return [
        say("trips.residence", date=start, nights=residence.nights, reference=residence.reference),
        say("trips.bands", bands=", ".join(value.bands.labels()), reference=value.bands.reference),
        say("trips.awaited", months=awaited.months, reference=awaited.reference),
        say("trips.unreliable", records=few.records, reference=few.reference),
    ]
