"""What a published count can measure, by what it can be broken down, and how its account adds up.

Source: E/CN.3/2021/11, paragraphs 34 (changes of citizenship) and 35 (population accounting). The layout, and the statistical
adjustment that some offices publish as a line of its own, are a reconstruction.
"""

from dataclasses import dataclass

TOTAL = "total"
"""The category of a count that is not broken down by a dimension."""
DIMENSIONS = ("sex", "age_group", "birth_class", "citizenship_class", "region", "triangle", "cohort")
"""By what a count can be broken down; all are canonical columns."""


@dataclass(frozen=True)
class Measure:
    """`sign`: how it enters the closing stock; 0 where it does not. `signed`: whether it may be below zero."""

    id: str
    sign: int
    signed: bool = False


MEASURES = {
    each.id: each
    for each in (
        Measure("stock", 0),
        Measure("births", 1),
        Measure("deaths", -1),
        Measure("natural_increase", 1, signed=True),
        Measure("immigration", 1),
        Measure("emigration", -1),
        Measure("net_migration", 1, signed=True),
        Measure("acquisition", 1),
        Measure("loss", -1),
        Measure("adjustment", 1, signed=True),
        Measure("change", 0, signed=True),
    )
}
"""By id, in the order of the account. Acquisition and loss of citizenship move persons between the nationals and the
foreigners: these signs are those of the nationals. change: the difference of two stocks as published."""

TRANSFERS = ("acquisition", "loss")
LINES = tuple(each.id for each in MEASURES.values() if each.sign)
"""The measures that can be lines of an account between the two stocks."""
REMAINDERS = ("not_separated", "residual")
"""What is left of the closing stock: not_separated where a component of the group is not published, so that it is in there;
residual where all are, so that it is an error of one of the tables. Shown, never spread."""
COMPONENTS = ("opening", *LINES, *REMAINDERS, "closing")
