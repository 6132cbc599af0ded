"""Contracts of the demographic account from dated facts: facts, Lexis triangles, what is added up from them, and checks."""

from sojourn.concepts.lexis import CHECKS, COMPONENTS, FACTS, TRIANGLES
from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.groups import Balanced, Unique
from sojourn.tables.relations import Ordered

BREAKDOWNS = ("total", "cohort", "age_group", "age")
CELL = ("period", "breakdown", "category")
NAMED = columns(period="varchar", breakdown="varchar", category="varchar")
# The opening stock adds; the closing one is the sum.
SIGNS = {each.id: each.sign for each in COMPONENTS} | {"opening": 1, "closing": -1}

CONTRACTS = (
    Contract(
        "lexis_facts",
        "lexis_facts",
        ("birth_date", "date", "component"),
        columns(birth_date="date?", date="date", component="varchar", persons="bigint", placed="boolean"),
        (OneOf("component", tuple(FACTS.values())), Between("persons", 1), Unique(("birth_date", "date", "component"))),
    ),
    Contract(
        "lexis",
        "lexis",
        ("year", "cohort", "triangle"),
        columns(
            year="integer", age="integer", cohort="integer", triangle="varchar", opening="bigint", reached="bigint",
            births="bigint", entries="bigint", deaths="bigint", exits="bigint", passed="bigint", closing="bigint",
            person_days="bigint",
        ),
        (
            OneOf("triangle", TRIANGLES),
            *(Between(name, 0) for name in ("age", "births", "entries", "deaths", "exits")),
            Unique(("year", "cohort", "triangle")),
        ),
    ),
    Contract(
        "lexis_account",
        "lexis_account",
        (*CELL, "component"),
        (*NAMED, *columns(component="varchar", value="bigint")),
        (
            OneOf("breakdown", BREAKDOWNS),
            OneOf("component", tuple(each.id for each in COMPONENTS)),
            Unique((*CELL, "component")),
            Balanced(CELL, "component", "value", SIGNS),
        ),
    ),
    Contract(
        "lexis_exposure",
        "lexis_exposure",
        CELL,
        (*NAMED, *columns(person_days="bigint", days_of_year="integer")),
        (OneOf("breakdown", BREAKDOWNS), OneOf("days_of_year", (365, 366)), Unique(CELL)),
    ),
    Contract(
        "lexis_checks",
        "lexis_checks",
        ("name",),
        columns(name="varchar", examined="bigint", failing="bigint"),
        (OneOf("name", CHECKS), Between("examined", 0), Between("failing", 0), Ordered(("failing", "examined")), Unique(("name",))),
    ),
)
