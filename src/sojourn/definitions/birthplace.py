"""Birthplace: which births count as births in the country.

Native-born are the residents born in the country, foreign-born those born outside it (E/CN.3/2021/11, Annex I). Where a
territory or a birth abroad to nationals belongs is for the country to say, once, and to document where it deviates
(paragraph 30). The four subpopulations are birth class by citizenship class (paragraph 32).
"""

from typing import Annotated, Literal

from pydantic import Field

from sojourn.concepts.columns import BIRTH_CLASS
from sojourn.definitions.dated import Reference
from sojourn.definitions.model import Model
from sojourn.errors import Problem, problem, warning
from sojourn.messages import say

SUBPOPULATIONS = ("native_born_national", "native_born_foreign", "foreign_born_national", "foreign_born_foreign")

BirthClasses = Annotated[tuple[Literal[BIRTH_CLASS], ...], Field(min_length=1)]  # type: ignore[valid-type]


class Variant(Model):
    """A second drawing of the line, published beside the first under its own id, with the deviation in words."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    native_born: BirthClasses
    deviation: str = Field(min_length=1)
    reference: Reference


class StructuralZero(Model):
    """A subpopulation that cannot have members, by law: its cell is empty by structure, not measured as nothing."""

    subpopulation: Literal[SUBPOPULATIONS]  # type: ignore[valid-type]
    reason: str = Field(min_length=1)
    reference: Reference


class Birthplace(Model):
    """The line between native-born and foreign-born: every birth class not in `native_born` is foreign-born."""

    id: str
    kind: Literal["birthplace"]
    native_born: BirthClasses
    reference: Reference
    structural_zeros: tuple[StructuralZero, ...] = ()
    variants: tuple[Variant, ...] = ()

    def lines(self) -> dict[str, tuple[str, ...]]:
        """Classes of the native-born by variant; the country's own definition stands first, under ''."""
        return {"": self.native_born} | {each.id: each.native_born for each in self.variants}

    def empty_cells(self) -> tuple[str, ...]:
        """The subpopulations that are empty by structure."""
        return tuple(each.subpopulation for each in self.structural_zeros)

    def prose(self) -> str:
        """Methodology text, in paragraphs of markdown."""
        parts = [say("survey.birthplace", **words(self.native_born), reference=self.reference)]
        parts += [
            say("survey.birthplace_variant", id=each.id, **words(each.native_born), deviation=each.deviation, reference=each.reference)
            for each in self.variants
        ]
        parts += [
            say("survey.structural_zero", cell=say(f"survey.{each.subpopulation}"), reason=each.reason, reference=each.reference)
            for each in self.structural_zeros
        ]
        return "\n\n".join(parts)

    def lint(self) -> list[Problem]:
        """Lines that say nothing about birthplace, and variants that do not deviate or hide one another."""
        found = [self._line_problem(variant, classes) for variant, classes in self.lines().items()]
        found += [self._same_line(each) for each in self.variants]
        if len(self.lines()) != len(self.variants) + 1:
            found.append(problem("survey.variant_twice", path=("variants",)))
        return [each for each in found if each is not None]

    def _line_problem(self, variant: str, classes: tuple[str, ...]) -> Problem | None:
        path = ("variants",) if variant else ("native_born",)
        if "in_country" not in classes:
            return problem("survey.born_here_is_foreign", path=path)
        if set(classes) == set(BIRTH_CLASS):
            return problem("survey.all_native", path=path)
        return None

    def _same_line(self, variant: Variant) -> Problem | None:
        if set(variant.native_born) != set(self.native_born):
            return None
        return warning("survey.variant_same", path=("variants",), id=variant.id)


def words(native_born: tuple[str, ...]) -> dict[str, str]:
    """The two sides of a line as lists in words."""
    sides = {True: [], False: []}
    for each in BIRTH_CLASS:
        sides[each in native_born].append(say(f"survey.birth_{each}"))
    return {"native": "; ".join(sides[True]), "foreign": "; ".join(sides[False])}
