"""Contracts of the door and of validation: units, records, issues, balance."""

from sojourn.concepts.columns import COLUMNS
from sojourn.tables.constraints import Between, Length, OneOf
from sojourn.tables.contract import Column, Contract, columns
from sojourn.tables.groups import Unique
from sojourn.tables.neighbours import Numbered, Sorted
from sojourn.tables.relations import Adds, Ordered

ACTIONS = ("rejected", "repaired", "flagged", "imputed", "superseded")
PATTERNS = ("first_of_january", "day_of_month", "day_of_year", "single_day", "years_ending_0_or_5", "after_coverage")
KINDS = {"text": "varchar", "code": "varchar", "country": "varchar", "date": "date", "integer": "integer"}
"""Kind of a canonical column to its type in `records_*`."""

ISSUE = columns(source="varchar", record="bigint", field="varchar", reason="varchar", action="varchar")
COUNTED = columns(source="varchar", field="varchar", reason="varchar", action="varchar", records="bigint")
COUNTED_KEY = ("source", "field", "reason", "action")


def record_columns() -> tuple[Column, ...]:
    """The columns of records: their own, then every canonical one, each there if the source fills it.

    `mother` is the number of a unit here, though a source gives a natural key. A date has its precision (day, month, year)
    beside it where the source states what a month or a year alone stands for.
    """
    own = columns(
        record="bigint", delivery="integer", unit="bigint?", faults="bigint", event="varchar??", date="date??", time="varchar??",
        sequence="integer??", received_on="date??", weight="bigint??", mother="bigint??",
        period="varchar??",
    )
    named = [Column(each.name, KINDS[each.kind], True, True) for each in COLUMNS.values() if each.name != "mother"]
    dates = [each.name for each in (*own, *named) if each.kind == "date"]
    return (*own, *named, *(Column(f"{name}_precision", "varchar", True, True) for name in dates))


CONTRACTS = (
    Contract(
        "units",
        "units",
        ("unit",),
        columns(unit="bigint", scheme="varchar", pseudonym="varchar"),
        (Length("pseudonym", 32), Numbered("unit", first=1)),
    ),
    # Replicate weights are numbered: w1, w2, ...; so are published figures (v1) and their standard errors (e1).
    Contract("records_*", "records", ("record",), record_columns(), (Between("record", 1), Between("faults", 0)), r"[wve][1-9]\d*"),
    Contract(
        "issues",
        "issues",
        ("source", "record", "field", "reason", "action"),
        ISSUE,
        (OneOf("action", ACTIONS), Sorted(("source", "record", "field", "reason"), unique=False)),
    ),
    Contract("issues_*", "issues", ("source", "record", "field", "reason", "action"), ISSUE, (OneOf("action", ACTIONS),)),
    Contract(
        "unmapped_codes",
        "unmapped_codes",
        ("source", "field", "value"),
        columns(source="varchar", field="varchar", value="varchar", records="bigint", suggestion="varchar?"),
        (Between("records", 1), Unique(("source", "field", "value"))),
    ),
    Contract(
        "balance",
        "balance",
        ("source",),
        columns(source="varchar", read="bigint", used="bigint", superseded="bigint", rejected="bigint", repaired="bigint", flagged="bigint"),
        (
            *(Between(name, 0) for name in ("used", "superseded", "rejected", "repaired", "flagged")),
            Ordered(("repaired", "used")),
            Ordered(("flagged", "used")),
            Adds("read", ("used", "superseded", "rejected")),
            Unique(("source",)),
        ),
    ),
    Contract(
        "deliveries",
        "deliveries",
        ("source", "delivery"),
        columns(
            source="varchar", delivery="integer", name="varchar", kind="varchar", received_on="date?", records="bigint", superseded="bigint"
        ),
        (Between("delivery", 1), Between("records", 0), Between("superseded", 0), Ordered(("superseded", "records")), Unique(("source", "delivery"))),
    ),
    Contract(
        "date_patterns",
        "date_patterns",
        ("source", "field", "pattern", "value"),
        columns(
            source="varchar", field="varchar", pattern="varchar", value="varchar", records="bigint", dates="bigint", share="double",
            expected_share="double", unusual="boolean",
        ),
        (
            OneOf("pattern", PATTERNS),
            Between("records", 0),
            Between("dates", 0),
            Between("share", 0, 1),
            Between("expected_share", 0, 1),
            Ordered(("records", "dates")),
            Unique(("source", "field", "pattern", "value")),
        ),
    ),
    *(
        Contract(
            name, "issue_counts", COUNTED_KEY, COUNTED, (OneOf("action", ACTIONS), Between("records", 0), Unique(COUNTED_KEY))
        )
        for name in ("issue_counts", "issue_counts_*")
    ),
)
