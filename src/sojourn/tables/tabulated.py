"""Contracts of published counts, and of the accounts made of them."""

from sojourn.concepts.columns import VINTAGE
from sojourn.concepts.counts import COMPONENTS, DIMENSIONS, MEASURES
from sojourn.concepts.populations import AGE_GROUPS
from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.groups import Balanced, Unique
from sojourn.tables.relations import Ordered

COUNT = ("source", "measure", "period", *DIMENSIONS)
# Every value has the sign by which it enters the closing stock.
SIGNS = {each: -1 if each == "closing" else 1 for each in COMPONENTS}
SPAN = columns(period="varchar", first_day="date", next_day="date")

CONTRACTS = (
    Contract(
        "counts",
        "counts",
        COUNT,
        columns(
            **dict.fromkeys(COUNT, "varchar"), first_day="date", next_day="date", value="bigint", standard_error="double?",
            vintage="varchar", finest="boolean",
        ),
        (
            OneOf("measure", tuple(MEASURES)),
            OneOf("vintage", VINTAGE),
            Between("standard_error", 0),
            Ordered(("first_day", "next_day")),
            Unique(COUNT),
        ),
    ),
    Contract(
        "counts_account",
        "counts_account",
        ("period", "population", "component"),
        (*SPAN, *columns(population="varchar", component="varchar", value="bigint")),
        (
            OneOf("component", COMPONENTS),
            Ordered(("first_day", "next_day")),
            Unique(("period", "population", "component")),
            Balanced(("period", "population"), "component", "value", SIGNS),
        ),
    ),
    Contract(
        "age_account",
        "age_account",
        ("period", "sex", "age_group", "component"),
        columns(period="varchar", sex="varchar", age_group="varchar", component="varchar", value="bigint"),
        (
            OneOf("age_group", AGE_GROUPS),
            OneOf("component", COMPONENTS),
            Unique(("period", "sex", "age_group", "component")),
            Balanced(("period", "sex", "age_group"), "component", "value", SIGNS),
        ),
    ),
)
