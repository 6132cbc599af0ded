"""Contracts of what is laid beside our figures."""

from sojourn.concepts.indicators import INDICATORS
from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.counts import CELL_KEY, UNITS
from sojourn.tables.groups import Unique

VINTAGES = ("provisional", "final")
OUTCOMES = ("within", "breach", "published_only", "ours_only", "hidden", "not_given", "other_period")
FIGURE = ("published_table", *CELL_KEY)
NAMED = {name: "varchar" for name in FIGURE}

CONTRACTS = (
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
)
