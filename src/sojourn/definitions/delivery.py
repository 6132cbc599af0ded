"""How an office receives a source: the form of its files or its database, and its deliveries in order."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from sojourn.definitions.model import Model, as_tuple
from sojourn.definitions.yaml import Refused

TEXT_TYPES = ("csv", "fixed")
DATABASES = ("postgresql", "odbc")
DETECT = "detect"
"""In place of an encoding or a delimiter: it is found in the first file, and said."""


class Format(Model):
    """How the records are written. Stated, or `detect`: found, and said by `sojourn check` and in the manifest.

    `sheet`, `header_row`: of a spreadsheet. `layout`: the file of the columns of a fixed-width file. `connection`: the
    environment variable with the connection string of a database, so that no password stands in a file; then `table` or
    `query` says what to read.
    """

    type: Literal["csv", "parquet", "excel", "spss", "stata", "sas", "fixed", "postgresql", "odbc"] = "csv"
    encoding: str | None = None
    delimiter: str = ","
    sheet: str | None = None
    header_row: int = Field(default=1, ge=1)
    layout: str | None = None
    connection: str | None = None
    table: str | None = None
    query: str | None = None

    @model_validator(mode="after")
    def belongs_to_the_type(self) -> "Format":
        allowed = {
            "csv": {"encoding", "delimiter"}, "excel": {"sheet", "header_row"}, "fixed": {"encoding", "layout"},
            "spss": {"encoding"}, "stata": {"encoding"}, "sas": {"encoding"},
            "postgresql": {"connection", "table", "query"}, "odbc": {"connection", "table", "query"},
        }.get(self.type, set())
        foreign = sorted(self.model_fields_set - allowed - {"type"})
        if foreign:
            raise Refused("definitions.not_of_this_format", type=self.type, keys=", ".join(foreign), known=", ".join(sorted(allowed)) or "-")
        return self

    @model_validator(mode="after")
    def needed_by_the_type(self) -> "Format":
        if self.type == "fixed" and self.layout is None:
            raise Refused("definitions.fixed_without_layout")
        if self.type in DATABASES and (self.connection is None or (self.table is None) == (self.query is None)):
            raise Refused("definitions.database_access")
        return self

    @property
    def text_encoding(self) -> str:
        """The encoding of a text file: UTF-8 where none is stated."""
        return "utf-8" if self.encoding is None else self.encoding


Files = Annotated[tuple[str, ...], BeforeValidator(as_tuple)]


class Delivery(Model):
    """One delivery of a source.

    partial: records beside those of earlier deliveries. snapshot: the whole source anew, in place of all earlier ones.
    correction: records in place of those with the same record key; a record that is new is taken as it is.
    """

    id: str = Field(pattern=r"^[\w.-]+$")
    kind: Literal["partial", "snapshot", "correction"] = "partial"
    received_on: date | None = None
    files: Files = ()


class Withdrawal(Model):
    """The column and its values by which a correction takes a record back without another in its place."""

    column: str
    values: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = Field(min_length=1)


def in_order(deliveries: tuple[Delivery, ...], record: str | None) -> None:
    """Deliveries stand in the order in which they came, by names of their own. Raises Refused."""
    names = [each.id for each in deliveries]
    if len(set(names)) < len(names):
        raise Refused("definitions.double_delivery", path=("deliveries",))
    days = [each.received_on for each in deliveries if each.received_on]
    if days != sorted(days) or 0 < len(days) < len(deliveries):
        raise Refused("definitions.delivery_order", path=("deliveries",))
    if record is None and any(each.kind == "correction" for each in deliveries):
        raise Refused("definitions.correction_without_record", path=("deliveries",))
