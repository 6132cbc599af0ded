"""Temporary mobility: at which lengths a stay is classed, which length ends it, in which bands stays are shown.

E/CN.3/2021/11, Annex I: a person is in the temporary population while stay or permitted stay is below the minimum
duration of residence; paragraphs 38-41: record event, duration and purpose, short stays in days and long ones in
weeks or months.
"""

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field

from sojourn.concepts.mobility import ASSIGNABLE
from sojourn.definitions.dated import Reference, in_force
from sojourn.definitions.duration import Duration
from sojourn.definitions.model import Model
from sojourn.definitions.source import CodeFile
from sojourn.errors import Problem, SojournError, problem
from sojourn.messages import say


class Length(Model):
    """A length of stay in nights, and where it is laid down."""

    length: Duration
    reference: Reference | None = None

    @property
    def nights(self) -> int:
        return self.length.amount


class Bands(Model):
    """First length of each band, in nights, from 0 (a same-day visit); the last band is open."""

    unit: Literal["nights"]
    starts: tuple[int, ...] = Field(min_length=1)
    reference: Reference | None = None

    def labels(self) -> tuple[str, ...]:
        """`0`, `1-3`, ..., `365+`."""
        inner = [str(low) if high == low + 1 else f"{low}-{high - 1}" for low, high in pairwise(self.starts)]
        return (*inner, f"{self.starts[-1]}+")


class SmallBase(Model):
    """Shares of fewer admissions than this are marked unreliable."""

    admissions: int = Field(gt=0)
    unit: Literal["admissions"]
    reference: Reference | None = None


class MobilityValue(Model):
    """The numbers in force from a date on. `residence`: the length from which a stay or a permission is not temporary.

    `small_base`: below how many admissions a share is unreliable; without it no share is marked.
    """

    lengths: tuple[Length, ...] = Field(min_length=1)
    residence: Length
    implausible_permission: Length
    bands: Bands
    small_base: SmallBase | None = None

    def limits(self) -> tuple[Length, ...]:
        return (*self.lengths, self.residence, self.implausible_permission)


class TemporaryMobility(Model):
    """A file of kind `temporary mobility`. `values`: effective date to numbers; that in force at the period's start holds.

    `types`: the table from class of admission to type, a CSV beside the definition, with a citation in each row.
    """

    id: str
    kind: Literal["temporary mobility"]
    types: CodeFile
    values: dict[date, MobilityValue] = Field(min_length=1)

    def value_on(self, day: date) -> MobilityValue:
        """The numbers in force on a day."""
        return in_force(self.values, day)

    def lint(self) -> list[Problem]:
        """Numbers without unit or reference, or that contradict each other."""
        return [found for start, value in sorted(self.values.items()) for found in value_problems(start, value)]

    def prose(self) -> str:
        """The definition as methodology, in markdown paragraphs."""
        parts = [say("mobility.concept"), say("mobility.unit")]
        for start, value in sorted(self.values.items()):
            parts += value_prose(start, value)
        return "\n\n".join(parts + [say(f"mobility.{key}") for key in COMMON_PROSE])


COMMON_PROSE = ("nights", "permission", "classes", "types", "curve", "refused", "overstay", "limits")


def value_problems(start: date, value: MobilityValue) -> list[Problem]:
    """The faults of one set of numbers."""
    path, found = {"path": ("values", start.isoformat())}, []
    found += [problem("mobility.not_nights", date=start, **path) for each in value.limits() if each.length.unit != "days"]
    bases = (value.small_base,) if value.small_base else ()
    cited = [each.reference for each in (*value.limits(), value.bands, *bases)]
    found += [problem("mobility.no_reference", date=start, **path) for each in cited if each is None]
    if value.residence.nights not in [each.nights for each in value.lengths]:
        found.append(problem("mobility.residence_not_classed", date=start, nights=value.residence.nights, **path))
    starts = value.bands.starts
    if starts[0] != 0 or any(low >= high for low, high in pairwise(starts)):
        found.append(problem("mobility.bands_order", date=start, **path))
    cut = [str(each.nights) for each in value.lengths if each.nights not in starts]
    return found + ([problem("mobility.bands_cut", date=start, nights=", ".join(cut), **path)] if cut else [])


def value_prose(start: date, value: MobilityValue) -> list[str]:
    """The sentences of one set of numbers, each with its reference."""
    lines = [say("mobility.in_force", date=start)]
    lines += [f"- {say('mobility.length', nights=each.nights, reference=each.reference)}" for each in value.lengths]
    residence, implausible, base = value.residence, value.implausible_permission, value.small_base
    marked = [say("mobility.small_base", admissions=base.admissions, reference=base.reference)] if base else []
    return [
        "\n".join(lines),
        say("mobility.residence", nights=residence.nights, reference=residence.reference),
        say("mobility.bands", bands=", ".join(value.bands.labels()), reference=value.bands.reference),
        say("mobility.implausible", nights=implausible.nights, reference=implausible.reference),
        *marked,
    ]


def read_types(folder: Path, definition: TemporaryMobility) -> dict[str, str]:
    """Class of admission to type. Raises SojournError where file or column is missing, or a type is not one of ASSIGNABLE."""
    path, types = folder / definition.types.file, definition.types
    if not path.is_file():
        raise SojournError(problem("mobility.no_types", path))
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except UnicodeDecodeError:
        raise SojournError(problem("files.wrong_encoding", path, encoding="utf-8")) from None
    if not rows or not {types.source, types.target} <= set(rows[0]):
        raise SojournError(problem("mobility.types_columns", path, 1, source=types.source, target=types.target))
    known = ", ".join(ASSIGNABLE)
    wrong = [
        problem("mobility.unknown_type", path, number, type=row[types.target], known=known)
        for number, row in enumerate(rows, 2)
        if row[types.target] not in ASSIGNABLE
    ]
    if wrong:
        raise SojournError(*wrong)
    return {row[types.source]: row[types.target] for row in rows}
