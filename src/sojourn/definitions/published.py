"""A published table: figures of somebody else, or of an earlier release, and the cells of a run that they stand beside.

The file may be long (one figure in a row) or wide (several columns of figures). Whatever names a cell (indicator,
measure, variant, period, breakdown, category) is a fixed value, or a column with codes.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sojourn.definitions.delivery import DATABASES, Format
from sojourn.definitions.model import Model
from sojourn.definitions.source import CodeFile, text_keys
from sojourn.definitions.unweighted import Unweighted
from sojourn.definitions.yaml import Refused

VINTAGES = ("provisional", "final")
NUMBER = r"[+-]?\d+(?:\.\d+)?"
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
"""Signs that print like a space between thousands."""


def as_text(value: Any) -> Any:
    """YAML reads 2016 as a number and 2016-01-01 as a date; a cell holds the text."""
    return str(value) if isinstance(value, (int, float, date)) and not isinstance(value, bool) else value


def listed(value: Any) -> Any:
    """One value where several may stand."""
    return value if isinstance(value, (list, tuple)) else (value,)


Text = Annotated[str, BeforeValidator(as_text)]
Codes = Annotated[CodeFile | dict[str, Text] | None, Field(union_mode="left_to_right"), BeforeValidator(text_keys)]


class Part(Model):
    """One part of a cell's name. Written short, `indicator: RP` is the value for all rows."""

    column: str | None = None
    value: Text | None = None
    codes: Codes = None

    @model_validator(mode="after")
    def one_origin(self) -> "Part":
        if (self.column is None) == (self.value is None):
            raise Refused("definitions.column_or_value")
        return self


def constant(value: Any) -> Any:
    """`measure: stock` means `measure: {value: stock}`."""
    return value if isinstance(value, dict) else {"value": value}


Named = Annotated[Part, BeforeValidator(constant)]


class When(Model):
    """The period of a figure: a fixed one, a column of periods, or columns of years and months.

    `moment`: month and day (01-01) added to a year, for stocks. A period reads 2016, 2016-04, 2016-01..2016-06 or 2016-01-01.
    """

    column: str | None = None
    value: Text | None = None
    codes: Codes = None
    year: str | None = None
    month: str | None = None
    moment: str | None = Field(default=None, pattern=r"^\d{2}-\d{2}$")

    @model_validator(mode="after")
    def one_origin(self) -> "When":
        origins = [each for each in (self.column, self.value, self.year) if each is not None]
        if len(origins) != 1 or (self.month and (self.year is None or self.moment)):
            raise Refused("compare.period_origin")
        return self

    def columns(self) -> set[str]:
        return {each for each in (self.column, self.year, self.month) if each}


class Dimension(Model):
    """One dimension of a table in which a code such as T stands for all: rows with another code are its categories."""

    column: str
    total: str
    codes: Codes = None


class Figures(Model):
    """One column of figures of a wide table: what it says otherwise than the table as a whole."""

    indicator: Text | None = None
    measure: Text | None = None
    variant: Text | None = None
    period: Text | None = None
    breakdown: Text | None = None
    category: Text | None = None
    standard_error: str | None = None


