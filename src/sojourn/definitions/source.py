"""A source: one file (or set of files) an office holds, mapped to the canonical columns and events.

Everything a reader must know stands here: where the files are, how they are coded, what one record is, which period
is covered. Nothing about the meaning of a column stands here: that is `concepts.columns`.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from sojourn.concepts.columns import COLUMNS
from sojourn.concepts.counts import TOTAL
from sojourn.concepts.evidence import EVENTS, EVIDENCE, KEYED, UNITS
from sojourn.definitions.calendars import DateForm
from sojourn.definitions.counts import Counts
from sojourn.definitions.delivery import DATABASES, Delivery, Files, Format, Withdrawal, in_order
from sojourn.definitions.governance import Governance
from sojourn.definitions.model import Model, as_tuple
from sojourn.definitions.yaml import Refused


class CodeFile(Model):
    """A code list beside the definitions: `from` holds the source's code, `to` the canonical value. CSV in UTF-8, or Excel.

    `sheet`: of an Excel file with more than one.
    """

    file: str
    source: str = Field(default="code", alias="from")
    target: str = Field(default="target", alias="to")
    sheet: str | None = None


class Finer(Model):
    """A second column of the record that tells the place more closely, read by a concordance of its own."""

    column: str
    concordance: str


class ConcordanceRef(Model):
    """The concordance that reads the codes. `on`: the canonical date column whose day decides what a code means."""

    concordance: str
    on: str | None = None
    finer: Finer | None = None


def code_form(codes: Any) -> str:
    """Which of the three ways a code list is written in."""
    held = codes if isinstance(codes, dict) else getattr(type(codes), "model_fields", {})
    return next((each for each in ("file", "concordance") if each in held), "listed")


def text_keys(codes: Any) -> Any:
    """Codes are text: YAML reads 1 as a number where the file has the code "1"."""
    return {str(key): value for key, value in codes.items()} if isinstance(codes, dict) else codes


Codes = Annotated[
    Annotated[CodeFile, Tag("file")]
    | Annotated[ConcordanceRef, Tag("concordance")]
    | Annotated[dict[str, str], BeforeValidator(text_keys), Tag("listed")],
    Discriminator(code_form),
]


class Mapping(DateForm):
    """Where a canonical column comes from. Written short, `sex: gender` is the column alone.

    `otherwise`: what a value outside the code list becomes. `unknown` and `keep` count it as an issue, `reject` rejects
    the record, `missing` says that other values are expected and mean nothing here.
    """

    column: str | None = None
    value: str | int | date | None = None
    codes: Codes | None = None
    missing: tuple[str, ...] = ()
    otherwise: Literal["unknown", "reject", "keep", "missing"] = "unknown"
    required: bool = False

    @model_validator(mode="after")
    def one_origin(self) -> "Mapping":
        if (self.column is None) == (self.value is None):
            raise Refused("definitions.column_or_value")
        return self


def short_form(value: Any) -> Any:
    """`date: crossing_date` means `date: {column: crossing_date}`."""
    return {"column": value} if isinstance(value, str) else value


Column = Annotated[Mapping, BeforeValidator(short_form)]


class Coverage(Model):
    """The period in which every event of the population in scope would be in the source, half open."""

    begin: date = Field(alias="from")
    end: date = Field(alias="until")

    @model_validator(mode="after")
    def in_order(self) -> "Coverage":
        if self.begin >= self.end:
            raise Refused("definitions.coverage_order", begin=self.begin, end=self.end)
        return self


class Identifier(Model):
    """The natural key of the unit: one column, or several that name it together (`column: [SERIALNO, SPORDER]`).

    Keys of one `scheme` name the same units in every source that uses it.
    """

    column: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = Field(min_length=1)
    scheme: str


class Replicates(Model):
    """Replicate weights `prefix1` ... `prefixN` and their variance formula: factor / count x sum of squared differences."""

    prefix: str
    count: int = Field(gt=1)
    method: Literal["successive difference"]
    factor: int = 4


def allowed_codes(name: str, unit: str) -> frozenset[str]:
    """The values that a code list may give a canonical column; none where any value will do. A published row can be a total."""
    codes = EVENTS if name == "event" else COLUMNS[name].codes if name in COLUMNS else ()
    return frozenset(codes) | {"unknown"} | ({TOTAL} if unit == "count" else set()) if codes else frozenset()


class Source(Governance):
    """One source. `event` is a constant kind of event, or the column and codes that tell it; a record that holds both
    the arrival and the departure has no `event` and maps `arrival_date` and `departure_date`.

    `files` is one delivery of which nothing more is known; `deliveries` names several, in the order in which they came.
    `weight_decimals`: to how many decimals weights are kept; every one is then off by half a unit of the last at most.
    `adds_to_population`: whether the weights of a survey add to the population; where not, only its shares are estimates.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    evidence: Literal[EVIDENCE]  # type: ignore[valid-type]
    unit: Literal[UNITS] = "person"  # type: ignore[valid-type]
    note: str = ""
    files: Files = ()
    deliveries: tuple[Delivery, ...] = ()
    withdraws: Withdrawal | None = None
    format: Format = Format()
    missing: tuple[str, ...] = ("",)
    covers: Coverage
    identifier: Identifier | None = None
    record: str | None = None
    received_on: Column | None = None
    event: Annotated[Mapping | None, BeforeValidator(lambda v: {"value": v} if isinstance(v, str) else v)] = None
    date: Column | None = None
    time: Column | None = None
    sequence: Column | None = None
    complete: bool = False
    columns: dict[str, Column] = {}
    weight: str | None = None
    weight_decimals: int = Field(default=0, ge=0, le=8)
    replicates: Replicates | None = None
    adds_to_population: bool = True
    counts: Counts | None = None
    stop_if_rejected_over: float = Field(default=0.05, ge=0, le=1)

    @model_validator(mode="after")
    def delivered(self) -> "Source":
        places = [bool(self.files), bool(self.deliveries)]
        if self.format.type in DATABASES:
            if any(places):
                raise Refused("definitions.database_with_files", path=("format",))
        elif sum(places) != 1 or not all(each.files for each in self.deliveries):
            raise Refused("definitions.files_or_deliveries")
        in_order(self.deliveries, self.record)
        return self

    @model_validator(mode="after")
    def keyed(self) -> "Source":
        if self.unit in KEYED and self.identifier is None:
            raise Refused("definitions.no_identifier", unit=self.unit)
        return self

    @model_validator(mode="after")
    def known_columns(self) -> "Source":
        for name in self.columns:
            if name not in COLUMNS:
                raise Refused("definitions.unknown_column", column=name, known=", ".join(sorted(COLUMNS)))
        return self

    @model_validator(mode="after")
    def known_codes(self) -> "Source":
        for name, mapping in self.columns.items():
            allowed = allowed_codes(name, self.unit)
            foreign = sorted(set(mapping.codes.values()) - allowed) if isinstance(mapping.codes, dict) and allowed else []
            if foreign:
                facts = {"column": name, "targets": ", ".join(foreign), "known": ", ".join(sorted(allowed))}
                raise Refused("definitions.unknown_target", path=("columns", name), **facts)
        return self

    @model_validator(mode="after")
    def dates_alone_have_calendars(self) -> "Source":
        for name, mapping in self.mappings().items():
            if mapping.of_dates() and self.kind_of(name) != "date":
                raise Refused("dates.not_a_date", path=("columns", name), column=name, keys=", ".join(mapping.of_dates()))
        return self

    @model_validator(mode="after")
    def known_events(self) -> "Source":
        for kind in self.event_kinds():
            if kind not in EVENTS:
                raise Refused("definitions.unknown_event", event=kind, known=", ".join(EVENTS))
        return self

    @model_validator(mode="after")
    def dated_events(self) -> "Source":
        if self.event is not None and self.date is None:
            raise Refused("definitions.event_without_date")
        return self

    @model_validator(mode="after")
    def counted(self) -> "Source":
        if (self.unit == "count") != (self.counts is not None):
            raise Refused("tabulated.unit_count", path=("unit",))
        if self.counts is not None:
            self.counts.check(self.columns)
        return self

    @property
    def delivered_in(self) -> tuple[Delivery, ...]:
        """The deliveries in order, numbered from 1 in the tables; a database, or `files` alone, is one."""
        return self.deliveries or (Delivery(id="1", files=self.files),)

    @property
    def says_received(self) -> bool:
        """Whether the day on which the office got a record is known: by a column of its own, or by its delivery."""
        return self.received_on is not None or any(each.received_on for each in self.deliveries)

    @property
    def is_keyed(self) -> bool:
        """Whether the identifier names a person, a respondent or a trip, and becomes a pseudonym at the door."""
        return self.unit in KEYED or (self.unit == "trip" and self.identifier is not None)

    def event_kinds(self) -> tuple[str, ...]:
        """The kinds of event that the source can report."""
        if self.event is None:
            return ()
        if self.event.value is not None:
            return (str(self.event.value),)
        return tuple(sorted(set(self.event.codes.values()))) if isinstance(self.event.codes, dict) else ()

    def mappings(self) -> dict[str, Mapping]:
        """Every canonical column that the source fills from a column of its files, the event's own included."""
        special = {"event": self.event, "date": self.date, "time": self.time, "sequence": self.sequence}
        special["received_on"] = self.received_on
        named = {name: mapping for name, mapping in special.items() if mapping is not None}
        return {name: mapping for name, mapping in {**named, **self.columns}.items() if mapping.column is not None}

    def kind_of(self, name: str) -> str:
        """The kind of a canonical column: that of the registry, or of the event's own columns."""
        own = {"event": "code", "date": "date", "time": "text", "sequence": "integer", "received_on": "date"}
        return own[name] if name in own else COLUMNS[name].kind

    def raw_columns(self) -> set[str]:
        """The columns that the files must have."""
        names = {mapping.column for mapping in self.mappings().values()}
        names |= {each.codes.finer.column for each in self.mappings().values() if isinstance(each.codes, ConcordanceRef) and each.codes.finer}
        names |= set(self.identifier.column) if self.identifier else set()
        names |= {self.withdraws.column} if self.withdraws else set()
        names |= self.counts.raw_columns() if self.counts else set()
        names |= {self.record} if self.record else set()
        return names | set(self.weights())

    def weights(self) -> tuple[str, ...]:
        """The columns of the weight and its replicates."""
        return ((self.weight,) if self.weight else ()) + self.replicate_columns()

    def replicate_columns(self) -> tuple[str, ...]:
        """The replicate weights' columns, in order."""
        if self.replicates is None:
            return ()
        return tuple(f"{self.replicates.prefix}{number}" for number in range(1, self.replicates.count + 1))
