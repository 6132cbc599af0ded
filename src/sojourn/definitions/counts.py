"""The counts of a source of published tables: which period a row speaks of, which of its columns are figures, what each counts.

A table may be long (one figure in a row) or wide (several columns of figures). What rows are broken down by is mapped as
the columns of any other source are.
"""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sojourn.concepts.columns import COLUMNS
from sojourn.concepts.counts import DIMENSIONS
from sojourn.concepts.indicators import INDICATORS
from sojourn.definitions.model import Model, as_tuple
from sojourn.definitions.yaml import Refused

GIVEN = {
    "RP": "stock", "MI 1.1": "stock", "MI 1.2": "acquisition", "MI 1.3": "immigration", "MI 1.4": "emigration",
}
"""The indicators that published counts can give, each with the measure that gives it."""
BREAKDOWNS = {
    "total": (),
    "sex": ("sex",),
    "age_group": ("age_group",),
    "sex x age_group": ("sex", "age_group"),
    "sex x age_group x birth": ("sex", "age_group"),
    "citizenship_class": ("citizenship_class",),
    "subpopulation": ("birth_class", "citizenship_class"),
    "region": ("region",),
    "month": (),
}
"""The breakdowns in which they can be given, each with the dimensions that it needs."""


class Period(Model):
    """The period of a row: a fixed one, a column that holds it, or columns of years and months.

    A year reads 2016; a month 2016-04, or `format` says how it is written. A fixed one may span: 2012-01..2021-12.
    `year_ends`: the month with which a year ends; it is called by the calendar year in which it ends.
    """

    value: Annotated[str | None, BeforeValidator(lambda each: str(each) if isinstance(each, int) else each)] = None
    column: str | None = None
    format: str | None = None
    year: str | None = None
    month: str | None = None
    year_ends: int = Field(default=12, ge=1, le=12)

    @model_validator(mode="after")
    def one_origin(self) -> "Period":
        if sum(each is not None for each in (self.value, self.column, self.year)) != 1 or (self.month and not self.year):
            raise Refused("tabulated.period_origin")
        if self.value and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?(\.\.\d{4}-(0[1-9]|1[0-2]))?", self.value):
            raise Refused("definitions.period_form", text=self.value)
        return self

    def columns(self) -> tuple[str, ...]:
        return tuple(each for each in (self.column, self.year, self.month) if each)


class Figure(Model):
    """One column of figures: what all its figures have in common, and the column of their standard errors, if there is one."""

    measure: str | None = None
    sex: str | None = None
    age_group: str | None = None
    birth_class: str | None = None
    citizenship_class: str | None = None
    region: str | None = None
    triangle: str | None = None
    cohort: str | None = None
    vintage: str | None = None
    standard_error: str | None = None

    @model_validator(mode="after")
    def known_codes(self) -> "Figure":
        for name, code in self.constants().items():
            if COLUMNS[name].codes and code not in COLUMNS[name].codes:
                raise Refused("tabulated.unknown_constant", column=name, value=code, known=", ".join(COLUMNS[name].codes))
        return self

    def constants(self) -> dict[str, str]:
        """Canonical column to the code that holds for the whole column of figures."""
        return self.model_dump(exclude={"standard_error"}, exclude_none=True)


def as_figures(value: Any) -> Any:
    """`values: count` means the one column `count`, of which nothing is fixed."""
    return {value: {}} if isinstance(value, str) else value


class Counts(Model):
    """What the rows of a source of published counts say.

    `stock_at`: whether the stock of a period stands at its start or its end. `over`: columns over whose values rows are added;
    two rows that differ in nothing else are one figure twice. `factor`: what one published unit stands for (1000 for
    thousands). `gives`: the indicators, each with its breakdowns, that the source gives alone or together with others; `variant`:
    under the name of another definition than the main one.
    """

    period: Period
    values: Annotated[dict[str, Figure], BeforeValidator(as_figures)] = Field(min_length=1)
    stock_at: Literal["start", "end"] | None = None
    over: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = ()
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", "'", " "] = ""
    factor: Decimal = Field(default=Decimal(1), gt=0)
    gives: dict[str, Annotated[tuple[str, ...], BeforeValidator(as_tuple)]] = {}
    variant: str = Field(default="", pattern=r"^[a-z0-9_]*$")

    @model_validator(mode="after")
    def signs_differ(self) -> "Counts":
        if self.decimal == self.thousands:
            raise Refused("tabulated.same_signs", sign=self.decimal)
        return self

    @model_validator(mode="after")
    def gives_what_counts_can(self) -> "Counts":
        for indicator, breakdowns in self.gives.items():
            if indicator not in GIVEN or indicator not in INDICATORS:
                raise Refused("tabulated.not_given", path=("counts", "gives"), indicator=indicator, known=", ".join(GIVEN))
            for each in set(breakdowns) - set(BREAKDOWNS):
                raise Refused("tabulated.unknown_breakdown", path=("counts", "gives"), breakdown=each, known=", ".join(BREAKDOWNS))
        return self

    def raw_columns(self) -> set[str]:
        """The columns that the files must have beside those of the dimensions."""
        errors = {each.standard_error for each in self.values.values() if each.standard_error}
        return {*self.period.columns(), *self.values, *errors, *self.over}

    def check(self, mapped: dict) -> None:
        """Hold the block against the columns that the source maps. Raises Refused."""
        constants = [each.constants() for each in self.values.values()]
        if "measure" not in mapped and not all("measure" in each for each in constants):
            raise Refused("tabulated.no_measure", path=("counts", "values"))
        if "measure" in mapped and mapped["measure"].column and mapped["measure"].otherwise != "reject":
            raise Refused("tabulated.measure_rejects", path=("columns", "measure"))
        if self.stock_at is None and "stock" in measures(mapped, constants):
            raise Refused("tabulated.stock_at", path=("counts",))
        needed = {dimension for found in self.gives.values() for each in found for dimension in BREAKDOWNS[each]}
        needed |= {"birth_class", "citizenship_class"} if "MI 1.1" in self.gives else set()
        present = set(mapped) | {name for each in constants for name in each}
        if lacking := sorted(needed - present):
            raise Refused("tabulated.not_broken_down", path=("counts", "gives"), dimensions=", ".join(lacking))
        if strange := sorted(set(mapped) - {*DIMENSIONS, "measure", "vintage"}):
            raise Refused("tabulated.no_dimension", path=("columns",), columns=", ".join(strange), known=", ".join(DIMENSIONS))


def measures(mapped: dict, constants: list[dict[str, str]]) -> set[str]:
    """The measures that a source can hold; all of them where a code list beside it decides."""
    found = {each["measure"] for each in constants if "measure" in each}
    if "measure" not in mapped:
        return found
    mapping = mapped["measure"]
    coded = set(mapping.codes.values()) if isinstance(mapping.codes, dict) else set(COLUMNS["measure"].codes)
    return found | ({str(mapping.value)} if mapping.value is not None else coded)