class Signs(Model):
    """How numbers are written. A space stands for every kind of space between thousands."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", "'", "\N{RIGHT SINGLE QUOTATION MARK}", " "] = ""

    @model_validator(mode="after")
    def differ(self) -> "Signs":
        if self.decimal == self.thousands:
            raise Refused("compare.same_signs", sign=self.decimal)
        return self

    def number(self, text: str) -> float | None:
        """A text as a number; None where it is not written with these signs, thousands in threes."""
        plain = re.sub(f"[{_SPACES}]", " ", text.strip()).replace("\N{MINUS SIGN}", "-")
        if self.thousands and self.thousands in plain:
            whole, sign, rest = plain.partition(self.decimal)
            sep = re.escape(self.thousands)
            if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{sep}\d{{3}})+", whole):
                return None
            plain = whole.replace(self.thousands, "") + sign + rest
        if self.decimal == "," and "." in plain:
            return None
        plain = plain.replace(self.decimal, ".")
        return float(plain) if re.fullmatch(NUMBER, plain) else None


class Tolerance(Model):
    """How far ours may be from the published figure: by `absolute` in its unit, or by `relative` of it (0.01 is 1 %);
    the wider of the two holds. `standard_errors`: how many of them a difference may have that is within the error; 1.96
    leaves out 5 % of a normal distribution.
    """

    absolute: float = Field(default=0, ge=0)
    relative: float = Field(default=0, ge=0, le=1)
    standard_errors: float = Field(default=1.96, gt=0)


class Publication(Model):
    """Where the table stands."""

    title: str
    published_on: date
    paragraph: str = ""
    url: str = ""

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.title, self.paragraph, self.published_on, self.url) if part)


class PublishedTable(Unweighted):
    """A file of the folder `published`. Exactly one of `value` (long) and `values` (wide: column to what it holds).

    `breakdowns` instead of `breakdown` and `category`: dimensions, in the order of our crossed breakdowns, of which each row
    uses those whose code is not the total. `factor`: what one published unit stands for (1000 for thousands). `missing`:
    texts in place of a figure that is not given. `only`: rows with these values alone are read; the others are counted.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    reference: Publication
    file: str
    format: Format = Format()
    period: Annotated[When | None, BeforeValidator(lambda value: constant(value) if value is not None else None)] = None
    indicator: Named | None = None
    measure: Named | None = None
    variant: Named = Part(value="")
    breakdown: Named = Part(value="total")
    category: Named = Part(value="total")
    breakdowns: dict[str, Dimension] = {}
    value: str | None = None
    values: dict[Text, Figures] = {}
    standard_error: str | None = None
    status: Named = Part(value="final")
    missing: tuple[str, ...] = ("",)
    only: dict[str, Annotated[tuple[Text, ...], BeforeValidator(listed)]] = {}
    numbers: Signs = Signs()
    factor: float = Field(default=1, gt=0)
    tolerance: Tolerance
    note: str = ""

    @model_validator(mode="after")
    def long_or_wide(self) -> "PublishedTable":
        if (self.value is None) == (not self.values) or (self.standard_error and self.values):
            raise Refused("compare.long_or_wide")
        if self.format.type in DATABASES:
            raise Refused("compare.no_database", path=("format",))
        return self

    @model_validator(mode="after")
    def whole_names(self) -> "PublishedTable":
        """Every figure has an indicator, a measure and a period: of the table or of its column."""
        for name in ("indicator", "measure", "period"):
            own = self.values and all(getattr(each, name) is not None for each in self.values.values())
            if getattr(self, name) is None and not own:
                raise Refused("compare.nameless", key=name)
        if self.breakdowns and {"breakdown", "category"} & self.model_fields_set:
            raise Refused("compare.two_breakdowns")
        return self

    def figures(self) -> dict[str, Figures]:
        """The columns of figures: of a long table the one."""
        return self.values or {str(self.value): Figures(standard_error=self.standard_error)}

    def named(self) -> dict[str, Part]:
        """The parts of a cell's name that are given for the table as a whole, by name."""
        names = ("indicator", "measure", "variant", "status", *(() if self.breakdowns else ("breakdown", "category")))
        return {name: part for name in names if (part := getattr(self, name)) is not None}

    def code_files(self) -> dict[str, CodeFile]:
        """Code lists beside the definitions, by what they code."""
        coded = {**self.named(), **self.breakdowns} | ({"period": self.period} if self.period else {})
        return {name: each.codes for name, each in coded.items() if isinstance(each.codes, CodeFile)}

    def raw_columns(self) -> set[str]:
        """The columns that the file must have."""
        found = {each.column for each in (*self.named().values(), *self.breakdowns.values()) if each.column}
        found |= self.period.columns() if self.period else set()
        found |= set(self.only)
        return found | {name for column, each in self.figures().items() for name in (column, each.standard_error) if name}

    def mappings(self) -> dict:
        """No column holds a date or a code of a record."""
        return {}
