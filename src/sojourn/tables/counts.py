"""Contracts of what is counted from persons' histories, and of every published cell."""

from sojourn.concepts.indicators import INDICATORS
from sojourn.concepts.populations import ACCOUNT, AGE_GROUPS, STATUSES, SUBPOPULATIONS, UNDETERMINED
from sojourn.tables.constraint import Constraint
from sojourn.tables.constraints import Between, OneOf, Words
from sojourn.tables.contract import Column, Contract, columns
from sojourn.tables.groups import Balanced, Unique
from sojourn.tables.histories import CITIZENSHIPS, KINDS, KNOWN, TRIGGERS
from sojourn.tables.relations import Follows, Ordered

BIRTHS = ("native", "foreign", "unknown")
DIMENSIONS = "sex age_group birth citizenship subpopulation country_of_birth country_of_citizenship".split()
UNITS = "persons events balance visits admissions nights days percent person_years per_1000_person_years".split()
FLAGS = "structural_zero suppressed unreliable proxy experimental additional undetermined sample_total provisional".split()
# The two stocks have no sign of their own in the account: the opening one adds, the closing one is the sum.
SIGNS = {each.id: each.sign for each in ACCOUNT} | {"opening": 1, "closing": -1}
CELL_KEY = tuple("indicator variant measure period breakdown category".split())
CELL = columns(
    indicator="varchar", measure="varchar", variant="varchar", period="varchar", breakdown="varchar",
    category="varchar", value="double?", records="bigint?", standard_error="double?", lower="double?", upper="double?",
    unit="varchar", flag="varchar",
)
CELL_RULES = (
    OneOf("indicator", tuple(INDICATORS)),
    OneOf("unit", tuple(UNITS)),
    Words("flag", tuple(FLAGS)),
    Between("records", 0),
    Between("standard_error", 0),
    Ordered(("lower", "value", "upper")),
    Unique(CELL_KEY),
)


def subpopulation(birth: str, citizenship: str) -> str:
    """Stateless persons are with the foreign ones; who lacks birthplace or citizenship is undetermined."""
    if "unknown" in (birth, citizenship):
        return UNDETERMINED
    return f"{birth}_born_{'national' if citizenship == 'national' else 'foreign'}"


CLASSES = {(birth, citizenship): subpopulation(birth, citizenship) for birth in BIRTHS for citizenship in CITIZENSHIPS}


def cube(name: str, own: tuple[Column, ...], measures: tuple[Column, ...], *rules: Constraint) -> Contract:
    """A cube by its own columns and the attributes of persons; its measures are counts."""
    described = (*own, *(Column(each, "varchar") for each in DIMENSIONS))
    key = tuple(each.name for each in described)
    classed = (
        OneOf("age_group", (*AGE_GROUPS, "unknown")),
        OneOf("birth", BIRTHS),
        OneOf("citizenship", CITIZENSHIPS),
        Follows("subpopulation", ("birth", "citizenship"), CLASSES),
    )
    counted = (Between(each.name, 0) for each in measures)
    return Contract(name, name, key, (*described, *measures), (*classed, *counted, *rules, Unique(key)))


CONTRACTS = (
    cube("stock_cube", columns(
        moment="varchar", status="varchar",
    ), columns(persons="bigint"), OneOf("status", STATUSES)),
    cube(
        "flow_cube",
        columns(kind="varchar", trigger="varchar", inside="boolean", before="tinyint?", after="tinyint?", resided_before="boolean"),
        columns(events="bigint"),
        OneOf("kind", KINDS),
        OneOf("trigger", TRIGGERS),
        OneOf("before", KNOWN),
        OneOf("after", KNOWN),
    ),
    cube("time_cube", columns(year="integer", days="integer"), columns(nights="bigint", persons="bigint"), OneOf("days", (365, 366))),
    cube(
        "visit_cube",
        (),
        columns(
            visits="bigint", persons="bigint", nights="bigint", days="bigint", ended="bigint", ended_nights="bigint",
        ),
        Ordered(("persons", "visits")),
        Ordered(("ended", "visits")),
        Ordered(("nights", "days")),
    ),
    Contract(
        "birthplace_effect",
        "birthplace_effect",
        ("moment", "rule"),
        columns(
            moment="varchar", rule="varchar", in_use="boolean", native_born="bigint", foreign_born="bigint", undetermined="bigint",
        ),
        (
            OneOf("rule", ("now", "then")),
            *(Between(name, 0) for name in ("native_born", "foreign_born", "undetermined")),
            Unique(("moment", "rule")),
        ),
    ),
    Contract(
        "open_cases",
        "open_cases",
        ("indicator", "period"),
        columns(indicator="varchar", period="varchar", decided="bigint", undetermined="bigint"),
        (
            OneOf("indicator", tuple(INDICATORS)),
            Between("decided", 0),
            Between("undetermined", 0),
            Unique(("indicator", "period")),
        ),
    ),
    Contract(
        "account",
        "account",
        ("period", "subpopulation", "component"),
        columns(period="varchar", subpopulation="varchar", component="varchar", value="bigint"),
        (
            OneOf("subpopulation", (*SUBPOPULATIONS, UNDETERMINED)),
            OneOf("component", tuple(each.id for each in ACCOUNT)),
            Unique(("period", "subpopulation", "component")),
            Balanced(("period", "subpopulation"), "component", "value", SIGNS),
        ),
    ),
    *(Contract(name, "cells", CELL_KEY, CELL, CELL_RULES) for name in ("cells", "cells_*")),
    Contract(
        "not_produced_*",
        "not_produced",
        ("indicator",),
        columns(indicator="varchar", reason="varchar", unlock="varchar"),
        (OneOf("indicator", tuple(INDICATORS)), Unique(("indicator",))),
    ),
)
