"""The account of published counts: which tables give the stocks and which the components, for which groups of the population.

opening + components + statistical adjustment + remainder = closing. The closing stock is a published table of its own, so
that the remainder is a check which can fail; how independent it is of the components, the definition has to say.
"""

from typing import Literal

from pydantic import Field, model_validator

from sojourn.concepts.counts import DIMENSIONS, LINES, TRANSFERS
from sojourn.definitions.dated import Reference
from sojourn.definitions.model import Model
from sojourn.definitions.yaml import Refused
from sojourn.messages import say


class Group(Model):
    """One group of the population. `where`: its category by dimension; none for everybody. `lines`: component to the sources
    that give it, the first that has it for a period decides. `not_published`: components that no source gives for the group,
    so that what remains of its closing stock is them together."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    where: dict[str, str] = {}
    lines: dict[str, str | tuple[str, ...]]
    not_published: tuple[str, ...] = ()

    @model_validator(mode="after")
    def known_names(self) -> "Group":
        for name in (*self.lines, *self.not_published):
            if name not in LINES:
                raise Refused("tabulated.unknown_line", component=name, known=", ".join(LINES))
        for name in self.where:
            if name not in DIMENSIONS:
                raise Refused("tabulated.unknown_dimension", dimension=name, known=", ".join(DIMENSIONS))
        return self

    def sources(self, line: str) -> tuple[str, ...]:
        """The sources of a component, in order."""
        given = self.lines[line]
        return (given,) if isinstance(given, str) else given


class PopulationAccount(Model):
    """`stocks`: the source of opening and closing stock. `independence`: of the closing stock from the components, printed on
    the page. `by_age`: whether the account is also made by the age reached at the end of the year, from Lexis triangles."""

    id: str
    kind: Literal["population account"]
    stocks: str
    groups: tuple[Group, ...]
    independence: str
    by_age: bool = False
    reference: Reference

    @model_validator(mode="after")
    def some_group(self) -> "PopulationAccount":
        if not self.groups:
            raise Refused("tabulated.no_group", path=("groups",))
        return self

    def named_sources(self) -> dict[str, tuple[str | int, ...]]:
        """Every source that the account names, with the place in the file."""
        found: dict[str, tuple[str | int, ...]] = {self.stocks: ("stocks",)}
        for number, group in enumerate(self.groups):
            for line in group.lines:
                found |= {each: ("groups", number, "lines", line) for each in group.sources(line)}
        return found

    def prose(self) -> str:
        """How the account adds up and which of its checks can fail, as paragraphs."""
        parts = [say("tabulated.prose_equation"), self.independence, *(prose(each) for each in self.groups)]
        parts += [say("tabulated.prose_by_age")] if self.by_age else []
        return "\n\n".join([*parts, say("tabulated.prose_reference", reference=str(self.reference))])


def needed(group: Group, name: str) -> set[str]:
    """The dimensions by which a table must be broken down to give a line of a group.

    Who changes citizenship leaves one class for the other: a table of changes is of both.
    """
    return {each for each in group.where if name not in TRANSFERS or each != "citizenship_class"}


def prose(group: Group) -> str:
    """One group: its lines, and what cannot be told apart."""
    lines = names(group.lines)
    if not group.not_published:
        return say("tabulated.prose_group", title=group.title, lines=lines)
    return say("tabulated.prose_group_partly", title=group.title, lines=lines, lacking=names(group.not_published))


def names(lines) -> str:
    """Components in words."""
    return ", ".join(say(f"tabulated.component_{each}").lower() for each in LINES if each in lines)
