"""A concordance: the office's country codes as ISO 3166-1 alpha-3, each over the dates on which it meant that country.

Borders. The framework does not say whether a birthplace is read in the borders of the day of birth or of today
(E/CN.3/2021/11, Annex I). `now` is the European Union's definition where the information is available (Commission
Implementing Regulation (EU) No 205/2014, article 2(b)); `then` is national practice in some countries, and how it tells
native-born from foreign-born is a reconstruction. A country states one, and the effect of the other is printed.
"""

from typing import Literal

from pydantic import Field, model_validator

from sojourn.definitions.dated import Reference
from sojourn.definitions.model import Model
from sojourn.definitions.yaml import Refused
from sojourn.messages import say

TARGET = "ISO 3166-1 alpha-3"
MATCHINGS = ("codes", "names")


class Borders(Model):
    """In which borders a birthplace is read: those of the day of birth, or those of today."""

    borders: Literal["then", "now"]
    reference: Reference | None = None


class Concordance(Model):
    """A file of kind `concordance`.

    `file`: a CSV or a workbook (.xlsx; `sheet` where it has several) with the columns code and target, and, where needed, valid_from, valid_until (half open, empty: open),
    successor and note. `matching`: what else is tried with a value that is in no row of the table.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    kind: Literal["concordance"]
    to: Literal["ISO 3166-1 alpha-3"] = TARGET
    file: str | None = None
    sheet: str | None = None
    matching: tuple[Literal[MATCHINGS], ...] = ()  # type: ignore[valid-type]
    rule: Borders | None = None
    reference: Reference | None = None

    @model_validator(mode="after")
    def maps_something(self) -> "Concordance":
        if self.file is None and not self.matching:
            raise Refused("concordance.empty")
        return self

    @property
    def borders(self) -> str | None:
        """The rule of borders, if the concordance states one."""
        return self.rule.borders if self.rule else None

    def prose(self) -> str:
        """Methodology text, in paragraphs of markdown."""
        parts = [say("concordance.table", file=self.file, to=self.to)] if self.file else []
        parts += [say("concordance.cited", reference=self.reference)] if self.reference else []
        parts += [say(f"concordance.matching_{each}") for each in self.matching]
        if self.rule:
            parts += [say(f"concordance.borders_{self.rule.borders}"), say("concordance.borders_list")]
            parts += [say("concordance.cited", reference=self.rule.reference)] if self.rule.reference else []
        return "\n\n".join([*parts, say("concordance.special")])
