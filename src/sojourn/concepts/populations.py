"""Populations of the framework as frozen data: the four subpopulations, what they add up to, and the account that links
two moments.

Sources: E/CN.3/2021/11, paragraphs 32-34 (the four subpopulations, changes of citizenship), 35 (population accounting)
and Annex I (stocks). The layout of the account is a reconstruction: the framework names the tables, not their columns.
"""

from dataclasses import dataclass

UNDETERMINED = "undetermined"
"""Residents whose birthplace or citizenship is unknown: published as a class of its own, never shared out in silence."""


@dataclass(frozen=True)
class Subpopulation:
    """One of the four classes of residents by `birth` (native_born, foreign_born) and `citizenship` (national, foreign)."""

    id: str
    birth: str
    citizenship: str

    @property
    def immigrant(self) -> bool:
        """Annex I, immigrant population: everyone but the native-born who hold the country's citizenship."""
        return (self.birth, self.citizenship) != ("native_born", "national")


SUBPOPULATIONS = {
    f"{birth}_{citizenship}": Subpopulation(f"{birth}_{citizenship}", birth, citizenship)
    for birth in ("native_born", "foreign_born")
    for citizenship in ("national", "foreign")
}
"""In the framework's order: native-born nationals and foreigners, then foreign-born nationals and foreigners."""

IMMIGRANT = tuple(each.id for each in SUBPOPULATIONS.values() if each.immigrant)
FOREIGN = tuple(each.id for each in SUBPOPULATIONS.values() if each.citizenship == "foreign")

AGE_GROUPS = (*(f"{age}-{age + 4}" for age in range(0, 85, 5)), "85+")
"""Five-year groups of completed years of age."""

STATUSES = ("resident", "temporary", "absent", UNDETERMINED)
"""Status words. resident holds residents abroad too; temporary is non-resident and in the country; absent non-resident and out."""


@dataclass(frozen=True)
class Component:
    """One line of the account. `sign` is how its stored value enters the closing stock; 0 marks the two stocks."""

    id: str
    sign: int


ACCOUNT = tuple(
    Component(name, sign)
    for name, sign in (
        ("opening", 0),
        ("births", 1),
        ("deaths", -1),
        ("immigration", 1),
        ("emigration", -1),
        ("acquisition", 1),
        ("loss", 1),
        ("resolved", 1),
        ("residual", 1),
        ("closing", 0),
    )
)
"""closing = opening + births - deaths + immigration - emigration + acquisition + loss + resolved + residual, per subpopulation.

Acquisition and loss of citizenship are transfers: positive where persons enter, negative where they leave, zero in sum.
resolved: residents whose class or status became known in the period; residual: what remains, shown and never spread.
"""
