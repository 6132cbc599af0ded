"""Statuses that another system gave to the same persons: a file of person, day and status, for two systems side by side."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from sojourn.concepts.populations import STATUSES
from sojourn.definitions.delivery import DATABASES, Delivery, Files, Format
from sojourn.definitions.source import Column, Identifier, Mapping
from sojourn.definitions.unweighted import Unweighted
from sojourn.definitions.yaml import Refused
from sojourn.messages import say

KINDS = {"date": "date", "status": "code", "reason": "text"}


def needed(mapping: Mapping) -> Mapping:
    """A record without the value, or with one that cannot be read, is rejected and counted."""
    return mapping.model_copy(update={"required": True, "otherwise": "reject"})


Needed = Annotated[Column, AfterValidator(needed)]


class ExternalStatuses(Unweighted):
    """A file of kind `external statuses`. Keys of `identifier` become pseudonyms like those of the sources of its scheme.

    `date`: the day at whose start the status held, a column or one day for the whole file. `status`: a column whose codes
    stand for ours. `reason`: the other system's own codes, printed as they are; `codes` give them words.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Literal["external statuses"]
    title: str
    files: Files = Field(min_length=1)
    format: Format = Format()
    missing: tuple[str, ...] = ("",)
    identifier: Identifier
    date: Needed
    status: Needed
    reason: Column | None = None
    note: str = ""

    @model_validator(mode="after")
    def known_statuses(self) -> "ExternalStatuses":
        codes = self.status.codes
        if self.status.column is None or not isinstance(codes, dict) or not set(codes.values()) <= set(STATUSES):
            raise Refused("compare.status_codes", path=("status",), known=", ".join(STATUSES))
        if self.reason is not None and not isinstance(self.reason.codes, dict | None):
            raise Refused("compare.reason_codes", path=("reason",))
        if self.format.type in DATABASES:
            raise Refused("compare.no_database", path=("format",))
        return self

    @property
    def event(self) -> None:
        """None: a status is no event."""
        return None

    @property
    def delivered_in(self) -> tuple[Delivery, ...]:
        """One delivery: what the other system knew when the file was made."""
        return (Delivery(id="1", files=self.files),)

    def columns(self) -> dict[str, Mapping]:
        """What the file says of a person, by name."""
        named = {"date": self.date, "status": self.status, "reason": self.reason}
        return {name: mapping for name, mapping in named.items() if mapping is not None}

    def mappings(self) -> dict[str, Mapping]:
        """Those of the columns that come from a column of the file."""
        return {name: mapping for name, mapping in self.columns().items() if mapping.column is not None}

    def kind_of(self, name: str) -> str:
        return KINDS[name]

    def raw_columns(self) -> set[str]:
        """The columns that the files must have."""
        return {mapping.column for mapping in self.mappings().values() if mapping.column} | set(self.identifier.column)

    def prose(self) -> str:
        """The comparison as methodology, in markdown paragraphs."""
        words = "; ".join(say("compare.status_word", code=code, status=status) for code, status in self.status.codes.items())
        return "\n\n".join(part for part in (say("compare.statuses_prose", title=self.title, words=words), self.note) if part)
