"""Contracts of what is laid beside our figures: published tables by cell, another system's statuses by person."""

from sojourn.concepts.codes import REASONS
from sojourn.concepts.indicators import INDICATORS
from sojourn.concepts.populations import STATUSES
from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.counts import CELL_KEY, UNITS
from sojourn.tables.groups import Unique
from sojourn.tables.relations import Ordered

VINTAGES = ("provisional", "final")
OUTCOMES = ("within", "breach", "published_only", "ours_only", "hidden", "not_given", "other_period")
FIGURE = ("published_table", *CELL_KEY)
PAIR = ("system", "day", "our_status", "our_reason", "their_status", "their_reason")
NAMED = {name: "varchar" for name in FIGURE}
STATED = (OneOf("our_status", STATUSES), OneOf("our_reason", REASONS), OneOf("their_status", STATUSES))
PAIRED = columns(
    system="varchar", day="integer", our_status="varchar?", our_reason="varchar?", their_status="varchar?", their_reason="varchar?"
)

CONTRACTS = (
    Contract(
        "published_tables",
        "published_tables",
        ("published_table",),
        columns(published_table="varchar", rows="bigint", passed_over="bigint"),
        (Between("rows", 0), Between("passed_over", 0), Ordered(("passed_over", "rows")), Unique(("published_table",))),
    ),
    Contract(
        "published",
        "published",
        FIGURE,
        columns(
            **NAMED, value="double?", standard_error="double?", vintage="varchar", absolute="double", relative="double",
            standard_errors="double", line="bigint?",
        ),
        (
            OneOf("indicator", tuple(INDICATORS)),
            OneOf("vintage", VINTAGES),
            Between("standard_error", 0),
            Between("absolute", 0),
            Between("relative", 0, 1),
            Between("standard_errors", 0),
            Unique(FIGURE),
        ),
    ),
    Contract(
        "comparison",
        "comparison",
        FIGURE,
        columns(
            **NAMED, unit="varchar?", ours="double?", published="double?", difference="double?", relative_difference="double?",
            allowed="double?", status="varchar", within_error="boolean?", vintage="varchar?", line="bigint?",
        ),
        (
            OneOf("unit", tuple(UNITS)),
            OneOf("status", OUTCOMES),
            OneOf("vintage", VINTAGES),
            Between("allowed", 0),
            Unique(FIGURE),
        ),
    ),
    Contract(
        "external_*",
        "external",
        ("person", "day"),
        columns(person="bigint", day="integer", record="bigint", status="varchar", reason="varchar?"),
        (OneOf("status", STATUSES), Unique(("person", "day"))),
    ),
    Contract(
        "status_comparison",
        "status_comparison",
        PAIR,
        (*PAIRED, *columns(persons="bigint")),
        (*STATED, Between("persons", 1), Unique(PAIR)),
    ),
    Contract(
        "status_differences",
        "status_differences",
        ("system", "day", "person"),
        (*PAIRED, *columns(person="bigint")),
        (*STATED, Unique(("system", "day", "person"))),
    ),
)
